import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Arrival } from '#events/arriving'
import type { Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { comparable } from '#kernel/text'
import type { Item, ProviderName } from './providers/provider.ts'

// What is announced elsewhere in our words, how it is kept, and what of it is to be written here.

/** What a provider says of an event here, as it is compared: moments are text. */
export type Said = Record<(typeof SAID)[number], unknown>
const SAID = [
  'title',
  'description',
  'startsAt',
  'endsAt',
  'zone',
  'place',
  'categoryId',
  'capacity',
  'registrationDeadline',
  'closed',
] as const
/** These make sense together only. */
const TIMES: readonly string[] = ['startsAt', 'endsAt', 'zone']

export type Announced = { item: Item; arrival: Arrival; digest: string }

/** A feed may name an event twice, when it moves from page to page: the newest counts, or else the last. */
export function newestOfEach(items: readonly Item[]): Item[] {
  const newest = new Map<string, Item>()
  for (const item of items) {
    const other = newest.get(item.externalId)
    if (!other || (item.changedAt?.getTime() ?? 0) >= (other.changedAt?.getTime() ?? 0))
      newest.set(item.externalId, item)
  }
  return [...newest.values()]
}

/** Any number that no other lock of two numbers has. */
const PROVIDER = 8877

/** A run and an import may bring the same event, so they take turns. */
export async function holdProvider(tx: Tx, provider: ProviderName): Promise<void> {
  await sql`select pg_advisory_xact_lock(${PROVIDER}::int, hashtext(${provider}))`.execute(tx.db)
}

/** What these would be here, by their ids there. A category is one of ours by its name, or none. */
export async function announce(tx: Tx, items: readonly Item[]): Promise<Map<string, Announced>> {
  const rows = await tx.db.selectFrom('categories').select(['id', 'name_key']).forKeyShare().execute()
  const categories = new Map(rows.map((row) => [row.name_key, row.id]))
  return new Map(
    items.map((item) => {
      const arrival = arrivalOf(item, categories)
      const told = [saidOf(arrival), item.venueName, item.priceRange, item.ticketUrl, item.cancelled]
      return [item.externalId, { item, arrival, digest: hash('sha256', JSON.stringify(told), 'base64url') }]
    }),
  )
}

/** What an item would be as an event here. */
function arrivalOf(item: Item, categories: ReadonlyMap<string, string>): Arrival {
  const { title, description, startsAt, endsAt, zone, place, capacity, registrationDeadline, closed, category } = item
  const categoryId = (category !== null && categories.get(comparable(category))) || null
  return { title, description, startsAt, endsAt, zone, place, categoryId, capacity, registrationDeadline, closed }
}

/** The same as it is kept and compared. */
export function saidOf(arrival: Arrival): Said {
  return JSON.parse(JSON.stringify(Object.fromEntries(SAID.map((field) => [field, arrival[field]])))) as Said
}

/** Field by field: written where it is what a run last wrote, kept where somebody has edited it here. */
export function compare(
  arrival: Arrival,
  current: Said,
  last: Said,
): { changed: (keyof Said)[]; kept: string[]; synced: Said } {
  const next = saidOf(arrival)
  const isEdited = (field: keyof Said) => current[field] !== last[field]
  const timesEdited = SAID.filter((field) => TIMES.includes(field)).some(isEdited)
  const changed: (keyof Said)[] = []
  const kept: string[] = []
  const synced = { ...last }
  for (const field of SAID) {
    if (next[field] === current[field]) synced[field] = next[field]
    else if (next[field] === last[field]) continue
    else if (TIMES.includes(field) ? timesEdited : isEdited(field)) kept.push(field)
    else {
      changed.push(field)
      synced[field] = next[field]
    }
  }
  return { changed, kept, synced }
}

export type Written = Announced & { eventId: string; synced: Said }

/** Writes down what is announced there, beside the event that it is here. `listed`: a run found it. */
export async function keep(
  tx: Tx,
  provider: ProviderName,
  some: readonly Written[],
  { listed = true } = {},
): Promise<void> {
  if (some.length === 0) return
  const rows = some.map(({ item, eventId, synced, digest }) => ({ ...item, id: newId(), eventId, synced, digest }))
  await sql`
    insert into external_events (id, provider, external_id, event_id, title, starts_at, ends_at, zone, venue_name, price_range,
      ticket_url, raw, digest, synced, changed_at, listed_at)
    select n.id, ${provider}, n."externalId", n."eventId", n.title, n."startsAt", n."endsAt", n.zone, n."venueName", n."priceRange",
      n."ticketUrl", n.raw, n.digest, n.synced, n."changedAt", case when ${listed}::boolean then app_now() end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, "externalId" text, "eventId" uuid, title text,
      "startsAt" timestamptz, "endsAt" timestamptz, zone text, "venueName" text, "priceRange" text, "ticketUrl" text, raw jsonb,
      digest text, synced jsonb, "changedAt" timestamptz)
    on conflict (provider, external_id) do update set event_id = excluded.event_id, title = excluded.title,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, zone = excluded.zone, venue_name = excluded.venue_name,
      price_range = excluded.price_range, ticket_url = excluded.ticket_url, raw = excluded.raw, digest = excluded.digest,
      synced = excluded.synced, changed_at = excluded.changed_at,
      listed_at = coalesce(external_events.listed_at, excluded.listed_at), withdrawn_at = null, updated_at = app_now()`.execute(
    tx.db,
  )
}
