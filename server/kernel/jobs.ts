import PgBoss from 'pg-boss'
import type { Database } from '#db/connect'
import type { Ctx } from './ctx.ts'

/** Work by the clock: one line each in a module's jobs.ts. Runs on one machine at a time, at least once. */
export type Job = {
  name: string
  /** Five fields, in UTC. */
  cron: string
  run: (ctx: Ctx) => Promise<unknown>
}

/** Makes or updates the tables that jobs are kept in. Part of migrating. */
export async function migrateJobs(database: Database): Promise<void> {
  const boss = bossOn(database, { migrate: true, schedule: false, supervise: false })
  await boss.start()
  await boss.stop({ graceful: false, wait: true })
}

/** Runs these jobs when their time comes, until the returned function is called. Schedules that are gone are taken out. */
export async function startJobs(ctx: Ctx, jobs: readonly Job[]): Promise<() => Promise<void>> {
  const boss = bossOn(ctx.database, { migrate: false })
  boss.on('error', (error) => ctx.log.warn({ err: error }, 'the job runner has a problem'))
  await boss.start()
  for (const schedule of await boss.getSchedules()) {
    if (!jobs.some((job) => job.name === schedule.name)) await boss.unschedule(schedule.name)
  }
  for (const job of jobs) {
    await boss.createQueue(job.name, {
      name: job.name,
      policy: 'singleton',
      retryLimit: 3,
      retryBackoff: true,
      expireInMinutes: 30,
    })
    await boss.schedule(job.name, job.cron)
    await boss.work(job.name, { pollingIntervalSeconds: 10 }, async () => {
      const begun = performance.now()
      await job.run(ctx)
      ctx.log.info({ job: job.name, ms: Math.round(performance.now() - begun) }, 'job done')
    })
  }
  return () => boss.stop({ graceful: true, wait: true, timeout: 10_000 })
}

function bossOn(database: Database, options: Partial<PgBoss.ConstructorOptions>): PgBoss {
  return new PgBoss({
    ...options,
    db: { executeSql: (text, values) => database.query(text, values?.length ? values : undefined) },
  })
}
