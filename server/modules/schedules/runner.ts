import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { QUEUES, type Job, type Queue } from '#kernel/jobs'
import { startLoop, type Loop } from '#kernel/loop'

/*
 * Runs are claimed with a lease, carried out outside any transaction and marked:
 *
 *  1. A worker renews its lease as long as it lives. One that dies leaves a lease that runs out, and another takes the
 *     run over within half a minute.
 *  2. A try counts when it begins. So a run that takes its worker down with it comes to its last try, too, and is given up
 *     by the next who finds it.
 *  3. Each queue of a process has a few places. What takes long or fails keeps its own and no other.
 *  4. Who has lost a lease marks nothing: the run is another's.
 *  5. A run that was left twice by workers that died is carried out with nothing beside it in its process: if it is the one
 *     that brings them down, what was beside it would use up its tries, too.
 */

const AT_ONCE = 3
const MOST_ATTEMPTS = 5
const SUSPECT_AFTER = 2
const LEASE_MS = 20_000 // with the next look and a start, less than half a minute
const LONGEST_MS = 3_600_000
const STOP_MS = 10_000
const LONGEST_RESULT = 4_000

type Held = { id: string; name: string; attempts: number; alone: boolean }
/** What a process has in hand, over all of its queues. `one` lets one of them at a time look for more. */
type Hands = {
  stopping: AbortController
  full: Set<string>
  alone: boolean
  one: <T>(work: () => Promise<T>) => Promise<T>
}
type Limits = {
  queues?: readonly Queue[]
  /** Milliseconds that a worker may be silent before another takes its run over. */
  lease?: number
  /** Milliseconds after which a try counts as failed, though it goes on. */
  longest?: number
  /** Milliseconds that stopping waits for what is under way. */
  patience?: number
}
type Lease = { token: string; milliseconds: number; until: number }

/** Runs these jobs as they become due on these queues, until stopped; then waits for what is under way, but not for ever. */
export function startRunner(ctx: Ctx, jobs: readonly Job[], limits: Limits = {}): Loop {
  const hands = empty()
  const queues = (limits.queues ?? QUEUES).map((queue) => startQueue(ctx, jobs, queue, limits, hands))
  return {
    wake: () => queues.forEach((queue) => queue.wake()),
    async stop() {
      hands.stopping.abort()
      await Promise.all(queues.map((queue) => queue.stop()))
    },
  }
}

/** Runs what is due now, as many as have a place, and answers how many that were when they have ended. */
export async function runDue(ctx: Ctx, jobs: readonly Job[], limits: Limits = {}): Promise<number> {
  const ended = await Promise.all(
    (limits.queues ?? QUEUES).map(async (queue) => {
      const hands = empty()
      const { runs, lease } = await claim(ctx, { queue, jobs, limits, hands, most: AT_ONCE })
      await Promise.all(runs.map((run) => perform(ctx, jobs, run, lease, { ...limits, signal: hands.stopping.signal })))
      return runs.length
    }),
  )
  return ended.reduce((sum, each) => sum + each, 0)
}

function empty(): Hands {
  let last: Promise<unknown> = Promise.resolve()
  return {
    stopping: new AbortController(),
    full: new Set(),
    alone: false,
    one(work) {
      const mine = last.then(work)
      last = mine.catch(() => undefined)
      return mine
    },
  }
}

function startQueue(ctx: Ctx, jobs: readonly Job[], queue: Queue, limits: Limits, hands: Hands): Loop {
  const inHand = new Map<string, { token: string; ended: Promise<void> }>()
  const loop = startLoop(`jobs of ${queue}`, ctx.log, 1_000, () =>
    hands.one(async () => {
      const most = AT_ONCE - inHand.size
      if (most < 1 || hands.alone) return 0
      const { runs, lease } = await claim(ctx, { queue, jobs, limits, hands, most })
      for (const run of runs) {
        const ended = perform(ctx, jobs, run, lease, { ...limits, signal: hands.stopping.signal })
          .catch((error: unknown) => ctx.log.error({ err: error, job: run.name }, 'how a run ended could not be kept'))
          .finally(() => {
            inHand.delete(run.id)
            hands.full.delete(run.id)
            if (run.alone) hands.alone = false
            loop.wake()
          })
        inHand.set(run.id, { token: lease.token, ended })
        hands.full.add(run.id)
        hands.alone = run.alone
      }
      return runs.length
    }),
  )
  return {
    wake: () => loop.wake(),
    async stop() {
      await loop.stop()
      const enough = new AbortController()
      const patience = delay(limits.patience ?? STOP_MS, undefined, { signal: enough.signal }).catch(() => undefined)
      await Promise.race([Promise.all([...inHand.values()].map(({ ended }) => ended)), patience])
      enough.abort()
      for (const [id, { token }] of inHand) await uncount(ctx, id, token)
    },
  }
}

/**
 * Takes what is due and nobody holds: several, or one that is to be alone, where nothing is in hand. What has used up its
 * tries, the last of them without an end, is given up.
 */
async function claim(
  ctx: Ctx,
  asked: { queue: Queue; jobs: readonly Job[]; limits: Limits; hands: Hands; most: number },
): Promise<{ runs: Held[]; lease: Lease }> {
  const { queue, jobs, limits, hands, most } = asked
  const { lease: milliseconds = LEASE_MS } = limits
  const names = jobs.map((job) => job.name)
  const token = newId()
  const began = performance.now()
  // What this process has in hand is not due again, even where a long transaction kept it from renewing its lease.
  const inHand = [...hands.full]
  const suspect = sql<boolean>`(lease is not null and attempts >= ${SUSPECT_AFTER} and attempts < ${MOST_ATTEMPTS})`
  const { rows } = await sql<Held>`
    with due as (
      select id, attempts, due_at, ${suspect} as alone from job_runs
      where finished_at is null and failed_at is null and queue = ${queue} and name = any(${names}::text[])
        and due_at <= (select app_now()) and (leased_until is null or leased_until <= (select app_now()))
        and id <> all(${inHand}::uuid[]) and (not ${suspect} or ${inHand.length === 0})
      order by due_at, id limit ${most} for update skip locked
    ), chosen as (
      select id, attempts, alone from due where not exists (select 1 from due where alone)
      union all (select id, attempts, alone from due where alone order by due_at, id limit 1)
    ), given_up as (
      update job_runs r set failed_at = app_now(), lease = null, leased_until = null,
        last_error = 'the last try ended with the worker that made it'
      from chosen where r.id = chosen.id and chosen.attempts >= ${MOST_ATTEMPTS}
    )
    update job_runs r set attempts = r.attempts + 1, lease = ${token}, started_at = app_now(),
      leased_until = app_now() + ${milliseconds} * interval '1 millisecond'
    from chosen where r.id = chosen.id and chosen.attempts < ${MOST_ATTEMPTS}
    returning r.id, r.name, r.attempts, chosen.alone`.execute(ctx.db)
  return { runs: rows, lease: { token, milliseconds, until: began + milliseconds } }
}

type Ended = { result: string | null } | { error: string }

async function perform(
  ctx: Ctx,
  jobs: readonly Job[],
  run: Held,
  shared: Lease,
  { longest = LONGEST_MS, signal }: Limits & { signal: AbortSignal },
): Promise<void> {
  const job = jobs.find((each) => each.name === run.name)!
  const lease = { ...shared }
  const about = { job: run.name, runId: run.id, attempt: run.attempts }
  const began = performance.now()
  const heartbeat = setInterval(() => {
    renew(ctx, run, lease).catch((error: unknown) => ctx.log.warn({ err: error, ...about }, 'a lease was not renewed'))
  }, lease.milliseconds / 3)
  let ended: Ended
  try {
    const result = await within(longest, () => job.run(ctx, signal))
    ctx.log.info({ ...about, ms: Math.round(performance.now() - began) }, 'job done')
    ended = { result: kept(result) }
  } catch (error) {
    ctx.log.error({ err: error, ...about }, 'a job failed')
    ended = { error: String((error as Error | null)?.message ?? error).slice(0, 500) }
  } finally {
    clearInterval(heartbeat)
  }
  await mark(ctx, run, lease, ended)
}

async function renew(ctx: Ctx, run: Held, lease: Lease): Promise<void> {
  const began = performance.now()
  const { numAffectedRows } = await sql`
    update job_runs set leased_until = app_now() + ${lease.milliseconds} * interval '1 millisecond'
    where id = ${run.id} and lease = ${lease.token}`.execute(ctx.db)
  if (numAffectedRows !== 0n) lease.until = began + lease.milliseconds
}

/** Writes down how it went, if the run is still ours; tries for as long as it is, because what is not kept is run again. */
async function mark(ctx: Ctx, run: Held, lease: Lease, ended: Ended): Promise<void> {
  const change =
    'result' in ended
      ? sql`finished_at = app_now(), last_error = null, result = ${ended.result}::jsonb`
      : run.attempts >= MOST_ATTEMPTS
        ? sql`failed_at = app_now(), last_error = ${ended.error}`
        : sql`due_at = app_now() + ${backoff(run.attempts)} * interval '1 millisecond', last_error = ${ended.error}`
  for (let pause = 100; ; pause *= 2) {
    try {
      const { numAffectedRows } = await sql`
        update job_runs set ${change}, lease = null, leased_until = null
        where id = ${run.id} and lease = ${lease.token}`.execute(ctx.db)
      if (numAffectedRows === 0n)
        ctx.log.warn({ runId: run.id, job: run.name }, 'somebody else has taken this run over')
      return
    } catch (error) {
      if (performance.now() + pause > lease.until) throw error
      await delay(pause)
    }
  }
}

/** Whoever stops in the middle of a run has not failed at it; it is taken over when their lease has run out. */
async function uncount(ctx: Ctx, id: string, token: string): Promise<void> {
  await sql`update job_runs set attempts = attempts - 1 where id = ${id} and lease = ${token}`.execute(ctx.db)
}

/** How long to wait after so many tries: 10 s, growing fourfold to an hour, of which a random part. */
function backoff(attempts: number): number {
  return (0.5 + Math.random() / 2) * Math.min(3_600_000, 10_000 * 4 ** (attempts - 1))
}

/** Waits no longer than this: who hangs has failed, whatever becomes of it later. */
async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const enough = new AbortController()
  const timeout = delay(milliseconds, undefined, { signal: enough.signal }).then(
    () => Promise.reject(new Error(`it took longer than ${Math.round(milliseconds / 1_000)} seconds`)),
    () => new Promise<never>(() => {}),
  )
  try {
    return await Promise.race([work(), timeout])
  } finally {
    enough.abort()
  }
}

/** What a run says of itself, as it is kept: nothing where it is no plain object, or too much. */
function kept(result: unknown): string | null {
  if (typeof result !== 'object' || result === null || Object.getPrototypeOf(result) !== Object.prototype) return null
  try {
    const text = JSON.stringify(result, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
    return text.length <= LONGEST_RESULT && !text.includes('\\u0000') ? text : null
  } catch {
    return null // it goes round in a ring; the work is done all the same
  }
}
