import { sql } from 'kysely'
import './facts.ts'
import { holdLive } from '#accounts'
import * as events from '#events'
import type { EventFields } from '#events'
import { holdToRepeat, place } from '#events/occurrences'
import { checkSchedule, DEFAULT_REMINDERS, type Schedule } from '#events/schedule'
import { canonicalZone } from '#kernel/dates'
import { tagsNamed } from '#events/tags'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { SignInRequired } from '#kernel/problem'
import { fill } from './horizon.ts'
import {
  checkRule,
  columnsOf,
  hold,
  holdOccurrences,
  NOWHERE,
  ruleAt,
  startOf,
  unjudged,
  type Made,
  type Plan,
  type Series,
  type Template,
} from './plan.ts'
import { may } from './policy.ts'
import { AlreadyBegun, AlreadyInSeries, SeriesEnded } from './problems.ts'
import { beginningAt, endedBefore } from './tail.ts'
import { minutesBetween, MINUTE, wallAt } from './wall-clock.ts'

/** What whoever changes a series has seen of it: `version`, when given, must be the one that is there, else `Stale`. */
export type Seen = { version?: number }

/** Begins a series of drafts: an event as it is said, and again whenever the rule says. Answers its id. */
export async function create(ctx: Ctx | Tx, { rule, ...fields }: EventFields & { rule: string }): Promise<string> {
  demand(ctx, may.create, undefined)
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const organizerId = ctx.actor.id
  const plan = planOf(ctx, fields, rule)
  return transaction(ctx, async (tx) => {
    const series = await insert(tx, { organizerId, plan, template: await templateOf(tx, fields), publishedAt: null })
    await fill(tx, series)
    await record(tx, 'series.created', { seriesId: series.id })
    return series.id
  })
}

/** Makes a single event the first of a series; the others are published if it is. Throws AlreadyInSeries, AlreadyBegun. */
export async function repeat(ctx: Ctx | Tx, eventId: string, rule: string): Promise<string> {
  return transaction(ctx, async (tx) => {
    const { event, fields } = await holdToRepeat(tx, eventId)
    if (event.seriesId) throw AlreadyInSeries(undefined, { seriesId: event.seriesId })
    if (event.startsAt <= tx.now()) throw AlreadyBegun()
    const plan = planOf(tx, fields, rule, event)
    const { organizerId, publishedAt } = event
    const series = await insert(tx, { organizerId, plan, template: await templateOf(tx, fields), publishedAt })
    await place(tx, [{ eventId, seriesId: series.id, at: columnsOf(plan).starts_local }])
    await fill(tx, series)
    await record(tx, 'series.created', { seriesId: series.id })
    return series.id
  })
}

/** Publishes every draft of it that has not begun, and from now on what is made, when it is made. Throws SeriesEnded. */
export async function publish(ctx: Ctx | Tx, seriesId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const series = await hold(tx, seriesId, may.publish, seen)
    if (series.endedAt) throw SeriesEnded()
    for (const each of toCome(await holdOccurrences(tx, seriesId), tx.now()))
      if (!each.published && !each.cancelled) await events.publish(tx, each.id)
    await write(tx, series, { published_at: sql<Date>`coalesce(published_at, app_now())` })
    await record(tx, 'series.published', { seriesId })
  })
}

type Of = Seen & { from?: string; reason?: string }

/**
 * Calls off what has not begun, from this occurrence on or all of it, and makes no more. Who had a place is told; drafts
 * go without a word.
 */
export async function cancel(ctx: Ctx | Tx, seriesId: string, { from, reason, ...seen }: Of = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const series = await hold(tx, seriesId, may.cancel, seen)
    if (series.endedAt) return
    for (const each of await endFrom(tx, series, from)) {
      if (each.cancelled) continue
      if (each.published) await events.cancel(tx, each.id, { reason })
      else await events.remove(tx, each.id)
    }
    await record(tx, 'series.cancelled', { seriesId })
  })
}

/**
 * Takes away what has not begun, from this occurrence on or all of it. What people count on is called off first. A series
 * of which nothing is left then is gone, for its organizer too.
 */
export async function remove(ctx: Ctx | Tx, seriesId: string, { from, ...seen }: Of = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const series = await hold(tx, seriesId, may.delete, seen)
    for (const each of await endFrom(tx, series, from)) await events.remove(tx, each.id)
    if (from === undefined)
      await sql`
        update series set deleted_at = app_now() where id = ${seriesId}
          and not exists (select from events where series_id = ${seriesId} and deleted_at is null)`.execute(tx.db)
    await record(tx, 'series.removed', { seriesId })
  })
}

/** Before a venue goes: what is still to be made keeps its name and address as the place. */
export async function keepPlace(tx: Tx, venue: { venueId: string; name: string; address: string }): Promise<void> {
  const words = [venue.name, venue.address].filter(Boolean).join(', ').slice(0, 255)
  await sql`
    update series set template = template || jsonb_build_object('venueId', null,
      'place', left(concat_ws(', ', template->>'place', ${words}::text), 255))
    where template->>'venueId' = ${venue.venueId}`.execute(tx.db)
}

/** What is still to be made is of no kind any more. */
export async function dropCategory(tx: Tx, { categoryId }: { categoryId: string }): Promise<void> {
  await sql`
    update series set template = template || '{"categoryId": null}'
    where template->>'categoryId' = ${categoryId}`.execute(tx.db)
}

/** Lets the rule end before `from`, or the series with all of it. Answers what it gave from there on and has not begun. */
async function endFrom(tx: Tx, series: Series, from: string | undefined): Promise<Made[]> {
  const made = await holdOccurrences(tx, series.id)
  const begin = from === undefined ? undefined : beginningAt(made, from, tx.now())
  const shorter = begin === undefined ? undefined : endedBefore(series.plan, begin.at)
  await write(
    tx,
    series,
    shorter
      ? { rule: columnsOf(shorter).rule, horizon_at: null }
      : { ended_at: sql<Date>`coalesce(ended_at, app_now())` },
  )
  const follows = (each: Made) => (each.at === NOWHERE ? each.startsAt >= begin!.startsAt : each.at >= begin!.at)
  return toCome(made, tx.now()).filter((each) => shorter === undefined || follows(each))
}

/** Writes a series down. */
export async function insert(
  tx: Tx,
  { organizerId, plan, template, publishedAt }: Pick<Series, 'organizerId' | 'plan' | 'template' | 'publishedAt'>,
): Promise<Series> {
  await holdLive(tx, organizerId)
  const row = await tx.db
    .insertInto('series')
    .values({
      ...{ id: newId(), organizer_id: organizerId, published_at: publishedAt },
      ...columnsOf(plan),
      template: JSON.stringify(template),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return unjudged(tx, row.id)
}

/** Writes changes of a series that is held, as its next version. */
export async function write(tx: Tx, { id, version }: Series, set: object): Promise<void> {
  await tx.db
    .updateTable('series')
    .set({ ...set, version: version + 1, updated_at: sql`app_now()` })
    .where('id', '=', id)
    .execute()
}

/** Neither begun nor deleted. */
function toCome(made: Made[], now: Date): Made[] {
  return made.filter((each) => !each.deleted && each.startsAt > now)
}

function planOf(ctx: Ctx | Tx, fields: EventFields, text: string, before?: Schedule): Plan {
  const zone = canonicalZone(fields.zone) ?? fields.zone
  const at = (moment: string) => new Date(moment)
  const [startsAt, endsAt] = [at(fields.startsAt), at(fields.endsAt)]
  const registrationDeadline = fields.registrationDeadline ? at(fields.registrationDeadline) : null
  checkSchedule({ startsAt, endsAt, zone, registrationDeadline }, ctx.now(), { before })
  const start = startOf(startsAt, zone)
  const rule = ruleAt('/rule', text, zone)
  checkRule(ctx, '/rule', rule, start)
  return {
    rule,
    start,
    minutes: minutesBetween(startsAt, endsAt, zone),
    zone,
    deadlineMinutes:
      registrationDeadline && Math.max(0, Math.round((start - wallAt(registrationDeadline, zone)) / MINUTE)),
  }
}

async function templateOf(tx: Tx, fields: EventFields): Promise<Template> {
  return {
    title: fields.title.trim(),
    description: fields.description ?? '',
    venueId: fields.venueId ?? null,
    place: fields.place?.trim() || null,
    categoryId: fields.categoryId ?? null,
    visibility: fields.visibility ?? 'public',
    onlineUrl: fields.onlineUrl ?? null,
    capacity: fields.capacity ?? null,
    hasWaitlist: fields.hasWaitlist ?? true,
    confirmsGuests: fields.confirmsGuests ?? false,
    reminderMinutes: fields.reminderMinutes ?? DEFAULT_REMINDERS,
    tagIds: await tagsNamed(tx, fields.tags ?? []),
  }
}
