import { Type } from 'typebox'
import { EMAIL_LENGTH } from '#accounts/identity'
import { may } from '#accounts/policy'
import { LinkSpent, TooManyTries, WrongPassword } from '#accounts/problems'
import { NewPassword } from '#accounts/wire'
import { signedIn, type App } from '#http/app'
import { Fields, Text } from '#http/wire'
import { Unavailable } from '#kernel/problem'
import { askReset, changePassword, resetPassword } from './new-password.ts'

const tags = ['accounts']

/** Another password, for who knows the old one and for who reads the account's mail. */
export function newPasswordRoutes(app: App): void {
  app.put(
    '/me/password',
    {
      schema: {
        tags,
        summary: 'Change the password',
        description: 'Ends all other sessions. A mail tells of it.',
        body: Fields({ oldPassword: Type.String({ minLength: 1, maxLength: 128 }), newPassword: NewPassword }),
        response: { 204: Type.Null() },
      },
      config: { may: may.changeMe, limit: 'logins', refuses: [WrongPassword, TooManyTries, Unavailable] },
    },
    async (req, reply) => {
      await changePassword(req.ctx, signedIn(req), req.body)
      reply.code(204)
      return null
    },
  )

  app.post(
    '/password-reset-requests',
    {
      schema: {
        tags,
        summary: 'Ask for a link that resets the password',
        description:
          'It is mailed where there is an account with that address, three times an hour, and good for one hour.',
        body: Fields({ email: Text(EMAIL_LENGTH, { min: 1, examples: ['ann@example.org'] }) }),
        response: { 202: Fields({}, { description: 'The same whether or not a mail was written.' }) },
      },
      config: { may: may.followLink, limit: 'logins' },
    },
    async (req, reply) => {
      await askReset(req.ctx, req.body.email)
      reply.code(202)
      return {}
    },
  )

  app.post(
    '/password-resets',
    {
      schema: {
        tags,
        summary: 'Set the password anew, by the link that was mailed',
        description: 'Ends all sessions and opens none. A link is good once.',
        body: Fields({ token: Type.String({ minLength: 1, maxLength: 200 }), password: NewPassword }),
        response: { 204: Type.Null() },
      },
      config: { may: may.followLink, limit: 'logins', refuses: [LinkSpent, Unavailable] },
    },
    async (req, reply) => {
      await resetPassword(req.ctx, req.body)
      reply.code(204)
      return null
    },
  )
}
