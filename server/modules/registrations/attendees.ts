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
import { demand, permits } from '#kernel/policy'
import { Forbidden, SignInRequired } from '#kernel/problem'
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

/** Those with a registration by number, for who runs the event. `live`: without who has left. */
export async function sliceOfEvent(
  ctx: Ctx,
  eventId: string,
  query: SliceQuery & { status?: Status; text?: string; live?: boolean },
): Promise<Slice<Registration>> {
  await demandList(ctx, eventId)
  return sliceOf(comingTo(ctx, eventId, query), query, (row) => shape(ctx, row))
}

function comingTo(
  ctx: Ctx,
  eventId: string,
  { status, text, live }: { status?: Status; text?: string; live?: boolean },
) {
  let all = rows(ctx, eventId).where('r.event_id', '=', eventId).orderBy('r.place')
  if (status) all = all.where('r.status', '=', status)
  if (live) all = all.where('r.status', '<>', 'cancelled')
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

/**
 * Who comes by number, as far as the actor may know: for who runs the event all of them, for the others how many there
 * are, and of those who go the ones that let it be seen, where the actor is registered too. Who has left is nobody else's
 * to know.
 */
export async function sliceForOthers(
  ctx: Ctx,
  eventId: string,
  { status, limit, offset }: SliceQuery & { status: Status | 'interested' },
): Promise<Slice<Registration | interest.Interested>> {
  const event = await visibleEvent(ctx, eventId)
  if (permits(may.seeAttendees, ctx.actor, event))
    return status === 'interested'
      ? interest.sliceListed(ctx, eventId, { limit, offset })
      : sliceOfEvent(ctx, eventId, { status, limit, offset })
  if (status === 'cancelled') throw ctx.actor.kind === 'anonymous' ? SignInRequired() : Forbidden()
  const { going, held, ...others } = await interest.counts(ctx, eventId)
  const total = status === 'going' ? going - held : others[status]
  const seesNames = permits(may.seeOthers, ctx.actor, { ...event, isRegistered: await isRegistered(ctx, eventId) })
  if (status !== 'going' || !seesNames) return { items: [], total }
  const seen = await comingTo(ctx, eventId, { status })
    .where('r.held_until', 'is', null)
    .where('r.visible_to_attendees', '=', true)
    .limit(limit)
    .offset(offset)
    .execute()
  return { items: seen.map((row) => shape(ctx, row)), total }
}

/** Refuses whoever may not see everything about who comes, and answers the event. */
export async function demandList(ctx: Ctx, eventId: string): Promise<{ slug: string }> {
  const event = await visibleEvent(ctx, eventId)
  demand(ctx, may.seeAttendees, event)
  return event
}
