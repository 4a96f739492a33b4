import { BadConfiguration } from '#config'
import { FolderInUse } from '#db/folder-lock'
import { MigrationsDiffer } from '#db/migrate'
import { Refusal } from '#kernel/problem'
import { addAdmin } from './commands/create-admin.ts'
import { seeDoctor } from './commands/doctor.ts'
import { showSchedules } from './commands/schedules.ts'
import { cleanUpNow, retainNow } from './commands/upkeep.ts'
import { beat, sendOutbox, serve, start, work } from './commands/work.ts'
import { SYNC_USAGE, syncNow } from './commands/sync.ts'
import { runMigrations, runOnce } from './run.ts'
import { DatabaseAway } from './surroundings.ts'

const USAGE = `turnout <command>

  start          everything in one process, with examples in it: for trying it out
  serve          [[address:]port]: the HTTP server; with the embedded database the worker, too
  worker         [--queues notifications,periodic]: what happens later: facts, messages, jobs (PostgreSQL only)
  beat           fires the schedules and runs nothing; every worker fires them, too (PostgreSQL only)
  outbox         [--sleep 1]: writes and sends messages and does nothing else
  migrate        brings the database to the newest schema
  schedules      when each job runs and how it went; run NAME: has one run now
  doctor         [--send-to ADDRESS]: what is well and what to do about the rest; 1 when something fails
  clean-up       [--dry-run] [--days N]: erases or archives events that are long over, and says which
  retention      [--dry-run]: takes away what was kept for as long as the settings say, and says how much
${SYNC_USAGE}
  create-admin   [--username NAME] [--email ADDRESS]; asks for the rest

Also known as: runserver (serve), createsuperuser (create-admin), process_notifications_outbox (outbox)
Settings are environment variables: docs/configuration.md`

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start,
  serve,
  worker: work,
  beat,
  outbox: sendOutbox,
  migrate: runMigrations,
  schedules: showSchedules,
  doctor: seeDoctor,
  'clean-up': cleanUpNow,
  retention: retainNow,
  sync: (args) => runOnce((ctx) => syncNow(ctx, args)),
  'create-admin': addAdmin,
  // As the systems that we replace call them.
  runserver: serve,
  createsuperuser: addAdmin,
  process_notifications_outbox: sendOutbox,
  run_sync_events: (args) => runOnce((ctx) => syncNow(ctx, args)),
}

async function main([name = 'help', ...args]: string[]): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command(args)
  console.error(USAGE)
  process.exitCode = name === 'help' || name === '--help' ? 0 : 2
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = [BadConfiguration, DatabaseAway, FolderInUse, MigrationsDiffer, Refusal].some(
    (kind) => error instanceof kind,
  )
  console.error(expected ? (error as Error).message : error)
  process.exit(1)
})
