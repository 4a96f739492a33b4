// The embedded database, in a thread of its own so that a heavy query never stops the server from answering.
// Plain JavaScript, because a worker thread is loaded by Node itself, whatever runs the rest.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, types } from '@electric-sql/pglite'

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)

const { INT8, TIMESTAMP } = types
const database = await PGlite.create({
  ...(workerData.folder ? { dataDir: workerData.folder } : {}),
  ...(workerData.snapshot ? { loadDataDir: new Blob([workerData.snapshot]) } : {}),
  relaxedDurability: false,
  parsers: { [INT8]: Number, [TIMESTAMP]: (text) => text.replace(' ', 'T') }, // as in connect.ts
})

/** @type {Record<string, (...args: any[]) => Promise<unknown>>} */
const does = {
  async query(text, values) {
    if (values) {
      const result = await database.query(text, values)
      return { rows: result.rows, affected: result.affectedRows ?? 0 }
    }
    const results = await database.exec(text)
    const last = results.at(-1)
    return { rows: last?.rows ?? [], affected: last?.affectedRows ?? 0 }
  },
  async listen(channel) {
    await database.listen(channel, (payload) => port.postMessage({ channel, payload }))
  },
  async snapshot() {
    return await (await database.dumpDataDir('none')).arrayBuffer()
  },
  async close() {
    await database.close()
  },
}

port.on('message', async ({ id, verb, args }) => {
  try {
    port.postMessage({ id, result: await does[verb]?.(...args) })
  } catch (error) {
    const { message, code, constraint, detail, table, column } = /** @type {any} */ (error)
    port.postMessage({ id, error: { message, code, constraint, detail, table, column } })
  }
})
port.postMessage({ ready: true })
