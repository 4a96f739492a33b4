import type { Logger } from 'pino'
import { openLogInProviders } from '#accounts/providers/open'
import type { Config } from '#config'
import { connectEmbedded, connectPostgres, type Database } from '#db/connect'
import type { About, Ctx } from '#kernel/ctx'
import { openFiles } from '#kernel/files'
import { openLimiter } from '#kernel/limiter'
import { closeChannels, openChannels } from '#notifications/channels/open'
import { openProviders } from '#payments/providers/open'
import { openDesk } from '#registrations/desk'
import { join } from 'node:path'
import { reactions } from './reactions.ts'

const LONGEST_WAIT_MS = 60_000

/** PostgreSQL was waited for in vain. */
export class DatabaseAway extends Error {}

type Waiting = {
  /** An embedded database has ended by itself: nothing can be done any more. */
  onLost?: (error: Error) => void
  /** For how long PostgreSQL is waited for. */
  longestMs?: number
}

/**
 * The database that the settings name. An embedded one is opened and locked; PostgreSQL is waited for. Throws FolderInUse
 * and DatabaseAway.
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databaseConnections' | 'dataDir'>,
  log: Logger,
  { onLost = rethrow, longestMs = LONGEST_WAIT_MS }: Waiting = {},
): Promise<Database> {
  if (!config.databaseUrl) return connectEmbedded({ folder: join(config.dataDir, 'database'), onLost })
  const database = connectPostgres(config.databaseUrl, {
    connections: config.databaseConnections,
    onError: (error) => log.warn({ err: error }, 'a connection to the database was lost'),
  })
  await waitUntilThere(database, log, longestMs)
  return database
}

function rethrow(error: Error): never {
  throw error
}

/** The surroundings of everything this process does, with everything that it opened. */
export function openSurroundings(
  config: Config,
  log: Logger,
  database: Database,
): { ctx: Ctx; close: () => Promise<void> } {
  const wakers: Ctx['wakers'] = new Set()
  const { wake, close: tellTheRest } = tellOthers(database, log, wakers)
  const desk = openDesk(database, wake)
  const channels = openChannels(config, database)
  const files = openFiles(config)
  const limiter = openLimiter({ config, database, log })
  const ctx: Ctx = {
    db: database.kysely,
    actor: { kind: 'anonymous' },
    now: () => new Date(),
    log,
    config,
    database,
    reactions,
    limiter,
    wake,
    wakers,
    desk,
    channels,
    files,
    pay: openProviders(config),
    logInProviders: openLogInProviders(config),
  }
  return {
    ctx,
    async close() {
      await desk.drain()
      await tellTheRest()
      closeChannels(channels)
      await files.close()
      await limiter.close()
      await database.close()
    },
  }
}

const CHANNEL = 'facts'
const IN_NOTICE = 150 // ids; a notice holds 8,000 bytes
const TOGETHER_MS = 50
const AGAIN_MS = 1_000
const MOST_TOLD = 3_000 // beyond that everything is forgotten, which is cheaper than telling

/**
 * Tells this process at once that facts were written, and other processes at most every 50 ms, so that a rush of commits
 * is not a rush of notices. What could not be told is told again; `close` tries a last time.
 */
function tellOthers(
  database: Database,
  log: Logger,
  wakers: Ctx['wakers'],
): { wake: Ctx['wake']; close: () => Promise<void> } {
  const here = (about: About) => wakers.forEach((wake) => wake(about))
  if (database.engine === 'embedded') return { wake: here, close: async () => {} }
  const untold = new Set<string>()
  let pending: NodeJS.Timeout | undefined
  let closed = false

  function tellIn(milliseconds: number) {
    if (!closed) pending ??= setTimeout(() => ((pending = undefined), void tell()), milliseconds)
  }

  async function tell(): Promise<void> {
    const ids = untold.size > MOST_TOLD ? ['*'] : [...untold]
    untold.clear()
    for (let at = 0; at < ids.length; at += IN_NOTICE) {
      const some = ids.slice(at, at + IN_NOTICE)
      try {
        await database.query('select pg_notify($1, $2)', [CHANNEL, some.join(' ')])
      } catch (error) {
        log.debug({ err: error }, 'could not tell the other processes what happened; trying again')
        for (const id of ids.slice(at)) untold.add(id)
        return tellIn(AGAIN_MS)
      }
    }
  }

  return {
    wake(about) {
      here(about)
      for (const each of about) untold.add(each)
      tellIn(TOGETHER_MS)
    },
    async close() {
      closed = true
      clearTimeout(pending)
      await tell()
    },
  }
}

/** Hears of facts that other processes wrote down. Who could not listen for a while takes it that anything happened. */
export async function hearOthers(ctx: Ctx): Promise<void> {
  if (ctx.database.engine !== 'postgres') return
  const happened = (about: About) => ctx.wakers.forEach((wake) => wake(about))
  await ctx.database.listen(
    CHANNEL,
    (notice) => happened(notice.split(' ')),
    () => happened(['*']),
  )
}

/** Waits for PostgreSQL with growing pauses, and says so. */
async function waitUntilThere(database: Database, log: Logger, longestMs: number): Promise<void> {
  const begun = Date.now()
  for (let pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      return await database.ping()
    } catch (error) {
      const { message, code } = error as Error & { code?: string }
      const reason = message || code // where a name has several addresses, what went wrong with all of them has no message
      if (Date.now() - begun + pause > longestMs) {
        await database.close()
        throw new DatabaseAway(
          `The database did not answer for ${longestMs / 1000} seconds: ${reason}. Compare DATABASE_URL with where it runs, and who may log in there.`,
        )
      }
      log.warn({ reason, again: `${pause} ms` }, 'waiting for the database')
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
