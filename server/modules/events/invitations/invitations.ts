import { sql } from 'kysely'
import { demandVerifiedEmail } from '#accounts/addresses/verification'
import { hold, look, refuseWhenOver } from '#events/event'
import { may } from '#events/policy'
import { NotPublished } from '#events/problems'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'

declare module '#kernel/facts' {
  interface Facts {
    /** `later`: each of them gets a mail with the link. */
    'event.invited': { eventId: string; invitationIds: string[] }
    'event.uninvited': { eventId: string; invitationId: string }
  }
}

export type Invitation = { id: string; email: string; createdAt: Date; revokedAt: Date | null }

/** Lets these addresses see the event and register. Answers who is new; who was invited before hears nothing again. */
export async function invite(ctx: Ctx | Tx, eventId: string, emails: string[]): Promise<Invitation[]> {
  return transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.invite)
    await demandVerifiedEmail(tx)
    if (!event.publishedAt) throw NotPublished()
    refuseWhenOver(event, tx.now())
    const invitedBy = tx.actor.kind === 'account' ? tx.actor.id : null
    const byKey = new Map(emails.map((email) => [comparable(email), email.trim()]))
    const rows = await tx.db
      .insertInto('event_invitations')
      .values(
        [...byKey].map(([key, email]) => ({
          id: newId(),
          event_id: eventId,
          email,
          email_key: key,
          invited_by: invitedBy,
        })),
      )
      .onConflict((conflict) => conflict.columns(['event_id', 'email_key']).where('revoked_at', 'is', null).doNothing())
      .returning(['id', 'email', 'created_at', 'revoked_at'])
      .execute()
    if (rows.length > 0) await record(tx, 'event.invited', { eventId, invitationIds: rows.map((row) => row.id) })
    return rows.map(shape)
  })
}

/** Who was invited, in the order of the invitations; revoked ones too. */
export async function list(ctx: Ctx, eventId: string, query: PageQuery): Promise<Page<Invitation>> {
  await look(ctx, eventId, may.invite)
  const { limit = DEFAULT_LIMIT } = query
  const name = ['invitations', eventId]
  const from = positionOf(ctx, name, query.cursor)
  let page = ctx.db
    .selectFrom('event_invitations')
    .select(['id', 'email', 'created_at', 'revoked_at'])
    .select(sql<string>`created_at::text`.as('created_key'))
    .where('event_id', '=', eventId)
  if (from) page = page.where(sql<boolean>`(created_at, id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const found = await page
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, name, found, limit, (row) => [row.created_key, row.id])
  return { items: items.map(shape), nextCursor }
}

/** Takes an invitation back: its link opens nothing any more. Who has registered stays registered. */
export async function revoke(ctx: Ctx | Tx, eventId: string, invitationId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    await hold(tx, eventId, may.invite)
    const row = await tx.db
      .updateTable('event_invitations')
      .set({ revoked_at: sql<Date>`coalesce(revoked_at, app_now())` })
      .where('id', '=', invitationId)
      .where('event_id', '=', eventId)
      .returning('id')
      .executeTakeFirst()
    if (!row) throw NotFound()
    await record(tx, 'event.uninvited', { eventId, invitationId })
  })
}

function shape(row: { id: string; email: string; created_at: Date; revoked_at: Date | null }): Invitation {
  return { id: row.id, email: row.email, createdAt: row.created_at, revokedAt: row.revoked_at }
}
