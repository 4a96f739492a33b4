import { sql } from 'kysely'
import type { Changes } from '#events/history'
import type { Ctx } from '#kernel/ctx'
import { totalIn, type Slice, type SliceQuery } from '#kernel/paging'
import { NotFound } from '#kernel/problem'

/** What everybody is shown of an event, moments as text; what it points to by public number, null where that is gone. */
export type Shown = {
  title: string
  description: string
  startsAt: string
  endsAt: string
  place: string | null
  venueNumber: number | null
  categoryNumber: number | null
}

/** A change of what everybody was shown, and what they saw before it. */
export type Update = { number: number; eventId: string; eventNumber: number; at: Date; before: Shown }

/** Of so many of an event's last changes it is told what they were, together with it; of fewer where there are many events. */
const MOST = 100
const MOST_IN_ALL = 1_000

// An update is a change of these fields, as the index has them,
const CHANGED = sql`v.version > 1 and v.changes ?| array['title', 'description', 'startsAt', 'endsAt', 'venueId', 'place', 'categoryId']`
// of an event that everybody could find just before: what a draft or a private event said is nobody’s to know.
const SEEN = sql`exists (
    select from event_versions p where p.event_id = v.event_id and p.version < v.version and p.changes->'publishedAt'->>'to' is not null)
  and 'public' = (
    select p.changes->'visibility'->>'to' from event_versions p
    where p.event_id = v.event_id and p.version < v.version and p.changes ? 'visibility' order by p.version desc limit 1)`
const PUBLIC = sql`e.published_at is not null and e.visibility = 'public' and e.archived_at is null and e.deleted_at is null`

/** What became of these events, the newest first, as far as the last hundred changes of each tell. Whoever calls has seen to it that the actor may see them. */
export async function updatesOf(ctx: Ctx, eventIds: readonly string[]): Promise<Map<string, Update[]>> {
  if (eventIds.length === 0) return new Map()
  const events = await statesOf(ctx, eventIds)
  const { rows } = await sql<Change>`
    select v.* from unnest(${eventIds}::uuid[]) as asked (id) cross join lateral (
      select v.event_id, v.version, v.number, v.at, v.changes, (${CHANGED} and ${SEEN}) as is_update
      from event_versions v where v.event_id = asked.id order by v.version desc limit ${Math.ceil(Math.min(MOST, MOST_IN_ALL / eventIds.length))}) v
    order by v.event_id, v.version desc`.execute(ctx.db)
  return toldBack(ctx, events, rows)
}

/** What became of all events that everybody can find, the newest first. */
export async function slice(ctx: Ctx, { limit, offset }: SliceQuery): Promise<Slice<Update>> {
  const read = async (part: SliceQuery) => {
    const { rows } = await sql<Place & { total: number }>`
      select v.event_id, v.version, count(*) over () as total from event_versions v join events e on e.id = v.event_id
      where ${CHANGED} and ${PUBLIC} and ${SEEN} order by v.number desc limit ${part.limit} offset ${part.offset}`.execute(
      ctx.db,
    )
    return rows
  }
  const rows = await read({ limit, offset })
  const total = await totalIn(rows, offset, () => read({ limit: 1, offset: 0 }))
  return { items: await at(ctx, rows), total }
}

/** One of them. */
export async function find(ctx: Ctx, number: number): Promise<Update> {
  const { rows } = await sql<Place>`
    select v.event_id, v.version from event_versions v join events e on e.id = v.event_id
    where v.number = ${number}::bigint and ${CHANGED} and ${PUBLIC} and ${SEEN}`.execute(ctx.db)
  const [update] = await at(ctx, rows)
  if (!update) throw NotFound()
  return update
}

type Place = { event_id: string; version: number }
type Change = Place & { number: number; at: Date; changes: Changes; is_update: boolean }

/** The updates that led to these versions, in this order. */
async function at(ctx: Ctx, places: readonly Place[]): Promise<Update[]> {
  if (places.length === 0) return []
  const ids = [...new Set(places.map((place) => place.event_id))]
  const versions = places.map((place) => place.version)
  const events = await statesOf(ctx, ids)
  const { rows } = await sql<Change>`
    with asked as (select * from unnest(${places.map((place) => place.event_id)}::uuid[], ${versions}::int[]) as a (event_id, version))
    select v.event_id, v.version, v.number, v.at, v.changes, exists (select from asked a where a.event_id = v.event_id and a.version = v.version) as is_update
    from event_versions v join (select event_id, min(version) as first from asked group by event_id) f on f.event_id = v.event_id
    where v.version >= f.first order by v.event_id, v.version desc`.execute(ctx.db)
  const numbers = new Map(rows.map((row) => [`${row.event_id} ${row.version}`, row.number]))
  const updates = await toldBack(ctx, events, rows)
  return places.flatMap(({ event_id: id, version }) => {
    const number = numbers.get(`${id} ${version}`)
    return updates.get(id)?.filter((update) => update.number === number) ?? []
  })
}

type State = Omit<Shown, 'venueNumber' | 'categoryNumber'> & { venueId: string | null; categoryId: string | null }
type Now = State & { number: number; version: number }

/**
 * From what the events were when they were read, back through their changes, newest first: what each was before. They are
 * read before their changes, so that none is missing; what was changed meanwhile is left out.
 */
async function toldBack(
  ctx: Ctx,
  events: ReadonlyMap<string, Now>,
  changes: readonly Change[],
): Promise<Map<string, Update[]>> {
  const were = new Map<string, State>(events)
  const told: { change: Change; before: State }[] = []
  for (const change of changes) {
    const is = were.get(change.event_id)
    if (!is || change.version > events.get(change.event_id)!.version) continue
    const before = backFrom(is, change.changes)
    were.set(change.event_id, before)
    if (change.is_update) told.push({ change, before })
  }
  const numbers = await numbersOf(
    ctx,
    told.map(({ before }) => before),
  )
  const updates = new Map<string, Update[]>([...events.keys()].map((id) => [id, []]))
  for (const { change, before } of told) {
    const { venueId, categoryId, title, description, startsAt, endsAt, place } = before
    updates.get(change.event_id)!.push({
      number: change.number,
      eventId: change.event_id,
      eventNumber: events.get(change.event_id)!.number,
      at: change.at,
      before: {
        title,
        description,
        startsAt,
        endsAt,
        place,
        venueNumber: numbers.venues.get(venueId) ?? null,
        categoryNumber: numbers.categories.get(categoryId) ?? null,
      },
    })
  }
  return updates
}

function backFrom(state: State, changes: Changes): State {
  const fields = ['title', 'description', 'startsAt', 'endsAt', 'place', 'venueId', 'categoryId'] as const
  const was = fields.flatMap((field) => (changes[field] ? [[field, changes[field].from] as const] : []))
  return { ...state, ...(Object.fromEntries(was) as Partial<State>) }
}

async function statesOf(ctx: Ctx, eventIds: readonly string[]): Promise<Map<string, Now>> {
  const rows = await ctx.db
    .selectFrom('events')
    .select([
      'id',
      'number',
      'version',
      'title',
      'description',
      'starts_at',
      'ends_at',
      'place',
      'venue_id',
      'category_id',
    ])
    .where(sql<boolean>`id = any(${eventIds}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        number: row.number,
        version: row.version,
        title: row.title,
        description: row.description,
        startsAt: row.starts_at.toISOString(),
        endsAt: row.ends_at.toISOString(),
        place: row.place,
        venueId: row.venue_id,
        categoryId: row.category_id,
      },
    ]),
  )
}

async function numbersOf(ctx: Ctx, states: readonly State[]) {
  const read = async (table: 'venues' | 'categories', ids: readonly (string | null)[]) => {
    const wanted = [...new Set(ids)].filter((id) => id !== null)
    if (wanted.length === 0) return new Map<string | null, number>()
    const rows = await ctx.db
      .selectFrom(table)
      .select(['id', 'number'])
      .where(sql<boolean>`id = any(${wanted}::uuid[])`)
      .execute()
    return new Map<string | null, number>(rows.map((row) => [row.id, row.number]))
  }
  const [venues, categories] = await Promise.all([
    read(
      'venues',
      states.map((state) => state.venueId),
    ),
    read(
      'categories',
      states.map((state) => state.categoryId),
    ),
  ])
  return { venues, categories }
}
