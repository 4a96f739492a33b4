import { Worker } from 'node:worker_threads'
import type { Client, Pool, QueryResult } from './connect.ts'

/** How long one statement may hold the only connection before we say who it was. */
const WATCHDOG_MS = 30_000

/** The embedded database: PGlite in a worker thread, with one connection that is lent to one borrower at a time. */
export type Embedded = Pool & {
  listen(channel: string, hear: (payload: string) => void): Promise<void>
  /** The whole database as one file, to start another from. */
  snapshot(): Promise<Uint8Array>
}

/** What the worker says: that a channel was notified, or how something it was asked for went. */
type Heard = { channel: string; payload: string }
type Answered = { id: number; result?: unknown; error?: { message: string; code?: string; constraint?: string } }

export type EmbeddedOptions = {
  folder?: string
  snapshot?: Uint8Array
  /** The database has ended without being asked to. Nothing here brings it back. */
  onLost?: (error: Error) => void
}

/** Opens the database in `folder`, or one in memory; `snapshot` fills an empty one. Rejects when it cannot start. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const worker = new Worker(workerFile(), {
    workerData: { folder: options.folder, snapshot: options.snapshot },
    execArgv: [],
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const listeners = new Map<string, Set<(payload: string) => void>>()
  let gone: Error | undefined

  let closing = false

  const fail = (error: Error) => {
    const first = !gone
    gone ??= error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    if (first && !closing) options.onLost?.(error)
  }
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', () => {
      worker.off('error', reject)
      resolve()
    })
  })
  worker.on('error', (cause) => fail(unavailable(`the embedded database has failed: ${cause.message}`, cause)))
  worker.on('exit', () => fail(unavailable('the embedded database has stopped')))
  worker.on('message', (message: Heard | Answered) => {
    if ('channel' in message) {
      for (const hear of listeners.get(message.channel) ?? []) hear(message.payload)
      return
    }
    const { id, result, error } = message
    const caller = waiting.get(id)
    waiting.delete(id)
    if (error) caller?.reject(Object.assign(new Error(error.message), error))
    else caller?.resolve(result)
  })

  let lastId = 0
  const ask = <T>(verb: string, ...args: unknown[]): Promise<T> => {
    if (gone) return Promise.reject(gone)
    const id = ++lastId
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      worker.postMessage({ id, verb, args })
    })
  }

  const turn = turnstile()
  const lend = async (): Promise<Client> => {
    const giveBack = await turn()
    return {
      async query(statement) {
        const { text, values } = statement
        const { rows, affected } = await ask<{ rows: unknown[]; affected: number }>('query', text, values)
        return { rows, rowCount: rows.length > 0 ? rows.length : affected } as QueryResult
      },
      release: giveBack,
    }
  }

  return {
    connect: lend,
    async listen(channel, hear) {
      if (!listeners.has(channel)) {
        listeners.set(channel, new Set())
        const giveBack = await turn()
        await ask('listen', channel).finally(giveBack)
      }
      listeners.get(channel)!.add(hear)
    },
    async snapshot() {
      const giveBack = await turn()
      return ask<ArrayBuffer>('snapshot')
        .then((buffer) => new Uint8Array(buffer))
        .finally(giveBack)
    },
    async end() {
      const giveBack = await turn()
      closing = true
      if (!gone) await ask('close')
      worker.removeAllListeners('exit')
      await worker.terminate()
      fail(unavailable('the embedded database is closed'))
      giveBack() // whoever comes now hears that at once
    },
  }
}

/**
 * Lets one in at a time, in order. A borrower that asks again through the outer door while it is inside
 * would wait for itself for ever: after a while the one who waits is told so, with its stack.
 */
function turnstile(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return () => {
    const before = last
    let open!: () => void
    last = new Promise<void>((resolve) => (open = resolve))
    const asked = unavailable(
      'waited 30 s for the embedded database: is a query inside a transaction using `ctx` instead of `tx`?',
    )
    return new Promise((resolve, reject) => {
      const watchdog = setTimeout(() => {
        reject(asked)
        void before.then(open)
      }, WATCHDOG_MS)
      watchdog.unref()
      void before.then(() => {
        clearTimeout(watchdog)
        resolve(open)
      })
    })
  }
}

/** An error that counts as PostgreSQL's own `cannot_connect_now`: nobody knows what happened, and later it may succeed. */
function unavailable(message: string, cause?: Error): Error {
  return Object.assign(new Error(message, { cause }), { code: '57P03' })
}

function workerFile(): URL {
  return new URL('./embedded-worker.mjs', import.meta.url)
}
