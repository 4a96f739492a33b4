import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import type { Config } from '#config'
import { pendingMigrations } from '#db/migrate'
import type { Ctx } from '#kernel/ctx'
import { fail, ok, warn, type Finding } from './finding.ts'

// What everything stands on: the database, its schema, its clock, and the disk.

const OLDEST = 15
const SLOW_MS = 200

/** Whether the database answers, which it is, and how fast. */
export async function database(ctx: Ctx): Promise<Finding> {
  let ms = Infinity
  let version = ''
  for (let time = 0; time < 3; time++) {
    const began = performance.now()
    const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(ctx.db)
    ms = Math.min(ms, Math.round(performance.now() - began)) // the first one may have to connect
    version = rows[0]!.version
  }
  const which =
    ctx.database.engine === 'embedded' ? `The embedded database (PostgreSQL ${version})` : `PostgreSQL ${version}`
  if (ctx.database.engine === 'postgres' && Number.parseInt(version) < OLDEST)
    return fail('database', `${which} is too old.`, `Move to PostgreSQL ${OLDEST} or newer.`)
  if (ms > SLOW_MS)
    return warn(
      'database',
      `${which} took ${ms} ms to answer nothing.`,
      'Bring it nearer, or look at what keeps it busy.',
    )
  return ok('database', `${which} answers in ${ms} ms.`)
}

/** Whether the schema is the one that this program wants. */
export async function migrations(ctx: Ctx): Promise<Finding> {
  const pending = await pendingMigrations(ctx.database).catch(() => null)
  if (pending === null) return fail('migrations', 'This database was never migrated.', 'Run `migrate`.')
  if (pending.length > 0)
    return fail('migrations', `${pending.length} schema files are missing: ${pending.join(', ')}.`, 'Run `migrate`.')
  return ok('migrations', 'The schema is the newest.')
}

const UNNOTICED_SECONDS = 1
const WRONG_SECONDS = 30

/** How far our clock is from the database's, by which everything about time is judged. */
export async function clock(ctx: Ctx): Promise<Finding> {
  const before = ctx.now().getTime()
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(ctx.db)
  const took = ctx.now().getTime() - before
  const apart = Math.abs(rows[0]!.now.getTime() - (before + took / 2))
  const seconds = Math.max(0, apart - took / 2) / 1_000 // when between question and answer it looked is not known
  if (seconds <= UNNOTICED_SECONDS) return ok('clock', 'This machine and the database agree what time it is.')
  const says = `The clock of this machine and the database's are ${seconds.toFixed(1)} seconds apart.`
  const todo = 'Have both set by NTP: tokens are judged by ours, times of events by the database’s.'
  return seconds > WRONG_SECONDS ? fail('clock', says, todo) : warn('clock', says, todo)
}

const MB = 1024 * 1024
const SCARCE = 1024 * MB
const GONE = 100 * MB

/** How much room there is where our files are. */
export async function disk({ dataDir, databaseUrl, filesS3 }: Config): Promise<Finding> {
  let folder = dataDir
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const says = `${free > 10 * SCARCE ? Math.round(free / MB / 1024) : (free / MB / 1024).toFixed(1)} GB are free in DATA_DIR.`
  const kept = [...(databaseUrl ? [] : ['the database']), ...(filesS3 ? [] : ['pictures'])].join(' and ')
  if (free > SCARCE || !kept) return ok('disk', says)
  const todo = `Make room: ${kept} cannot be written without it.`
  return free < GONE ? fail('disk', says, todo) : warn('disk', says, todo)
}
