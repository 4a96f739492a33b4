import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import './facts.ts'
import { holdLive } from '#accounts'
import type { Tx } from '#kernel/ctx'
import { record, recordAll } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { Refusal } from '#kernel/problem'
import { amend, refuseWhenOver, type Event } from './event.ts'
import { rememberAll } from './history.ts'
import { may } from './policy.ts'
import { checkSchedule, type Schedule } from './schedule.ts'
import { wordsOf } from './slug.ts'

// Events that another system knows better, by the thousand: a few statements for all of them, where `create`, `publish` and
// `edit` take a dozen for each. The versions and facts that come of it are the same.

/** What another system says of an event. */
export type Arrival = Schedule & {
  title: string
  description: string
  place: string | null
  categoryId: string | null
  capacity: number | null
  /** Whether registration is over there. */
  closed: boolean
}

/** Why an event cannot be then, in words; null: it can. A deadline may have passed. */
export function whyNotThen(schedule: Schedule, now: Date, before?: Schedule): string | null {
  try {
    checkSchedule(schedule, now, { before, lateDeadline: true })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

/** Makes events of somebody's, published as they come. Answers their ids, in the same order. Whoever calls has asked `whyNotThen`. */
export async function bringIn(tx: Tx, organizerId: string, arrivals: readonly Arrival[]): Promise<string[]> {
  demand(tx, may.bringIn, undefined)
  if (arrivals.length === 0) return []
  await holdLive(tx, organizerId)
  const made = arrivals.map((arrival) => ({ ...arrival, id: newId() }))
  const rows = await tx.db
    .insertInto('events')
    .values(
      made.map((each) => ({
        id: each.id,
        organizer_id: organizerId,
        // Letters of its own from the start: who looked for a free name would wait for whoever is making the same one.
        slug: `${wordsOf(each.title)}-${randomBytes(4).toString('hex')}`,
        title: each.title,
        description: each.description,
        starts_at: each.startsAt,
        ends_at: each.endsAt,
        zone: each.zone,
        place: each.place,
        category_id: each.categoryId,
        registration_deadline: each.registrationDeadline,
        published_at: sql<Date>`app_now()`,
        closed_at: each.closed ? sql<Date>`app_now()` : null,
      })),
    )
    .returning(['id', 'version', 'published_at', 'closed_at', 'visibility', 'has_waitlist', 'confirms_guests'])
    .execute()
  const written = new Map(rows.map((row) => [row.id, row]))
  await rememberAll(
    tx,
    made.map((each) => {
      const row = written.get(each.id)!
      const after = {
        ...each,
        version: row.version,
        tags: [],
        visibility: row.visibility as Event['visibility'],
        hasWaitlist: row.has_waitlist,
        confirmsGuests: row.confirms_guests,
        publishedAt: row.published_at,
        closedAt: row.closed_at,
      }
      return { before: null, after }
    }),
  )
  await record(tx, 'events.brought-in', {
    events: made.map(({ id, capacity }) => ({ eventId: id, capacity })),
  })
  return made.map(({ id }) => id)
}

/** What is to be said of an event that is held and not over. Its seats are another matter: `edit`. */
export type Revision = { event: Event; fields: Partial<Omit<Arrival, 'capacity'>> }

/** Writes what is said of many events now; who has a place hears of another time or place. */
export async function revise(tx: Tx, revisions: readonly Revision[]): Promise<void> {
  demand(tx, may.bringIn, undefined)
  if (revisions.length === 0) return
  const next = revisions.map(({ event, fields }) => ({ ...event, closed: event.closedAt !== null, ...fields }))
  const { rows } = await sql<{ id: string; version: number; closed_at: Date | null }>`
    update events e set title = n.title, description = n.description, starts_at = n."startsAt", ends_at = n."endsAt", zone = n.zone,
      place = n.place, category_id = n."categoryId", registration_deadline = n."registrationDeadline",
      closed_at = case when n.closed then coalesce(e.closed_at, app_now()) end,
      version = e.version + 1, updated_at = app_now()
    from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as n (id uuid, title text, description text, "startsAt" timestamptz,
      "endsAt" timestamptz, zone text, place text, "categoryId" uuid, "registrationDeadline" timestamptz, closed boolean)
    where e.id = n.id
    returning e.id, e.version, e.closed_at`.execute(tx.db)
  const written = new Map(rows.map((row) => [row.id, row]))
  const changes = revisions.map(({ event, fields }) => {
    const { version, closed_at: closedAt } = written.get(event.id)!
    return { before: event, after: { ...event, ...fields, version, closedAt }, changed: Object.keys(fields) }
  })
  await rememberAll(tx, changes)
  await recordAll(
    tx,
    'event.edited',
    changes.map(({ before, changed }) => ({ eventId: before.id, changed })),
  )
  for (const [kind, isSo] of [
    ['event.closed', (was: Event, is: Event) => !was.closedAt && is.closedAt !== null],
    ['event.reopened', (was: Event, is: Event) => was.closedAt !== null && !is.closedAt],
  ] as const) {
    const which = changes.filter(({ before, after }) => isSo(before, after))
    await recordAll(tx, kind, which.map(({ before }) => ({ eventId: before.id }))) // prettier-ignore
  }
  await tellWhereTo(tx, changes)
}

/** The event takes place after all. Nobody gets back the place that ended with it; everybody may register anew. */
export async function reinstate(tx: Tx, event: Event): Promise<Event> {
  demand(tx, may.bringIn, undefined)
  if (!event.cancelledAt) return event
  const live = { ...event, cancelledAt: null }
  refuseWhenOver(live, tx.now())
  const after = await amend(tx, event, { cancelled_at: null, cancellation_reason: null })
  await record(tx, 'event.reinstated', { eventId: event.id })
  return after
}

/** Where and when: what people who come must know. */
async function tellWhereTo(tx: Tx, changes: readonly { before: Event; after: Event }[]): Promise<void> {
  const of = ({ startsAt, endsAt, zone, place, venueId }: Event) => ({
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    zone,
    place,
    venueId,
  })
  const moved = changes
    .filter(({ before }) => before.publishedAt !== null)
    .map(({ before, after }) => ({ eventId: after.id, was: of(before), is: of(after) }))
    .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is))
  if (moved.length === 0) return
  const { rows } = await sql<{ id: string; words: string }>`
    select id, concat_ws(', ', name, nullif(address, '')) as words from venues
    where id = any(${moved.map(({ was }) => was.venueId).filter((id) => id !== null)}::uuid[])`.execute(tx.db)
  const venues = new Map(rows.map(({ id, words }) => [id, words]))
  const where = (place: string | null, venueId: string | null) =>
    [place, venueId && venues.get(venueId)].filter(Boolean).join(', ') || null
  await recordAll(
    tx,
    'event.rescheduled',
    moved.map(({ eventId, was, is }) => ({ eventId, was: { ...was, where: where(was.place, was.venueId) }, is })),
  )
}
