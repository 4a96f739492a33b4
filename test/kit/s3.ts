import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What of S3's protocol we use, on loopback: objects of one bucket by path, for who signs with the right key. */
export type FakeS3 = {
  settings: { bucket: string; region: string; endpoint: string; key: string; secret: string }
  objects: Map<string, { bytes: Buffer; type: string }>
  /** The next requests are answered with this status, as when it has a bad day. */
  failNext(times: number, status: number): void
  close(): Promise<void>
}

const BUCKET = 'turnout-test'
const KEY = 'AKIATESTTESTTESTTEST'

export async function startFakeS3(): Promise<FakeS3> {
  const objects: FakeS3['objects'] = new Map()
  let failures = { left: 0, status: 503 }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    if (failures.left > 0) {
      failures.left--
      return refuse(res, failures.status, 'SlowDown')
    }
    const signed = new RegExp(
      `^AWS4-HMAC-SHA256 Credential=${KEY}/\\d{8}/eu-test-1/s3/aws4_request, SignedHeaders=.*host`,
    )
    if (!signed.test(req.headers.authorization ?? '')) return refuse(res, 403, 'AccessDenied')
    const hash = req.headers['x-amz-content-sha256']
    if (hash !== 'UNSIGNED-PAYLOAD' && hash !== createHash('sha256').update(bytes).digest('hex'))
      return refuse(res, 400, 'XAmzContentSHA256Mismatch')
    const [, bucket, ...rest] = new URL(req.url!, 'http://s3').pathname.split('/')
    if (bucket !== BUCKET) return refuse(res, 404, 'NoSuchBucket')
    const name = decodeURIComponent(rest.join('/'))
    const object = objects.get(name)
    switch (req.method) {
      case 'PUT':
        objects.set(name, { bytes, type: req.headers['content-type'] ?? '' })
        return void res.writeHead(200, { etag: '"x"' }).end()
      case 'GET':
        if (!object) return refuse(res, 404, 'NoSuchKey')
        return void res
          .writeHead(200, { 'content-type': object.type, 'content-length': object.bytes.length, etag: '"x"' })
          .end(object.bytes)
      case 'DELETE':
        objects.delete(name)
        return void res.writeHead(204).end()
      default:
        return refuse(res, 405, 'MethodNotAllowed')
    }
  }

  const server = createServer((req, res) => void answer(req, res))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    settings: {
      bucket: BUCKET,
      region: 'eu-test-1',
      endpoint: `http://127.0.0.1:${port}`,
      key: KEY,
      secret: 'a secret',
    },
    objects,
    failNext(times, status) {
      failures = { left: times, status }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function refuse(res: ServerResponse, status: number, code: string): void {
  res
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}
