import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { NOTHING_SHOWN, type About, type Ctx } from '#kernel/ctx'
import { logAnswer } from '#kernel/log'
import type { App } from './app.ts'
import { varyBy } from './cors.ts'

/** How long an answer stays as it is when nothing happens, and which event it is about: without one, about all of them. */
export type Shared = { milliseconds: number; eventId?: string }

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Everybody who is not logged in gets the same answer: it is made once and kept for a while. Null: not this one. Text
     * keeps the type its maker gave it.
     */
    shared?: (answer: never, now: Date, req: FastifyRequest) => Shared | null
  }
}

/** An answer as it leaves: names and values of its head in turn, and its body. Good until a moment in milliseconds. */
type Kept = { head: string[]; headOf304: string[]; body: Buffer; etag: string; eventId?: string; until: number }

const MOST_BYTES = 64 * 1024 * 1024
const OVERHEAD = 1_500 // of an answer's head and of the map, in bytes
const LONGEST_URL = 500

/**
 * Keeps shared answers, ready to leave, until a fact is written down that can change them, here or (some 50 ms later) by
 * another process. An answer that was begun before such a fact and finished after it is not kept. Who has one coming
 * gets it before anything else is looked at; `admit` counts the request, puts what it has to say into the head, and
 * answers whether it may pass.
 */
export function shareAnswers(app: App, ctx: Ctx, admit: (req: FastifyRequest, head: string[]) => boolean): void {
  const addresses = new Map<string, Set<string>>() // of the kept answers about an event
  const aboutAll = new Set<string>() // addresses of lists, which any fact can change
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }, url) => body.length + 4 * url.length + OVERHEAD,
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
    for (const happened of making) for (const each of about) if (each !== NOTHING_SHOWN) happened.add(each)
    if (about.includes('*')) return kept.clear()
    if (about.every((each) => each === NOTHING_SHOWN)) return
    for (const url of [...aboutAll]) kept.delete(url)
    for (const eventId of about) for (const url of [...(addresses.get(eventId) ?? [])]) kept.delete(url)
  }
  ctx.wakers.add(forget)
  app.addHook('onClose', async () => void ctx.wakers.delete(forget))

  function keep(url: string, answer: Kept, happened: Set<string>): void {
    const { eventId } = answer
    if (happened.has('*') || (eventId ? happened.has(eventId) : happened.size > 0)) return
    kept.set(url, answer)
    if (!eventId) aboutAll.add(url)
    else addresses.set(eventId, (addresses.get(eventId) ?? new Set()).add(url))
  }

  // Those who asked in the same turn of the loop are answered together at its end: a write to somebody who sleeps costs
  // us their waking up, and whoever is awake already reads the rest for nothing (0.47 of hello world without, 0.59 with).
  let leaving: (() => void)[] = []
  function leave(write: () => void): void {
    if (leaving.push(write) > 1) return
    setImmediate(() => {
      const together = leaving
      leaving = []
      for (const each of together) each()
    })
  }

  // The first of all hooks: what is kept needs no actor and no surroundings.
  app.addHook('onRequest', (req, reply, done) => {
    const { raw } = req
    const { authorization, cookie } = raw.headers
    const { method } = raw
    if ((method !== 'GET' && method !== 'HEAD') || authorization !== undefined || cookie !== undefined) return done()
    const answer = kept.get(raw.url!)
    if (!answer) return done()
    const begun = Date.now()
    if (answer.until <= begun) return done()
    const same = isOneOf(raw.headers['if-none-match'], answer.etag)
    const head = (same ? answer.headOf304 : answer.head).slice()
    if (!admit(req, head)) return done()
    reply.hijack()
    const status = same ? 304 : 200
    leave(() => reply.raw.writeHead(status, head).end(same || method === 'HEAD' ? undefined : answer.body))
    logAnswer(ctx.log, { reqId: req.id, method, url: raw.url!, status, ms: Date.now() - begun, from: req.ip })
  })

  app.addHook('onRoute', (route) => {
    const shared = route.config?.shared
    if (!shared) return
    const { handler } = route
    route.handler = async function (req, reply) {
      if (req.ctx.actor.kind !== 'anonymous') return handler.call(this, req, reply)
      const happened = new Set<string>()
      making.add(happened)
      try {
        const begun = req.ctx.now() // before it is read: what changes meanwhile must not look as if it had long been so
        const value = (await handler.call(this, req, reply)) as never
        const good = shared(value, begun, req)
        if (!good) return value
        const answer = finish(reply, value, good)
        if (answer.until > Date.now() && isPlain(req.url, route.schema?.querystring)) keep(req.url, answer, happened)
        return await (isOneOf(req.headers['if-none-match'], answer.etag)
          ? reply.code(304).send()
          : reply.send(answer.body))
      } finally {
        making.delete(happened)
      }
    }
  })
}

/** Whether the address is one we would give out: spellings that nobody needs are answered, but not remembered. */
function isPlain(url: string, query: unknown): boolean {
  return (
    url.startsWith('/') &&
    url.length <= LONGEST_URL &&
    !url.includes('#') &&
    (query !== undefined || !url.includes('?'))
  )
}

/** Whether If-None-Match names the tag; weakly, as RFC 9110 compares there. */
function isOneOf(given: string | undefined, etag: string): boolean {
  if (given === undefined || given === etag) return given !== undefined
  return given.split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')))
}

// What is said of one request only, and what the server adds to each.
const NOT_KEPT = /^(?:ratelimit|date|connection|keep-alive|access-control-.*)$/

function finish(reply: FastifyReply, value: unknown, { milliseconds, eventId }: Shared): Kept {
  const body = Buffer.from(typeof value === 'string' ? value : (reply.serialize(value) as string))
  if (!reply.hasHeader('etag')) reply.header('etag', `"${createHash('sha1').update(body).digest('base64url')}"`)
  reply.header('cache-control', 'no-cache')
  varyBy(reply, 'authorization, cookie')
  if (!reply.hasHeader('content-type')) reply.type('application/json; charset=utf-8')
  const headOf304 = Object.entries(reply.getHeaders())
    .filter(([name]) => !NOT_KEPT.test(name))
    .flatMap(([name, value]) => [name, String(value)])
    .concat('cache-status', 'Turnout; hit') // RFC 9211
  const head = [...headOf304, 'content-length', String(body.length)]
  const etag = reply.getHeader('etag') as string
  return { head, headOf304, body, etag, eventId, until: Date.now() + milliseconds }
}
