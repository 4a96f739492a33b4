import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Ctx } from '#kernel/ctx'
import type { App } from './app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Everybody who is not logged in gets the same answer: it is made once and kept until something happens, or for so many milliseconds. */
    shared?: (answer: never, now: Date) => number
  }
}

type Kept = { bytes: Buffer; etag: string; exact: boolean }

const BYTES_KEPT = 64 * 1024 * 1024

/** Keeps the bytes of shared answers until a fact is written down, here or (50 ms later) by another process. */
export function shareAnswers(app: App, ctx: Ctx): void {
  const kept = new LRUCache<string, Kept>({ maxSize: BYTES_KEPT, sizeCalculation: ({ bytes }) => bytes.length + 500 })
  let happened = 0
  const forget = () => {
    happened++
    kept.clear()
  }
  ctx.wakers.add(forget)
  app.addHook('onClose', async () => void ctx.wakers.delete(forget))

  app.addHook('onRoute', (route) => {
    const shared = route.config?.shared
    if (!shared) return
    const { handler } = route
    route.handler = async function (req, reply) {
      if (req.ctx.actor.kind !== 'anonymous') return handler.call(this, req, reply)
      let answer = kept.get(req.url)
      if (!answer) {
        const before = happened
        const value = (await handler.call(this, req, reply)) as never
        const bytes = Buffer.from(reply.serialize(value) as string)
        const version = reply.getHeader('etag') as string | undefined // of what is edited: the seats change beside it
        answer = {
          bytes,
          etag: version ?? `"${createHash('sha1').update(bytes).digest('base64url')}"`,
          exact: !version,
        }
        if (happened === before) kept.set(req.url, answer, { ttl: shared(value, req.ctx.now()) }) // else it may be from before
      }
      reply.header('etag', answer.etag).header('cache-control', 'no-cache').header('vary', 'authorization, cookie')
      if (answer.exact && req.headers['if-none-match'] === answer.etag) return reply.code(304).send()
      return reply.type('application/json; charset=utf-8').send(answer.bytes)
    }
  })
}
