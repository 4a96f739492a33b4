import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from '#kernel/project-folder'
import type { Client, Database } from './connect.ts'

export const MIGRATIONS = join(projectFolder, 'server/db/migrations')

// Any number that nobody else in the database uses: "turnout" on a telephone's keys.
const ADVISORY_LOCK = 8876688

const LONGEST_MS = 11 * 60_000

/** A migration that was applied has another text now, or a newer program has been here. */
export class MigrationsDiffer extends Error {}

/**
 * Brings the database to the newest schema, each file in a transaction of its own, and returns the names applied.
 * Forward only. Several starters wait for each other; a file that was applied may not change afterwards.
 */
export async function migrate(database: Database, folder = MIGRATIONS): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort()
  return database.borrow(async (client) => {
    const run = (text: string, values?: unknown[]) => client.query({ text, values, query_timeout: LONGEST_MS })
    await run(`set lock_timeout = '60s'; set statement_timeout = '10min'`)
    if (database.engine === 'postgres') await run('select pg_advisory_lock($1)', [ADVISORY_LOCK])
    try {
      await run(`create table if not exists migrations (
        name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())`)
      await run(`comment on table migrations is 'The schema files that have been applied, with a checksum of each.'`)
      const { rows } = await run('select name, checksum from migrations order by name', [])
      const applied = new Map(rows.map((row) => [row.name as string, row.checksum as string]))
      const unknown = [...applied.keys()].find((name) => !files.includes(name))
      if (unknown)
        throw new MigrationsDiffer(
          `The database has ${unknown}, which this program does not know: it is older than the database.`,
        )

      const done: string[] = []
      for (const name of files) {
        const text = await readFile(join(folder, name), 'utf8')
        const checksum = createHash('sha256').update(text).digest('hex')
        if (applied.has(name)) {
          if (applied.get(name) !== checksum)
            throw new MigrationsDiffer(`${name} was changed after it had been applied; add a new file instead.`)
          continue
        }
        await apply(client, name, text, checksum)
        done.push(name)
      }
      return done
    } finally {
      if (database.engine === 'postgres') await run('select pg_advisory_unlock($1)', [ADVISORY_LOCK])
      await run(`reset lock_timeout; reset statement_timeout`)
    }
  })
}

async function apply(client: Client, name: string, text: string, checksum: string): Promise<void> {
  await client.query({ text: 'begin' })
  try {
    await client.query({ text, query_timeout: LONGEST_MS })
    await client.query({ text: 'insert into migrations (name, checksum) values ($1, $2)', values: [name, checksum] })
    await client.query({ text: 'commit' })
  } catch (error) {
    await client.query({ text: 'rollback' }) // before the lock is let go, which no aborted transaction can
    throw error
  }
}

/** The files that have yet to be applied: empty when the schema is current. */
export async function pendingMigrations(database: Database, folder = MIGRATIONS): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const rows = await database.kysely.selectFrom('migrations').select('name').execute()
  const applied = new Set(rows.map((row) => row.name))
  return files.filter((name) => !applied.has(name))
}
