import { sql } from 'kysely'
import * as events from '#events'
import type { EventFields } from '#events'
import { giveBack, leavePlaces, place } from '#events/occurrences'
import { checkSchedule } from '#events/schedule'
import { canonicalZone } from '#kernel/dates'
import { tagsNamed } from '#events/tags'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { Invalid, Refusal } from '#kernel/problem'
import { fill } from './horizon.ts'
import { byDate, inOrder } from './moving.ts'
import {
  checkRule,
  columnsOf,
  hold,
  holdOccurrences,
  ruleAt,
  startOf,
  timesOf,
  type Made,
  type Plan,
  type Series,
  type Template,
} from './plan.ts'
import { may } from './policy.ts'
import { SeriesEnded } from './problems.ts'
import { inOneSpelling } from './rule.ts'
import { insert, write, type Seen } from './series.ts'
import { beginningAt, beginningWith, endedBefore, nextOf } from './tail.ts'
import { isoOf, minutesBetween, MINUTE, wallAt, type Wall } from './wall-clock.ts'

export type Changes = Partial<EventFields> & {
  /** The occurrence from which on it is another. */
  from?: string
  /** The occurrence that the times are said of; otherwise `from`, or the next one. */
  of?: string
  rule?: string
}

/** Fields whose values are moments, or say how moments are meant. */
const TIMES = ['startsAt', 'endsAt', 'zone', 'registrationDeadline']

/**
 * Changes every occurrence that has not begun, or this one and those that follow, which then go on as a series of their
 * own. Who is registered stays, also where the times are others: the n-th is the n-th then. By another rule, an occurrence
 * stays that has a time on the same date; the others go, and are called off where somebody counts on them. What was
 * changed for one occurrence alone stays that, but for the one that is named. Answers the id of the series that has them.
 */
export async function change(
  ctx: Ctx | Tx,
  seriesId: string,
  { from, of, rule, ...fields }: Changes,
  seen: Seen = {},
): Promise<string> {
  return transaction(ctx, async (tx) => {
    const series = await hold(tx, seriesId, may.edit, seen)
    if (series.endedAt) throw SeriesEnded()
    const made = await holdOccurrences(tx, seriesId)
    const first = from === undefined ? undefined : beginningAt(made, from, tx.now())
    const begin = first?.at ?? nextOf(series.plan, tx.now())
    const named = of === undefined ? first : beginningAt(made, of, tx.now(), '/of')

    const before = beginningWith(series.plan, begin)
    const example = named ?? made.find((each) => each.at === begin && !each.deleted)
    const { plan, isSameRule } = changedPlan(tx, { series, before, fields, rule, example })
    const template = await changedTemplate(tx, series.template, fields)
    const isAnother = JSON.stringify(columnsOf(plan)) !== JSON.stringify(columnsOf(before))

    const ended = first && endedBefore(series.plan, begin)
    const after = ended
      ? await insert(tx, { ...series, plan, template })
      : { ...series, plan: isAnother ? plan : series.plan, template }
    await write(tx, series, ended ? columnsOf(ended) : { ...columnsOf(after.plan), template: JSON.stringify(template) })

    // Before the occurrences move: what they cost is still to be seen.
    await record(tx, 'series.edited', { seriesId, changed: Object.keys({ ...fields, ...(rule ? { rule } : {}) }) })
    if (ended) await record(tx, 'series.split', { seriesId, into: after.id })

    const tail = made.filter((each) => each.at >= begin)
    const { to, gone, out } = isSameRule ? inOrder(tail, before, plan) : byDate(tail, plan)
    if (ended || isAnother)
      await place(tx, [
        ...[...to].map(([{ id }, wall]) => ({ eventId: id, seriesId: after.id, at: isoOf(wall) })),
        ...out.map(({ id }) => ({ eventId: id, seriesId: null, at: null })),
      ])
    const dismissed: Made[] = []
    for (const each of made) {
      if (each.deleted || each.cancelled || each.startsAt <= tx.now()) continue
      const wall = to.get(each)
      if (gone.has(each)) {
        await dismiss(tx, each)
        dismissed.push(each)
      } else if (wall !== undefined || !ended) {
        const times = isAnother && wall !== undefined ? timesOf(plan, wall) : undefined
        await amendOne(tx, each, { fields, times, isNamed: each === named })
      }
    }
    // Nobody said that there should be none on these dates, so a rule that gives them again brings them back.
    await leavePlaces(
      tx,
      dismissed.map(({ id }) => id),
    )
    await fill(tx, after)
    return after.id
  })
}

/** The plan as it is to be, from the first time that changes. Times are said of one occurrence and meant for all. */
function changedPlan(
  tx: Tx,
  how: { series: Series; before: Plan; fields: Partial<EventFields>; rule?: string; example?: Made },
): { plan: Plan; isSameRule: boolean } {
  const { series, before, fields, rule, example } = how
  const zone = fields.zone === undefined ? before.zone : (canonicalZone(fields.zone) ?? fields.zone)
  const was = example ?? timesOf(before, before.start)
  const startsAt = fields.startsAt === undefined ? was.startsAt : new Date(fields.startsAt)
  const moved = startsAt.getTime() - was.startsAt.getTime()
  const endsAt = fields.endsAt === undefined ? new Date(was.endsAt.getTime() + moved) : new Date(fields.endsAt)
  const registrationDeadline = fields.registrationDeadline ? new Date(fields.registrationDeadline) : null
  checkSchedule({ startsAt, endsAt, zone, registrationDeadline }, tx.now(), {
    before: { ...was, registrationDeadline: was.deadline },
    lateDeadline: true,
  })

  const shift =
    fields.startsAt === undefined ? 0 : startOfChanged(startsAt, zone, moved) - wallAt(was.startsAt, was.zone)
  const isLonger = fields.endsAt !== undefined && (moved !== 0 || endsAt.getTime() !== was.endsAt.getTime())
  const minutes = isLonger ? minutesBetween(startsAt, endsAt, zone) : before.minutes
  const deadlineMinutes =
    fields.registrationDeadline === undefined
      ? before.deadlineMinutes
      : registrationDeadline &&
        Math.max(0, Math.round((wallAt(startsAt, zone) - wallAt(registrationDeadline, zone)) / MINUTE))

  const start = before.start + shift
  const said = rule === undefined ? undefined : ruleAt('/rule', rule, zone)
  const kept = [series.plan, before].map((each) => inOneSpelling(each.rule, each.start))
  const isSameRule = said === undefined || [before.start, start].some((at) => kept.includes(inOneSpelling(said, at)))
  // An end that is a time of day moves with the start, or the last one would fall out of the rule.
  const until = before.rule.until === null ? null : before.rule.until + shift
  const plan = { rule: isSameRule ? { ...before.rule, until } : said, start, minutes, zone, deadlineMinutes }
  if (!isSameRule || shift !== 0) checkRule(tx, rule === undefined ? '/startsAt' : '/rule', plan.rule, start)
  return { plan, isSameRule }
}

function startOfChanged(startsAt: Date, zone: string, moved: number): Wall {
  return moved === 0 ? wallAt(startsAt, zone) : startOf(startsAt, zone)
}

async function changedTemplate(tx: Tx, before: Template, fields: Partial<EventFields>): Promise<Template> {
  const { tags, ...said } = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !TIMES.includes(name)),
  ) as Partial<EventFields>
  return {
    ...before,
    ...(said as Partial<Template>),
    ...(said.title === undefined ? {} : { title: said.title.trim() }),
    ...(said.place === undefined ? {} : { place: said.place?.trim() || null }),
    ...(tags === undefined ? {} : { tagIds: await tagsNamed(tx, tags) }),
  }
}

/** Takes away an occurrence that the rule no longer gives; where somebody counts on it, it is called off and stays to be seen. */
async function dismiss(tx: Tx, each: Made): Promise<void> {
  const { rows } = await sql`
    select from seat_pools where event_id = ${each.id} and taken + waiting > 0`.execute(tx.db)
  if (each.published && rows.length > 0) await events.cancel(tx, each.id)
  else await events.remove(tx, each.id)
}

type Times = ReturnType<typeof timesOf>

/** Changes one occurrence with the others, in what is not its own. The one that is named takes everything. */
async function amendOne(
  tx: Tx,
  each: Made,
  { fields, times, isNamed }: { fields: Partial<EventFields>; times: Times | undefined; isNamed: boolean },
): Promise<void> {
  const isOwn = (name: string) => each.own.includes(name)
  const hasOwnTime = ['startsAt', 'endsAt', 'zone'].some(isOwn)
  const said = (wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => wanted(name))) as Partial<EventFields>
  const changed = said((name) => !TIMES.includes(name) && (isNamed || !isOwn(name)))
  if (hasOwnTime && isNamed)
    Object.assign(
      changed,
      said((name) => TIMES.includes(name)),
    )
  if (!hasOwnTime && times) {
    const keepsDeadline = isOwn('registrationDeadline') && !(isNamed && fields.registrationDeadline !== undefined)
    const own = each.deadline && each.deadline > times.startsAt ? times.startsAt : each.deadline
    Object.assign(changed, differing(each, { ...times, deadline: keepsDeadline ? own : times.deadline }))
  }
  if (isNamed) await giveBack(tx, each.id, Object.keys(said((name) => !hasOwnTime || !TIMES.includes(name))))
  if (Object.keys(changed).length === 0) return
  try {
    await events.edit(tx, each.id, changed, { withSeries: true })
  } catch (error) {
    if (!(error instanceof Refusal) || error.type === Invalid) throw error
    const date = isoOf(wallAt(each.startsAt, each.zone)).slice(0, 10)
    throw new Refusal(error.type, `${date}: ${error.message}`, { ...error.extensions, eventId: each.id })
  }
}

function differing(each: Times, { startsAt, endsAt, zone, deadline }: Times): Partial<EventFields> {
  const isOther = (a: Date | null, b: Date | null) => a?.getTime() !== b?.getTime()
  return {
    ...(isOther(each.startsAt, startsAt) ? { startsAt: startsAt.toISOString() } : {}),
    ...(isOther(each.endsAt, endsAt) ? { endsAt: endsAt.toISOString() } : {}),
    ...(each.zone === zone ? {} : { zone }),
    ...(isOther(each.deadline, deadline) ? { registrationDeadline: deadline?.toISOString() ?? null } : {}),
  }
}
