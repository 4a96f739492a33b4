import { connect, type Socket } from 'node:net'

// A load generator that costs little, because it shares its cores with what it measures: one request at a time on each
// connection, written as it goes over the wire, and of the answer only what is needed to know where it ends.

/** How fast it went. Latencies in milliseconds; null where the other side does not tell them. */
export type Measured = { perSecond: number; p50: number | null; p99: number | null; note?: string }

export type Load = {
  /** Connections are dealt out to these in turn. */
  urls: string[]
  connections: number
  /** Whichever comes first ends it; answers that are under way then are waited for. */
  seconds: number
  requests?: number
  /** The next request, whole. */
  next: () => string
  /** The status that every answer must have. */
  expect: number
  hear?: (body: string) => void
}

/** A GET as it goes over the wire. */
export function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\r\n`
}

/** A POST of JSON as it goes over the wire. */
export function post(path: string, body: object, headers = ''): string {
  const json = JSON.stringify(body)
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n${headers}\r\n${json}`
}

/** Sends the load and answers how fast it went. Rejects when an answer is not the expected one. */
export async function send(load: Load): Promise<Measured & { answered: number; hits: number }> {
  const latencies: number[] = []
  let hits = 0
  let left = load.requests ?? Infinity
  const sockets = await Promise.all(
    Array.from({ length: load.connections }, (_, n) => open(load.urls[n % load.urls.length]!)),
  )
  const begun = performance.now()
  const end = begun + load.seconds * 1_000
  await Promise.all(sockets.map(converse))
  const took = performance.now() - begun
  return { perSecond: (latencies.length / took) * 1_000, ...percentiles(latencies), answered: latencies.length, hits }

  function converse(socket: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      let sent = 0
      let held: Buffer | undefined
      const fail = (error: Error) => {
        left = 0
        socket.destroy()
        reject(error)
      }
      const ask = () => {
        if (left-- <= 0 || performance.now() >= end) {
          left = Math.min(left, 0)
          socket.removeAllListeners('close').end()
          return resolve()
        }
        sent = performance.now()
        socket.write(load.next())
      }
      socket.setTimeout(20_000, () => fail(new Error('no answer for 20 s')))
      socket.on('error', fail)
      socket.on('close', () => fail(new Error('the server closed the connection')))
      socket.on('data', (chunk) => {
        held = held ? Buffer.concat([held, chunk]) : chunk
        const headEnd = held.indexOf('\r\n\r\n')
        if (headEnd < 0) return
        const head = held.toString('latin1', 0, headEnd)
        const bodyEnd = headEnd + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
        if (held.length < bodyEnd) return
        latencies.push(performance.now() - sent)
        const status = Number(head.slice(9, 12))
        if (status !== load.expect) {
          return fail(
            new Error(
              `answered ${status}, not ${load.expect}: ${held.toString('utf8', headEnd + 4, bodyEnd).slice(0, 300)}`,
            ),
          )
        }
        if (head.includes('cache-status: Turnout; hit')) hits++
        load.hear?.(held.toString('utf8', headEnd + 4, bodyEnd))
        held = undefined
        ask()
      })
      ask()
    })
  }
}

/** One request now and then beside another load, until `over`: what everybody else feels meanwhile. */
export async function sendNowAndThen(
  url: string,
  next: () => string,
  over: Promise<unknown>,
): Promise<{ p50: number; p99: number }> {
  const latencies: number[] = []
  let going = true
  const stop = () => void (going = false)
  over.then(stop, stop)
  while (going) {
    const { p50 } = await send({ urls: [url], connections: 1, seconds: 5, requests: 1, next, expect: 200 })
    latencies.push(p50!)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return percentiles(latencies)
}

function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    socket.once('connect', () => resolve(socket.removeListener('error', reject)))
    socket.once('error', reject)
  })
}

function percentiles(latencies: number[]): { p50: number; p99: number } {
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { p50: at(0.5), p99: at(0.99) }
}
