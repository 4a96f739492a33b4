import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FetchFailed, isPublic, safeFetch, type SafeFetchOptions } from './safe-fetch.ts'

let canary: TcpServer
let touched = 0
let port: number

beforeAll(async () => {
  canary = createTcpServer((socket) => {
    touched++
    socket.destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, '::', resolve))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => canary.close())

describe('what is refused', () => {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '0',
    '0.0.0.0',
    '2130706433',
    '0x7f000001',
    '0177.1',
    '127。0。0。1',
    '１２７.0.0.1',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fd00::1]',
    '[fe80::1]',
    '[ff02::1]',
    '169.254.169.254',
    '100.64.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
    'localhost',
    'localhost.',
    'LOCALHOST',
  ]
  for (const host of hosts) {
    test(`${host}: nothing connects`, async () => {
      for (const scheme of ['http', 'https']) {
        const failed = await failure(`${scheme}://${host}:${port}/`, { allowHttp: true, ports: [port] })
        // A name this machine does not know is as good: nothing was connected to.
        expect(['refused', ...(host.endsWith('.') ? ['unreachable'] : [])]).toContain(failed.reason)
      }
      expect(touched).toBe(0)
    })
  }

  const urls = (): [string, SafeFetchOptions][] => [
    ['file:///etc/passwd', {}],
    ['gopher://127.0.0.1:6379/_INFO', {}],
    ['ftp://example.org/', {}],
    ['data:text/plain,x', {}],
    ['javascript:alert(1)', {}],
    ['not a url', {}],
    ['http://example.org/', {}], // http is not allowed by itself
    ['https://example.org:5432/', {}],
    ['https://example.org:6379/', { allowHttp: true }],
    ['https://example.org:80/', {}],
    ['https://user@example.org/', {}],
    [`https://example.org@127.0.0.1:${port}/`, { ports: [port] }],
    [`https://example.org:secret@127.0.0.1:${port}/`, { ports: [port] }],
  ]
  test('other schemes, other ports and credentials: nothing is even looked up', async () => {
    let asked = 0
    const resolve = async () => {
      asked++
      return [{ address: '127.0.0.1', family: 4 }]
    }
    for (const [url, options] of urls())
      expect((await failure(url, { ...options, resolve })).reason, url).toBe('refused')
    expect({ asked, touched }).toEqual({ asked: 0, touched: 0 })
  })

  test('a name is judged by what the connection itself is told: a later answer gains nothing', async () => {
    const answers = [
      [{ address: '127.0.0.1', family: 4 }],
      [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
      [{ address: '::ffff:127.0.0.1', family: 6 }],
      [{ address: 'fe80::1%lo', family: 6 }],
    ]
    for (const addresses of answers) {
      let asked = 0
      const resolve = async () => (asked++ === 0 ? addresses : [{ address: '127.0.0.1', family: 4 }])
      expect(
        (await failure(`http://rebind.example:${port}/`, { allowHttp: true, ports: [port], resolve })).reason,
      ).toBe('refused')
      expect(asked).toBe(1)
    }
    expect(touched).toBe(0)
  })

  test('public addresses are not', () => {
    for (const address of ['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])
      expect(isPublic(address), address).toBe(true)
    for (const address of ['', 'x', '1.2.3', '::ffff:8.8.8.8', '64:ff9b::808:808'])
      expect(isPublic(address), address).toBe(false)
  })
})

describe('what a server of ours can do', () => {
  let server: Server
  let base: string
  let options: SafeFetchOptions
  let visits: string[] = []

  beforeAll(async () => {
    server = createServer((req, res) => {
      visits.push(`${req.method} ${req.url}`)
      const chunks: Buffer[] = []
      req.on('data', (chunk: Buffer) => chunks.push(chunk))
      req.on('end', () => {
        if (req.url === '/echo') return res.writeHead(201, { 'x-host': req.headers.host }).end(Buffer.concat(chunks))
        if (req.url === '/redirect') return res.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end()
        if (req.url === '/slow') return res.writeHead(200).write('x')
        if (req.url === '/break')
          return void (
            res.writeHead(200, { 'content-length': 100 }),
            res.write('x'),
            setTimeout(() => req.socket.destroy(), 20)
          )
        if (req.url === '/declared') return res.writeHead(200, { 'content-length': 2e9 }).write('x')
        if (req.url === '/endless') {
          const more = () => void (res.write(Buffer.alloc(65_536)) ? setImmediate(more) : res.once('drain', more))
          res.on('close', () => res.removeAllListeners('drain'))
          return more()
        }
        res.end('ok')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const own = (server.address() as AddressInfo).port
    base = `http://127.0.0.1:${own}`
    options = { allowHttp: true, ports: [own], privateHosts: ['127.0.0.1'] }
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test('it answers: status, headers and body', async () => {
    const { status, headers, body } = await safeFetch(`${base}/echo`, { ...options, method: 'POST', body: 'hello' })
    expect({ status, body: body.toString(), host: headers['x-host'] }).toEqual({
      status: 201,
      body: 'hello',
      host: base.slice(7),
    })
  })

  test('a redirect is an answer and is not followed', async () => {
    visits = []
    expect((await safeFetch(`${base}/redirect`, options)).status).toBe(302)
    expect(visits).toEqual(['GET /redirect'])
    expect(touched).toBe(0)
  })

  test('too slow, too large and broken off are told apart', async () => {
    expect((await failure(`${base}/slow`, { ...options, timeout: 200 })).reason).toBe('timeout')
    expect((await failure(`${base}/declared`, options)).reason).toBe('too-large')
    expect((await failure(`${base}/endless`, { ...options, maxBytes: 300_000 })).reason).toBe('too-large')
    expect((await failure(`${base}/break`, options)).reason).toBe('unreachable')
  })

  test('a host that is not named as ours is refused though another is', async () => {
    expect((await failure(base.replace('127.0.0.1', 'localhost'), options)).reason).toBe('refused')
  })

  test('a resolver that never answers is a timeout', async () => {
    const resolve = () => new Promise<never>(() => {})
    expect((await failure('https://example.org/', { resolve, connectTimeout: 100 })).reason).toBe('timeout')
  })
})

async function failure(url: string, options: SafeFetchOptions): Promise<FetchFailed> {
  const error: unknown = await safeFetch(url, options).then(
    (result) => new Error(`answered ${result.status}`),
    (reason: unknown) => reason,
  )
  if (!(error instanceof FetchFailed)) throw error
  return error
}
