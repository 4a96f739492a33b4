import { sql, type RawBuilder } from 'kysely'
import { transaction, type Ctx } from '#kernel/ctx'
import { demand } from '#kernel/policy'
import { SignInRequired } from '#kernel/problem'
import { visibleEvent } from '#registrations/visibility'
import { daysBetween, lastMonths, type Period } from './periods.ts'
import { may } from './policy.ts'

// Counts for organizers and admins. Nothing here writes but what it counted before: see counted-months.ts.

/** Who was there of those who had a place, and who was not; the latter only of events that are over and where people were checked in. */
export type Attendance = { attended: number; noShow: number }
/** `average` to two decimals, null without a review. Hidden reviews do not count. */
export type Rating = { average: number | null; count: number }

export type EventNumbers = Attendance & {
  zone: string
  capacity: number | null
  going: number
  waiting: number
  cancelled: number
  promoted: number
  rating: Rating
  days: { day: string; registered: number; cancelled: number }[]
}
export type Popular = {
  id: string
  slug: string
  title: string
  startsAt: Date
  capacity: number | null
  going: number
  waiting: number
}
export type Totals = Attendance & { events: number; upcoming: number; going: number; waiting: number; rating: Rating }
export type Months = { month: string; registered: number }[]

/** Days that are counted one by one: who looks at an event of two years sees the latest. */
const MOST_DAYS = 400
const MONTHS = 12
const MOST_POPULAR = 10

/** How an event fills: what there is now, and how many came and left on each day of its zone. Days on which nothing happened are left out. */
export async function ofEvent(ctx: Ctx, eventId: string): Promise<EventNumbers> {
  demand(ctx, may.seeEvent, await visibleEvent(ctx, eventId))
  const event = await ctx.db
    .selectFrom('events as e')
    .innerJoin('seat_pools as s', 's.event_id', 'e.id')
    .select(['e.zone', 's.capacity', 's.taken', 's.waiting'])
    .where('e.id', '=', eventId)
    .executeTakeFirstOrThrow()

  const { rows } = await sql<{ cancelled: number; promoted: number; first: Date | null; last: Date | null }>`
    select
      (select count(*) from registrations where event_id = ${eventId} and status = 'cancelled')
        - (select count(*) from registrations where event_id = ${eventId} and passed_on_from is not null) as cancelled,
      (select count(*) from registrations where event_id = ${eventId} and promoted_at is not null) as promoted,
      (select min(created_at) from registrations where event_id = ${eventId}) as first,
      greatest(
        (select max(created_at) from registrations where event_id = ${eventId}),
        (select max(cancelled_at) from registrations where event_id = ${eventId} and status = 'cancelled')) as last`.execute(
    ctx.db,
  )
  const { cancelled, promoted, first, last } = rows[0]!
  const periods = first && last ? daysBetween(first, last, event.zone, MOST_DAYS) : []
  return {
    zone: event.zone,
    capacity: event.capacity,
    going: event.taken,
    waiting: event.waiting,
    cancelled,
    promoted,
    ...(await attendance(ctx, sql`e.id = ${eventId}`)),
    rating: await rating(ctx, sql`e.id = ${eventId}`),
    days: await perDay(ctx, eventId, periods),
  }
}

/** The organizer's own events together: totals, the ones that most people go to, and registrations by month (UTC). */
export async function mine(ctx: Ctx): Promise<{ totals: Totals; popular: Popular[]; months: Months }> {
  demand(ctx, may.seeMine, undefined)
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const theirs = sql`e.organizer_id = ${ctx.actor.id}`
  return overview(ctx, theirs)
}

/** The same of the whole instance, with how many people have an account. */
export async function ofInstance(
  ctx: Ctx,
): Promise<{ accounts: number; organizers: number; totals: Totals; popular: Popular[]; months: Months }> {
  demand(ctx, may.seeInstance, undefined)
  const all = sql`true`
  const { rows } = await sql<{ accounts: number; organizers: number }>`
    select count(*) as accounts, count(*) filter (where role = 'organizer') as organizers from accounts`.execute(ctx.db)
  return { ...rows[0]!, ...(await overview(ctx, all)) }
}

async function overview(
  ctx: Ctx,
  which: RawBuilder<unknown>,
): Promise<{ totals: Totals; popular: Popular[]; months: Months }> {
  const [counts, came, liked, most, months] = await Promise.all([
    totals(ctx, which),
    attendance(ctx, which),
    rating(ctx, which),
    popular(ctx, which),
    perMonth(ctx, which),
  ])
  return { totals: { ...counts, ...came, rating: liked }, popular: most, months }
}

async function perDay(ctx: Ctx, eventId: string, periods: Period[]): Promise<EventNumbers['days']> {
  if (periods.length === 0) return []
  return counted(
    ctx,
    sql<{ day: string; registered: number; cancelled: number }>`
    with passed as materialized ( -- a seat that went from hand to hand is neither one more nor one less
      select n.created_at as taken, o.cancelled_at as given from registrations n join registrations o on o.id = n.passed_on_from
      where n.event_id = ${eventId} and n.passed_on_from is not null
    )
    select * from (
      select p.day,
        (select count(*) from registrations r
          where r.event_id = ${eventId} and r.created_at >= p.begins and r.created_at < p.ends)
          - (select count(*) from passed where taken >= p.begins and taken < p.ends) as registered,
        (select count(*) from registrations r
          where r.event_id = ${eventId} and r.status = 'cancelled' and r.cancelled_at >= p.begins and r.cancelled_at < p.ends)
          - (select count(*) from passed where given >= p.begins and given < p.ends) as cancelled
      from ${unnested(periods)} as p (day, begins, ends)
    ) days where registered > 0 or cancelled > 0 order by day`,
  )
}

/**
 * What was counted before, and what has come since. `until` is looked up first, for the planner to know how little that
 * is; should it have moved in between, both are asked for again.
 */
async function perMonth(ctx: Ctx, which: RawBuilder<unknown>): Promise<Months> {
  const periods = lastMonths(ctx.now(), MONTHS)
  const { name: firstMonth, from } = periods[0]!
  for (;;) {
    const { rows } = await sql<{ until: string }>`select until::text from registrations_counted`.execute(ctx.db)
    const { until } = rows[0]!
    const months = await counted(
      ctx,
      sql<{ month: string; registered: number; stands: boolean }>`
      select p.month, coalesce(sum(k.registered), 0)::int as registered,
        (select until from registrations_counted) = ${until}::timestamptz as stands
      from unnest(${periods.map(({ name }) => name)}::text[]) as p (month)
      left join (
        select m.month, sum(m.registered) as registered from registration_months m join events e on e.id = m.event_id
        where m.month >= ${firstMonth} and ${which} and e.deleted_at is null
        group by m.month
        union all
        select to_char(r.created_at at time zone 'UTC', 'YYYY-MM'), count(*) from registrations r join events e on e.id = r.event_id
        where r.created_at >= ${until}::timestamptz and r.created_at >= ${from}::timestamptz and r.passed_on_from is null and ${which} and e.deleted_at is null
        group by 1
      ) k using (month)
      group by p.month order by p.month`,
    )
    if (months.every(({ stands }) => stands)) return months.map(({ month, registered }) => ({ month, registered }))
  }
}

/** Who has a place still to be paid for is neither: nothing was theirs yet. */
async function attendance(ctx: Ctx, which: RawBuilder<unknown>): Promise<Attendance> {
  const rows = await counted(
    ctx,
    sql<Attendance>`
    select coalesce(sum(d.came), 0)::int as attended,
      coalesce(sum(greatest(s.taken - coalesce(h.held, 0) - d.came, 0)) filter (where e.ends_at <= n.now and e.cancelled_at is null), 0)::int as "noShow"
    from (select app_now() as now) n, events e
    join seat_pools s on s.event_id = e.id
    join doors d on d.event_id = e.id and d.came > 0
    left join (select event_id, count(*) as held from registrations where held_until is not null group by event_id) h on h.event_id = e.id
    where ${which} and e.deleted_at is null and e.published_at is not null`,
  )
  return rows[0]!
}

async function rating(ctx: Ctx, which: RawBuilder<unknown>): Promise<Rating> {
  const rows = await counted(
    ctx,
    sql<Rating>`
    select round(avg(w.rating), 2)::float8 as average, count(*) as count
    from reviews w join events e on e.id = w.event_id
    where w.hidden_at is null and ${which} and e.deleted_at is null`,
  )
  return rows[0]!
}

/** Counts without compiling the statement first, which PostgreSQL takes longer for than for the counting. */
async function counted<Row>(ctx: Ctx, query: RawBuilder<Row>): Promise<Row[]> {
  return transaction(ctx, async (tx) => {
    await sql`select set_config('jit', 'off', true)`.execute(tx.db)
    return (await query.execute(tx.db)).rows
  })
}

async function totals(
  ctx: Ctx,
  which: RawBuilder<unknown>,
): Promise<Pick<Totals, 'events' | 'upcoming' | 'going' | 'waiting'>> {
  const { rows } = await sql<Pick<Totals, 'events' | 'upcoming' | 'going' | 'waiting'>>`
    select count(*) as events,
      count(*) filter (where e.ends_at > (select app_now()) and e.cancelled_at is null) as upcoming,
      coalesce(sum(s.taken), 0)::int as going, coalesce(sum(s.waiting), 0)::int as waiting
    from events e join seat_pools s on s.event_id = e.id
    where ${which} and e.deleted_at is null and e.published_at is not null`.execute(ctx.db)
  return rows[0]!
}

async function popular(ctx: Ctx, which: RawBuilder<unknown>): Promise<Popular[]> {
  const { rows } = await sql<Popular>`
    select e.id, e.slug, e.title, e.starts_at as "startsAt", s.capacity, s.taken as going, s.waiting
    from events e join seat_pools s on s.event_id = e.id
    where ${which} and e.deleted_at is null and e.published_at is not null and s.taken > 0
    order by s.taken + s.waiting desc, e.id limit ${MOST_POPULAR}`.execute(ctx.db)
  return rows
}

function unnested(periods: Period[]): RawBuilder<unknown> {
  const column = (name: keyof Period) => periods.map((period) => period[name])
  return sql`unnest(${column('name')}::text[], ${column('from')}::timestamptz[], ${column('until')}::timestamptz[])`
}
