import { Type } from 'typebox'
import { may } from '#accounts/policy'
import { LastAdmin, NotYourself } from '#accounts/problems'
import type { App } from '#http/app'
import { Fields, OneOf, PageOf, paging, Text, Uuid } from '#http/wire'
import { NotFound } from '#kernel/problem'
import * as accountList from './account-list.ts'
import { liftSuspension, suspend } from './suspension.ts'
import { KnownAccountWire, presentKnown, ROLES } from './wire.ts'

const OfAccount = Fields({ accountId: Uuid })
const tags = ['accounts']

/** What admins do with accounts. */
export function administrationRoutes(app: App): void {
  app.get(
    '/accounts',
    {
      schema: {
        tags,
        summary: 'All accounts',
        description: 'The newest first.',
        querystring: Fields({
          ...paging,
          q: Type.Optional(Text(200, { description: 'Looked for in names and addresses.' })),
          role: Type.Optional(OneOf(ROLES)),
          suspended: Type.Optional(Type.Boolean()),
          wantsToOrganize: Type.Optional(
            Type.Boolean({ description: 'Who waits for an admin to make them an organizer.' }),
          ),
        }),
        response: { 200: PageOf(KnownAccountWire) },
      },
      config: { may: may.seeAccounts },
    },
    async (req) => {
      const { items, nextCursor } = await accountList.list(req.ctx, req.query)
      return { items: items.map(presentKnown), nextCursor }
    },
  )

  app.get(
    '/accounts/:accountId',
    {
      schema: { tags, summary: 'One account', params: OfAccount, response: { 200: KnownAccountWire } },
      config: { may: may.seeAccounts, refuses: [NotFound] },
    },
    async (req) => presentKnown(await accountList.find(req.ctx, req.params.accountId)),
  )

  app.put(
    '/accounts/:accountId/suspension',
    {
      schema: {
        tags,
        summary: 'Suspend an account',
        description: 'It is out within seconds, and told why. What it holds stays as it is.',
        params: OfAccount,
        body: Fields({ reason: Type.Optional(Text(1_000, { description: 'In the mail to them.' })) }),
        response: { 200: KnownAccountWire },
      },
      config: { may: may.suspend, refuses: [NotFound, NotYourself, LastAdmin] },
    },
    async (req) => {
      await suspend(req.ctx, req.params.accountId, req.body.reason)
      return presentKnown(await accountList.find(req.ctx, req.params.accountId))
    },
  )

  app.delete(
    '/accounts/:accountId/suspension',
    {
      schema: {
        tags,
        summary: 'Lift a suspension',
        params: OfAccount,
        response: { 200: KnownAccountWire },
      },
      config: { may: may.suspend, refuses: [NotFound] },
    },
    async (req) => {
      await liftSuspension(req.ctx, req.params.accountId)
      return presentKnown(await accountList.find(req.ctx, req.params.accountId))
    },
  )
}
