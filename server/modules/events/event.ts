import { sql, type UpdateObject } from 'kysely'
import type { DB } from '#db/schema'
import type { Ctx, Tx } from '#kernel/ctx'
import { demand, permits, type Rule } from '#kernel/policy'
import { NotFound, Stale } from '#kernel/problem'
import { remember, type Beside } from './history.ts'
import { isInvited } from './invitation-links.ts'
import { may, type TeamRole } from './policy.ts'
import { AlreadyCancelled, AlreadyOver } from './problems.ts'
import type { Schedule } from './schedule.ts'
import { tagsOf } from './tags.ts'
import { teamRoleOn } from './team/role.ts'

/** An event as this module keeps it; what is seen of it together with its venue, category and seats is `search`'s. */
export type Event = Schedule & {
  id: string
  slug: string
  organizerId: string
  title: string
  description: string
  venueId: string | null
  place: string | null
  categoryId: string | null
  hasWaitlist: boolean
  confirmsGuests: boolean
  /** How long before the start people are reminded, the longest first. */
  reminderMinutes: number[]
  tags: string[]
  visibility: Visibility
  onlineUrl: string | null
  /** Where it comes from; no part of its history. */
  popularityBase: number
  version: number
  publishAt: Date | null
  publishedAt: Date | null
  closedAt: Date | null
  cancelledAt: Date | null
  cancellationReason: string | null
  deletedAt: Date | null
  archivedAt: Date | null
  /** The series that it is an occurrence of. */
  seriesId: string | null
  /** What the actor is on its team. */
  team: TeamRole | null
}

export type Visibility = 'public' | 'unlisted' | 'private'

/** What whoever changes an event has seen of it: `version`, when given, must be the one that is there, else `Stale`. */
export type Seen = { version?: number }

/** The event's row, locked until the transaction ends, for who may do this to it. `NotFound` for whoever may not see it. */
export async function hold(tx: Tx, eventId: string, rule: Rule<Event>, { version }: Seen = {}): Promise<Event> {
  const row = await rowOf(tx, eventId).forNoKeyUpdate().executeTakeFirst()
  const event = await judge(tx, row, rule)
  if (version !== undefined && version !== event.version) throw Stale(undefined, { version: event.version })
  return event
}

/** Many events' rows, locked in the order of their ids, for the program itself: their tags are not read. Without those that are deleted. */
export async function holdMany(tx: Tx, eventIds: readonly string[]): Promise<Event[]> {
  demand(tx, may.bringIn, undefined)
  const rows = await tx.db
    .selectFrom('events')
    .select(COLUMNS)
    .where(sql<boolean>`id = any(${eventIds}::uuid[])`)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.map((row) => ({ ...eventOf(row), tags: [], team: null }))
}

/** The event as it is, for who may do this to it, without holding it. */
export async function look(ctx: Ctx | Tx, eventId: string, rule: Rule<Event>): Promise<Event> {
  return judge(ctx, await rowOf(ctx, eventId).executeTakeFirst(), rule)
}

function rowOf(ctx: Ctx | Tx, eventId: string) {
  return ctx.db.selectFrom('events').select(COLUMNS).where('id', '=', eventId).where('deleted_at', 'is', null)
}

async function judge(ctx: Ctx | Tx, row: Row | undefined, rule: Rule<Event>): Promise<Event> {
  if (!row) throw NotFound()
  // Both after the lock: they change under it.
  const event = { ...eventOf(row), tags: await tagsOf(ctx, row.id), team: await teamRoleOn(ctx, row.id) }
  // Whoever is registered without being invited gets a 404 here, not a 403: registrations are not this module's to read.
  const letIn = event.visibility === 'private' && !event.archivedAt && (await isInvited(ctx, row.id))
  if (!permits(may.see, ctx.actor, { ...event, letIn })) throw NotFound()
  demand(ctx, rule, event)
  return event
}

/**
 * Writes changes of an event that is held, as its next version. Every change of an event comes through here, also of what
 * other modules keep beside it: `was` and `is` say what became of that.
 */
export async function amend(
  tx: Tx,
  event: Event,
  set: UpdateObject<DB, 'events'>,
  { tags = event.tags, was = {}, is = {} }: { tags?: string[]; was?: Partial<Beside>; is?: Partial<Beside> } = {},
): Promise<Event> {
  const row = await tx.db
    .updateTable('events')
    .set({ ...set, version: event.version + 1, updated_at: sql`app_now()` })
    .where('id', '=', event.id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  const after = { ...eventOf(row), tags, team: event.team }
  await remember(tx, { ...event, ...was }, { ...after, ...is })
  return after
}

/** What is past or called off stays as it was. */
export function refuseWhenOver(event: Event, now: Date): void {
  if (event.cancelledAt) throw AlreadyCancelled()
  if (event.archivedAt || (event.publishedAt && event.endsAt <= now)) throw AlreadyOver()
}

const COLUMNS = [
  'id',
  'slug',
  'organizer_id',
  'title',
  'description',
  'starts_at',
  'ends_at',
  'zone',
  'venue_id',
  'place',
  'category_id',
  'registration_deadline',
  'has_waitlist',
  'confirms_guests',
  'reminder_minutes',
  'visibility',
  'online_url',
  'popularity_base',
  'version',
  'publish_at',
  'published_at',
  'closed_at',
  'cancelled_at',
  'cancellation_reason',
  'deleted_at',
  'archived_at',
  'series_id',
] as const

type Row = {
  id: string
  slug: string
  organizer_id: string
  title: string
  description: string
  starts_at: Date
  ends_at: Date
  zone: string
  venue_id: string | null
  place: string | null
  category_id: string | null
  registration_deadline: Date | null
  has_waitlist: boolean
  confirms_guests: boolean
  reminder_minutes: number[]
  visibility: string
  online_url: string | null
  popularity_base: number
  version: number
  publish_at: Date | null
  published_at: Date | null
  closed_at: Date | null
  cancelled_at: Date | null
  cancellation_reason: string | null
  deleted_at: Date | null
  archived_at: Date | null
  series_id: string | null
}

function eventOf(row: Row): Omit<Event, 'tags' | 'team'> {
  return {
    id: row.id,
    slug: row.slug,
    organizerId: row.organizer_id,
    title: row.title,
    description: row.description,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    zone: row.zone,
    venueId: row.venue_id,
    place: row.place,
    categoryId: row.category_id,
    registrationDeadline: row.registration_deadline,
    hasWaitlist: row.has_waitlist,
    confirmsGuests: row.confirms_guests,
    reminderMinutes: row.reminder_minutes,
    visibility: row.visibility as Visibility,
    onlineUrl: row.online_url,
    popularityBase: row.popularity_base,
    version: row.version,
    publishAt: row.publish_at,
    publishedAt: row.published_at,
    closedAt: row.closed_at,
    cancelledAt: row.cancelled_at,
    cancellationReason: row.cancellation_reason,
    deletedAt: row.deleted_at,
    archivedAt: row.archived_at,
    seriesId: row.series_id,
  }
}
