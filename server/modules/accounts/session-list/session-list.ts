import { sql } from 'kysely'
import { forgetSession, forgetSessions } from '#accounts/live-sessions'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { NotFound } from '#kernel/problem'

export type OpenSession = {
  id: string
  kind: string
  userAgent: string
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
}

/** Where an account is logged in, last used first: a hundred at most. */
export async function list(ctx: Ctx | Tx, accountId: string): Promise<OpenSession[]> {
  return ctx.db
    .selectFrom('sessions')
    .select([
      'id',
      'kind',
      'user_agent as userAgent',
      'created_at as createdAt',
      'last_used_at as lastUsedAt',
      'expires_at as expiresAt',
    ])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** Ends one of the account's sessions, the present one too. NotFound where there is none, or it has ended. */
export async function end(ctx: Ctx | Tx, accountId: string, sessionId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('sessions')
      .set({ revoked_at: sql<Date>`app_now()` })
      .where('id', '=', sessionId)
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw NotFound()
    await record(tx, 'session.ended', { sessionId, accountId })
  })
  forgetSession(ctx, sessionId)
}

/** Ends all sessions of the account but this one. */
export async function endOthers(ctx: Ctx | Tx, accountId: string, except: string): Promise<void> {
  await transaction(ctx, (tx) => endSessions(tx, accountId, { except }))
  forgetSessions(ctx)
}

/** The same as a part of something. After the commit it takes `forgetSessions`; other processes find out within seconds. */
export async function endSessions(tx: Tx, accountId: string, { except }: { except?: string } = {}): Promise<void> {
  let ending = tx.db
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
  if (except !== undefined) ending = ending.where('id', '<>', except)
  for (const { id } of await ending.returning('id').execute())
    await record(tx, 'session.ended', { sessionId: id, accountId })
}
