import { sql } from 'kysely'
import * as events from '#events'
import { bringIn, reinstate, revise, whyNotThen, type Arrival, type Revision } from '#events/arriving'
import { holdMany, type Event } from '#events/event'
import { attempt, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { Refusal } from '#kernel/problem'
import { announce, compare, holdProvider, keep, newestOfEach, saidOf, type Announced, type Said, type Written } from './announced.ts' // prettier-ignore
import { TooManyGone } from './problems.ts'
import type { Gathered, ProviderName, Skip } from './providers/provider.ts'

const AT_ONCE = 500
/** So few may go at once without anybody wondering; of more, up to half. */
const FEW = 10
const WITHDRAWN = 'It is no longer announced where it came from.'

/** What was edited here and is another there. */
export type Kept = { externalId: string; eventId: string; fields: string[] }

/** What became of everything that was read. */
export type Outcome = {
  created: number
  updated: number
  withdrawn: number
  unchanged: number
  skipped: Skip[]
  kept: Kept[]
}

type Known = { id: string; external_id: string; event_id: string | null; digest: string; withdrawn_at: Date | null }

/**
 * Makes what is here what was gathered: in one transaction, so that nobody ever sees half. New ones are made and published,
 * changed ones changed where nobody has edited them here, and what is gone from the whole is withdrawn. The same again
 * changes nothing.
 */
export async function reconcile(
  tx: Tx,
  provider: ProviderName,
  { items, skipped, isWhole, until }: Gathered,
  { organizerId, acceptWithdrawals = false }: { organizerId: string; acceptWithdrawals?: boolean },
): Promise<Outcome> {
  const outcome: Outcome = { created: 0, updated: 0, withdrawn: 0, unchanged: 0, skipped: [...skipped], kept: [] }
  await holdProvider(tx, provider)
  const announced = await announce(tx, newestOfEach(items))
  const known = await knownOf(tx, provider, [...announced.keys()])

  const mentioned = new Set([...announced.keys(), ...skipped.map(({ externalId }) => externalId)])
  const cancelled = [...announced.values()].filter(({ item }) => item.cancelled).map(({ item }) => item.externalId)
  const gone = isWhole ? await missing(tx, provider, mentioned, { acceptWithdrawals, until }) : []
  const leaving = [...known.values(), ...gone].filter(
    (row) => !row.withdrawn_at && (cancelled.includes(row.external_id) || gone.includes(row)),
  )

  const fresh: Announced[] = []
  const other: { row: Known; announced: Announced }[] = []
  for (const each of announced.values()) {
    const row = known.get(each.item.externalId)
    if (each.item.cancelled) {
      if (!row) outcome.skipped.push({ externalId: each.item.externalId, reason: 'It is cancelled there.' })
      else if (row.withdrawn_at) outcome.unchanged++
    } else if (!row?.event_id) {
      const reason = whyNotThen(each.arrival, tx.now())
      if (reason) outcome.skipped.push({ externalId: each.item.externalId, reason })
      else fresh.push(each)
    } else if (row.digest === each.digest && !row.withdrawn_at) outcome.unchanged++
    else other.push({ row, announced: each })
  }

  // Events first and by their ids, then their seats: the order in which everybody locks them.
  const ids = [...other.map(({ row }) => row.event_id!), ...leaving.flatMap((row) => row.event_id ?? [])]
  const held = new Map<string, Event>()
  for (const event of ids.length > 0 ? await holdMany(tx, ids) : []) held.set(event.id, event)
  if (held.size > 0) {
    const reseated = [
      ...leaving,
      ...other.filter(({ announced: { arrival } }) => arrival.capacity !== null).map(({ row }) => row),
    ]
    await record(tx, 'events.changed-together', { eventIds: [...held.keys()], reseated: reseated.flatMap((row) => row.event_id ?? []) }) // prettier-ignore
  }

  for (let at = 0; at < fresh.length; at += AT_ONCE)
    await create(tx, provider, organizerId, fresh.slice(at, at + AT_ONCE))
  outcome.created = fresh.length
  for (let at = 0; at < other.length; at += AT_ONCE)
    await update(tx, provider, other.slice(at, at + AT_ONCE), held, outcome)
  await withdraw(tx, leaving, held, outcome)
  // What was imported and is found by a run from now on goes when it is gone there.
  await sql`
    update external_events set listed_at = app_now()
    where provider = ${provider} and listed_at is null and external_id = any(${[...announced.keys()]}::text[])`.execute(
    tx.db,
  )
  return outcome
}

async function knownOf(tx: Tx, provider: ProviderName, externalIds: string[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known>`
    select id, external_id, event_id, digest, withdrawn_at from external_events
    where provider = ${provider} and external_id = any(${externalIds}::text[]) order by id for no key update`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.external_id, row]))
}

/** What runs found there before and this one did not, of events that are yet to begin, and were to there before `until`. */
async function missing(
  tx: Tx,
  provider: ProviderName,
  mentioned: ReadonlySet<string | null>,
  { acceptWithdrawals, until = null }: { acceptWithdrawals: boolean; until?: Date | null },
): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select x.id, x.external_id, x.event_id, x.digest, x.withdrawn_at from external_events x join events e on e.id = x.event_id
    where x.provider = ${provider} and x.listed_at is not null and x.withdrawn_at is null
      and e.deleted_at is null and e.cancelled_at is null and e.starts_at > app_now()
      and (${until}::timestamptz is null or x.starts_at < ${until})`.execute(tx.db)
  const gone = rows.filter((row) => !mentioned.has(row.external_id))
  if (!acceptWithdrawals && gone.length > FEW && gone.length * 2 > rows.length)
    throw TooManyGone(`${gone.length} of ${rows.length} events to come are gone there.`, {
      gone: gone.length,
      of: rows.length,
    })
  return gone
}

async function create(tx: Tx, provider: ProviderName, organizerId: string, some: readonly Announced[]): Promise<void> {
  const eventIds = await bringIn(tx, organizerId, some.map(({ arrival }) => arrival)) // prettier-ignore
  await keep(tx, provider, some.map((each, at) => ({ ...each, eventId: eventIds[at]!, synced: saidOf(each.arrival) }))) // prettier-ignore
}

async function update(
  tx: Tx,
  provider: ProviderName,
  some: readonly { row: Known; announced: Announced }[],
  held: Map<string, Event>,
  outcome: Outcome,
): Promise<void> {
  const before = await syncedOf(tx, some.map(({ row }) => row.id)) // prettier-ignore
  const seats = await seatsOf(tx, some.map(({ row }) => row.event_id!)) // prettier-ignore
  const revisions: Revision[] = []
  const written: Written[] = []
  for (const { row, announced } of some) {
    const { externalId } = announced.item
    const event = held.get(row.event_id!)
    const isOver = event && (event.archivedAt ?? (event.cancelledAt && !row.withdrawn_at) ?? false)
    if (!event || isOver || (event.publishedAt && event.endsAt <= tx.now())) {
      // Deleted or called off by somebody here, or long past: what is said of it there is kept beside it.
      outcome.unchanged++
      written.push({ ...announced, eventId: row.event_id!, synced: before.get(row.id)! })
      continue
    }
    const { changed, kept, synced } = compare(
      announced.arrival,
      stateOf(event, seats.get(event.id)),
      before.get(row.id)!,
    )
    const { capacity, ...fields } = Object.fromEntries(
      changed.map((field) => [field, announced.arrival[field]]),
    ) as Partial<Arrival>
    const reason = whyNotThen({ ...event, ...fields }, tx.now(), event)
    if (reason) {
      outcome.skipped.push({ externalId, reason })
      continue
    }
    const now = await alone(tx, event, { fields, capacity, isBack: row.withdrawn_at !== null })
    if (typeof now === 'string') {
      outcome.skipped.push({ externalId, reason: now })
      continue
    }
    if (Object.keys(fields).length > 0 && !event.seriesId) revisions.push({ event: now, fields })
    if (kept.length > 0) outcome.kept.push({ externalId, eventId: event.id, fields: kept })
    if (changed.length > 0 || row.withdrawn_at || kept.length === 0) outcome.updated++
    else outcome.unchanged++
    written.push({ ...announced, eventId: event.id, synced })
  }
  await revise(tx, revisions)
  await keep(tx, provider, written)
}

/**
 * What concerns an event's seats, or one of a series, goes the way that everybody's changes go, and with it that an event is
 * back: all of that or none. Answers the event as it is then, or why nothing happened.
 */
async function alone(
  tx: Tx,
  event: Event,
  { fields, capacity, isBack }: { fields: Partial<Arrival>; capacity: number | null | undefined; isBack: boolean },
): Promise<Event | string> {
  const { closed, startsAt, endsAt, registrationDeadline, ...plain } = event.seriesId ? fields : {}
  const said = {
    ...plain,
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(endsAt && { endsAt: endsAt.toISOString() }),
    ...(registrationDeadline !== undefined && { registrationDeadline: registrationDeadline?.toISOString() ?? null }),
    ...(capacity !== undefined && { capacity }),
  }
  if (!isBack && Object.keys(said).length === 0 && closed === undefined) return event
  try {
    return await attempt(tx, async () => {
      const live = isBack ? await reinstate(tx, event) : event
      if (Object.keys(said).length > 0) await events.edit(tx, event.id, said)
      if (closed !== undefined && event.publishedAt) await (closed ? events.close : events.reopen)(tx, event.id)
      return capacity === undefined ? live : { ...live, version: await versionOf(tx, event.id) }
    })
  } catch (error) {
    if (error instanceof Refusal && error.type.status < 500) return error.message
    throw error
  }
}

function stateOf(event: Event, capacity: number | null | undefined): Said {
  return saidOf({ ...event, capacity: capacity ?? null, closed: event.closedAt !== null })
}

async function withdraw(
  tx: Tx,
  rows: readonly Known[],
  held: ReadonlyMap<string, Event>,
  outcome: Outcome,
): Promise<void> {
  for (const row of rows) {
    const event = row.event_id === null ? undefined : held.get(row.event_id)
    if (!event?.publishedAt || event.cancelledAt || event.archivedAt || event.startsAt <= tx.now()) continue
    await events.cancel(tx, event.id, { reason: WITHDRAWN })
    outcome.withdrawn++
    await tx.db.updateTable('external_events').set({ withdrawn_at: sql`app_now()`, updated_at: sql`app_now()` }).where('id', '=', row.id).execute() // prettier-ignore
  }
}

async function syncedOf(tx: Tx, ids: string[]): Promise<Map<string, Said>> {
  const { rows } = await sql<{ id: string; synced: Said }>`
    select id, synced from external_events where id = any(${ids}::uuid[])`.execute(tx.db)
  return new Map(rows.map((row) => [row.id, row.synced]))
}

async function seatsOf(tx: Tx, eventIds: string[]): Promise<Map<string, number | null>> {
  const { rows } = await sql<{ event_id: string; capacity: number | null }>`
    select distinct on (event_id) event_id, (changes->'capacity'->>'to')::int as capacity from event_versions
    where event_id = any(${eventIds}::uuid[]) and changes ? 'capacity' order by event_id, version desc`.execute(tx.db)
  return new Map(rows.map((row) => [row.event_id, row.capacity]))
}

async function versionOf(tx: Tx, eventId: string): Promise<number> {
  return (await tx.db.selectFrom('events').select('version').where('id', '=', eventId).executeTakeFirstOrThrow())
    .version
}
