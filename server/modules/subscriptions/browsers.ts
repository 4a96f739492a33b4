import { sql, type Kysely } from 'kysely'
import type { DB } from '#db/schema'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { NotFound, SignInRequired } from '#kernel/problem'

/** Where a browser lets itself be written to, and with which keys: what its `PushSubscription` says. */
export type Browser = { endpoint: string; keys: { p256dh: string; auth: string } }

/** Writes to this browser from now on what is written to the account by push. Answers its id; twice is once. */
export async function keepMine(ctx: Ctx | Tx, browser: Browser): Promise<string> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  return transaction(ctx, (tx) => keep(tx, browser, { everything: true }))
}

/** Writes to it no more, neither about the account's places nor about what it follows. */
export async function forgetMine(ctx: Ctx | Tx, id: string): Promise<void> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const { numDeletedRows } = await ctx.db
    .deleteFrom('push_subscriptions')
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw NotFound()
}

/**
 * The browser's row, made or brought up to date. A browser is of whoever is logged in there; when nobody is, it stays
 * what it was.
 */
export async function keep(
  tx: Tx,
  { endpoint, keys }: Browser,
  { everything = false }: { everything?: boolean } = {},
): Promise<string> {
  const accountId = tx.actor.kind === 'account' ? tx.actor.id : null
  const { rows } = await sql<{ id: string }>`
    insert into push_subscriptions as p (id, account_id, endpoint, p256dh, auth, everything)
    values (${newId()}, ${accountId}, ${endpoint}, ${keys.p256dh}, ${keys.auth}, ${everything})
    on conflict (endpoint) do update set p256dh = excluded.p256dh, auth = excluded.auth,
      account_id = coalesce(excluded.account_id, p.account_id),
      everything = excluded.everything or (p.everything and coalesce(excluded.account_id, p.account_id) = p.account_id)
    returning id`.execute(tx.db)
  return rows[0]!.id
}

/** The browsers as the channel finds them when something is to be sent, and loses those that are gone. */
export function browsersIn(db: Kysely<DB>): {
  find(id: string): Promise<Browser | undefined>
  drop(id: string, endpoint: string): Promise<void>
} {
  return {
    async find(id) {
      const row = await db.selectFrom('push_subscriptions').selectAll().where('id', '=', id).executeTakeFirst()
      return row && { endpoint: row.endpoint, keys: { p256dh: row.p256dh, auth: row.auth } }
    },
    async drop(id, endpoint) {
      await db.deleteFrom('push_subscriptions').where('id', '=', id).where('endpoint', '=', endpoint).execute()
    },
  }
}
