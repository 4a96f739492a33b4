import { Type } from 'typebox'
import { may } from '#accounts/policy'
import { TextsNotSetUp, WrongPhoneCode } from '#accounts/problems'
import { signedIn, type App } from '#http/app'
import { Fields, Nullable } from '#http/wire'
import { TooManyRequests } from '#kernel/limiter'
import { askPhone, confirmPhone, phoneOf, removePhone } from './phone.ts'

const tags = ['accounts']

/** The number that texts go to. */
export function phoneRoutes(app: App): void {
  app.get(
    '/me/phone',
    {
      schema: {
        tags,
        summary: 'The number that texts go to',
        response: {
          200: Fields({
            phone: Nullable(Type.String({ description: 'In E.164; null: none is confirmed.' })),
            available: Type.Boolean({ description: 'Whether this server sends texts.' }),
          }),
        },
      },
      config: { may: may.changeMe },
    },
    async (req) => phoneOf(req.ctx, signedIn(req).accountId),
  )

  app.put(
    '/me/phone',
    {
      schema: {
        tags,
        summary: 'Give a number for texts',
        description: 'A code goes there, which is good for ten minutes. The number counts once the code has come back.',
        body: Fields({ phone: Type.String({ minLength: 1, maxLength: 40, examples: ['+4930123456'] }) }),
        response: { 202: Fields({}) },
      },
      config: { may: may.changeMe, limit: 'logins', refuses: [TextsNotSetUp, TooManyRequests] },
    },
    async (req, reply) => {
      await askPhone(req.ctx, signedIn(req).accountId, req.body.phone)
      reply.code(202)
      return {}
    },
  )

  app.post(
    '/me/phone/verification',
    {
      schema: {
        tags,
        summary: 'Confirm the number by the code',
        description: 'The newest code counts, five tries long.',
        body: Fields({ code: Type.String({ minLength: 1, maxLength: 20, examples: ['123456'] }) }),
        response: { 204: Type.Null() },
      },
      config: { may: may.changeMe, limit: 'logins', refuses: [WrongPhoneCode] },
    },
    async (req, reply) => {
      await confirmPhone(req.ctx, signedIn(req).accountId, req.body.code)
      reply.code(204)
      return null
    },
  )

  app.delete(
    '/me/phone',
    {
      schema: { tags, summary: 'Take the number away', response: { 204: Type.Null() } },
      config: { may: may.changeMe },
    },
    async (req, reply) => {
      await removePhone(req.ctx, signedIn(req).accountId)
      reply.code(204)
      return null
    },
  )
}
