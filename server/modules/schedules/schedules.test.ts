import { once } from 'node:events'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anAccount, openKit } from '../../../test/kit/kit.ts'
import type { Job } from '#kernel/jobs'
import { nextTime } from './next-time.ts'
import { runDue, startRunner } from './runner.ts'
import { forgetOldRuns } from './runs.ts'
import { declare, fireDue, startScheduler } from './scheduler.ts'
import * as schedules from './schedules.ts'

const kit = await openKit()
const { database } = kit
const system = kit.as('system')

const ran: string[] = []
let breaks = false
const job = (name: string, cron: string, run: Job['run'] = async () => void ran.push(name)): Job => ({
  name,
  cron,
  run,
})
const minutely = job('minutely', '* * * * *')
const nightly = job('nightly', '42 2 * * *')
const fragile = job('fragile', '*/10 * * * *', async () => {
  ran.push('fragile')
  if (breaks) throw new Error('the disk is full')
})
const telling = job('telling', '0 0 1 1 *', async () => ({ erased: 3, big: 7n }))
const mail: Job = { ...job('mail', '0 0 1 1 *'), queue: 'notifications' }
const jobs = [minutely, nightly, fragile, telling, mail]

/** A moment of a worker's life: what is due is fired and run. */
const work = async (these: readonly Job[] = jobs, limits: Parameters<typeof runDue>[2] = {}) => {
  await fireDue(system, these)
  return runDue(system, these, limits)
}
const query = async (text: string, values: unknown[] = []) => (await database.query(text, values)).rows
const open = async (name: string) =>
  (await query('select * from job_runs where name = $1 and finished_at is null and failed_at is null', [name]))[0]
const runsOf = (name: string) => query('select * from job_runs where name = $1 order by id', [name])
const scheduleOf = async (name: string) => (await schedules.list(system)).find((each) => each.name === name)!
const secondsUntil = async (date: Date) =>
  (date.getTime() - ((await query('select app_now() as now'))[0]!.now as Date).getTime()) / 1_000

beforeEach(async () => {
  await query('delete from job_runs')
  await query('delete from schedules')
  await declare(system, jobs)
  ran.length = 0
  breaks = false
})

// S1-12 S2-55 S4-10
describe('a schedule', () => {
  test('runs its job when the time comes, and not before', async () => {
    await work([nightly])
    expect(ran).toEqual([])
    const { next_run_at } = await scheduleOf('nightly')
    expect(next_run_at.toISOString()).toMatch(/T02:42:00/)
    await kit.clock.advance({ seconds: Math.ceil(await secondsUntil(next_run_at)) - 30 })
    await work([nightly])
    expect(ran).toEqual([])
    await kit.clock.advance({ seconds: 31 })
    await work([nightly])
    await work([nightly])
    expect(ran).toEqual(['nightly'])
    expect((await scheduleOf('nightly')).next_run_at.getTime() - next_run_at.getTime()).toBe(86_400_000)
  })

  // reliability R15
  test('that was missed, however often, is made up for once', async () => {
    await kit.clock.advance({ hours: 7 })
    await work([minutely])
    await work([minutely])
    expect(ran).toEqual(['minutely'])
    expect(await secondsUntil((await scheduleOf('minutely')).next_run_at)).toBeLessThanOrEqual(60)
  })

  test('that somebody edits is followed at once, also by a worker that is running', async () => {
    await schedules.change(system, 'nightly', { cron: '0 12 * * *', zone: 'europe/berlin' })
    const { cron, zone, default_cron, next_run_at } = await scheduleOf('nightly')
    expect({ cron, zone, default_cron }).toEqual({
      cron: '0 12 * * *',
      zone: 'Europe/Berlin',
      default_cron: '42 2 * * *',
    })
    const { hour } = Object.fromEntries(
      new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' })
        .formatToParts(next_run_at)
        .map(({ type, value }) => [type, value]),
    )
    expect(hour).toBe('12')
    await kit.clock.advance({ seconds: Math.ceil(await secondsUntil(next_run_at)) })
    await work([nightly])
    expect(ran).toEqual(['nightly'])
    await schedules.change(system, 'nightly', { cron: null, zone: 'UTC' })
    expect((await scheduleOf('nightly')).cron).toBe('42 2 * * *')
  })

  test('that is edited in the database itself is followed by the next look, and does not run for that', async () => {
    await query(`update schedules set cron = '*/5 * * * *' where name = 'nightly'`)
    await work([nightly])
    expect(ran).toEqual([])
    expect(await secondsUntil((await scheduleOf('nightly')).next_run_at)).toBeLessThanOrEqual(300)
    await query(`update schedules set cron = 'rubbish' where name = 'minutely'`)
    await kit.clock.advance({ minutes: 6 })
    await work([minutely, nightly])
    expect(ran).toEqual(['nightly']) // what cannot be read holds up nothing else
  })

  test('follows the program while nobody has changed it, and keeps what somebody has', async () => {
    await schedules.change(system, 'minutely', { cron: '*/7 * * * *' })
    await declare(system, [
      { ...minutely, cron: '*/2 * * * *' },
      { ...nightly, cron: '43 3 * * *' },
    ])
    expect(await scheduleOf('minutely')).toMatchObject({ cron: '*/7 * * * *', default_cron: '*/2 * * * *' })
    expect(await scheduleOf('nightly')).toMatchObject({ cron: '43 3 * * *', default_cron: '43 3 * * *' })
    await fireDue(system, jobs)
    expect((await scheduleOf('nightly')).next_run_at.toISOString()).toMatch(/T03:43:00/)
  })

  test('that is paused does not run; resumed, it does not make up for what it missed', async () => {
    await schedules.change(system, 'minutely', { paused: true })
    await kit.clock.advance({ minutes: 5 })
    await work([minutely])
    expect(ran).toEqual([])
    await schedules.change(system, 'minutely', { paused: false })
    await work([minutely])
    expect(ran).toEqual([])
    await kit.clock.advance({ minutes: 1 })
    await work([minutely])
    expect(ran).toEqual(['minutely'])
  })

  test('is gone an hour after the last worker that knew it, with the run that waited', async () => {
    await schedules.ask(system, 'telling')
    await kit.clock.advance({ minutes: 59 })
    await declare(system, [minutely])
    expect(await scheduleOf('telling')).toBeDefined()
    await kit.clock.advance({ minutes: 2 })
    await declare(system, [minutely])
    expect((await schedules.list(system)).map(({ name }) => name)).toEqual(['minutely'])
    expect(await runsOf('telling')).toMatchObject([{ last_error: 'there is no such job any more' }])
  })

  test('names a moment on the clock of its zone, also where that clock is put forward and back', () => {
    const next = (after: string, cron = '30 2 * * *') => nextTime(cron, 'Europe/Berlin', new Date(after)).toISOString()
    expect(next('2027-03-28T00:00:00Z')).toBe('2027-03-28T01:00:00.000Z') // 02:30 is left out, and it is three
    expect(next('2027-10-31T00:00:00Z')).toBe('2027-10-31T00:30:00.000Z')
    expect(next('2027-10-31T00:30:00Z')).toBe('2027-11-01T01:30:00.000Z') // 02:30 comes again, and is not the next
    expect(nextTime('0 0 29 2 *', 'UTC', new Date('2026-11-27')).toISOString()).toBe('2028-02-29T00:00:00.000Z')
    expect(nextTime('0 0 1 * 0', 'UTC', new Date('2026-11-27')).toISOString()).toBe('2026-11-29T00:00:00.000Z')
    expect(() => nextTime('0 0 30 2 *', 'UTC', new Date())).toThrow()
  })
})

describe('a run', () => {
  // S1-02 S3-32
  test('keeps who asked for it, how long it took and what came of it', async () => {
    await schedules.ask(system, 'telling')
    await work()
    expect(await runsOf('telling')).toMatchObject([
      {
        attempts: 1,
        result: { erased: 3, big: 7 },
        last_error: null,
        lease: null,
        asked_by: { kind: 'system', name: 'test' },
      },
    ])
    const { last, open } = await scheduleOf('telling')
    expect([last?.state, open]).toEqual(['done', null])
  })

  test('that returns what is large, no plain object or goes round in a ring keeps nothing of it, and is done', async () => {
    const ring: Record<string, unknown> = {}
    ring.ring = ring
    for (const value of [[1], 7, new Date(), { text: 'x'.repeat(5_000) }, ring, { nul: 'a\u0000b' }]) {
      const odd = job('telling', '0 0 1 1 *', async () => value)
      await schedules.ask(system, 'telling')
      await work([odd])
    }
    expect((await runsOf('telling')).map(({ result, finished_at }) => [result, finished_at !== null])).toEqual(
      Array.from({ length: 6 }, () => [null, true]),
    )
  })

  test('is tried again later when it fails, five times, and then is a dead letter that holds up nothing', async () => {
    breaks = true
    await schedules.ask(system, 'fragile')
    const waits: number[] = []
    for (let tries = 1; tries <= 5; tries++) {
      await runDue(system, jobs)
      expect(ran).toHaveLength(tries)
      await runDue(system, jobs)
      expect(ran).toHaveLength(tries) // not yet
      const run = await open('fragile')
      if (tries === 5) expect(run).toBeUndefined()
      else {
        expect(run).toMatchObject({ attempts: tries, last_error: 'the disk is full' })
        waits.push(await secondsUntil(run!.due_at as Date))
        await kit.clock.advance({ minutes: 20 })
      }
    }
    for (const [at, most] of [10, 40, 160, 640].entries()) {
      expect(waits[at]).toBeGreaterThan(most / 2 - 5)
      expect(waits[at]).toBeLessThanOrEqual(most)
    }
    expect(await runsOf('fragile')).toMatchObject([{ attempts: 5, finished_at: null, failed_at: expect.any(Date) }])
    await schedules.ask(system, 'telling')
    await work([telling, fragile])
    expect(await runsOf('telling')).toMatchObject([{ finished_at: expect.any(Date) }])
  })

  test('that waits for its next try begins with the schedule’s next time at the latest', async () => {
    breaks = true
    await schedules.ask(system, 'fragile')
    for (let tries = 0; tries < 4; tries++) {
      await runDue(system, jobs)
      if (tries < 3) await kit.clock.advance({ minutes: 20 })
    }
    expect(await secondsUntil((await open('fragile'))!.due_at as Date)).toBeGreaterThan(300)
    await query(`update schedules set next_run_at = app_now() where name = 'fragile'`)
    expect(await fireDue(system, [fragile])).toBe(1)
    expect(await secondsUntil((await open('fragile'))!.due_at as Date)).toBeLessThanOrEqual(0)
    expect(await runsOf('fragile')).toHaveLength(1)
  })

  test('that takes its worker down with it is given up, too, without another try', async () => {
    await schedules.ask(system, 'minutely')
    for (let death = 1; death <= 5; death++) {
      await query(
        `update job_runs set attempts = $1, lease = gen_random_uuid(), leased_until = app_now() + interval '30 seconds'`,
        [death],
      )
      expect(await runDue(system, jobs), 'somebody has it').toBe(0)
      if (death < 5) await kit.clock.advance({ seconds: 31 })
    }
    await kit.clock.advance({ seconds: 31 })
    expect(await runDue(system, [minutely])).toBe(0)
    expect(await runsOf('minutely')).toMatchObject([
      { last_error: 'the last try ended with the worker that made it', failed_at: expect.any(Date), lease: null },
    ])
    expect(ran).toEqual([])
  })

  // reliability R6
  test('whose worker fell silent is taken over, and what the first then says does not count', async () => {
    let letGo = () => {}
    let begun = () => {}
    const inTheMiddle = new Promise<void>((resolve) => (begun = resolve))
    const slow = job('telling', '0 0 1 1 *', () => {
      begun()
      return new Promise((resolve) => (letGo = () => resolve({ by: 'the first' })))
    })
    await schedules.ask(system, 'telling')
    const first = runDue(system, [slow])
    await inTheMiddle
    const second = job('telling', '0 0 1 1 *', async () => ({ by: 'the second' }))
    expect(await runDue(system, [second])).toBe(0)
    await kit.clock.advance({ seconds: 31 })
    expect(await runDue(system, [second])).toBe(1)
    letGo()
    await first
    expect(await runsOf('telling')).toMatchObject([{ attempts: 2, result: { by: 'the second' } }])
  })

  test('that goes on for too long has failed, and its place is free', async () => {
    await schedules.ask(system, 'telling')
    await runDue(system, [job('telling', '0 0 1 1 *', () => new Promise(() => {}))], { longest: 50 })
    expect(await open('telling')).toMatchObject({ last_error: 'it took longer than 0 seconds', lease: null })
  })

  test('renews its lease for as long as its worker lives', async () => {
    await schedules.ask(system, 'telling')
    const until = async () => ((await open('telling'))!.leased_until as Date).getTime()
    let first = 0
    await runDue(
      system,
      [
        job('telling', '0 0 1 1 *', async () => {
          first = await until()
          await expect.poll(until, { timeout: 5_000, interval: 20 }).toBeGreaterThan(first)
        }),
      ],
      { lease: 300 },
    )
    expect(first).toBeGreaterThan(0)
    expect(await runsOf('telling')).toMatchObject([{ attempts: 1, finished_at: expect.any(Date) }])
  })

  test('is one at a time of a job, however often it is due or asked for', async () => {
    await schedules.ask(system, 'minutely')
    await kit.clock.advance({ minutes: 2 })
    await fireDue(system, jobs)
    await expect(schedules.ask(system, 'minutely')).rejects.toMatchObject({ slug: 'schedules/already-open' })
    expect(await runsOf('minutely')).toHaveLength(1)
    await expect(
      query(
        `insert into job_runs (id, name, queue, asked_by) values (gen_random_uuid(), 'minutely', 'periodic', '{}')`,
      ),
    ).rejects.toThrow(/job_runs_one_at_a_time/)
  })

  // S1-43 S1-60
  test('is left to who works on its queue and knows its job', async () => {
    await schedules.ask(system, 'mail')
    expect(await runDue(system, jobs, { queues: ['periodic'] })).toBe(0)
    expect(await runDue(system, [minutely], { queues: ['notifications'] })).toBe(0)
    expect(await runDue(system, jobs, { queues: ['notifications'] })).toBe(1)
    expect(ran).toEqual(['mail'])
  })

  test('is forgotten after thirty days; of what runs every minute the last two thousand are kept', async () => {
    await query(`
      insert into job_runs (id, name, queue, asked_by, finished_at, failed_at)
      select gen_random_uuid(), 'minutely', 'periodic', '{}'::jsonb, app_now(), null::timestamptz from generate_series(1, 2005)
      union all select gen_random_uuid(), 'fragile', 'periodic', '{}', null, app_now() - n * interval '1 day' from unnest(array[29, 31]) n
      union all select gen_random_uuid(), 'nightly', 'periodic', '{}', app_now() - interval '31 days', null`)
    expect(await forgetOldRuns(system)).toEqual({ forgotten: 7 })
    expect(await query('select name, count(*) as n from job_runs group by name order by name')).toEqual([
      { name: 'fragile', n: 1 },
      { name: 'minutely', n: 2_000 },
    ])
  })
})

describe('a worker', () => {
  test('fires and runs by itself, keeps a few places, and on stopping waits for what it has in hand', async () => {
    let letGo = () => {}
    const slow = job('telling', '0 0 1 1 *', () => new Promise<void>((resolve) => (letGo = resolve)))
    const these = [slow, minutely]
    await schedules.ask(system, 'telling')
    await schedules.ask(system, 'minutely')
    const runner = startRunner(system, these)
    const scheduler = await startScheduler(system, these, () => runner.wake())
    await expect.poll(() => ran, { timeout: 5_000 }).toEqual(['minutely'])
    expect(await open('telling')).toMatchObject({ attempts: 1 })
    const stopped = Promise.all([scheduler.stop(), runner.stop()])
    letGo()
    await stopped
    expect(await runsOf('telling')).toMatchObject([{ finished_at: expect.any(Date) }])
  })

  test('tells what it has in hand that it stops, so that it ends before it is left', async () => {
    const patient = job('telling', '0 0 1 1 *', (_ctx, signal) => once(signal, 'abort'))
    await schedules.ask(system, 'telling')
    const runner = startRunner(system, [patient], { patience: 5_000 })
    await expect.poll(async () => (await open('telling'))?.attempts, { timeout: 5_000 }).toBe(1)
    await runner.stop()
    expect(await runsOf('telling')).toMatchObject([{ finished_at: expect.any(Date), attempts: 1 }])
  })

  test('that is stopped in the middle of a run has not failed at it', async () => {
    await schedules.ask(system, 'telling')
    const runner = startRunner(system, [job('telling', '0 0 1 1 *', () => new Promise(() => {}))], { patience: 50 })
    await expect.poll(async () => (await open('telling'))?.attempts, { timeout: 5_000 }).toBe(1)
    await runner.stop()
    expect(await open('telling')).toMatchObject({ attempts: 0, lease: expect.any(String) })
  })
})

describe('an admin', () => {
  let headers: { authorization: string }
  let admin: { username: string }
  beforeAll(async () => {
    admin = await anAccount(kit.ctx, { role: 'admin' })
    headers = await kit.signIn(admin)
  })
  const get = (path: string) => kit.call('GET', path, { headers })
  const send = (method: 'POST' | 'PATCH', path: string, payload?: object, more: object = {}) =>
    kit.call(method, path, { headers: { ...headers, ...more }, ...(payload ? { payload } : {}) })

  // S1-12
  test('sees every job with its last run and its next', async () => {
    breaks = true
    await send('POST', '/admin/schedules/telling/runs')
    await send('POST', '/admin/schedules/fragile/runs')
    await work()
    const { status, body } = await get('/admin/schedules')
    expect(status).toBe(200)
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(jobs.map(({ name }) => name).sort())
    const named = Object.fromEntries(body.items.map((each: { name: string }) => [each.name, each]))
    expect(named.telling).toMatchObject({
      queue: 'periodic',
      cron: '0 0 1 1 *',
      zone: 'UTC',
      pausedAt: null,
      nextRunAt: expect.stringMatching(/-01-01T00:00:00/),
      openRun: null,
      lastRun: {
        state: 'done',
        askedBy: 'account',
        askedByAccountId: expect.any(String),
        durationMs: expect.any(Number),
        lastError: null,
        result: { erased: 3, big: 7 },
      },
    })
    expect(named.fragile).toMatchObject({ openRun: 'waiting', lastRun: null })
  })

  test('changes and pauses a schedule, is told what is wrong with a crontab, and it is written down', async () => {
    const changed = await send('PATCH', '/admin/schedules/nightly', { cron: '*/5 4 * * 1-5', paused: true })
    expect(changed).toMatchObject({
      status: 200,
      body: {
        cron: '*/5 4 * * 1-5',
        defaultCron: '42 2 * * *',
        pausedAt: expect.any(String),
        nextRunAt: null,
        changedAt: expect.any(String),
      },
    })
    for (const [payload, pointer] of [
      [{ cron: '61 * * * *' }, '/cron'],
      [{ cron: '0 0 30 2 *' }, '/cron'],
      [{ cron: '* * * * * *' }, '/cron'],
      [{ cron: '' }, '/cron'],
      [{ zone: 'Mars/Olympus' }, '/zone'],
      [{ zone: '' }, '/zone'],
      [{ zone: '+02:00' }, '/zone'],
    ] as const) {
      const { status, body } = await send('PATCH', '/admin/schedules/nightly', payload)
      expect([status, body.errors?.[0]?.pointer], JSON.stringify(payload)).toEqual([422, pointer])
    }
    expect((await send('PATCH', '/admin/schedules/nightly', { cron: '61 * * * *' })).body.detail).toBe(
      'It must be five fields of a crontab in numbers, of days that there are, like 42 2 * * *.',
    )
    expect((await send('PATCH', '/admin/schedules/nothing', {})).status).toBe(404)
    const before = (await get('/audit?kind=schedule.changed')).body.items.length
    await send('PATCH', '/admin/schedules/nightly', { paused: true }) // it is already
    const { items } = (await get('/audit?kind=schedule.changed')).body
    expect(items).toHaveLength(before)
    expect(items[0].sentence).toBe('The job nightly runs at */5 4 * * 1-5 and was paused.')
  })

  test('has a job run now, also a paused one, unless one waits already; asking twice with one key is asking once', async () => {
    await send('PATCH', '/admin/schedules/minutely', { paused: true })
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await send('POST', '/admin/schedules/minutely/runs', undefined, key)
    expect(first).toMatchObject({ status: 202, body: { name: 'minutely', state: 'waiting', attempts: 0 } })
    expect((await send('POST', '/admin/schedules/minutely/runs', undefined, key)).body).toEqual(first.body)
    expect(await send('POST', '/admin/schedules/minutely/runs')).toMatchObject({
      status: 409,
      body: { type: '/problems/schedules/already-open', runId: first.body.id },
    })
    await work()
    expect(ran).toEqual(['minutely'])
    expect((await send('POST', '/admin/schedules/nothing/runs')).status).toBe(404)
    expect((await get('/audit?kind=job.asked')).body.items[0].sentence).toBe('The job minutely was asked for.')
  })

  test('lists runs by name and state, page by page', async () => {
    for (let n = 0; n < 3; n++) {
      await send('POST', '/admin/schedules/telling/runs')
      await work()
    }
    await send('POST', '/admin/schedules/nightly/runs')
    const names = async (query: string) =>
      (await get(`/admin/job-runs?${query}`)).body.items.map(
        ({ name, state }: Record<string, string>) => `${name} ${state}`,
      )
    expect(await names('')).toEqual(['nightly waiting', 'telling done', 'telling done', 'telling done'])
    expect(await names('state=waiting')).toEqual(['nightly waiting'])
    expect(await names('state=failed')).toEqual([])
    const page = (await get('/admin/job-runs?name=telling&limit=2')).body
    expect(page.items).toHaveLength(2)
    const rest = (await get(`/admin/job-runs?name=telling&limit=2&cursor=${page.nextCursor}`)).body
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null])
  })

  test('tries a dead letter again, which then has all its tries', async () => {
    breaks = true
    const { body: run } = await send('POST', '/admin/schedules/fragile/runs')
    expect(await send('POST', `/admin/job-runs/${run.id}/retries`)).toMatchObject({
      status: 409,
      body: { type: '/problems/schedules/not-given-up' },
    })
    for (let tries = 0; tries < 5; tries++) {
      await runDue(system, jobs)
      await kit.clock.advance({ minutes: 20 })
    }
    headers = await kit.signIn(admin)
    expect((await get('/admin/job-runs?state=failed')).body.items).toMatchObject([
      { id: run.id, attempts: 5, lastError: 'the disk is full' },
    ])
    const { body: another } = await send('POST', '/admin/schedules/fragile/runs')
    expect(await send('POST', `/admin/job-runs/${run.id}/retries`)).toMatchObject({
      status: 409,
      body: { type: '/problems/schedules/already-open', runId: another.id },
    })
    breaks = false
    await runDue(system, jobs)
    expect(await send('POST', `/admin/job-runs/${run.id}/retries`)).toMatchObject({
      status: 202,
      body: { state: 'waiting', attempts: 0, lastError: 'the disk is full' },
    })
    await runDue(system, jobs)
    expect((await get('/admin/job-runs?name=fragile')).body.items).toMatchObject([
      { state: 'done' },
      { id: run.id, state: 'done' },
    ])
    expect((await send('POST', `/admin/job-runs/${run.id}/retries`)).status).toBe(409)
    expect((await send('POST', `/admin/job-runs/${crypto.randomUUID()}/retries`)).status).toBe(404)
  })
})
