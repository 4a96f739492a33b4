import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import { openEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts'
import { lockFolder } from './folder-lock.ts'
import { parseInstant } from './instants.ts'
import { inOneBreath } from './one-breath.ts'
import type { DB } from './schema.ts'

/** A statement as both engines take it. With a name it is parsed and planned once per connection. */
export type Statement = {
  text: string
  values?: unknown[]
  name?: string
  /** Milliseconds after which PostgreSQL counts as gone, instead of seven seconds. */
  query_timeout?: number
}
export type QueryResult = { rows: Record<string, unknown>[]; rowCount: number }
export type NamedStatement = { name: string; text: string; values: unknown[] }
export type Client = { query(statement: Statement): Promise<QueryResult>; release(lost?: Error): void }
export type Pool = { connect(): Promise<Client>; end(): Promise<void> }

/** The one database this process works on, whichever engine it is. */
export type Database = {
  engine: 'postgres' | 'embedded'
  kysely: Kysely<DB>
  /** Lends one connection; what `work` leaves open in a transaction is rolled back. */
  borrow<T>(work: (client: Client) => Promise<T>): Promise<T>
  /** Carries out statements as one transaction, on connections kept for hot work, and answers the last one's rows. */
  inOneBreath(statements: NamedStatement[]): Promise<QueryResult>
  /** One statement on any connection, or several without values; for what is not worth a type. */
  query(text: string, values?: unknown[]): Promise<QueryResult>
  /**
   * Calls `hear` for each NOTIFY on the channel; listens again by itself after a lost connection, and then calls
   * `missed`, because something may have been said meanwhile.
   */
  listen(channel: string, hear: (payload: string) => void, missed?: () => void): Promise<void>
  /** Rejects unless the database answers. */
  ping(): Promise<void>
  /** The whole embedded database as one file; undefined on PostgreSQL, which has tools of its own. */
  snapshot?: () => Promise<Uint8Array>
  close(): Promise<void>
}

/** Connections for the desk: more do not make a hot row faster (performance.md), fewer leave cores idle. */
export const HOT_CONNECTIONS = 3

// The desk's statements are planned once and look rows up by key, whatever the tables' statistics say at that moment:
// planning costs more than carrying out, and a plan made for empty tables reads them whole when they have grown.
const HOT_PLANS = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off -c timezone=UTC'

// count(*) and bigint are numbers on both engines; our identities stay far below 2^53.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, parseInstant)
// A time on a wall clock is no instant: read as one, it would be another in every zone that a host may be in.
types.setTypeParser(pg.types.builtins.TIMESTAMP, (text) => text.replace(' ', 'T'))

const LONGER_THAN_SERVER_MS = 2_000

/** The URL without its own options, which `pg` would let win, and both sets together. */
function withOptions(url: string, more: string): { connectionString: string; options: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const own = parsed?.searchParams.get('options')
  if (!parsed || !own) return { connectionString: url, options: more }
  parsed.searchParams.delete('options')
  return { connectionString: parsed.href, options: `${own} ${more}` }
}

/** Connects to PostgreSQL. Nothing is sent yet: `ping` tells whether it is there. */
export function connectPostgres(
  url: string,
  options: { connections: number; onError: (error: Error) => void },
): Database {
  const common: pg.PoolConfig = {
    connectionString: url,
    types,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'turnout',
    statement_timeout: 5_000,
    query_timeout: 5_000 + LONGER_THAN_SERVER_MS, // the server's own limit is of no use when the network has gone silent
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
  }
  const pool = new pg.Pool({ ...common, max: options.connections })
  const hot = new pg.Pool({ ...common, ...withOptions(url, HOT_PLANS), max: HOT_CONNECTIONS })
  for (const each of [pool, hot]) {
    each.on('error', options.onError) // an idle connection broke: the next query gets another
    // One that is lent out tells its borrower through the query; unheard, its own event would end the process.
    each.on('connect', (client) => client.on('error', options.onError))
  }
  const listening = new Set<pg.Client>()
  let closed = false

  async function listen(channel: string, hear: (payload: string) => void, missed?: () => void, isFirst = true) {
    if (closed) return
    const client = new pg.Client({ ...common, statement_timeout: 0, application_name: 'turnout listening' })
    const again = () => {
      if (!listening.delete(client) || closed) return
      setTimeout(() => void listen(channel, hear, missed, false).catch(options.onError), 1_000).unref()
    }
    listening.add(client)
    client.on('error', options.onError)
    client.on('end', again)
    client.on('notification', (message) => hear(message.payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(channel)}`)
      if (!isFirst) missed?.()
    } catch (error) {
      options.onError(error as Error)
      again()
    }
  }

  return {
    engine: 'postgres',
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool: named(pool) }) }),
    borrow: (work) => borrowFrom(pool as unknown as Pool, work),
    inOneBreath: (statements) =>
      borrowFrom(hot as unknown as Pool, (client) => inOneBreath(client as unknown as pg.ClientBase, statements)),
    async query(text, values) {
      const result = await pool.query({ text, values })
      const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult<Record<string, unknown>>
      return { rows: last.rows, rowCount: last.rowCount ?? 0 }
    },
    listen: (channel, hear, missed) => listen(channel, hear, missed),
    ping: async () => void (await pool.query('select 1')),
    async close() {
      closed = true
      await Promise.all([pool.end(), hot.end(), ...[...listening].map((client) => client.end())])
    },
  }
}

/** Opens the embedded database in a folder that no other process uses, or in memory where no folder is given. */
export async function connectEmbedded(options: EmbeddedOptions): Promise<Database> {
  const unlock = options.folder ? await lockFolder(options.folder) : undefined
  let embedded: Embedded
  try {
    embedded = await openEmbedded(options)
  } catch (error) {
    await unlock?.()
    throw error
  }
  return {
    engine: 'embedded',
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool: positional(embedded) }) }),
    borrow: (work) => borrowFrom(embedded, work),
    inOneBreath: (statements) => borrowFrom(embedded, (client) => oneByOne(client, statements)),
    query: (text, values) => borrowFrom(embedded, (client) => client.query({ text, values })),
    listen: (channel, hear) => embedded.listen(channel, hear),
    ping: () => borrowFrom(embedded, async (client) => void (await client.query({ text: 'select 1', values: [] }))),
    snapshot: () => embedded.snapshot(),
    async close() {
      await embedded.end()
      await unlock?.()
    },
  }
}

/** One statement is a transaction by itself. */
async function oneByOne(client: Client, statements: NamedStatement[]): Promise<QueryResult> {
  if (statements.length === 1) return client.query(statements[0]!)
  await client.query({ text: 'begin' })
  let last: QueryResult | undefined
  for (const statement of statements) last = await client.query(statement)
  await client.query({ text: 'commit' })
  return last!
}

async function borrowFrom<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    // What it was asked may still be on its way, and it would not hear a rollback either.
    if (hasGoneSilent(error)) {
      client.release(error)
      throw error
    }
    // The connection may be gone or stand in an aborted transaction; a rollback outside of one is only a warning.
    await client.query({ text: 'rollback' }).then(
      () => client.release(),
      (lost: Error) => client.release(lost),
    )
    throw error
  }
}

/** Whether a connection did not answer in time: nobody else may have it, because what it was asked may still be answered. */
function hasGoneSilent(error: unknown): error is Error {
  return error instanceof Error && error.message === 'Query read timeout'
}

/** Kysely sends unnamed statements, which PostgreSQL parses and plans every time; a name per text makes it do so once. */
function named(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    let name = names.get(text)
    if (!name && names.size < 1_000) names.set(text, (name = `s${names.size}`))
    return name
  }
  return {
    async connect() {
      const client = await pool.connect()
      let silent: Error | undefined
      let patience: { query_timeout?: number } = {}
      return {
        async query(text: string, values: readonly unknown[]) {
          if (silent) throw silent // the rollback, which would wait as long again
          // A transaction that allows itself more time is waited for as long, and a little: the server is to give up first.
          const allowed = /^set local statement_timeout = (\d+)$/.exec(text)?.[1]
          if (allowed) patience = { query_timeout: Number(allowed) + LONGER_THAN_SERVER_MS }
          const name = values.length > 0 || /^(select|with)/i.test(text) ? nameOf(text) : undefined
          try {
            return await client.query({ text, values: [...values], name, ...patience } as pg.QueryConfig)
          } catch (error) {
            if (hasGoneSilent(error)) silent = error
            throw error
          }
        },
        release: () => client.release(silent),
      }
    },
    end: () => pool.end(),
  } as unknown as PostgresPool
}

function positional(embedded: Embedded): PostgresPool {
  return {
    async connect() {
      const client = await embedded.connect()
      return {
        async query(text: string, values: readonly unknown[]) {
          const result = await client.query({ text, values: [...values] })
          return { ...result, command: /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? '' }
        },
        release: () => client.release(),
      }
    },
    end: () => embedded.end(),
  } as unknown as PostgresPool
}
