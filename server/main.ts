import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { createAdmin } from '#accounts'
import { BadConfiguration, readConfig, type Mode } from '#config'
import { FolderInUse } from '#db/folder-lock'
import { migrate, MigrationsDiffer, pendingMigrations } from '#db/migrate'
import { actingAs, type Ctx } from '#kernel/ctx'
import { migrateJobs } from '#kernel/jobs'
import { openLog } from '#kernel/log'
import { Refusal } from '#kernel/problem'
import type { App } from '#http/app'
import { buildApp } from './app.ts'
import type { Logins } from './demo/demo.ts'
import { openDatabase, openSurroundings } from './surroundings.ts'
import { startWorker } from './worker.ts'

const USAGE = `turnout <command>

  start          everything in one process, with examples: for trying it out (MODE=demo)
  serve          the HTTP server; with the embedded database also the worker
  worker         what happens later: facts, messages, jobs (PostgreSQL only)
  migrate        brings the database to the newest schema
  create-admin   --username NAME --email ADDRESS, the password in ADMIN_PASSWORD

Settings are environment variables: docs/configuration.md`

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: () => run('demo', { serve: true, work: true }),
  serve: () => run('production', { serve: true, work: false }),
  worker: () => run('production', { serve: false, work: true }),
  migrate: () => once(async () => {}),
  'create-admin': (args) => once((ctx) => addAdmin(ctx, args)),
}

async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2)
  const command = commands[name]
  if (!command) {
    console.error(USAGE)
    process.exitCode = name === '' || name === 'help' ? 0 : 2
    return
  }
  await command(args)
}

/** Opens everything, serves or works until told to stop, and closes it in the order that loses nothing. */
async function run(commandMode: Mode, what: { serve: boolean; work: boolean }): Promise<void> {
  const config = readConfig(commandMode)
  const log = openLog(config)
  const database = await openDatabase(config, log)
  if (!what.serve && database.engine === 'embedded') {
    await database.close()
    throw new Error('The embedded database belongs to one process: `serve` does the work of `worker` too. Set DATABASE_URL to have both.')
  }
  const { ctx, close } = openSurroundings(config, log, database)
  const closers: (() => Promise<unknown>)[] = []
  let stopping = false

  if (config.mode !== 'production' || database.engine === 'embedded') await bringUpToDate(ctx)
  else if ((await pending(ctx)).length > 0) throw new MigrationsDiffer('The database is not on the newest schema: run `migrate` first.')

  // Only demo mode loads what only demo mode needs.
  let logins: Logins | undefined
  let demoRoutes: ((app: App) => void) | undefined
  if (config.mode === 'demo') {
    const [{ fillWithExamples }, { startDevMail, devMailRoutes }] = await Promise.all([import('./demo/demo.ts'), import('./dev-mail/dev-mail.ts')])
    const devMail = await startDevMail({ port: config.smtpDevPort, print: (line) => console.log(line) })
    demoRoutes = (app) => devMailRoutes(app, devMail)
    closers.push(() => devMail.stop())
    logins = await fillWithExamples(actingAs(ctx, { kind: 'system', name: 'demo' }))
  }
  if (what.serve) {
    const app = await buildApp(ctx, { isDraining: () => stopping, moreRoutes: demoRoutes })
    await app.listen({ host: config.host, port: config.port })
    closers.unshift(() => app.close())
  }
  if (what.work || database.engine === 'embedded') closers.splice(1, 0, await startWorker(ctx))
  closers.push(close)
  if (logins) greet(config.baseUrl, config.smtpDevPort, logins)
  else log.info({ mode: config.mode, database: database.engine, port: what.serve ? config.port : undefined }, what.serve ? 'serving' : 'working')

  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), 20_000).unref()
    void (async () => {
      for (const closing of closers) await closing().catch((error: unknown) => log.error({ err: error }, 'could not close cleanly'))
      process.exit(process.exitCode ?? 0)
    })()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'an error that nobody expected; stopping')
      process.exitCode = 1
      stop(event)
    })
  }
}

/** Opens the database, brings it up to date, does one thing and leaves. */
async function once(work: (ctx: Ctx) => Promise<void>): Promise<void> {
  const config = readConfig()
  const log = openLog(config)
  const { ctx, close } = openSurroundings(config, log, await openDatabase(config, log))
  try {
    await bringUpToDate(ctx)
    await work(actingAs(ctx, { kind: 'system', name: 'command line' }))
  } finally {
    await close()
  }
}

async function bringUpToDate(ctx: Ctx): Promise<void> {
  const applied = await migrate(ctx.database)
  await migrateJobs(ctx.database)
  for (const name of applied) ctx.log.info({ migration: name }, 'schema file applied')
}

async function pending(ctx: Ctx): Promise<string[]> {
  return pendingMigrations(ctx.database).catch(() => ['all'])
}

async function addAdmin(ctx: Ctx, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { username: { type: 'string' }, email: { type: 'string' } } })
  if (!values.username || !values.email) throw new Error('create-admin needs --username and --email; it asks for the password.')
  const password = await ask('Password: ')
  const { username } = await createAdmin(ctx, { username: values.username, email: values.email, password })
  console.log(`${username} is an admin now.`)
}

function greet(baseUrl: string, mailPort: number, logins: Logins): void {
  const line = (name: string, login: { username: string; password: string }) => `    ${name.padEnd(10)} ${login.username} / ${login.password}`
  console.log(`
  Turnout is running, with examples in it.

    ${baseUrl}              find an event
    ${baseUrl}/dev/mail     the mails it has sent (also taken on 127.0.0.1:${mailPort})
    ${baseUrl}/api/docs/    its API

${line('organizer', logins.organizer)}
${line('admin', logins.admin)}
`)
}

/** The next line of standard input, whether somebody types it or a pipe brings it. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stderr : undefined })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

main().catch((error: unknown) => {
  const expected = [BadConfiguration, FolderInUse, MigrationsDiffer, Refusal].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exit(1)
})
