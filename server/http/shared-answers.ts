import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { About, Ctx } from '#kernel/ctx'
import type { App } from './app.ts'

/** How long an answer stays as it is when nothing happens, and which event it is about: without one, about all of them. */
export type Shared = { milliseconds: number; eventId?: string }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Everybody who is not logged in gets the same answer: it is made once and kept for a while. */
    shared?: (answer: never, now: Date) => Shared
  }
}

type Kept = { text: string; etag: string; eventId?: string }

// A string leaves in one write together with its headers, a buffer in a second one.
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Keeps the text of shared answers until a fact is written down that can change them, here or (some 50 ms later) by
 * another process. An answer that was begun before such a fact and finished after it is not kept.
 */
export function shareAnswers(app: App, ctx: Ctx): void {
  const addresses = new Map<string, Set<string>>() // of the kept answers about an event
  const aboutAll = new Set<string>() // addresses of lists, which any fact can change
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ text }) => 2 * text.length + 500,
    dispose({ eventId }, url) {
      if (!eventId) aboutAll.delete(url)
      const known = eventId && addresses.get(eventId)
      if (!known) return
      known.delete(url)
      if (known.size === 0) addresses.delete(eventId)
    },
  })
  const making = new Set<Set<string>>() // for each answer that is being made, what has happened meanwhile

  function forget(about: About): void {
    for (const happened of making) for (const each of about) happened.add(each)
    if (about.includes('*')) return kept.clear()
    for (const url of [...aboutAll]) kept.delete(url)
    for (const eventId of about) for (const url of [...(addresses.get(eventId) ?? [])]) kept.delete(url)
  }
  ctx.wakers.add(forget)
  app.addHook('onClose', async () => void ctx.wakers.delete(forget))

  function keep(url: string, answer: Kept, happened: Set<string>, milliseconds: number): void {
    const { eventId } = answer
    if (happened.has('*') || (eventId ? happened.has(eventId) : happened.size > 0)) return
    kept.set(url, answer, { ttl: milliseconds })
    if (!eventId) aboutAll.add(url)
    else addresses.set(eventId, (addresses.get(eventId) ?? new Set()).add(url))
  }

  app.addHook('onRoute', (route) => {
    const shared = route.config?.shared
    if (!shared) return
    const { handler } = route
    route.handler = async function (req, reply) {
      if (req.ctx.actor.kind !== 'anonymous') return handler.call(this, req, reply)
      let answer = kept.get(req.url)
      if (!answer) {
        const happened = new Set<string>()
        making.add(happened)
        try {
          const value = (await handler.call(this, req, reply)) as never
          const text = reply.serialize(value) as string
          const given = reply.getHeader('etag') as string | undefined
          const etag = given ?? `"${createHash('sha1').update(text).digest('base64url')}"`
          const { milliseconds, eventId } = shared(value, req.ctx.now())
          answer = { text, etag, eventId }
          keep(req.url, answer, happened, milliseconds)
        } finally {
          making.delete(happened)
        }
      }
      reply.header('etag', answer.etag).header('cache-control', 'no-cache').header('vary', 'authorization, cookie')
      if (req.headers['if-none-match'] === answer.etag) return reply.code(304).send()
      return reply.type('application/json; charset=utf-8').send(answer.text)
    }
  })
}
