import { sql } from 'kysely'
import type { EventFields } from '#events'
import type { Run, TeamRole } from '#events/policy'
import { seriesRoleOn, teamRole } from '#events/team/role'
import { allowSeconds, type Ctx, type Tx } from '#kernel/ctx'
import { demand, permits, type Rule as Policy } from '#kernel/policy'
import { invalid, NotFound, Stale } from '#kernel/problem'
import { may } from './policy.ts'
import { faultOf } from './recurrence.ts'
import { BadRule, inOneSpelling, readRule, type Rule } from './rule.ts'
import { DAY, instantOf, isoOf, MINUTE, spanOf, wallAt, wallOfText, type Wall } from './wall-clock.ts'

/** What the occurrences are like that are still to be made. Tags by id: they may be renamed meanwhile. */
export type Template = Required<
  Pick<
    EventFields,
    | 'title'
    | 'description'
    | 'venueId'
    | 'place'
    | 'categoryId'
    | 'visibility'
    | 'onlineUrl'
    | 'capacity'
    | 'hasWaitlist'
    | 'confirmsGuests'
    | 'reminderMinutes'
  >
> & { tagIds: string[] }

/** When a series’ occurrences are, and for how long one may register. */
export type Plan = {
  rule: Rule
  /** The first start. */
  start: Wall
  minutes: number
  zone: string
  deadlineMinutes: number | null
}

export type Series = {
  id: string
  number: number
  organizerId: string
  /** What the actor is on its team; who is on that of a single occurrence is not on this. */
  team: TeamRole | null
  plan: Plan
  template: Template
  publishedAt: Date | null
  endedAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** An event of a series, as far as the series must know it. */
export type Made = {
  id: string
  /** Its place; NOWHERE where a change of the rule left it none. */
  at: Wall
  startsAt: Date
  endsAt: Date
  zone: string
  deadline: Date | null
  published: boolean
  cancelled: boolean
  deleted: boolean
  own: string[]
}

/** Before every time that a rule gives. */
export const NOWHERE: Wall = -Infinity

/** The series’ row, locked until the transaction ends, for who may do this to it. It comes before any of its events. */
export async function hold(
  tx: Tx,
  seriesId: string,
  rule: Policy<Run>,
  { version }: { version?: number } = {},
): Promise<Series> {
  const row = await rowsOf(tx).where('id', '=', seriesId).forNoKeyUpdate().executeTakeFirst()
  if (!row) throw NotFound()
  const series = { ...seriesOf(row), team: await seriesRoleOn(tx, seriesId) } // after the lock: it changes under it
  if (!permits(rule, tx.actor, series)) {
    if (!permits(may.see, tx.actor, { ...series, shown: await isShown(tx, series) })) throw NotFound()
    demand(tx, rule, series)
  }
  if (version !== undefined && version !== series.version) throw Stale(undefined, { version: series.version })
  return series
}

/** The series as it is, for who may see any of it. */
export async function look(ctx: Ctx | Tx, seriesId: string): Promise<Series> {
  const row = await rowsOf(ctx).where('id', '=', seriesId).executeTakeFirst()
  if (!row) throw NotFound()
  const series = { ...seriesOf(row), team: await seriesRoleOn(ctx, seriesId) }
  const shown = !permits(may.seeAll, ctx.actor, series) && (await isShown(ctx, series))
  if (!permits(may.see, ctx.actor, { ...series, shown })) throw NotFound()
  return series
}

/** The series for whoever has just made it: who may change the one that it was cut from is on its team a moment later. */
export async function unjudged(tx: Tx, seriesId: string): Promise<Series> {
  return { ...seriesOf(await rowsOf(tx).where('id', '=', seriesId).executeTakeFirstOrThrow()), team: null }
}

/**
 * That the actor may see an event `e` which is published: a private one whoever has a place, is invited or on its team, an
 * archived one whoever has a place; `listed`: of the others only what is in lists.
 */
export function isSeen(ctx: Ctx | Tx, { listed = false }: { listed?: boolean } = {}) {
  const accountId = ctx.actor.kind === 'account' ? ctx.actor.id : null
  const open = listed ? sql`e.visibility = 'public'` : sql`e.visibility <> 'private'`
  return sql<boolean>`(
    (e.archived_at is null and ${open})
    or exists (select from registrations r where r.event_id = e.id and r.account_id = ${accountId}::uuid and r.status <> 'cancelled')
    or (e.archived_at is null and exists (select from event_invitations i join accounts a on a.email_key = i.email_key
      where i.event_id = e.id and i.revoked_at is null and a.id = ${accountId}::uuid and a.email_verified_at is not null))
    or (e.archived_at is null and ${teamRole(ctx)} is not null))`
}

/** Where what is to come is private, the occurrences that once were not do not show the series to everybody. */
async function isShown(ctx: Ctx | Tx, { id, template }: Series): Promise<boolean> {
  const ofWhom = template.visibility === 'private' ? sql`e.visibility = 'private'` : sql`true`
  const { rows } = await sql`
    select from events e where e.series_id = ${id} and e.published_at is not null and e.deleted_at is null
      and ${ofWhom} and ${isSeen(ctx)} limit 1`.execute(ctx.db)
  return rows.length > 0
}

/** Every event of the series, deleted ones too, locked in the order of their ids. The series is held. */
export async function holdOccurrences(tx: Tx, seriesId: string): Promise<Made[]> {
  await allowSeconds(tx, 60) // as many rows as occurrences, each of which somebody else may be at
  const { rows } = await sql<Omit<Made, 'at'> & { at: string | null }>`
    select id, occurrence_at as at, starts_at as "startsAt", ends_at as "endsAt", zone, registration_deadline as deadline,
      published_at is not null as published, cancelled_at is not null as cancelled, deleted_at is not null as deleted,
      own_fields as own
    from events where series_id = ${seriesId} order by id for no key update`.execute(tx.db)
  return rows.map((row) => ({ ...row, at: row.at === null ? NOWHERE : wallOfText(row.at)! }))
}

/** Reads a rule at the field it came in. */
export function ruleAt(pointer: string, text: string, zone: string): Rule {
  try {
    return readRule(text, zone)
  } catch (error) {
    throw error instanceof BadRule ? invalid({ [pointer]: error.message }) : error
  }
}

/** Refuses a rule that is not one for a series that starts then. */
export function checkRule(ctx: Ctx | Tx, pointer: string, rule: Rule, start: Wall): void {
  const from = Math.max(start, ctx.now().getTime())
  const fault = faultOf(rule, start, from + ctx.config.seriesHorizonDays * DAY)
  if (fault) throw invalid({ [pointer]: fault })
}

/** What the clocks show at a start that somebody gave. A series cannot mean the second of two times that look the same. */
export function startOf(startsAt: Date, zone: string, pointer = '/startsAt'): Wall {
  const wall = wallAt(startsAt, zone)
  if (wall % 1_000 !== 0) throw invalid({ [pointer]: 'A series starts at a full second.' })
  if (instantOf(wall, zone).getTime() !== startsAt.getTime())
    throw invalid({ [pointer]: 'The clocks show this time twice that day: a series takes the first of the two.' })
  return wall
}

/** Times of the occurrence that the rule gives at `wall`. */
export function timesOf(plan: Plan, wall: Wall): { startsAt: Date; endsAt: Date; zone: string; deadline: Date | null } {
  const { startsAt, endsAt } = spanOf(wall, plan.minutes, plan.zone)
  const deadline = plan.deadlineMinutes === null ? null : instantOf(wall - plan.deadlineMinutes * MINUTE, plan.zone)
  return { startsAt, endsAt, zone: plan.zone, deadline: deadline && (deadline < startsAt ? deadline : startsAt) }
}

/** The plan as its columns. */
export function columnsOf({ rule, start, minutes, zone, deadlineMinutes }: Plan) {
  return {
    rule: inOneSpelling(rule, start),
    starts_local: isoOf(start),
    minutes,
    zone,
    deadline_minutes: deadlineMinutes,
  }
}

const rowsOf = (ctx: Ctx | Tx) =>
  ctx.db
    .selectFrom('series')
    .select(['id', 'number', 'organizer_id', 'rule', 'starts_local', 'minutes', 'zone', 'deadline_minutes', 'template'])
    .select(['published_at', 'ended_at', 'version', 'created_at', 'updated_at'])
    .where('deleted_at', 'is', null)

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

function seriesOf(row: Row): Omit<Series, 'team'> {
  return {
    id: row.id,
    number: row.number,
    organizerId: row.organizer_id,
    plan: {
      rule: readRule(row.rule, row.zone),
      start: wallOfText(row.starts_local)!,
      minutes: row.minutes,
      zone: row.zone,
      deadlineMinutes: row.deadline_minutes,
    },
    template: row.template as Template,
    publishedAt: row.published_at,
    endedAt: row.ended_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
