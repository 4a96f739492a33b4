import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand, permits } from '#kernel/policy'
import { NotFound } from '#kernel/problem'
import { may } from './policy.ts'
import { rows, shape, type Registration, type Status } from './registration.ts'

/** Who comes, who waits (in the order of the line) and who has left, for the organizer; with the counts of each. */
export async function ofEvent(
  ctx: Ctx,
  eventId: string,
  query: PageQuery & { status?: Status; text?: string },
): Promise<Page<Registration> & { counts: Record<Status, number> }> {
  const event = await ctx.db
    .selectFrom('events')
    .select(['organizer_id', 'published_at'])
    .where('id', '=', eventId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!event) throw NotFound()
  if (!event.published_at && !permits(may.seeAttendees, ctx.actor, { organizerId: event.organizer_id }))
    throw NotFound()
  demand(ctx, may.seeAttendees, { organizerId: event.organizer_id })

  const { limit = DEFAULT_LIMIT, status = null, text = '' } = query
  const list = ['registrations', eventId, status, text]
  const from = positionOf(ctx, list, query.cursor)
  let page = rows(ctx).where('r.event_id', '=', eventId)
  if (status) page = page.where('r.status', '=', status)
  if (text) page = page.where(sql<boolean>`strpos(lower(r.name || ' ' || r.email), lower(${text})) > 0`)
  if (from) page = page.where(sql<boolean>`r.place > ${from[0]}`)
  const found = await page
    .orderBy('r.place')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, list, found, limit, (row) => [row.place])

  const counted = await ctx.db
    .selectFrom('registrations')
    .select(['status', sql<number>`count(*)`.as('n')])
    .where('event_id', '=', eventId)
    .groupBy('status')
    .execute()
  const counts = {
    going: 0,
    waitlisted: 0,
    cancelled: 0,
    ...Object.fromEntries(counted.map((row) => [row.status, row.n])),
  }
  return { items: items.map((row) => shape(ctx, row)), nextCursor, counts }
}
