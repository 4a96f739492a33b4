import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { isId } from '#kernel/ids'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { permits } from '#kernel/policy'
import { invalid, NotFound } from '#kernel/problem'
import { may } from '#events/policy'

// Reads across modules: events with their venue, category, organizer and seats. Nothing here writes.

/** An event as it is seen: with everything that is shown beside it. */
export type SeenEvent = {
  id: string
  number: number
  slug: string
  title: string
  description: string
  startsAt: Date
  endsAt: Date
  zone: string
  registrationDeadline: Date | null
  hasWaitlist: boolean
  version: number
  publishedAt: Date | null
  closedAt: Date | null
  cancelledAt: Date | null
  createdAt: Date
  updatedAt: Date
  place: string | null
  venue: { id: string; name: string; address: string } | null
  category: { id: string; name: string } | null
  organizerId: string
  organizerName: string
  capacity: number | null
  taken: number
  waiting: number
  status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
}

export const SORTS = [
  'startsAt',
  '-startsAt',
  'createdAt',
  '-createdAt',
  'title',
  '-title',
  'popularity',
  '-popularity',
  'relevance',
] as const

export type EventsQuery = PageQuery & {
  text?: string
  /** The start: from this moment on, and before that one. */
  from?: string
  to?: string
  venueId?: string
  categoryId?: string
  organizerId?: string
  hasSeats?: boolean
  when?: 'upcoming' | 'past' | 'all'
  sort?: (typeof SORTS)[number]
  /** Drafts too: only for a list of the organizer's own. */
  drafts?: boolean
}

/** One event by id or slug; a draft only for who may see it. */
export async function event(ctx: Ctx, idOrSlug: string): Promise<SeenEvent> {
  const key = isId(idOrSlug) ? sql`e.id = ${idOrSlug}` : sql`e.slug = ${idOrSlug}`
  const { rows } =
    await sql<Row>`select ${COLUMNS}, e.description from ${TABLES} where ${key} and e.deleted_at is null`.execute(
      ctx.db,
    )
  const found = rows[0] && shape(rows[0])
  if (!found || !permits(may.see, ctx.actor, found)) throw NotFound()
  return found
}

/** Published events by filters that combine, in a total order, a page at a time. */
export async function events(ctx: Ctx, query: EventsQuery): Promise<Page<SeenEvent>> {
  const {
    limit = DEFAULT_LIMIT,
    cursor,
    sort = query.text ? 'relevance' : 'startsAt',
    when = 'upcoming',
    ...filters
  } = query
  if (sort === 'relevance' && !query.text) throw invalid({ '/query/sort': 'Relevance needs a text to be relevant to.' })
  const list = ['events', sort, when, filters]
  const from = positionOf(ctx, list, cursor)
  const by = order(sort, query.text)

  const conditions = [sql`e.deleted_at is null`]
  if (!query.drafts) conditions.push(sql`e.published_at is not null`)
  if (query.text) conditions.push(sql`e.search @@ websearch_to_tsquery('english', ${query.text})`)
  if (query.from) conditions.push(sql`e.starts_at >= ${query.from}::timestamptz`)
  if (query.to) conditions.push(sql`e.starts_at < ${query.to}::timestamptz`)
  if (query.venueId) conditions.push(sql`e.venue_id = ${query.venueId}`)
  if (query.categoryId) conditions.push(sql`e.category_id = ${query.categoryId}`)
  if (query.organizerId) conditions.push(sql`e.organizer_id = ${query.organizerId}`)
  if (query.hasSeats === true) conditions.push(sql`(s.capacity is null or s.taken < s.capacity)`)
  if (query.hasSeats === false) conditions.push(sql`s.taken >= s.capacity`)
  if (when === 'upcoming') conditions.push(sql`e.ends_at > (select app_now())`, sql`e.cancelled_at is null`)
  if (when === 'past') conditions.push(sql`e.ends_at <= (select app_now())`)
  if (from)
    conditions.push(sql`(${by.key}, e.id) ${by.descending ? sql`<` : sql`>`} (${by.value(from[0]!)}, ${from[1]}::uuid)`)

  // The page is found first and joined afterwards, or everything that matches would be joined to throw most of it away.
  const seats =
    query.hasSeats !== undefined || sort.includes('popularity') ? sql`join seat_pools s on s.event_id = e.id` : sql``
  const direction = by.descending ? sql`desc` : sql`asc`
  const { rows } = await sql<Row>`
    select ${COLUMNS}, page.sort_key from (
      select e.id, (${by.key})::text as sort_key, row_number() over (order by ${by.key} ${direction}, e.id ${direction}) as nth
      from events e ${seats}
      where ${sql.join(conditions, sql` and `)}
      order by ${by.key} ${direction}, e.id ${direction} limit ${limit + 1}
    ) page join ${TABLES} on e.id = page.id order by page.nth`.execute(ctx.db)
  const { items, nextCursor } = pageOf(ctx, list, rows, limit, (row) => [row.sort_key!, row.id])
  return { items: items.map(shape), nextCursor }
}

/** How many published events each of these venues has had or will have. */
export async function countEventsAt(ctx: Ctx, venueIds: string[]): Promise<Map<string, number>> {
  if (venueIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; n: number }>`
    select venue_id as id, count(*) as n from events
    where venue_id = any(${venueIds}::uuid[]) and deleted_at is null and published_at is not null group by venue_id`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row.n]))
}

const TABLES = sql`events e join seat_pools s on s.event_id = e.id join accounts o on o.id = e.organizer_id
  left join venues v on v.id = e.venue_id left join categories c on c.id = e.category_id`

const COLUMNS = sql`e.id, e.number, e.slug, e.title, e.starts_at, e.ends_at, e.zone, e.registration_deadline, e.has_waitlist, e.version,
  e.published_at, e.closed_at, e.cancelled_at, e.created_at, e.updated_at, e.place, e.organizer_id,
  v.id as venue_id, v.name as venue_name, v.address as venue_address, c.id as category_id, c.name as category_name,
  o.username, o.first_name, o.last_name, s.capacity, s.taken, s.waiting,
  case
    when e.cancelled_at is not null then 'cancelled'
    when e.published_at is null then 'draft'
    when e.ends_at <= (select app_now()) then 'past'
    when e.closed_at is not null or least(e.starts_at, e.registration_deadline) <= (select app_now()) then 'closed'
    else 'open'
  end as status`

type Order = { key: RawBuilder<unknown>; descending: boolean; value: (text: string | number) => RawBuilder<unknown> }

function order(sort: (typeof SORTS)[number], text = ''): Order {
  const descending = sort.startsWith('-') || sort === 'relevance'
  const as = (type: string) => (value: string | number) => sql`${value}::${sql.raw(type)}`
  switch (sort) {
    case 'startsAt':
    case '-startsAt':
      return { key: sql`e.starts_at`, descending, value: as('timestamptz') }
    case 'createdAt':
    case '-createdAt':
      return { key: sql`e.created_at`, descending, value: as('timestamptz') }
    case 'title':
    case '-title':
      return { key: sql`lower(e.title)`, descending, value: as('text') }
    case 'popularity':
    case '-popularity':
      return { key: sql`s.taken`, descending, value: as('int') }
    case 'relevance': // a whole number, so that the cursor holds exactly what was sorted by
      return {
        key: sql`(ts_rank(e.search, websearch_to_tsquery('english', ${text})) * 1000000)::int`,
        descending,
        value: as('int'),
      }
  }
}

type Row = {
  id: string
  number: number
  slug: string
  title: string
  description?: string
  starts_at: Date
  ends_at: Date
  zone: string
  registration_deadline: Date | null
  has_waitlist: boolean
  version: number
  published_at: Date | null
  closed_at: Date | null
  cancelled_at: Date | null
  created_at: Date
  updated_at: Date
  place: string | null
  organizer_id: string
  venue_id: string | null
  venue_name: string | null
  venue_address: string | null
  category_id: string | null
  category_name: string | null
  username: string
  first_name: string
  last_name: string
  capacity: number | null
  taken: number
  waiting: number
  status: SeenEvent['status']
  sort_key?: string
}

function shape(row: Row): SeenEvent {
  return {
    id: row.id,
    number: row.number,
    slug: row.slug,
    title: row.title,
    description: row.description ?? '',
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    zone: row.zone,
    registrationDeadline: row.registration_deadline,
    hasWaitlist: row.has_waitlist,
    version: row.version,
    publishedAt: row.published_at,
    closedAt: row.closed_at,
    cancelledAt: row.cancelled_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    place: row.place,
    venue: row.venue_id ? { id: row.venue_id, name: row.venue_name!, address: row.venue_address! } : null,
    category: row.category_id ? { id: row.category_id, name: row.category_name! } : null,
    organizerId: row.organizer_id,
    organizerName: `${row.first_name} ${row.last_name}`.trim() || row.username,
    capacity: row.capacity,
    taken: row.taken,
    waiting: row.waiting,
    status: row.status,
  }
}
