// A worker with jobs that the races need and the program has not: one that takes a while, one that kills whoever runs it.
import { readConfig } from '#config'
import { actingAs, type Ctx } from '#kernel/ctx'
import type { Job } from '#kernel/jobs'
import { openLog } from '#kernel/log'
import { startRunner } from '#schedules/runner'
import { startScheduler } from '#schedules/scheduler'
import { openDatabase, openSurroundings } from '../../server/surroundings.ts'

const config = readConfig()
const log = openLog(config)
const { ctx, close } = openSurroundings(config, log, await openDatabase(config, log))
const system = actingAs(ctx, { kind: 'system', name: 'worker' })

const note = (job: string, what: string) => (the: Ctx) =>
  the.database.query('insert into testing.notes (job, what, pid) values ($1, $2, $3)', [job, what, process.pid])
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const job = (name: string, run: Job['run']): Job => ({ name, cron: '0 0 1 1 *', run })
const quick = Array.from({ length: 20 }, (_, n) => `quick-${n}`)

const jobs: readonly Job[] = [
  job('slow', async (the) => {
    await note('slow', 'begun')(the)
    await pause(1_500)
    await note('slow', 'done')(the)
  }),
  job('deadly', async (the) => {
    await note('deadly', 'begun')(the)
    process.kill(process.pid, 'SIGKILL')
  }),
  job('failing', async (the) => {
    await note('failing', 'begun')(the)
    throw new Error('always')
  }),
  ...quick.map((name) =>
    job(name, async (the) => {
      await note(name, 'begun')(the)
      await pause(20)
      await note(name, 'done')(the)
    }),
  ),
]
const scheduler = await startScheduler(system, jobs)
process.stdout.write('"working"\n') // before anything is run, which may be the end
const runner = startRunner(system, jobs)
process.on(
  'SIGTERM',
  () =>
    void Promise.all([runner.stop(), scheduler.stop()])
      .then(close)
      .then(() => process.exit(0)),
)
