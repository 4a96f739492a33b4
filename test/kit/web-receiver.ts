import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Request = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/** What a receiver does with a request that is there to the last byte. */
export type WebBehaviour =
  | 'accept'
  /** Keeps it and hangs up without an answer. */
  | 'reset'
  /** Begins to answer and hangs up. */
  | 'break-off'
  /** Answers with one byte a second, of very many. */
  | 'slow'
  | 'too-large'
  | { status: number; headers?: Record<string, string>; body?: string }

export type WebReceiver = {
  url: string
  port: number
  /** Every request that came to the end, whatever became of it. */
  requests: Request[]
  /** Those that were accepted, and those that were kept before hanging up. */
  kept: Request[]
  behave: (request: Request) => WebBehaviour | Promise<WebBehaviour>
  stop(): Promise<void>
}

/** A real HTTP server for tests, on a port of its own. `accept` answers as the service does that it stands for. */
export async function startWebReceiver(
  accept: (request: Request, res: ServerResponse) => void,
  port = 0,
): Promise<WebReceiver> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const { method = '', url = '', headers } = req
      answer({ method, url, headers, body: Buffer.concat(chunks).toString() }, res).catch(() => res.destroy())
    })
  })
  async function answer(request: Request, res: ServerResponse): Promise<void> {
    receiver.requests.push(request)
    const behaviour = await receiver.behave(request)
    if (behaviour === 'accept') {
      receiver.kept.push(request)
      accept(request, res)
    } else if (behaviour === 'reset') {
      receiver.kept.push(request)
      res.socket?.resetAndDestroy()
    } else if (behaviour === 'break-off') {
      receiver.kept.push(request)
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      res.write('{"status":')
      setTimeout(() => res.socket?.destroy(), 20)
    } else if (behaviour === 'slow') {
      res.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => res.write(' '), 1_000)
      res.on('close', () => clearInterval(timer))
    } else if (behaviour === 'too-large') {
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end(JSON.stringify({ status: 'accepted', more: 'x'.repeat(100_000) }))
    } else {
      res.writeHead(behaviour.status, behaviour.headers)
      res.end(behaviour.body)
    }
  }
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  const receiver: WebReceiver = {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    requests: [],
    kept: [],
    behave: () => 'accept',
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}
