import { sql } from 'kysely'
import { allowSeconds, transaction, type Ctx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand } from '#kernel/policy'
import { NotFound, Refusal } from '#kernel/problem'
import { may } from './policy.ts'
import { AlreadyOpen, NoSuchJob, NotGivenUp } from './problems.ts'
import { RUN, STATE, type Run, type State } from './run.ts'
import { hold, openRunOf } from './schedules.ts'

/** The runs of the last month, newest first; `failed` are the dead letters. */
export async function list(ctx: Ctx, query: PageQuery & { name?: string; state?: State }): Promise<Page<Run>> {
  demand(ctx, may.see, undefined)
  const { limit = DEFAULT_LIMIT, name = null, state = null } = query
  const list = ['job runs', name, state]
  const from = positionOf(ctx, list, query.cursor)
  const conditions = [
    sql`true`,
    ...(name === null ? [] : [sql`r.name = ${name}`]),
    ...(state === 'failed' ? [sql`r.failed_at is not null`] : []),
    ...(state === null ? [] : [sql`${STATE} = ${state}`]),
    ...(from ? [sql`r.id < ${from[0]}::uuid`] : []),
  ]
  const { rows } = await sql<Run>`
    select ${RUN} from job_runs r where ${sql.join(conditions, sql` and `)} order by r.id desc limit ${limit + 1}`.execute(
    ctx.db,
  )
  return pageOf(ctx, list, rows, limit, (row) => [row.id])
}

/** One of them. */
export async function find(ctx: Ctx, runId: string): Promise<Run> {
  demand(ctx, may.see, undefined)
  const { rows } = await sql<Run>`select ${RUN} from job_runs r where r.id = ${runId}`.execute(ctx.db)
  if (!rows[0]) throw NotFound()
  return rows[0]
}

/** Gives a run that was given up all its tries again. Throws NotGivenUp, AlreadyOpen, NoSuchJob. */
export async function retry(ctx: Ctx, runId: string): Promise<void> {
  demand(ctx, may.ask, undefined)
  const { name } = await find(ctx, runId)
  await transaction(ctx, async (tx) => {
    await hold(tx, name).catch((error: unknown) => {
      throw error instanceof Refusal ? NoSuchJob() : error
    })
    const open = await openRunOf(tx, name)
    if (open && open !== runId) throw AlreadyOpen(undefined, { runId: open })
    const { numAffectedRows } = await sql`
      update job_runs set failed_at = null, attempts = 0, due_at = app_now() where id = ${runId} and failed_at is not null`.execute(
      tx.db,
    )
    if (numAffectedRows === 0n) throw NotGivenUp()
    await record(tx, 'job.asked', { job: name, runId })
  })
}

const KEPT_DAYS = 30
const MOST_OF_A_JOB = 2_000
const LONGEST_SECONDS = 10 * 60

/** Forgets runs that ended a month ago, and of what runs every minute all but the last two thousand that went well. */
export async function forgetOldRuns(ctx: Ctx): Promise<{ forgotten: number }> {
  return transaction(ctx, async (tx) => {
    await allowSeconds(tx, LONGEST_SECONDS)
    const { numAffectedRows } = await sql`
      delete from job_runs where coalesce(finished_at, failed_at) < (select app_now() - make_interval(days => ${KEPT_DAYS}::int))
        or id in (select id from (
          select id, row_number() over (partition by name order by id desc) as place from job_runs where finished_at is not null) r
          where place > ${MOST_OF_A_JOB}::int)`.execute(tx.db)
    return { forgotten: Number(numAffectedRows ?? 0) }
  })
}
