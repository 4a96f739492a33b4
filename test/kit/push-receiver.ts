import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = {
  said: { title: string; body: string; url: string; tag?: string }
  headers: IncomingHttpHeaders
  bytes: number
}
/** A browser that lets itself be written to: what it gives away, and where that leads here. */
export type ReceivingBrowser = {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  /** What arrived, opened with its own keys, oldest first. */
  received: Received[]
}
export type PushReceiver = {
  port: number
  /** A new browser behind this service. */
  browser(): ReceivingBrowser
  /** Called for each message before it is accepted; may answer with another status, and headers. */
  behave: (headers: IncomingHttpHeaders) => { status: number; headers?: Record<string, string> } | undefined
  /** Whether a message is never answered. */
  ignores: (path: string) => boolean
  requests: number
  stop(): Promise<void>
}

/**
 * A push service of our own, and the browsers behind it. It believes nobody without a VAPID token (RFC 8292) that the key
 * beside it has signed, and opens what arrives as a browser does (RFC 8188, RFC 8291), by our own hand and not by the
 * package that closed it.
 */
export async function startPushReceiver(): Promise<PushReceiver> {
  const browsers = new Map<string, { open: (body: Buffer) => string; received: Received[] }>()
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      receiver.requests++
      if (receiver.ignores(req.url ?? '')) return
      const answer = (status: number, headers: Record<string, string> = {}) => res.writeHead(status, headers).end()
      const wanted = receiver.behave(req.headers)
      if (wanted) return answer(wanted.status, wanted.headers)
      const browser = browsers.get(req.url ?? '')
      if (!browser) return answer(410)
      if (!isSigned(String(req.headers.authorization), `http://127.0.0.1:${receiver.port}`)) return answer(403)
      if (!/^\d+$/.test(String(req.headers.ttl)) || req.headers['content-encoding'] !== 'aes128gcm') return answer(400)
      const body = Buffer.concat(chunks)
      const said = JSON.parse(browser.open(body)) as Received['said']
      browser.received.push({ said, headers: req.headers, bytes: body.length })
      answer(201, { location: `http://127.0.0.1:${receiver.port}/m/${browser.received.length}` })
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const receiver: PushReceiver = {
    port: (server.address() as AddressInfo).port,
    browser() {
      const own = createECDH('prime256v1')
      own.generateKeys()
      const auth = randomBytes(16)
      const path = `/push/${randomBytes(24).toString('base64url')}`
      const received: Received[] = []
      browsers.set(path, { received, open: (body) => open(body, own, auth) })
      const keys = { p256dh: own.getPublicKey('base64url'), auth: auth.toString('base64url') }
      return { received, subscription: { endpoint: `http://127.0.0.1:${receiver.port}${path}`, keys } }
    },
    behave: () => undefined,
    ignores: () => false,
    requests: 0,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}

/** RFC 8291, section 3.4, and one record of RFC 8188. */
function open(body: Buffer, own: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const theirs = body.subarray(21, 21 + body.readUInt8(20))
  const sealed = body.subarray(21 + theirs.length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), theirs])
  const secret = hkdfSync('sha256', own.computeSecret(theirs), auth, info, 32)
  const derived = (name: string, length: number) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(secret), salt, `Content-Encoding: ${name}\0`, length))
  const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

function isSigned(authorization: string, audience: string): boolean {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  if (point.length !== 65) return false
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      ...{ kty: 'EC', crv: 'P-256' },
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, string | number>
  const seconds = Number(exp) - Date.now() / 1_000
  return signed && aud === audience && seconds > 0 && seconds <= 86_400 && /^(mailto|https):/.test(String(sub))
}
