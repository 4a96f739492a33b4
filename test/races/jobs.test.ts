import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { connectPostgres } from '#db/connect'
import type { Job } from '#kernel/jobs'
import { newId } from '#kernel/ids'
import { runDue } from '#schedules/runner'
import { declare, fireDue } from '#schedules/scheduler'
import * as schedules from '#schedules'
import { openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'

// Many workers on one database: a schedule fires once, a run is run once, and what a dead worker held is done by another.

const WORKERS = 8
const ROUNDS = 15
const running: Running[] = []
afterAll(async () => {
  for (const each of running) await each.kill()
})

function needed(kit: Kit): string {
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  return kit.databaseUrl
}

/** Workers with connections of their own, and what they ran. */
function openWorkers(kit: Kit, names: readonly string[]) {
  const ran: string[] = []
  const atOnce = new Map<string, number>()
  let overlaps = 0
  const jobs: readonly Job[] = names.map((name) => ({
    name,
    cron: '* * * * *',
    async run() {
      const now = (atOnce.get(name) ?? 0) + 1
      atOnce.set(name, now)
      if (now > 1) overlaps++
      ran.push(name)
      await delay(5)
      atOnce.set(name, atOnce.get(name)! - 1)
    },
  }))
  const workers = Array.from({ length: WORKERS }, () => {
    const own = connectPostgres(needed(kit), { connections: 3, onError: () => {} })
    return { ctx: { ...kit.as('system'), db: own.kysely, database: own }, close: () => own.close() }
  })
  return { jobs, workers, ran, overlaps: () => overlaps, close: () => Promise.all(workers.map((each) => each.close())) }
}

/** In each round every schedule is due, and everybody looks at once. Answers how often the most and least often run job ran. */
async function race(kit: Kit): Promise<{ least: number; most: number; overlaps: number; runs: number }> {
  const names = Array.from({ length: 6 }, (_, n) => `job-${n}`)
  const { jobs, workers, ran, overlaps, close } = openWorkers(kit, names)
  await declare(kit.as('system'), jobs)
  for (let round = 0; round < ROUNDS; round++) {
    await kit.clock.advance({ minutes: 1 })
    await Promise.all(
      workers.map(async ({ ctx }) => {
        await fireDue(ctx, jobs)
        while ((await runDue(ctx, jobs)) > 0);
      }),
    )
    for (const { ctx } of workers) while ((await runDue(ctx, jobs)) > 0);
  }
  await close()
  const counts = names.map((name) => ran.filter((each) => each === name).length)
  const { rows } = await kit.database.query('select count(*) as n from job_runs')
  return { least: Math.min(...counts), most: Math.max(...counts), overlaps: overlaps(), runs: Number(rows[0]!.n) }
}

describe(`${WORKERS} workers that all look at once`, () => {
  // S1-12, reliability R15
  test('run each job once for each time that it is due, never two of one at a time', async () => {
    const kit = await openKit()
    expect(await race(kit)).toEqual({ least: ROUNDS, most: ROUNDS, overlaps: 0, runs: 6 * ROUNDS })
    expect((await kit.database.query('select count(*) as n from job_runs where attempts <> 1')).rows).toEqual([
      { n: 0 },
    ])
  })

  // The test above means something only if it fails where the guards are gone.
  test('run one twice where claims do not take the row', async () => {
    const kit = await openKit()
    const { jobs, workers, ran, close } = openWorkers(kit, ['job-0'])
    await declare(kit.as('system'), jobs)
    let doubled = 0
    for (let round = 0; round < 30 && doubled === 0; round++) {
      const { rows } = await kit.database.query(
        `insert into job_runs (id, name, queue, asked_by) values ($1, 'job-0', 'periodic', '{}') returning id`,
        [newId()],
      )
      const id = rows[0]!.id
      // What claim() does, without `for update skip locked`: looks, and then writes.
      const claims = await Promise.all(
        workers.map(async ({ ctx }) => {
          const due = await ctx.database.query('select id from job_runs where id = $1 and leased_until is null', [id])
          if (due.rows.length === 0) return 0
          await ctx.database.query(
            `update job_runs set attempts = attempts + 1, lease = $2, leased_until = app_now() + interval '30 seconds' where id = $1`,
            [id, newId()],
          )
          return 1
        }),
      )
      if (claims.filter((each) => each === 1).length > 1) doubled++
      await kit.database.query(
        `update job_runs set finished_at = app_now(), lease = null, leased_until = null where id = $1`,
        [id],
      )
    }
    await close()
    expect(doubled).toBeGreaterThan(0)
    expect(ran).toEqual([])
  })

  test('write two runs of one job where the index is gone and nobody holds the schedule', async () => {
    const kit = await openKit()
    await kit.database.query('drop index job_runs_one_at_a_time')
    const { jobs, workers, close } = openWorkers(kit, ['job-0'])
    await declare(kit.as('system'), jobs)
    const write = ({ ctx }: (typeof workers)[number]) =>
      ctx.database.query(
        `insert into job_runs (id, name, queue, asked_by) select $1, 'job-0', 'periodic', '{}'
         where not exists (select from job_runs where name = 'job-0' and finished_at is null and failed_at is null)`,
        [newId()],
      )
    let most = 0
    for (let round = 0; round < 30 && most < 2; round++) {
      await kit.database.query('delete from job_runs')
      await Promise.all(workers.map(write))
      most = Number((await kit.database.query('select count(*) as n from job_runs')).rows[0]!.n)
    }
    await close()
    expect(most).toBeGreaterThan(1)
  })

  test('who ask for one job at once are answered yes once, and refused by name otherwise', async () => {
    const kit = await openKit()
    const { jobs, workers, close } = openWorkers(kit, ['job-0'])
    await declare(kit.as('system'), jobs)
    for (let round = 0; round < 20; round++) {
      await kit.database.query('delete from job_runs')
      const asked = await Promise.allSettled(workers.map(({ ctx }) => schedules.ask(ctx, 'job-0')))
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const each of asked)
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ slug: 'schedules/already-open' })
    }
    await close()
  })
})

describe('kill -9', () => {
  const open = async () => {
    const kit = await openKit()
    await kit.database.query(
      'create table testing.notes (job text, what text, pid int, at timestamptz default clock_timestamp())',
    )
    const start = async () => {
      const worker = await startProcess({
        command: [],
        entry: 'test/races/job-worker.ts',
        env: { DATABASE_URL: needed(kit), LOG_LEVEL: 'info' },
        until: /"working"/,
      })
      running.push(worker)
      return worker
    }
    const notes = async (job: string, what: string) =>
      (
        await kit.database.query('select pid, at from testing.notes where job = $1 and what = $2 order by at', [
          job,
          what,
        ])
      ).rows
    const poll = (look: () => Promise<unknown>, timeout: number) => expect.poll(look, { timeout, interval: 20 })
    return { kit, start, notes, poll }
  }

  // reliability R6
  test('of a worker in the middle of a run: another finishes it within thirty seconds', async () => {
    const { kit, start, notes, poll } = await open()
    const [first, second] = await Promise.all([start(), start()])
    const workers = [first, second]
    const took: number[] = []
    for (let kill = 0; kill < 2; kill++) {
      await kit.database.query('delete from testing.notes')
      await schedules.ask(kit.as('system'), 'slow')
      await poll(async () => (await notes('slow', 'begun')).length, 10_000).toBe(1)
      const [{ pid }] = (await notes('slow', 'begun')) as [{ pid: number }]
      const victim = workers.find((each) => each.pid === pid)!
      await victim.kill()
      const killed = Date.now()
      await poll(async () => (await notes('slow', 'done')).length, 40_000).toBe(1)
      took.push((Date.now() - killed) / 1_000)
      expect((await notes('slow', 'begun')).map((each) => each.pid)).toEqual([pid, expect.any(Number)])
      workers[workers.indexOf(victim)] = await start()
    }
    console.log(`done by another after ${took.map((each) => each.toFixed(1)).join(' and ')} s`)
    expect(Math.max(...took)).toBeLessThan(30)
    const { rows } = await kit.database.query(
      `select attempts, finished_at is not null as done from job_runs where name = 'slow'`,
    )
    expect(rows).toEqual([
      { attempts: 2, done: true },
      { attempts: 2, done: true },
    ])
  })

  // reliability R12
  test('by the job itself, again and again: five tries, then a dead letter, and all others are done meanwhile', async () => {
    const { kit, start, poll } = await open()
    let worker = await start()
    const system = kit.as('system')
    for (const name of ['deadly', 'failing', ...Array.from({ length: 20 }, (_, n) => `quick-${n}`)])
      await schedules.ask(system, name)
    const stateOf = async (name: string) =>
      (
        await kit.database.query('select attempts, finished_at, failed_at, last_error from job_runs where name = $1', [
          name,
        ])
      ).rows[0]!
    for (let death = 1; death <= 5; death++) {
      await worker.ended
      expect(await stateOf('deadly')).toMatchObject({ attempts: death })
      await kit.clock.advance({ minutes: 40 })
      worker = await start()
    }
    await poll(async () => (await stateOf('deadly')).failed_at !== null, 10_000).toBe(true)
    expect(await stateOf('deadly')).toMatchObject({
      attempts: 5,
      last_error: 'the last try ended with the worker that made it',
    })
    for (let more = 0; more < 5 && (await stateOf('failing')).failed_at === null; more++) {
      await kit.clock.advance({ minutes: 40 })
      await delay(2_500)
    }
    // Its last try may have been one of those that died with the worker.
    expect(await stateOf('failing')).toMatchObject({
      attempts: 5,
      last_error: expect.stringMatching(/^(always|the last try ended with the worker that made it)$/),
      failed_at: expect.any(Date),
    })
    // One that a worker had in hand when it died waits for the end of its lease.
    const quick = async () =>
      (
        await kit.database.query(
          `select count(*) as n from job_runs where name like 'quick-%' and finished_at is not null`,
        )
      ).rows
    await poll(quick, 40_000).toEqual([{ n: 20 }])
    expect(await worker.stop()).toBe(0)
  })
})
