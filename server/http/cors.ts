import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '#config'
import type { App } from './app.ts'

/** Which pages of other sites may read our answers. */
export type OtherSites = {
  mayRead: (req: FastifyRequest) => boolean
  /** Adds to the head of an answer that was made before what this request's page needs to read it. */
  tell: (req: FastifyRequest, head: string[]) => void
} | null

const TOLD = 'etag, location, link, retry-after, ratelimit, ratelimit-policy, content-disposition'
const ASKED = 'authorization, content-type, idempotency-key, if-match, if-none-match'
const KEPT_SECONDS = '600'

/**
 * Pages of the listed origins, spelled exactly so, and of no other. They bring a bearer's token: what comes with a cookie
 * is never shared across sites, and no answer allows credentials. Null where none is listed.
 */
export function otherSitesOf({ corsOrigins }: Pick<Config, 'corsOrigins'>): OtherSites {
  if (corsOrigins.length === 0) return null
  const listed = new Set(corsOrigins)
  const mayRead = ({ raw: { headers } }: FastifyRequest) =>
    headers.origin !== undefined && headers.cookie === undefined && listed.has(headers.origin)
  return {
    mayRead,
    tell(req, head) {
      if (!mayRead(req)) return
      head.push('access-control-allow-origin', req.raw.headers.origin!, 'access-control-expose-headers', TOLD)
    },
  }
}

/** Tells browsers so, and answers them when they ask before. */
export function shareAcrossSites(app: App, sites: OtherSites): void {
  if (!sites) return
  app.addHook('onRequest', (req, reply, done) => {
    varyBy(reply, 'origin')
    if (!sites.mayRead(req)) return done()
    reply.header('access-control-allow-origin', req.headers.origin)
    if (req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined)
      return answerPreflight(reply)
    reply.header('access-control-expose-headers', TOLD)
    done()
  })
}

/** What a page may ask is said for all addresses alike: whether it is done is another question, which the request gets. */
function answerPreflight(reply: FastifyReply): void {
  varyBy(reply, 'access-control-request-method, access-control-request-headers')
  void reply
    .code(204)
    .headers({
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': ASKED,
      'access-control-max-age': KEPT_SECONDS,
    })
    .send()
}

/** Says which headers of the request the answer depends on, besides those that were said before. */
export function varyBy(reply: FastifyReply, headers: string): void {
  const before = reply.getHeader('vary')
  reply.header('vary', before === undefined ? headers : `${String(before)}, ${headers}`)
}
