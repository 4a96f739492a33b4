import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import {
  DEFAULT_LIMIT,
  pageOf,
  positionOf,
  sliceOf,
  type Page,
  type PageQuery,
  type Slice,
  type SliceQuery,
} from '#kernel/paging'
import { demand } from '#kernel/policy'
import * as interest from './interest.ts'
import { may } from './policy.ts'
import { rows, shape, type Registration, type Status } from './registration.ts'
import { isRegistered, visibleEvent } from './visibility.ts'

type Wanted = PageQuery & { status?: Status | 'interested'; text?: string }

/**
 * Who comes, who waits (in the order of the line) and who has left, for who runs it; or who is interested, who has no
 * registration. With the counts of each.
 */
export async function ofEvent(
  ctx: Ctx,
  eventId: string,
  { status, ...query }: Wanted,
): Promise<Page<Registration | interest.Interested> & { counts: Record<Status | 'held' | 'interested', number> }> {
  await demandList(ctx, eventId)
  const page =
    status === 'interested'
      ? await interest.listed(ctx, eventId, query)
      : await registered(ctx, eventId, { status, ...query })
  const { interested } = await interest.counts(ctx, eventId)
  return { ...page, counts: { ...(await countsOf(ctx, eventId)), interested } }
}

async function registered(
  ctx: Ctx,
  eventId: string,
  query: PageQuery & { status?: Status; text?: string },
): Promise<Page<Registration>> {
  const { limit = DEFAULT_LIMIT, status = null, text = '' } = query
  const list = ['registrations', eventId, status, text]
  const from = positionOf(ctx, list, query.cursor)
  let page = comingTo(ctx, eventId, query)
  if (from) page = page.where(sql<boolean>`r.place > ${from[0]}`)
  const found = await page.limit(limit + 1).execute()
  const { items, nextCursor } = pageOf(ctx, list, found, limit, (row) => [row.place])
  return { items: items.map((row) => shape(ctx, row)), nextCursor }
}

/** Those with a registration by number, for who runs the event. */
export async function sliceOfEvent(
  ctx: Ctx,
  eventId: string,
  query: SliceQuery & { status?: Status; text?: string },
): Promise<Slice<Registration>> {
  await demandList(ctx, eventId)
  return sliceOf(comingTo(ctx, eventId, query), query, (row) => shape(ctx, row))
}

function comingTo(ctx: Ctx, eventId: string, { status, text }: { status?: Status; text?: string }) {
  let all = rows(ctx, eventId).where('r.event_id', '=', eventId).orderBy('r.place')
  if (status) all = all.where('r.status', '=', status)
  if (text) all = all.where(sql<boolean>`strpos(lower(r.name || ' ' || r.email), lower(${text})) > 0`)
  return all
}

async function countsOf(ctx: Ctx, eventId: string): Promise<Record<Status | 'held', number>> {
  const counted = await ctx.db
    .selectFrom('registrations')
    .select(['status', sql<number>`count(*)`.as('n'), sql<number>`count(held_until)`.as('held')])
    .where('event_id', '=', eventId)
    .groupBy('status')
    .execute()
  return {
    held: counted.reduce((sum, row) => sum + row.held, 0),
    going: 0,
    waitlisted: 0,
    cancelled: 0,
    ...Object.fromEntries(counted.map((row) => [row.status, row.n])),
  }
}

/** The names of those who go and let others see it, for whoever is registered too. */
export async function seenByOthers(ctx: Ctx, eventId: string, query: PageQuery): Promise<Page<{ name: string }>> {
  const event = await visibleEvent(ctx, eventId)
  demand(ctx, may.seeOthers, { ...event, isRegistered: await isRegistered(ctx, eventId) })
  const { limit = DEFAULT_LIMIT } = query
  const list = ['attendees', eventId]
  const from = positionOf(ctx, list, query.cursor)
  let page = ctx.db
    .selectFrom('registrations')
    .select(['name', 'place'])
    .where('event_id', '=', eventId)
    .where('status', '=', 'going')
    .where('held_until', 'is', null)
    .where('visible_to_attendees', '=', true)
  if (from) page = page.where(sql<boolean>`place > ${from[0]}`)
  const found = await page
    .orderBy('place')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, list, found, limit, (row) => [row.place])
  return { items: items.map(({ name }) => ({ name })), nextCursor }
}

/** Refuses whoever may not see everything about who comes, and answers the event. */
export async function demandList(ctx: Ctx, eventId: string): Promise<{ slug: string }> {
  const event = await visibleEvent(ctx, eventId)
  demand(ctx, may.seeAttendees, event)
  return event
}
