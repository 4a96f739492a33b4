import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { request as requestHttp, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net'

export type SafeFetchOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  headers?: Record<string, string>
  body?: string | Buffer
  /** Also plain http, and port 80. */
  allowHttp?: boolean
  /** Ports besides 443. */
  ports?: readonly number[]
  /** Hosts, spelled as in the URL, that the operator has said are ours: their addresses may be private. */
  privateHosts?: readonly string[]
  /** Milliseconds for all of it, and for the connection alone. */
  timeout?: number
  connectTimeout?: number
  maxBytes?: number
  /** Every address of a name; the operating system's answer unless given. */
  resolve?: (hostname: string) => Promise<LookupAddress[]>
}

export type SafeFetchResult = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/** Why there is no answer. refused: we would not connect there. unreachable: it was tried, and nobody answered properly. */
export class FetchFailed extends Error {
  override readonly name = 'FetchFailed'
  constructor(
    readonly reason: 'refused' | 'timeout' | 'too-large' | 'unreachable',
    message: string,
    /** Whether it may have been heard: there was a connection, and then the request was on its way. */
    readonly connected = false,
  ) {
    super(message)
  }
}

/**
 * The only way to request a URL that somebody gave us. Connects to public addresses only, and judges the very address
 * that is connected to, so a name that answers differently the second time gains nothing. Redirects are answers.
 * Throws `FetchFailed`; 10 s in all, 3 s to connect, 1 MB of body unless said otherwise.
 */
export async function safeFetch(url: string | URL, options: SafeFetchOptions = {}): Promise<SafeFetchResult> {
  const { timeout = 10_000, connectTimeout = 3_000, maxBytes = 1_048_576 } = options
  const target = judge(url, options)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const trusted = options.privateHosts?.includes(host) ?? false
  const settings: RequestOptions = {
    method: options.method ?? 'GET',
    host,
    port: target.port || undefined,
    path: `${target.pathname}${target.search}`,
    headers: { 'accept-encoding': 'identity', ...options.headers, host: target.host },
    agent: false, // a connection of its own: none that was opened, and judged, for another name
    lookup: lookupJudged(options.resolve ?? askSystem, trusted),
  }

  return new Promise((resolve, reject) => {
    const request = target.protocol === 'https:' ? requestHttps(settings) : requestHttp(settings)
    let connected = false
    const fail = (error: Error) => {
      const reason = error instanceof FetchFailed ? error.reason : 'unreachable'
      const failed = new FetchFailed(reason, error.message, connected)
      settle(() => reject(failed))
      request.destroy()
    }
    const settle = (end: () => void) => {
      clearTimeout(whole)
      clearTimeout(connecting)
      end()
    }
    const whole = setTimeout(() => fail(new FetchFailed('timeout', `no whole answer within ${timeout} ms`)), timeout)
    const connecting = setTimeout(
      () => fail(new FetchFailed('timeout', `no connection within ${connectTimeout} ms`)),
      connectTimeout,
    )

    request.on('error', fail)
    request.on('socket', (socket) => {
      socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting)
        connected = true
        // Never happens while the lookup is ours; if it ever is not, nothing is sent all the same.
        if (!trusted && !isPublic(socket.remoteAddress ?? ''))
          fail(new FetchFailed('refused', 'the address is not public'))
      })
    })
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const tooLarge = () => fail(new FetchFailed('too-large', `more than ${maxBytes} bytes`))
      if (options.method !== 'HEAD' && Number(response.headers['content-length'] ?? 0) > maxBytes) return tooLarge()
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes) return tooLarge()
        chunks.push(chunk)
      })
      response.on('error', fail)
      response.on('aborted', () => fail(new FetchFailed('unreachable', 'the answer broke off')))
      response.on('end', () =>
        settle(() =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        ),
      )
    })
    request.end(options.body)
  })
}

function judge(url: string | URL, options: SafeFetchOptions): URL {
  const refuse = (why: string) => new FetchFailed('refused', why)
  if (!URL.canParse(String(url))) throw refuse('that is not a URL')
  const target = new URL(url) // writes 127.1, 0x7f000001 and 127。0。0。1 as what they are
  const http = target.protocol === 'http:' && options.allowHttp === true
  if (target.protocol !== 'https:' && !http) throw refuse('only https is requested')
  if (target.username || target.password) throw refuse('a URL with credentials is not requested')
  const port = Number(target.port || (http ? 80 : 443))
  const ports = [443, ...(options.allowHttp ? [80] : []), ...(options.ports ?? [])]
  if (!ports.includes(port)) throw refuse(`port ${port} is not requested`)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  // Node asks no lookup about a literal address, so it is judged here.
  if (isIP(host) && !isPublic(host) && !options.privateHosts?.includes(host)) throw refuse('the address is not public')
  return target
}

/** A lookup for the socket itself: what it answers is what is connected to. One private address spoils the name. */
function lookupJudged(resolve: (hostname: string) => Promise<LookupAddress[]>, trusted: boolean): LookupFunction {
  return (hostname, { all }, done) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (!first) return done(new FetchFailed('unreachable', 'the name has no address'), [])
        if (!trusted && !addresses.every(({ address }) => isPublic(address))) {
          return done(new FetchFailed('refused', 'the address is not public'), [])
        }
        if (all) done(null, addresses)
        else done(null, first.address, first.family)
      },
      (error: Error) => done(new FetchFailed('unreachable', error.message), []),
    )
  }
}

function askSystem(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true, verbatim: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses),
    )
  })
}

/** Whether the whole internet means the same by this address. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4')
  // Nothing outside of 2000::/3 is public: not loopback, link-local, unique local, mapped IPv4, NAT64 or multicast.
  return (
    isIP(address) === 6 && !address.includes('%') && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
  )
}

// One list per family: in a common one, ::ffff:0:0/96 would match every IPv4 address.
const special4 = blocks('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8',
  '100.64.0.0/10', // carriers' NAT
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, and the clouds' metadata
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
])
const global6 = blocks('ipv6', ['2000::/3'])
const special6 = blocks('ipv6', [
  '2001::/23', // protocol assignments, with Teredo
  '2001:db8::/32',
  '2002::/16', // 6to4: any IPv4 address in disguise
  '3fff::/20',
])

function blocks(family: 'ipv4' | 'ipv6', networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    list.addSubnet(address, Number(prefix), family)
  }
  return list
}
