import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { isId } from '#kernel/ids'
import {
  DEFAULT_LIMIT,
  pageOf,
  positionOf,
  TOTAL,
  totalIn,
  type Page,
  type PageQuery,
  type Slice,
  type SliceQuery,
} from '#kernel/paging'
import { permits } from '#kernel/policy'
import { invalid, NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { isInvited } from '#events/invitation-links'
import { isHidden, may, type TeamRole } from '#events/policy'
import { isRunBy, teamRole } from '#events/team/role'
import { openedBy } from '#registrations/guest-links'

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
  confirmsGuests: boolean
  reminderMinutes: number[]
  version: number
  publishAt: Date | null
  publishedAt: Date | null
  closedAt: Date | null
  cancelledAt: Date | null
  archivedAt: Date | null
  createdAt: Date
  updatedAt: Date
  place: string | null
  venue: { id: string; name: string; address: string } | null
  venueNumber: number | null
  category: { id: string; number: number; name: string } | null
  tags: string[]
  visibility: 'public' | 'unlisted' | 'private'
  /** Null for whoever may not see it, and in lists. */
  onlineUrl: string | null
  organizerId: string
  organizerNumber: number
  /** What the actor is on its team; null in public lists. */
  team: TeamRole | null
  organizerName: string
  capacity: number | null
  taken: number
  waiting: number
  /** How many come, and how popular it was where it came from. */
  popularity: number
  /** What a seat costs, in minor units; null: nothing. */
  price: { amount: number; currency: string } | null
  status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
  banner: { id: string; alt: string; widths: number[] } | null
  /** What it is an occurrence of. */
  seriesId: string | null
  /** Where it is announced besides; not read in lists by cursor. */
  source: { provider: string; externalId: string; ticketUrl: string | null; priceRange: string | null } | null
  /** Its tags by their public numbers, and how often it repeats, like `weekly`; only read in lists by number. */
  tagNumbers: number[]
  repeats: string | null
  /** Of the reviews that all can see, to two decimals; null without one, and in lists by cursor. */
  averageRating: number | null
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

export type EventsQuery = PageQuery & EventFilters

export type EventFilters = {
  text?: string
  /** The whole title, whatever its capitals. */
  title?: string
  /** A part of the title, without capitals and accents. */
  titlePart?: string
  /** The start: from this moment on, and before that one. */
  from?: string
  to?: string
  venueId?: string
  categoryId?: string
  organizerId?: string
  /** The same by public number, and a category by its name. */
  categoryNumber?: number
  categoryName?: string
  organizerNumber?: number
  /** What this account runs or helps to run, drafts and what is archived too: only for a list of their own. */
  runBy?: string
  /** Occurrences of this series. */
  seriesId?: string
  /** Marked with any of these, by name. */
  tags?: string[]
  /** A part of the place, or of the venue's name or address. */
  location?: string
  hasSeats?: boolean
  /** The public number, which the seeds' interfaces name events by. */
  number?: number
  /** Exactly as popular. */
  popularity?: number
  /** Whether people can register now. */
  active?: boolean
  /** Whether it was closed by hand or called off. */
  stopped?: boolean
  /** Whether it has ended. */
  over?: boolean
  when?: 'upcoming' | 'past' | 'all'
  sort?: (typeof SORTS)[number]
}

/**
 * One event by id or slug; a draft or a private one only for who may see it. `pass` is what the link held that somebody
 * came by: an invitation's, or that of a guest's registration.
 */
export async function event(ctx: Ctx, idOrSlug: string, pass?: string): Promise<SeenEvent> {
  const key = isId(idOrSlug) ? sql`e.id = ${idOrSlug}` : sql`e.slug = ${idOrSlug}`
  const { rows } =
    await sql<Row>`select ${COLUMNS}, ${WHOLE}, e.online_url, ${teamRole(ctx)} as team from ${TABLES} where ${key} and e.deleted_at is null`.execute(
      ctx.db,
    )
  const row = rows[0]
  if (!row) throw NotFound()
  const found = shape(row)
  const owner = permits(may.edit, ctx.actor, found)
  // Whether somebody is registered matters for few events, and is looked up for those alone.
  const asked = !owner && (isHidden(found) || row.online_url !== null)
  const attends = asked ? await attendance(ctx, found, pass) : null
  const letIn = asked && (attends !== null || (!found.archivedAt && (await isInvited(ctx, found.id, pass))))
  if (!permits(may.see, ctx.actor, { ...found, letIn })) throw NotFound()
  const shown = permits(may.seeOnlineUrl, ctx.actor, { ...found, going: attends === 'going' })
  return { ...found, onlineUrl: shown ? row.online_url! : null }
}

/** How the actor, or the guest whose link was used, is registered; who lost the place with the event counts too. */
async function attendance(ctx: Ctx, { id }: SeenEvent, pass = ''): Promise<string | null> {
  const accountId = ctx.actor.kind === 'account' ? ctx.actor.id : null
  const guest = openedBy(ctx.config, pass)
  if (!accountId && !guest) return null
  const { rows } = await sql<{ status: string }>`
    select case when r.held_until is null then r.status else 'held' end as status from registrations r join events e on e.id = r.event_id
    where r.event_id = ${id} and (r.account_id = ${accountId}::uuid
        or (r.id = ${guest?.registrationId ?? null}::uuid and r.link_generation = ${guest?.generation ?? null}::int))
      and (r.status <> 'cancelled' or r.cancelled_at = e.cancelled_at)
    order by r.status <> 'going', r.held_until is not null limit 1`.execute(ctx.db)
  return rows[0]?.status ?? null
}

/** Published events by filters that combine, in a total order, a page at a time. */
export async function events(
  ctx: Ctx,
  { limit = DEFAULT_LIMIT, cursor, ...query }: EventsQuery,
): Promise<Page<SeenEvent>> {
  const { sort = sortOf(query), when = 'upcoming', ...filters } = query
  const list = ['events', sort, when, filters]
  const from = positionOf(ctx, list, cursor)
  const rows = await read(ctx, query, { from, limit: limit + 1 })
  const { items, nextCursor } = pageOf(ctx, list, rows, limit, (row) => [row.sort_key!, row.id])
  return { items: items.map(shape), nextCursor }
}

/** The same by number, with all that is said of each. */
export async function sliceOfEvents(
  ctx: Ctx,
  { limit, offset, ...query }: SliceQuery & EventFilters,
): Promise<Slice<SeenEvent>> {
  const rows = await read(ctx, query, { limit, offset })
  const total = await totalIn(
    rows as Counted[],
    offset,
    () => read(ctx, query, { limit: 1, offset: 0 }) as Promise<Counted[]>,
  )
  return { items: rows.map(shape), total }
}

const sortOf = ({ text }: EventFilters) => (text ? 'relevance' : 'startsAt')

type Part = {
  limit: number
  from?: ReturnType<typeof positionOf>
  /** Then the rows say how many there are. */ offset?: number
}

async function read(ctx: Ctx, query: EventFilters, { limit, from, offset }: Part): Promise<Row[]> {
  const { sort = sortOf(query), when = 'upcoming' } = query
  if (sort === 'relevance' && !query.text) throw invalid({ '/query/sort': 'Relevance needs a text to be relevant to.' })
  const words = sql`(select words from asked)`
  const by = order(sort, words)

  const conditions = [sql`e.deleted_at is null`]
  if (query.runBy) conditions.push(isRunBy(query.runBy))
  else conditions.push(sql`e.published_at is not null`, sql`e.visibility = 'public'`, sql`e.archived_at is null`)
  if (query.text) conditions.push(sql`(e.search @@ ${words} or e.venue_id = any(array(select id from places)))`)
  if (query.title) {
    const title = sql`${query.title.trim()}::text`
    // The first is what titles are in an index by, the second is what is meant.
    conditions.push(sql`${plain(sql`e.title`)} = ${plain(title)}`, sql`lower(e.title) = lower(${title})`)
  }
  if (query.titlePart)
    conditions.push(sql`strpos(${plain(sql`e.title`)}, ${plain(sql`${query.titlePart.trim()}::text`)}) > 0`)
  if (query.number !== undefined) conditions.push(sql`e.number = ${query.number}`)
  if (query.popularity !== undefined) conditions.push(sql`s.taken + e.popularity_base = ${query.popularity}::int`)
  if (query.from) conditions.push(sql`e.starts_at >= ${query.from}::timestamptz`)
  if (query.to) conditions.push(sql`e.starts_at < ${query.to}::timestamptz`)
  if (query.venueId) conditions.push(sql`e.venue_id = ${query.venueId}`)
  if (query.categoryId) conditions.push(sql`e.category_id = ${query.categoryId}`)
  if (query.organizerId) conditions.push(sql`e.organizer_id = ${query.organizerId}`)
  if (query.categoryNumber !== undefined)
    conditions.push(sql`e.category_id = (select id from categories where number = ${query.categoryNumber}::bigint)`)
  if (query.categoryName)
    conditions.push(sql`e.category_id = (select id from categories where name_key = ${comparable(query.categoryName)})`)
  if (query.organizerNumber !== undefined)
    conditions.push(sql`e.organizer_id = (select id from accounts where number = ${query.organizerNumber}::bigint)`)
  if (query.seriesId) conditions.push(sql`e.series_id = ${query.seriesId}`)
  if (query.tags)
    conditions.push(sql`e.id in (
      select et.event_id from event_tags et join tags t on t.id = et.tag_id where t.name_key = any(${query.tags.map(comparable)}::text[]))`)
  if (query.location)
    conditions.push(sql`(strpos(${plain(sql`e.place`)}, ${plain(sql`${query.location.trim()}::text`)}) > 0
      or e.venue_id = any(array(select id from venues where strpos(${plain(sql`name || ' ' || address`)}, ${plain(sql`${query.location.trim()}::text`)}) > 0)))`)
  if (query.active !== undefined)
    conditions.push(sql`(e.cancelled_at is null and e.closed_at is null
      and least(e.starts_at, e.registration_deadline) > (select app_now())) = ${query.active}::boolean`)
  if (query.stopped !== undefined)
    conditions.push(sql`(e.cancelled_at is not null or e.closed_at is not null) = ${query.stopped}::boolean`)
  if (query.hasSeats === true) conditions.push(sql`(s.capacity is null or s.taken < s.capacity)`)
  if (query.hasSeats === false) conditions.push(sql`s.taken >= s.capacity`)
  // The words choose so few that an index of times, which nearly all events are in, is only read in vain beside them.
  const isOver = query.text ? sql`(e.ends_at <= (select app_now())) is true` : sql`e.ends_at <= (select app_now())`
  const isToCome = query.text ? sql`(e.ends_at > (select app_now())) is true` : sql`e.ends_at > (select app_now())`
  if (when === 'upcoming') conditions.push(isToCome, sql`e.cancelled_at is null`)
  if (when === 'past' || query.over === true) conditions.push(isOver)
  if (query.over === false) conditions.push(isToCome)
  if (from)
    conditions.push(sql`(${by.key}, e.id) ${by.descending ? sql`<` : sql`>`} (${by.value(from[0]!)}, ${from[1]}::uuid)`)

  // The page is found first and joined afterwards, or everything that matches would be joined to throw most of it away.
  const seats =
    query.hasSeats !== undefined || query.popularity !== undefined || sort.includes('popularity')
      ? sql`join seat_pools s on s.event_id = e.id`
      : sql``
  const direction = by.descending ? sql`desc` : sql`asc`
  // What is read of the text is read once, not for each event that is ranked.
  const asked = query.text
    ? sql`with asked as materialized (select websearch_to_tsquery('english', unaccented(${query.text}::text)) as words),
        places as materialized (select id, ts_rank(search, words) as rank from venues, asked where search @@ words)`
    : sql``
  const { rows } = await sql<Row>`
    ${asked} select ${COLUMNS}, ${offset === undefined ? sql`null as source` : WHOLE}, page.key::text as sort_key, page.total, ${query.runBy ? teamRole(ctx) : sql`null`} as team from (
      select e.id, ${by.key} as key, ${offset === undefined ? sql`null` : TOTAL} as total from events e ${seats} where ${sql.join(conditions, sql` and `)}
      order by key ${direction}, e.id ${direction} limit ${limit} offset ${offset ?? 0}
    ) page join ${TABLES} on e.id = page.id order by page.key ${direction}, page.id ${direction}`.execute(ctx.db)
  return rows
}

/** The event by its public number or its id, and both of them. `NotFound` where there is none; who may see it is asked by what is done next. */
export async function identify(ctx: Ctx, numberOrId: string): Promise<{ id: string; number: number }> {
  const isNumber = /^[1-9]\d{0,14}$/.test(numberOrId) // one spelling: what is limited by event is limited by this
  if (!isNumber && !isId(numberOrId)) throw NotFound()
  const key = isNumber ? sql`number = ${numberOrId}::bigint` : sql`id = ${numberOrId}::uuid`
  const { rows } = await sql<{ id: string; number: number }>`
    select id, number from events where ${key} and deleted_at is null`.execute(ctx.db)
  if (!rows[0]) throw NotFound()
  return rows[0]
}

/** The event's id, of those that there are. `NotFound` where there is none; whether somebody may see it is asked by what is done next. */
export async function idOfNumber(ctx: Ctx, number: number): Promise<string> {
  const id = (await idsOfNumbers(ctx, [number])).get(number)
  if (!id) throw NotFound()
  return id
}

/** The ids of the events with these public numbers; those that there are not are missing. */
export async function idsOfNumbers(ctx: Ctx, numbers: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ number: number; id: string }>`
    select number, id from events where number = any(${numbers}::bigint[]) and deleted_at is null`.execute(ctx.db)
  return new Map(rows.map((row) => [row.number, row.id]))
}

/** How many published events each of these venues has had or will have. */
export async function countEventsAt(ctx: Ctx, venueIds: string[]): Promise<Map<string, number>> {
  if (venueIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; n: number }>`
    select venue_id as id, count(*) as n from events
    where venue_id = any(${venueIds}::uuid[]) and deleted_at is null and archived_at is null and published_at is not null and visibility = 'public' group by venue_id`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row.n]))
}

const TABLES = sql`events e join seat_pools s on s.event_id = e.id join accounts o on o.id = e.organizer_id
  left join venues v on v.id = e.venue_id left join categories c on c.id = e.category_id
  left join files b on b.event_id = e.id and b.stored_at is not null and b.discarded_at is null
  left join prices on prices.event_id = e.id`

const COLUMNS = sql`e.id, e.number, e.slug, e.title, e.starts_at, e.ends_at, e.zone, e.registration_deadline, e.has_waitlist, e.confirms_guests, e.reminder_minutes, e.version,
  e.publish_at, e.published_at, e.closed_at, e.cancelled_at, e.archived_at, e.created_at, e.updated_at, e.place, e.visibility, e.organizer_id, e.series_id,
  v.id as venue_id, v.number as venue_number, v.name as venue_name, v.address as venue_address, c.id as category_id, c.number as category_number, c.name as category_name,
  array(select t.name from event_tags et join tags t on t.id = et.tag_id where et.event_id = e.id order by t.name_key) as tags,
  o.number as organizer_number, o.username, o.first_name, o.last_name, s.capacity, s.taken, s.waiting, s.taken + e.popularity_base as popularity,
  b.id as banner_id, b.alt as banner_alt, b.widths as banner_widths,
  prices.amount, prices.currency,
  case
    when e.cancelled_at is not null then 'cancelled'
    when e.published_at is null then 'draft'
    when e.ends_at <= (select app_now()) then 'past'
    when e.closed_at is not null or least(e.starts_at, e.registration_deadline) <= (select app_now()) then 'closed'
    else 'open'
  end as status`

/** What is read besides of one event, or of a list that shows everything. Arrays of bigint would come as text. */
const WHOLE = sql`e.description,
  (select jsonb_build_object('provider', x.provider, 'externalId', x.external_id, 'ticketUrl', x.ticket_url, 'priceRange', x.price_range)
    from external_events x where x.event_id = e.id) as source,
  array(select t.number::float8 from event_tags et join tags t on t.id = et.tag_id where et.event_id = e.id order by t.name_key) as tag_numbers,
  (select lower(substring(rule from 'FREQ=([A-Z]+)')) from series where id = e.series_id) as repeats,
  (select round(avg(w.rating), 2)::float8 from reviews w where w.event_id = e.id and w.hidden_at is null) as average_rating`

/** Words as parts of them are compared: without accents and capitals. */
const plain = (text: RawBuilder<unknown>) => sql`lower(unaccented(${text}))`

type Order = { key: RawBuilder<unknown>; descending: boolean; value: (text: string | number) => RawBuilder<unknown> }

function order(sort: (typeof SORTS)[number], words: RawBuilder<unknown>): Order {
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
      return { key: plain(sql`e.title`), descending, value: as('text') }
    // Two tables make it, so no index can. On 50,000 events, 41,000 of them to come, the first page took 31 ms, as against
    // 24 ms by the seats alone: counting is what costs, and a copy of the sum would be written at every registration.
    case 'popularity':
    case '-popularity':
      return { key: sql`(s.taken + e.popularity_base)`, descending, value: as('int') }
    case 'relevance': // a whole number, so that the cursor holds exactly what was sorted by
      return {
        // What has the words in its venue's name ranks as what has them in its place.
        key: sql`(greatest(ts_rank(e.search, ${words}), (select rank from places where id = e.venue_id)) * 1000000)::int`,
        descending,
        value: as('int'),
      }
  }
}

type Counted = Row & { total: number }
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
  confirms_guests: boolean
  reminder_minutes: number[]
  version: number
  publish_at: Date | null
  published_at: Date | null
  closed_at: Date | null
  cancelled_at: Date | null
  archived_at: Date | null
  created_at: Date
  updated_at: Date
  place: string | null
  organizer_id: string
  organizer_number: number
  team: TeamRole | null
  series_id: string | null
  source?: SeenEvent['source']
  tag_numbers?: number[]
  repeats?: string | null
  average_rating?: number | null
  venue_id: string | null
  venue_number: number | null
  venue_name: string | null
  venue_address: string | null
  category_id: string | null
  category_number: number | null
  category_name: string | null
  tags: string[]
  visibility: SeenEvent['visibility']
  online_url?: string | null
  username: string
  first_name: string
  last_name: string
  capacity: number | null
  taken: number
  waiting: number
  popularity: number
  amount: number | null
  currency: string | null
  status: SeenEvent['status']
  banner_id: string | null
  banner_alt: string | null
  banner_widths: number[] | null
  sort_key?: string
  total?: number | null
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
    confirmsGuests: row.confirms_guests,
    reminderMinutes: row.reminder_minutes,
    version: row.version,
    publishAt: row.publish_at,
    publishedAt: row.published_at,
    closedAt: row.closed_at,
    cancelledAt: row.cancelled_at,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    place: row.place,
    venue: row.venue_id ? { id: row.venue_id, name: row.venue_name!, address: row.venue_address! } : null,
    venueNumber: row.venue_number,
    category: row.category_id ? { id: row.category_id, number: row.category_number!, name: row.category_name! } : null,
    tags: row.tags,
    visibility: row.visibility,
    onlineUrl: null,
    organizerId: row.organizer_id,
    organizerNumber: row.organizer_number,
    team: row.team,
    organizerName: `${row.first_name} ${row.last_name}`.trim() || row.username,
    capacity: row.capacity,
    taken: row.taken,
    waiting: row.waiting,
    popularity: row.popularity,
    price: row.amount === null ? null : { amount: row.amount, currency: row.currency! },
    status: row.status,
    banner: row.banner_id ? { id: row.banner_id, alt: row.banner_alt!, widths: row.banner_widths! } : null,
    seriesId: row.series_id,
    source: row.source ?? null,
    tagNumbers: row.tag_numbers ?? [],
    repeats: row.repeats ?? null,
    averageRating: row.average_rating ?? null,
  }
}
