import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Measured } from './load.ts'

// The other side of what the database does: the same work as one prepared statement, from pgbench, which costs nearly nothing.

/** Rejects with what to do when there is no pgbench. */
export function demandPgbench(): void {
  try {
    execFileSync('pgbench', ['--version'], { stdio: 'ignore' })
  } catch {
    throw new Error(
      'The bench compares with pgbench, which is not on PATH. It comes with the PostgreSQL server or its contrib package.',
    )
  }
}

/** Runs the script at each of these connection counts and keeps the fastest. `ran` is how often it was done at all of them. */
export async function pgbench(
  databaseUrl: string,
  script: string,
  clients: number[],
  seconds: number,
): Promise<Measured & { ran: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'turnout-bench-'))
  const file = join(folder, 'script.sql')
  writeFileSync(file, script)
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const env = {
    PATH: process.env.PATH,
    PGHOST: hostname.replace(/^\[|\]$/g, ''),
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
  }
  try {
    let best = { perSecond: 0, p50: null, p99: null, note: '' }
    let ran = 0
    for (const count of clients) {
      const threads = Math.min(count, 2)
      const run = String(++runs).padStart(4, '0')
      const args = [
        '-n',
        '-M',
        'prepared',
        '-c',
        String(count),
        '-j',
        String(threads),
        '-T',
        String(seconds),
        '-D',
        `run=${run}`,
        '-D',
        'i=0',
        '-f',
        file,
      ]
      const { stdout } = await promisify(execFile)('pgbench', args, { env, timeout: (seconds + 20) * 1_000 })
      const perSecond = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
      const failed = Number(/failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0)
      if (!(perSecond > 0) || failed > 0) throw new Error(`pgbench did not run well:\n${stdout}`)
      ran += Number(/actually processed: (\d+)/.exec(stdout)![1])
      if (perSecond > best.perSecond) best = { ...best, perSecond, note: `-c ${count}` }
    }
    return { ...best, ran }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
let runs = 0

/**
 * One person takes a seat: the conditional update of the seat row and the insert of the registration, in one statement.
 * Ids grow with time as ours do, so that the indexes are treated alike. The events are those of `openEvents`.
 */
export function seatScript(eventIds: string[]): string {
  const address = `'person.' || :i::text || '.' || :client_id::text || '.' || :run::text || '@example.net'`
  return `
\\set i :i + 1
\\set e random(1, ${eventIds.length})
with seat as (
  update seat_pools set taken = taken + 1
  where event_id = ('${eventIds[0]!.slice(0, 24)}' || lpad(to_hex(:e::int), 12, '0'))::uuid and (capacity is null or taken < capacity)
  returning event_id
)
insert into registrations (id, event_id, name, email, email_key, status)
select (:run::text || lpad(to_hex(:i::bigint * 64 + :client_id::bigint), 28, '0'))::uuid, event_id, 'Person ' || :i::text, ${address}, ${address}, 'going'
from seat;
`
}
