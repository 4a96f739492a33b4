import { sql } from 'kysely'
import { canonicalZone } from '#kernel/dates'
import type { Ctx } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { invalid } from '#kernel/problem'
import { checkRule, isSeen, look, ruleAt, startOf, timesOf, type Plan, type Series } from './plan.ts'
import { may } from './policy.ts'
import { occurrences, through, withInstants } from './recurrence.ts'
import { inOneSpelling } from './rule.ts'
import { sentenceOf } from './sentence.ts'

/** A series as it is seen. The counts are of what this reader may see. */
export type SeenSeries = Series & {
  title: string
  rule: string
  sentence: string | null
  startsAt: Date
  endsAt: Date
  counts: { occurrences: number; upcoming: number; cancelled: number }
  next: { id: string; slug: string; startsAt: Date } | null
}

/** The series, with what there is of it. NotFound for whoever may see nothing of it. */
export async function show(ctx: Ctx, seriesId: string): Promise<SeenSeries> {
  const series = await look(ctx, seriesId)
  const all = permits(may.seeAll, ctx.actor, series)
  const { rows } = await sql<SeenSeries['counts'] & { next: string[] | null; title: string | null }>`
    select count(*) as occurrences,
      count(*) filter (where cancelled_at is null and ends_at > app_now()) as upcoming,
      count(*) filter (where cancelled_at is not null) as cancelled,
      (array_agg(id::text order by starts_at, id) filter (where cancelled_at is null and starts_at > app_now()))[1:1] as next,
      (array_agg(title order by starts_at desc, id))[1] as title
    from events e where e.series_id = ${seriesId} and e.deleted_at is null
      and (${all}::boolean or (e.published_at is not null and ${isSeen(ctx, { listed: true })}))`.execute(ctx.db)
  const { next, title, ...counts } = rows[0]!
  const isPrivate = series.template.visibility === 'private' && !all
  const { plan } = series
  const { startsAt, endsAt } = timesOf(plan, plan.start)
  return {
    ...series,
    title: isPrivate && title !== null ? title : series.template.title,
    ...{ rule: inOneSpelling(plan.rule, plan.start), sentence: sentenceOf(plan.rule, plan.start), startsAt, endsAt },
    counts,
    next: next?.[0] === undefined ? null : await nextOf(ctx, next[0]),
  }
}

async function nextOf(ctx: Ctx, eventId: string) {
  return ctx.db
    .selectFrom('events')
    .select(['id', 'slug', 'starts_at as startsAt'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow()
}

const IN_A_PREVIEW = 10

/** What a rule would give, for who is about to choose one. `total` null: it has no end. */
export type Preview = { rule: string; sentence: string | null; total: number | null; startsAt: Date[] }

/** The first times of a rule. Refuses what creating a series would refuse. */
export function preview(ctx: Ctx, asked: { rule: string; startsAt: string; zone: string }): Preview {
  const zone = canonicalZone(asked.zone)
  if (zone === undefined)
    throw invalid({ '/query/zone': 'This is not a time zone of the IANA database, like Europe/Berlin.' })
  const startsAt = new Date(asked.startsAt)
  const year = startsAt.getUTCFullYear()
  if (!(year >= 1970 && year <= ctx.now().getUTCFullYear() + 10))
    throw invalid({ '/query/startsAt': 'No more than 10 years ahead.' })
  const start = startOf(startsAt, zone, '/query/startsAt')
  const rule = ruleAt('/query/rule', asked.rule, zone)
  checkRule(ctx, '/query/rule', rule, start)
  const plan: Plan = { rule, start, minutes: 1, zone, deadlineMinutes: null }
  const first: Date[] = []
  for (const each of withInstants(occurrences(rule, start), zone)) if (first.push(each.startsAt) === IN_A_PREVIEW) break
  const isEndless = rule.count === null && rule.until === null
  return {
    rule: inOneSpelling(plan.rule, start),
    sentence: sentenceOf(rule, start),
    total: isEndless ? null : through(rule, start, Infinity).length,
    startsAt: first,
  }
}
