import { readConfig, type Mode } from '#config'
import { migrate, MigrationsDiffer, pendingMigrations } from '#db/migrate'
import type { App } from '#http/app'
import { actingAs, type Ctx } from '#kernel/ctx'
import { openLog } from '#kernel/log'
import { buildApp } from './app.ts'
import type { Logins } from './demo/demo.ts'
import { hearOthers, openDatabase, openSurroundings } from './surroundings.ts'
import { startWorker } from './worker.ts'

const LONGEST_STOP_MS = 20_000

/** What a process is there for. */
export type Purpose = {
  serve?: boolean
  /** Begins what is done beside serving, and answers how to end it. With the embedded database `serve` works in any case. */
  work?: (ctx: Ctx) => Promise<() => Promise<unknown>>
  /** Has an embedded database to itself, where nobody else has it; otherwise it is refused without `serve`. */
  alone?: boolean
  /** Settings that were typed with the command. */
  given?: Record<string, string>
}

/** Serves, works, or both, until the process is told to stop; then lets what is under way finish and closes everything. */
export async function run(commandMode: Mode, { serve = false, work, alone = false, given }: Purpose): Promise<void> {
  const config = readConfig(commandMode, undefined, given)
  const log = openLog(config)
  const opened: (() => Promise<unknown>)[] = [] // what has to be closed, the last opened first
  let stopping: string | undefined

  async function stop(why: string, exitCode: number): Promise<never> {
    if (stopping) return new Promise(() => {})
    stopping = why
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref()
    for (const close of opened.reverse())
      await close().catch((error: unknown) => log.error({ err: error }, 'could not close cleanly'))
    log.info({ why }, 'stopped')
    await new Promise<void>((resolve) => log.flush(() => resolve()))
    process.exit(exitCode)
  }
  process.on('SIGTERM', (signal) => void stop(signal, 0))
  process.on('SIGINT', (signal) => void stop(signal, 0))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'an error that nobody expected; stopping')
      void stop(event, 1)
    })
  }

  try {
    const onLost = (error: Error) => {
      log.fatal({ err: error }, 'the embedded database has ended by itself; stopping, because nothing works without it')
      void stop('the embedded database is gone', 1)
    }
    const database = await openDatabase(config, log, { onLost })
    const { ctx, close } = openSurroundings(config, log, database)
    opened.push(close)
    const embedded = database.engine === 'embedded'
    if (embedded && !serve && !alone) {
      throw new MigrationsDiffer(
        'The embedded database belongs to one process: `serve` does the work of `worker` too. Set DATABASE_URL to have both.',
      )
    }
    await seeToSchema(ctx)

    await hearOthers(ctx)
    const demo = config.mode === 'demo' ? await openDemo(ctx, opened) : undefined
    if (serve) {
      const app = await buildApp(ctx, { isDraining: () => stopping !== undefined, moreRoutes: demo?.routes })
      await app.listen({ host: config.host, port: config.port })
      opened.push(() => app.close())
    }
    const working = work ?? (embedded ? startWorker : undefined)
    if (working) opened.push(await working(ctx))
    log.info(
      { mode: config.mode, database: database.engine, ...(serve ? { url: config.baseUrl } : {}) },
      serve ? 'serving' : 'working',
    )
    demo?.greet()
  } catch (error) {
    if (stopping) return new Promise<void>(() => {}) // it failed because everything is being closed under it; `stop` ends the process
    for (const close of opened.reverse()) await close().catch(() => {})
    throw error
  }
}

/** Opens the database, does one thing and leaves. */
export async function runOnce(work: (ctx: Ctx) => Promise<void>): Promise<void> {
  await once(seeToSchema, work)
}

/** Opens the database, brings it to the newest schema and leaves. */
export async function runMigrations(): Promise<void> {
  await once(bringUpToDate, async () => {})
}

async function once(prepare: (ctx: Ctx) => Promise<void>, work: (ctx: Ctx) => Promise<void>): Promise<void> {
  const config = readConfig()
  const log = openLog(config)
  const { ctx, close } = openSurroundings(config, log, await openDatabase(config, log))
  try {
    await prepare(ctx)
    await work(actingAs(ctx, { kind: 'system', name: 'command line' }))
  } finally {
    await close()
  }
}

async function bringUpToDate(ctx: Ctx): Promise<void> {
  for (const name of await migrate(ctx.database)) ctx.log.info({ migration: name }, 'schema file applied')
}

/** In production several old and new processes may share a database: there only `migrate` changes its schema. */
async function seeToSchema(ctx: Ctx): Promise<void> {
  if (ctx.config.mode !== 'production' || ctx.database.engine === 'embedded') return bringUpToDate(ctx)
  const pending = await pendingMigrations(ctx.database).catch(() => ['all of them'])
  if (pending.length > 0)
    throw new MigrationsDiffer(
      `The database is not on the newest schema (missing: ${pending.join(', ')}): run \`migrate\` first.`,
    )
}

/** What only demo mode has, and only demo mode loads: examples, and a mail server that shows what it takes. */
async function openDemo(
  ctx: Ctx,
  opened: (() => Promise<unknown>)[],
): Promise<{ routes: (app: App) => void; greet: () => void }> {
  const [{ fillWithExamples }, { startDevMail, devMailRoutes }] = await Promise.all([
    import('./demo/demo.ts'),
    import('./dev-mail/dev-mail.ts'),
  ])
  const { smtpDevPort, baseUrl } = ctx.config
  const devMail = await startDevMail({ port: smtpDevPort, print: (line) => console.log(line) })
  opened.push(() => devMail.stop())
  const logins = await fillWithExamples(actingAs(ctx, { kind: 'system', name: 'demo' }))
  return {
    routes: (app) => devMailRoutes(app, devMail),
    greet: () => console.log(greeting(baseUrl, devMail.port, logins)),
  }
}

function greeting(baseUrl: string, mailPort: number, logins: Logins | null): string {
  const who = logins
    ? `organizer   ${logins.organizer.username} / ${logins.organizer.password}
    admin       ${logins.admin.username} / ${logins.admin.password}`
    : 'This database is not empty: nothing was added to it.'
  return `
  Turnout is running.

    ${baseUrl}              find an event
    ${baseUrl}/dev/mail     the mails it has sent (it takes mail on 127.0.0.1:${mailPort})
    ${baseUrl}/api/docs/    its API

    ${who}
`
}
