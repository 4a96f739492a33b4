import { Type } from 'typebox'
import { may } from '#accounts/policy'
import { signedIn, type App } from '#http/app'
import { Fields, Instant, instant, OneOf, Uuid } from '#http/wire'
import { NotFound } from '#kernel/problem'
import * as sessionList from './session-list.ts'

const tags = ['sessions']

const SessionWire = Fields({
  id: Uuid,
  kind: OneOf(['browser', 'program']),
  userAgent: Type.String({ description: 'What the browser or program says of itself.' }),
  createdAt: Instant,
  lastUsedAt: { ...Instant, description: 'To a few minutes.' },
  expiresAt: Instant,
  current: Type.Boolean({ description: 'It is the one that this request came with.' }),
})

/** Where somebody is logged in, and how they log out there. */
export function sessionListRoutes(app: App): void {
  app.get(
    '/sessions',
    {
      schema: {
        tags,
        summary: 'Where I am logged in',
        description: 'Last used first.',
        response: { 200: Fields({ items: Type.Array(SessionWire) }) },
      },
      config: { may: may.changeMe },
    },
    async (req) => {
      const { accountId, sessionId } = signedIn(req)
      const items = await sessionList.list(req.ctx, accountId)
      return {
        items: items.map(({ id, kind, userAgent, createdAt, lastUsedAt, expiresAt }) => ({
          id,
          kind: kind === 'web' ? ('browser' as const) : ('program' as const),
          userAgent,
          createdAt: instant(createdAt),
          lastUsedAt: instant(lastUsedAt),
          expiresAt: instant(expiresAt),
          current: id === sessionId,
        })),
      }
    },
  )

  app.delete(
    '/sessions/others',
    {
      schema: { tags, summary: 'Log out everywhere else', response: { 204: Type.Null() } },
      config: { may: may.changeMe },
    },
    async (req, reply) => {
      const { accountId, sessionId } = signedIn(req)
      await sessionList.endOthers(req.ctx, accountId, sessionId)
      reply.code(204)
      return null
    },
  )

  app.delete(
    '/sessions/:sessionId',
    {
      schema: {
        tags,
        summary: 'Log out there',
        params: Fields({ sessionId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.changeMe, refuses: [NotFound] },
    },
    async (req, reply) => {
      await sessionList.end(req.ctx, signedIn(req).accountId, req.params.sessionId)
      reply.code(204)
      return null
    },
  )
}
