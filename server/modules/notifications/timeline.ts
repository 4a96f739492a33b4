import { sql } from 'kysely'
import { look } from '#events/event'
import { may as mayEvents } from '#events/policy'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand, isAdmin } from '#kernel/policy'
import { NotFound, SignInRequired } from '#kernel/problem'
import type { ChannelName } from './channels/channel.ts'
import { may } from './policy.ts'
import { SaysNothingAnyMore, StillDue } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'notification.resent': { notificationId: string; again: string; eventId?: string }
  }
}
unseenByOthers('notification.resent')

type State = 'due' | 'sent' | 'failed'

export type Notification = {
  id: string
  topic: string
  channel: ChannelName
  recipient: string
  eventId: string | null
  accountId: string | null
  state: State
  attempts: number
  lastError: string | null
  dueAt: Date
  sentAt: Date | null
  failedAt: Date | null
  createdAt: Date
}

type Filters = {
  eventId?: string
  accountId?: string
  state?: State
  channel?: ChannelName
  topic?: string
  recipient?: string
}

/** Messages, newest first, for admins: what is due, what was sent, what was given up. */
export async function list(ctx: Ctx, query: PageQuery & Filters): Promise<Page<Notification>> {
  demand(ctx, may.list, undefined)
  return pageWith(ctx, 'notifications', query)
}

/** One of them. */
export async function find(ctx: Ctx | Tx, notificationId: string): Promise<Notification> {
  demand(ctx, may.list, undefined)
  return rowOf(ctx, notificationId)
}

/** What was written to the actor. */
export async function mine(ctx: Ctx, query: PageQuery): Promise<Page<Notification>> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  return pageWith(ctx, 'my-notifications', { ...query, accountId: ctx.actor.id })
}

/** What was written about an event, and to whom, for who runs it. */
export async function ofEvent(
  ctx: Ctx,
  eventId: string,
  query: PageQuery & { state?: State },
): Promise<Page<Notification>> {
  await look(ctx, eventId, mayEvents.seeMessages)
  return pageWith(ctx, 'event-notifications', { ...query, eventId })
}

/**
 * Says it again: what was given up is tried anew, and what was sent is written once more, saying what it said. While either
 * is still to leave there is nothing to repeat. For admins, and for who runs the event that it is about.
 * Throws StillDue, SaysNothingAnyMore.
 */
export async function resend(ctx: Ctx | Tx, notificationId: string): Promise<Notification> {
  return transaction(ctx, async (tx) => {
    const { rows } = await sql<{
      event_id: string | null
      sent_at: Date | null
      failed_at: Date | null
      erased: boolean
    }>`
      select event_id, sent_at, failed_at, erased_at is not null as erased from notifications
      where id = ${notificationId} for update`.execute(tx.db)
    const [row] = rows
    if (!row || (!row.event_id && !isAdmin(tx.actor))) throw NotFound()
    if (row.event_id && !isAdmin(tx.actor)) await look(tx, row.event_id, mayEvents.seeMessages)
    if (row.erased) throw SaysNothingAnyMore()
    const again = row.failed_at
      ? await tryAnew(tx, notificationId)
      : row.sent_at && (await writeAgain(tx, notificationId))
    if (!again) throw StillDue()
    const about = row.event_id ? { eventId: row.event_id } : {}
    await record(tx, 'notification.resent', { notificationId, again, ...about })
    return rowOf(tx, again)
  })
}

async function tryAnew(tx: Tx, id: string): Promise<string> {
  await sql`
    update notifications set failed_at = null, attempts = 0, due_at = app_now(), last_error = null where id = ${id}`.execute(
    tx.db,
  )
  return id
}

/** Undefined while one that says the same is still to leave. */
async function writeAgain(tx: Tx, id: string): Promise<string | undefined> {
  const again = newId()
  const { numAffectedRows } = await sql`
    insert into notifications (id, topic, channel, recipient, payload, event_id, account_id, dedupe_key, resent_from)
    select ${again}::uuid, topic, channel, recipient, payload, event_id, account_id, 'resent:' || ${again}::text, id
    from notifications n where id = ${id} and not exists (
      select from notifications r where r.resent_from = n.id and r.sent_at is null and r.failed_at is null)`.execute(
    tx.db,
  )
  return numAffectedRows ? again : undefined
}

async function rowOf(ctx: Ctx | Tx, id: string): Promise<Notification> {
  const row = await select(ctx).where('id', '=', id).executeTakeFirst()
  if (!row) throw NotFound()
  return toldOf(row)
}

function select(ctx: Ctx | Tx) {
  return ctx.db
    .selectFrom('notifications')
    .select(['id', 'topic', 'channel', 'recipient', 'event_id', 'account_id', 'attempts', 'last_error'])
    .select(['due_at', 'sent_at', 'failed_at', 'created_at', sql<string>`created_at::text`.as('created_key')])
}

function toldOf(row: Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]): Notification {
  return {
    id: row.id,
    topic: row.topic,
    channel: row.channel as ChannelName,
    recipient: row.recipient,
    eventId: row.event_id,
    accountId: row.account_id,
    state: row.sent_at ? 'sent' : row.failed_at ? 'failed' : 'due',
    attempts: row.attempts,
    lastError: row.last_error,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    failedAt: row.failed_at,
    createdAt: row.created_at,
  }
}

async function pageWith(ctx: Ctx, list: string, query: PageQuery & Filters): Promise<Page<Notification>> {
  const { limit = DEFAULT_LIMIT, cursor, eventId, accountId, state, channel, topic, recipient } = query
  const name = [list, eventId, accountId, state, channel, topic, recipient].map((each) => each ?? null)
  const from = positionOf(ctx, name, cursor)
  let page = select(ctx)
  if (eventId) page = page.where('event_id', '=', eventId)
  if (accountId) page = page.where('account_id', '=', accountId).where('erased_at', 'is', null)
  if (channel) page = page.where('channel', '=', channel)
  if (topic) page = page.where('topic', '=', topic)
  if (recipient) page = page.where('recipient', '=', recipient)
  if (state === 'sent') page = page.where('sent_at', 'is not', null)
  if (state === 'failed') page = page.where('failed_at', 'is not', null)
  if (state === 'due') page = page.where('sent_at', 'is', null).where('failed_at', 'is', null)
  if (from) page = page.where(sql<boolean>`(created_at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const found = await page
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, name, found, limit, (row) => [row.created_key, row.id])
  return { nextCursor, items: items.map(toldOf) }
}
