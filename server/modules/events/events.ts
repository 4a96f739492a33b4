import { sql } from 'kysely'
import './facts.ts'
import { demandVerifiedEmail } from '#accounts/addresses/verification'
import { describe, record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { canonicalZone } from '#kernel/dates'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { invalid, SignInRequired } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { lastCapacity, remember } from './history.ts'
import { amend, hold, look, refuseWhenOver, type Event, type Seen, type Visibility } from './event.ts'
import { keepAsOwn, type Occurrence } from './occurrences.ts'
import { may } from './policy.ts'
import { AlreadyPublished, InUse, NotPublished } from './problems.ts'
import { checkSchedule, type Schedule } from './schedule.ts'
import { insertWithFreeSlug } from './slug.ts'
import { mark } from './tags.ts'
import { isUsed } from './use.ts'

/** What an organizer says of an event. `capacity` null: as many as come. */
export type EventFields = {
  title: string
  description?: string
  startsAt: string
  endsAt: string
  zone: string
  venueId?: string | null
  place?: string | null
  categoryId?: string | null
  capacity?: number | null
  registrationDeadline?: string | null
  hasWaitlist?: boolean
  /** Whether guests have to follow the link in their mail before a place is theirs. */
  confirmsGuests?: boolean
  /** How long before the start who comes is reminded; a day and half an hour unless said. */
  reminderMinutes?: number[]
  /** Names; one that nobody has used before becomes a tag. */
  tags?: string[]
  visibility?: Visibility
  /** https. Only the organizer and who is going see it. */
  onlineUrl?: string | null
  /** How popular it was where it comes from; who comes is counted on top. */
  popularityBase?: number
}

/**
 * Begins an event as a draft that only its organizer sees; its seats are there at once. Answers its id. One that is made
 * as an occurrence of a series is its organizer's, whoever makes it; who may change the series was asked before.
 */
export async function create(ctx: Ctx | Tx, fields: EventFields, occurrence?: Occurrence): Promise<string> {
  if (!occurrence) demand(ctx, may.create, undefined)
  const organizerId = occurrence?.organizerId ?? (ctx.actor.kind === 'account' ? ctx.actor.id : undefined)
  if (organizerId === undefined) throw SignInRequired()
  const schedule = scheduleOf(fields)
  checkSchedule(schedule, ctx.now(), { lateDeadline: occurrence !== undefined })
  return transaction(ctx, async (tx) => {
    await checkReferences(tx, fields)
    const id = newId()
    await insertWithFreeSlug(tx, {
      id,
      organizer_id: organizerId,
      title: fields.title.trim(),
      description: fields.description ?? '',
      starts_at: schedule.startsAt,
      ends_at: schedule.endsAt,
      zone: schedule.zone,
      venue_id: fields.venueId ?? null,
      place: fields.place?.trim() || null,
      category_id: fields.categoryId ?? null,
      registration_deadline: schedule.registrationDeadline,
      has_waitlist: fields.hasWaitlist ?? true,
      confirms_guests: fields.confirmsGuests ?? false,
      ...(fields.reminderMinutes && { reminder_minutes: inOrder(fields.reminderMinutes) }),
      visibility: fields.visibility ?? 'public',
      online_url: fields.onlineUrl ?? null,
      popularity_base: fields.popularityBase ?? 0,
      series_id: occurrence?.seriesId ?? null,
      occurrence_at: occurrence?.at ?? null,
    })
    if (fields.tags?.length) await mark(tx, id, fields.tags)
    await remember(tx, null, { ...(await look(tx, id, may.edit)), capacity: fields.capacity ?? null })
    await record(tx, 'event.created', { eventId: id, capacity: fields.capacity ?? null })
    return id
  })
}

/**
 * Changes what is said of an event. `version`, when given, must be the one that is there: else `Stale`. `withSeries`: the
 * change is one of the whole series; otherwise it is this occurrence's own from then on. What is that already is not written.
 */
export async function edit(
  ctx: Ctx | Tx,
  eventId: string,
  fields: Partial<EventFields>,
  { withSeries = false, ...seen }: Seen & { withSeries?: boolean } = {},
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.edit, seen)
    refuseWhenOver(event, tx.now())
    const schedule = scheduleOf(fields, event)
    checkSchedule(schedule, tx.now(), { before: event, lateDeadline: withSeries })
    await checkReferences(tx, fields)
    if (!(await isAnother(tx, event, fields, schedule))) return
    const tags = fields.tags && (await mark(tx, eventId, fields.tags))
    const after = await amend(
      tx,
      event,
      {
        ...(fields.title === undefined ? {} : { title: fields.title.trim() }),
        ...(fields.description === undefined ? {} : { description: fields.description }),
        ...(fields.venueId === undefined ? {} : { venue_id: fields.venueId }),
        ...(fields.place === undefined ? {} : { place: fields.place?.trim() || null }),
        ...(fields.categoryId === undefined ? {} : { category_id: fields.categoryId }),
        ...(fields.hasWaitlist === undefined ? {} : { has_waitlist: fields.hasWaitlist }),
        ...(fields.confirmsGuests === undefined ? {} : { confirms_guests: fields.confirmsGuests }),
        ...(fields.reminderMinutes && { reminder_minutes: inOrder(fields.reminderMinutes) }),
        ...(fields.visibility === undefined ? {} : { visibility: fields.visibility }),
        ...(fields.onlineUrl === undefined ? {} : { online_url: fields.onlineUrl }),
        ...(fields.popularityBase === undefined ? {} : { popularity_base: fields.popularityBase }),
        starts_at: schedule.startsAt,
        ends_at: schedule.endsAt,
        zone: schedule.zone,
        registration_deadline: schedule.registrationDeadline,
      },
      { tags },
    )
    if (event.seriesId && !withSeries) await keepAsOwn(tx, event, after, fields)
    await record(tx, 'event.edited', { eventId, changed: Object.keys(fields) })
    if (event.publishedAt) await tellWhereTo(tx, event, after)
    if (fields.capacity !== undefined) await record(tx, 'event.resized', { eventId, capacity: fields.capacity })
  })
}

/** Shows the event to everybody and opens registration. */
export async function publish(ctx: Ctx | Tx, eventId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.publish, seen)
    await demandVerifiedEmail(tx)
    if (event.publishedAt) throw AlreadyPublished()
    refuseWhenOver(event, tx.now())
    if (event.startsAt <= tx.now())
      throw invalid({ '/startsAt': 'The start has passed: set another before you publish.' })
    await amend(tx, event, { published_at: sql<Date>`app_now()`, publish_at: null })
    await record(tx, 'event.published', { eventId })
  })
}

/** Stops taking registrations before the deadline does. Who is in stays in. */
export async function close(ctx: Ctx | Tx, eventId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.close, seen)
    if (event.closedAt) return
    if (!event.publishedAt) throw NotPublished()
    refuseWhenOver(event, tx.now())
    await amend(tx, event, { closed_at: sql<Date>`app_now()` })
    await record(tx, 'event.closed', { eventId })
  })
}

/** Takes registrations again. */
export async function reopen(ctx: Ctx | Tx, eventId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.close, seen)
    if (!event.closedAt) return
    refuseWhenOver(event, tx.now())
    await amend(tx, event, { closed_at: null })
    await record(tx, 'event.reopened', { eventId })
  })
}

/** Calls the event off: every registration ends, and everybody who had a place or waited for one is told. */
export async function cancel(ctx: Ctx | Tx, eventId: string, seen: Seen & { reason?: string } = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.cancel, seen)
    if (event.cancelledAt) return
    if (!event.publishedAt) throw NotPublished('A draft can simply be deleted.')
    refuseWhenOver(event, tx.now())
    await callOff(tx, event, { reason: seen.reason })
  })
}

/**
 * Takes the event away from everybody's sight. One that people count on is called off first, so that they hear of it; one
 * that is paid for is refused (`PaidFor`), and so is one that has been and that people have used (`InUse`).
 */
export async function remove(ctx: Ctx | Tx, eventId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.delete, seen)
    const isPast = event.publishedAt && !event.cancelledAt && event.endsAt <= tx.now()
    if (isPast && (await isUsed(tx, eventId))) throw InUse()
    const last =
      event.publishedAt && !event.cancelledAt && event.endsAt > tx.now()
        ? await callOff(tx, event, { deleting: true })
        : event
    await amend(tx, last, { deleted_at: sql<Date>`app_now()` })
    await record(tx, 'event.deleted', { eventId })
  })
}

/** Before a venue goes: the events there keep its name and address as their place. */
export async function keepPlace(tx: Tx, venue: { venueId: string; name: string; address: string }): Promise<void> {
  const words = [venue.name, venue.address].filter(Boolean).join(', ').slice(0, 255)
  await sql`
    with before as (
      select id, place from events where venue_id = ${venue.venueId} order by id for no key update
    ), kept as (
      update events e set venue_id = null, place = left(concat_ws(', ', e.place, ${words}::text), 255),
        version = e.version + 1, updated_at = app_now()
      from before b where e.id = b.id returning e.id, e.version, b.place as old, e.place as new
    )
    insert into event_versions (event_id, version, actor, changes)
    select id, version, ${JSON.stringify(describe(tx))}::jsonb, jsonb_build_object(
      'venueId', jsonb_build_object('from', ${venue.venueId}::text, 'to', null),
      'place', jsonb_build_object('from', old, 'to', new))
    from kept`.execute(tx.db)
}

/** Whether any of what is said differs from what is there. */
async function isAnother(tx: Tx, event: Event, fields: Partial<EventFields>, schedule: Schedule): Promise<boolean> {
  const { tags, capacity, ...plain } = fields
  const said = { ...plain, ...schedule } as Record<string, unknown>
  if (fields.title !== undefined) said.title = fields.title.trim()
  if (fields.place !== undefined) said.place = fields.place?.trim() || null
  if (fields.reminderMinutes) said.reminderMinutes = inOrder(fields.reminderMinutes)
  const was = event as unknown as Record<string, unknown>
  if (Object.entries(said).some(([name, value]) => value !== undefined && !isSame(value, was[name]))) return true
  if (tags && !isSame(keysOf(tags), keysOf(event.tags))) return true
  return capacity !== undefined && (await lastCapacity(tx, event.id)) !== capacity
}

/** The longest before first, each once. */
function inOrder(minutes: number[]): number[] {
  return [...new Set(minutes)].sort((a, b) => b - a)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function keysOf(tags: string[]): string[] {
  return [...new Set(tags.map(comparable))].sort()
}

/** Where and when: what people who come must know. */
async function tellWhereTo(tx: Tx, before: Event, after: Event): Promise<void> {
  const when = ({ startsAt, endsAt, zone, place, venueId }: Event) => ({
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    zone,
    place,
    venueId,
  })
  const [was, is] = [when(before), when(after)]
  if (isSame(was, is)) return
  const { rows } = await sql<{ where: string | null }>`
    select nullif(concat_ws(', ', ${before.place}::text, v.name, nullif(v.address, '')), '') as where
    from (select ${before.venueId}::uuid as id) b left join venues v on v.id = b.id`.execute(tx.db)
  await record(tx, 'event.rescheduled', { eventId: after.id, was: { ...was, where: rows[0]!.where }, is })
}

async function callOff(
  tx: Tx,
  event: Event,
  { reason, deleting }: { reason?: string; deleting?: true } = {},
): Promise<Event> {
  const cancelled = await amend(tx, event, { cancelled_at: sql<Date>`app_now()`, cancellation_reason: reason ?? null })
  await record(tx, 'event.cancelled', { eventId: event.id, ...(deleting ? { deleting } : {}) })
  return cancelled
}

function scheduleOf(fields: Partial<EventFields>, before?: Schedule): Schedule {
  const at = (text: string | undefined, otherwise: Date | undefined) =>
    text === undefined ? otherwise! : new Date(text)
  return {
    startsAt: at(fields.startsAt, before?.startsAt),
    endsAt: at(fields.endsAt, before?.endsAt),
    zone: fields.zone === undefined ? before!.zone : (canonicalZone(fields.zone) ?? fields.zone),
    registrationDeadline:
      fields.registrationDeadline === undefined
        ? (before?.registrationDeadline ?? null)
        : fields.registrationDeadline && new Date(fields.registrationDeadline),
  } as Schedule
}

async function checkReferences(tx: Tx, fields: Partial<EventFields>): Promise<void> {
  if (fields.venueId) {
    const venue = await tx.db
      .selectFrom('venues')
      .select('id')
      .where('id', '=', fields.venueId)
      .forKeyShare()
      .executeTakeFirst()
    if (!venue) throw invalid({ '/venueId': 'There is no such venue.' })
  }
  if (fields.categoryId) {
    const category = await tx.db
      .selectFrom('categories')
      .select('id')
      .where('id', '=', fields.categoryId)
      .forKeyShare()
      .executeTakeFirst()
    if (!category) throw invalid({ '/categoryId': 'There is no such category.' })
  }
}
