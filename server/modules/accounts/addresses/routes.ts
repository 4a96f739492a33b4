import { Type } from 'typebox'
import { EMAIL_LENGTH } from '#accounts/identity'
import { may } from '#accounts/policy'
import { LinkSpent, ProofRequired } from '#accounts/problems'
import { signedIn, type App } from '#http/app'
import { Fields, Text } from '#http/wire'
import { askEmailChange } from './email-change.ts'
import { askVerification, confirmAddress } from './verification.ts'

const Address = Text(EMAIL_LENGTH, { min: 1, examples: ['ann@example.org'] })
const Nothing = Fields({}, { description: 'The same whether or not a mail was written.' })
const tags = ['accounts']

/** Whose address is whose. */
export function addressRoutes(app: App): void {
  app.post(
    '/email-verification-requests',
    {
      schema: {
        tags,
        summary: 'Ask for the mail that confirms an address again',
        description:
          'It comes where there is an account with that address that has not confirmed it, three times an hour.',
        body: Fields({ email: Address }),
        response: { 202: Nothing },
      },
      config: { may: may.followLink, limit: 'logins' },
    },
    async (req, reply) => {
      await askVerification(req.ctx, req.body.email)
      reply.code(202)
      return {}
    },
  )

  app.post(
    '/email-verifications',
    {
      schema: {
        tags,
        summary: 'Confirm an address by the link that was mailed to it',
        description: 'The first address of an account, or the one that it changes to. A link is good once.',
        body: Fields({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: { 204: Type.Null() },
      },
      config: { may: may.followLink, limit: 'logins', refuses: [LinkSpent] },
    },
    async (req, reply) => {
      await confirmAddress(req.ctx, req.body.token)
      reply.code(204)
      return null
    },
  )

  app.post(
    '/me/email-changes',
    {
      schema: {
        tags,
        summary: 'Ask for another e-mail address',
        description:
          'It counts when the link that is mailed there is followed; the address of before is told. Another’s address gets no link. Wants a fresh proof that it is you.',
        body: Fields({ email: Address }),
        response: { 202: Nothing },
      },
      config: { may: may.changeMe, limit: 'logins', refuses: [ProofRequired] },
    },
    async (req, reply) => {
      await askEmailChange(req.ctx, signedIn(req).accountId, req.body.email)
      reply.code(202)
      return {}
    },
  )
}
