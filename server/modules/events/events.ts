import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import './facts.ts'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { isId, newId } from '#kernel/ids'
import { demand, permits } from '#kernel/policy'
import { invalid, NotFound, SignInRequired, Stale } from '#kernel/problem'
import { slugify } from '#kernel/text'
import { may } from './policy.ts'
import { AlreadyCancelled, AlreadyOver, AlreadyPublished, NotPublished } from './problems.ts'
import { canonicalZone, checkSchedule, type Schedule } from './schedule.ts'

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
  version: number
  publishedAt: Date | null
  closedAt: Date | null
  cancelledAt: Date | null
}

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
}

/** Begins an event as a draft that only its organizer sees; its seats are there at once. Answers its id. */
export async function create(ctx: Ctx | Tx, fields: EventFields): Promise<string> {
  demand(ctx, may.create, undefined)
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const organizerId = ctx.actor.id
  const schedule = scheduleOf(fields)
  checkSchedule(schedule, ctx.now())
  return transaction(ctx, async (tx) => {
    await checkReferences(tx, fields)
    const id = newId()
    await insertWithFreeSlug(tx, fields.title, (slug) => ({
      id,
      organizer_id: organizerId,
      slug,
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
    }))
    await record(tx, 'event.created', { eventId: id, capacity: fields.capacity ?? null })
    return id
  })
}

/** Changes what is said of an event. `version`, when given, must be the one that is there: else `Stale`. */
export async function edit(
  ctx: Ctx | Tx,
  eventId: string,
  fields: Partial<EventFields>,
  options: { version?: number } = {},
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await lock(tx, eventId)
    demand(tx, may.edit, event)
    if (options.version !== undefined && options.version !== event.version)
      throw Stale(undefined, { version: event.version })
    refuseWhenOver(event, tx.now())
    const schedule = scheduleOf(fields, event)
    checkSchedule(schedule, tx.now(), event)
    await checkReferences(tx, fields)
    await tx.db
      .updateTable('events')
      .set({
        ...(fields.title === undefined ? {} : { title: fields.title.trim() }),
        ...(fields.description === undefined ? {} : { description: fields.description }),
        ...(fields.venueId === undefined ? {} : { venue_id: fields.venueId }),
        ...(fields.place === undefined ? {} : { place: fields.place?.trim() || null }),
        ...(fields.categoryId === undefined ? {} : { category_id: fields.categoryId }),
        ...(fields.hasWaitlist === undefined ? {} : { has_waitlist: fields.hasWaitlist }),
        starts_at: schedule.startsAt,
        ends_at: schedule.endsAt,
        zone: schedule.zone,
        registration_deadline: schedule.registrationDeadline,
        version: event.version + 1,
        updated_at: sql`app_now()`,
      })
      .where('id', '=', eventId)
      .execute()
    await record(tx, 'event.edited', { eventId, changed: Object.keys(fields) })
    if (fields.capacity !== undefined) await record(tx, 'event.resized', { eventId, capacity: fields.capacity })
  })
}

/** Shows the event to everybody and opens registration. */
export async function publish(ctx: Ctx | Tx, eventId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await lock(tx, eventId)
    demand(tx, may.publish, event)
    if (event.publishedAt) throw AlreadyPublished()
    refuseWhenOver(event, tx.now())
    if (event.startsAt <= tx.now())
      throw invalid({ '/startsAt': 'The start has passed: set another before you publish.' })
    await stamp(tx, event, { published_at: sql`app_now()` })
    await record(tx, 'event.published', { eventId })
  })
}

/** Stops taking registrations before the deadline does. Who is in stays in. */
export async function close(ctx: Ctx | Tx, eventId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await lock(tx, eventId)
    demand(tx, may.close, event)
    if (event.closedAt) return
    if (!event.publishedAt) throw NotPublished()
    refuseWhenOver(event, tx.now())
    await stamp(tx, event, { closed_at: sql`app_now()` })
    await record(tx, 'event.closed', { eventId })
  })
}

/** Takes registrations again. */
export async function reopen(ctx: Ctx | Tx, eventId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await lock(tx, eventId)
    demand(tx, may.close, event)
    if (!event.closedAt) return
    refuseWhenOver(event, tx.now())
    await stamp(tx, event, { closed_at: null })
    await record(tx, 'event.reopened', { eventId })
  })
}

/** Calls the event off: every registration ends, and everybody who had a place or waited for one is told. */
export async function cancel(ctx: Ctx | Tx, eventId: string, options: { reason?: string } = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await lock(tx, eventId)
    demand(tx, may.cancel, event)
    if (event.cancelledAt) return
    if (!event.publishedAt) throw NotPublished('A draft can simply be deleted.')
    refuseWhenOver(event, tx.now())
    await callOff(tx, event, options.reason)
  })
}

/** Takes the event away from everybody's sight. One that people count on is called off first, so that they hear of it. */
export async function remove(ctx: Ctx | Tx, eventId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await lock(tx, eventId)
    demand(tx, may.delete, event)
    if (event.publishedAt && !event.cancelledAt && event.endsAt > tx.now()) await callOff(tx, event)
    await tx.db
      .updateTable('events')
      .set({ deleted_at: sql`app_now()` })
      .where('id', '=', eventId)
      .execute()
    await record(tx, 'event.deleted', { eventId })
  })
}

/** Before a venue goes: the events there keep its name and address as their place. */
export async function keepPlace(tx: Tx, venue: { venueId: string; name: string; address: string }): Promise<void> {
  const words = [venue.name, venue.address].filter(Boolean).join(', ').slice(0, 255)
  await tx.db
    .updateTable('events')
    .set({
      venue_id: null,
      place: sql`left(concat_ws(', ', place, ${words}::text), 255)`,
      version: sql`version + 1`,
      updated_at: sql`app_now()`,
    })
    .where('venue_id', '=', venue.venueId)
    .execute()
}

/** The event's row, locked until the transaction ends. `NotFound` for whoever may not see it. */
async function lock(tx: Tx, eventId: string): Promise<Event> {
  const row = await tx.db
    .selectFrom('events')
    .selectAll()
    .where('id', '=', eventId)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw NotFound()
  const event: Event = {
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
    version: row.version,
    publishedAt: row.published_at,
    closedAt: row.closed_at,
    cancelledAt: row.cancelled_at,
  }
  if (!permits(may.see, tx.actor, event)) throw NotFound()
  return event
}

async function callOff(tx: Tx, event: Event, reason?: string): Promise<void> {
  await stamp(tx, event, { cancelled_at: sql`app_now()`, cancellation_reason: reason ?? null })
  await record(tx, 'event.cancelled', { eventId: event.id })
}

type Stamp = Partial<Record<'published_at' | 'closed_at' | 'cancelled_at', ReturnType<typeof sql<Date>> | null>> & {
  cancellation_reason?: string | null
}

async function stamp(tx: Tx, event: Event, moment: Stamp): Promise<void> {
  await tx.db
    .updateTable('events')
    .set({ ...moment, version: event.version + 1, updated_at: sql`app_now()` })
    .where('id', '=', event.id)
    .execute()
}

function refuseWhenOver(event: Event, now: Date): void {
  if (event.cancelledAt) throw AlreadyCancelled()
  if (event.publishedAt && event.endsAt <= now) throw AlreadyOver()
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

type NewRow = Parameters<ReturnType<Tx['db']['insertInto']>['values']>[0]

/** The title's words, and a few letters more when another event has them already. */
async function insertWithFreeSlug(tx: Tx, title: string, row: (slug: string) => object): Promise<void> {
  const spelled = slugify(title) || 'event'
  const words = isId(spelled) ? `event-${spelled}` : spelled // an address that looks like an id is read as one
  for (const slug of [words, ...Array.from({ length: 5 }, () => `${words}-${randomBytes(4).toString('hex')}`)]) {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('events')
      .values(row(slug) as NewRow & never)
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) return
  }
  throw new Error('no free slug after six tries')
}
