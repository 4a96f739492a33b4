import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { NotFound } from '#kernel/problem'
import * as search from '#search'
import { write, type Entry } from './icalendar.ts'
import { wordsOf } from './plain-text.ts'
import { ownerOf } from './private-address.ts'

/** Which events a feed has: all, or those of an organizer, in a category or at a venue. */
export type FeedOf = { organizerId?: string; categoryId?: string; venueId?: string }

const DAYS_BACK = 30
const MOST_ENTRIES = 1_000
/** Characters of a description, which a feed has a thousand of; the rest is on the event's page. */
const IN_A_FEED = 500
const ALONE = 20_000

/** The calendar with this one event. NotFound for whoever may not see it. */
export async function ofEvent(ctx: Ctx, eventId: string): Promise<{ slug: string; text: string }> {
  const event = await search.event(ctx, eventId)
  return { slug: event.slug, text: await write(event.title, [entryOf(ctx, event, event.description, ALONE)]) }
}

/** The published events from thirty days ago on, the thousand that come first. Cancelled ones say that they are. */
export async function feed(ctx: Ctx, of: FeedOf): Promise<string> {
  const name = await nameOf(ctx, of)
  const { items } = await search.events(ctx, {
    ...of,
    when: 'all',
    from: new Date(ctx.now().getTime() - DAYS_BACK * 86_400_000).toISOString(),
    sort: 'startsAt',
    limit: MOST_ENTRIES,
  })
  const descriptions = await descriptionsOf(
    ctx,
    items.map((event) => event.id),
  )
  return write(
    name,
    items.map((event) => entryOf(ctx, event, descriptions.get(event.id) ?? '', IN_A_FEED)),
  )
}

/**
 * Everything that the owner of this token goes to, waits for or lost because it was called off; the thousand latest.
 * Throws CalendarLinkInvalid.
 */
export async function mine(ctx: Ctx, token: string): Promise<string> {
  const accountId = await ownerOf(ctx, token)
  const rows = await ctx.db
    .selectFrom('registrations as r')
    .innerJoin('events as e', 'e.id', 'r.event_id')
    .leftJoin('venues as v', 'v.id', 'e.venue_id')
    .select(['e.id', 'e.slug', 'e.title', 'e.starts_at', 'e.ends_at', 'e.zone', 'e.version', 'e.place'])
    .select([
      'e.cancelled_at',
      'e.deleted_at',
      'r.status',
      'r.held_until',
      'v.name as venue_name',
      'v.address as venue_address',
    ])
    .select(sql<string>`left(e.description, ${IN_A_FEED * 4}::int)`.as('description'))
    .select(sql<Date>`greatest(e.updated_at, r.created_at, r.promoted_at)`.as('updated_at'))
    .where('r.account_id', '=', accountId)
    .where(sql<boolean>`(r.status <> 'cancelled' or r.cancelled_at = e.cancelled_at)`)
    .orderBy('e.starts_at', 'desc')
    .orderBy('e.id')
    .limit(MOST_ENTRIES)
    .execute()
  const entries = rows.map((row): Entry => {
    const status = row.cancelled_at
      ? 'CANCELLED'
      : row.status === 'going' && !row.held_until
        ? 'CONFIRMED'
        : 'TENTATIVE'
    const words = wordsOf(row.description, IN_A_FEED)
    return {
      uid: uidOf(ctx, row.id),
      title: row.title,
      description: status === 'TENTATIVE' ? `You do not have a seat yet.\n\n${words}` : words,
      place: placeOf(row.venue_name, row.venue_address, row.place),
      url: row.deleted_at ? null : urlOf(ctx, row.slug),
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      zone: row.zone,
      version: row.version,
      updatedAt: row.updated_at,
      status,
    }
  })
  return write('My events', entries)
}

function entryOf(ctx: Ctx, event: search.SeenEvent, description: string, length: number): Entry {
  const url = urlOf(ctx, event.slug)
  return {
    uid: uidOf(ctx, event.id),
    title: event.title,
    description: [wordsOf(description, length), url].filter(Boolean).join('\n\n'),
    place: placeOf(event.venue?.name, event.venue?.address, event.place),
    url,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    zone: event.zone,
    version: event.version,
    updatedAt: event.updatedAt,
    status: event.status === 'cancelled' ? 'CANCELLED' : event.status === 'draft' ? 'TENTATIVE' : 'CONFIRMED',
  }
}

/** What the feed is called; NotFound when there is no such organizer, category or venue. Who has published nothing is no organizer yet. */
async function nameOf(ctx: Ctx, { organizerId, categoryId, venueId }: FeedOf): Promise<string> {
  if (!organizerId && !categoryId && !venueId) return 'All events'
  const named = organizerId
    ? ctx.db
        .selectFrom('accounts as a')
        .select(
          sql<string>`'Events by ' || coalesce(nullif(trim(a.first_name || ' ' || a.last_name), ''), a.username)`.as(
            'name',
          ),
        )
        .where('a.id', '=', organizerId)
        .where(
          sql<boolean>`exists (select from events e where e.organizer_id = a.id and e.published_at is not null
            and e.visibility = 'public' and e.archived_at is null and e.deleted_at is null)`,
        )
    : categoryId
      ? ctx.db.selectFrom('categories').select('name').where('id', '=', categoryId)
      : ctx.db
          .selectFrom('venues')
          .select(sql<string>`'Events at ' || name`.as('name'))
          .where('id', '=', venueId!)
  const found = await named.executeTakeFirst()
  if (!found) throw NotFound()
  return found.name
}

async function descriptionsOf(ctx: Ctx, eventIds: string[]): Promise<Map<string, string>> {
  if (eventIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; description: string }>`
    select id, left(description, ${IN_A_FEED * 4}::int) as description from events where id = any(${eventIds}::uuid[])`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row.description]))
}

/** The same for as long as the event is there, wherever it is read. */
function uidOf(ctx: Ctx, eventId: string): string {
  return `${eventId}@${new URL(ctx.config.baseUrl).host}`
}

function urlOf(ctx: Ctx, slug: string): string {
  return `${ctx.config.baseUrl}/e/${slug}`
}

function placeOf(...words: (string | null | undefined)[]): string {
  return words.filter(Boolean).join(', ')
}
