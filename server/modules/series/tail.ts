import { invalid } from '#kernel/problem'
import { NOWHERE, type Made, type Plan } from './plan.ts'
import { AlreadyBegun, SeriesEnded } from './problems.ts'
import { occurrences, through, withInstants } from './recurrence.ts'
import type { Wall } from './wall-clock.ts'

// Where a series is cut: what comes before stays as it is, what comes after is changed, called off or goes.

/** The occurrence that somebody named as the first of those that follow. What has begun is refused. */
export function beginningAt(made: Made[], eventId: string, now: Date, pointer = '/from'): Made {
  const found = made.find((each) => each.id === eventId && !each.deleted && each.at !== NOWHERE)
  if (!found) throw invalid({ [pointer]: 'This is none of the series’ occurrences.' })
  if (found.startsAt <= now) throw AlreadyBegun()
  return found
}

/** The first time of the plan that has not come yet. Throws SeriesEnded when there is none. */
export function nextOf(plan: Plan, now: Date): Wall {
  for (const { wall, startsAt } of withInstants(occurrences(plan.rule, plan.start), plan.zone, now))
    if (startsAt > now) return wall
  throw SeriesEnded('Its last time has passed.')
}

/** The plan of what comes before that time; undefined where that is nothing. */
export function endedBefore(plan: Plan, begin: Wall): Plan | undefined {
  const before = through(plan.rule, plan.start, begin - 1)
  if (before.length === 0) return undefined
  const { rule } = plan
  const ending = rule.count === null ? { until: before.at(-1)! } : { count: before.length }
  return { ...plan, rule: { ...rule, ...ending } }
}

/** The plan of what comes from that time on: as many fewer as have been. */
export function beginningWith(plan: Plan, begin: Wall): Plan {
  const before = through(plan.rule, plan.start, begin - 1).length
  if (before === 0) return plan
  const { rule } = plan
  return { ...plan, start: begin, rule: { ...rule, count: rule.count === null ? null : rule.count - before } }
}
