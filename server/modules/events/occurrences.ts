import { sql } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'
import { describe } from '#kernel/facts'
import { hold, refuseWhenOver, type Event } from './event.ts'
import type { EventFields } from './events.ts'
import { stateAt } from './history.ts'
import { may } from './policy.ts'

/** Where an event stands in a series: `at` is the wall time that the rule gives it. */
export type Occurrence = { seriesId: string; at: string; organizerId: string }

/** An event that is to be repeated, held, with what was said of it. What is over or called off is refused. */
export async function holdToRepeat(
  tx: Tx,
  eventId: string,
): Promise<{ event: Event; fields: EventFields & { capacity: number | null } }> {
  const event = await hold(tx, eventId, may.repeat)
  refuseWhenOver(event, tx.now())
  return { event, fields: await asSaid(tx, event) }
}

/** What an organizer would say to have this event again. */
export async function asSaid(ctx: Ctx | Tx, event: Event): Promise<EventFields & { capacity: number | null }> {
  const { capacity } = await stateAt(ctx, event.id, event.version) // the seats are another module's; how many is history
  return {
    title: event.title,
    description: event.description,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    zone: event.zone,
    venueId: event.venueId,
    place: event.place,
    categoryId: event.categoryId,
    tags: event.tags,
    visibility: event.visibility,
    onlineUrl: event.onlineUrl,
    capacity,
    registrationDeadline: event.registrationDeadline?.toISOString() ?? null,
    hasWaitlist: event.hasWaitlist,
    confirmsGuests: event.confirmsGuests,
    reminderMinutes: event.reminderMinutes,
  }
}

/** Keeps in mind what became another for this occurrence alone, so that changes of the whole series leave it. */
export async function keepAsOwn(tx: Tx, before: Event, after: Event, fields: Partial<EventFields>): Promise<void> {
  const names = Object.keys(fields) as (keyof EventFields)[]
  const own = names.filter((name) =>
    name === 'capacity' ? false : JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  if (fields.capacity !== undefined) {
    const { capacity } = await stateAt(tx, before.id, before.version)
    if (capacity !== fields.capacity) own.push('capacity')
  }
  if (own.length > 0)
    await sql`
      update events set own_fields = array(select distinct unnest(own_fields || ${own}::text[]) order by 1)
      where id = ${before.id}`.execute(tx.db)
}

/** These fields are the series’ again. */
export async function giveBack(tx: Tx, eventId: string, fields: string[]): Promise<void> {
  await sql`
    update events set own_fields = array(select unnest(own_fields) except select unnest(${fields}::text[]) order by 1)
    where id = ${eventId} and own_fields && ${fields}::text[]`.execute(tx.db)
}

/** Frees the places in their series of events that are held; they stay what they were otherwise. */
export async function leavePlaces(tx: Tx, eventIds: string[]): Promise<void> {
  if (eventIds.length === 0) return
  await sql`update events set occurrence_at = null where id = any(${eventIds}::uuid[])`.execute(tx.db)
}

/** Puts events, which are held, into a series, elsewhere in it, or out of it. What was said of them stays. */
export async function place(
  tx: Tx,
  moves: { eventId: string; seriesId: string | null; at: string | null }[],
): Promise<void> {
  if (moves.length === 0) return
  await sql`set constraints events_once_in_series deferred`.execute(tx.db) // one moves to where the next one still is
  // Where it stands is the series’ to know; which series it is of is a change of the event.
  await sql`
    with moves as (
      select m.*, e.series_id as was, e.series_id is distinct from m.series_id as is_other
      from unnest(${moves.map((move) => move.eventId)}::uuid[], ${moves.map((move) => move.seriesId)}::uuid[],
        ${moves.map((move) => move.at)}::timestamp[]) m(id, series_id, at) join events e on e.id = m.id
    ), moved as (
      update events e set series_id = m.series_id, occurrence_at = m.at,
        version = e.version + m.is_other::int, updated_at = case when m.is_other then app_now() else e.updated_at end
      from moves m where e.id = m.id returning e.id, e.version, m.was, m.series_id, m.is_other
    )
    insert into event_versions (event_id, version, actor, changes)
    select id, version, ${JSON.stringify(describe(tx))}::jsonb,
      jsonb_build_object('seriesId', jsonb_build_object('from', was, 'to', series_id))
    from moved where is_other`.execute(tx.db)
  await sql`set constraints events_once_in_series immediate`.execute(tx.db)
}
