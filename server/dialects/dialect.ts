import type { TSchema } from 'typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '#http/app'
import { refusalOf } from '#http/problem-json'
import { isFromOtherSite } from '#accounts/authenticate'
import { PUBLIC, publicOrganizer } from '#accounts/public-organizer'
import { actingAs, type Actor, type Ctx } from '#kernel/ctx'
import { BadRequest, Forbidden, Internal, SignInRequired, Unavailable, type Refusal } from '#kernel/problem'
import { share, speakerOf, type SharedAddresses } from '#dialects/shared-addresses'

/** One of the systems we replace, as far as it answers in its own words. */
export type Dialect = {
  /** Its tag in the API's document. */
  tag: string
  /** What it says of a refusal of the core, by its slug; null: what the core says of it. */
  words: Readonly<Record<string, string | ((refusal: Refusal) => string) | null>>
  /** The statuses that it answers refusals with, by their slugs, where it is documented with others than ours. */
  statuses?: Readonly<Record<string, number>>
  /** The shape of that answer, for the document. */
  refusal: TSchema
  /** Its answer to a refusal, in those words. */
  refuse: (refusal: Refusal, words: string, reply: FastifyReply) => unknown
  /** What it has at addresses that another dialect registers. */
  shares?: SharedAddresses
}

/** What it says of a refusal. */
export function wordsFor({ words }: Dialect, refusal: Refusal): string {
  const said = words[refusal.slug]
  if (typeof said === 'function') return said(refusal)
  return said ?? refusal.detail ?? refusal.type.title
}

/**
 * Registers the routes of a dialect: errors in its form, forms as bodies besides JSON, and each address with and without a
 * slash at its end. `all`: those that are spoken, which may share its addresses.
 */
export async function speak(
  app: App,
  dialect: Dialect,
  routes: (app: App) => void,
  all: readonly Dialect[] = [],
): Promise<void> {
  await app.register(async (scope: App) => {
    scope.setErrorHandler((error, req, reply) => {
      const refusal = refusalOf(error as FastifyError)
      if (refusal.type === Internal || refusal.type === Unavailable)
        req.ctx.log.error({ err: error }, 'request failed in a dialect')
      const { retryAfter } = refusal.extensions as { retryAfter?: number }
      if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
      if (refusal.type.status === 401) reply.header('www-authenticate', 'Bearer realm="turnout"')
      const speaker = speakerOf(req, dialect)
      reply.code(speaker.statuses?.[refusal.slug] ?? refusal.type.status).header('cache-control', 'no-store')
      const ofRoute = speaker === dialect ? req.routeOptions.config.words?.[refusal.slug] : undefined
      return speaker.refuse(refusal, ofRoute ?? wordsFor(speaker, refusal), reply)
    })
    readForms(scope)
    const registered = new Set<string>()
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, dialect, refusal: dialect.refusal, statuses: dialect.statuses }
      if (route.schema && !route.schema.hide) route.schema.tags = [dialect.tag]
      const twin = route.url.endsWith('/') ? route.url.slice(0, -1) : `${route.url}/`
      const key = (url: string) => `${[route.method].flat().join()} ${url}`
      if (!registered.has(key(twin))) share(route, dialect, all) // the twin has it already
      registered.add(key(route.url))
      if (twin === '' || registered.has(key(twin)) || [route.method].flat().join() === 'HEAD') return
      const redirects = route.config.slash === 'redirect' && twin.length < route.url.length
      const handler = redirects ? addSlash : route.handler
      scope.route({ ...route, handler, url: twin, schema: { ...route.schema, hide: true } })
    })
    routes(scope)
  })
}

/**
 * On whose behalf a write is done: whoever is logged in, and where ANONYMOUS_WRITES says so, nobody in particular: what
 * they make is the public organizer's, and nothing else is theirs to change.
 */
export async function writing(req: FastifyRequest): Promise<Ctx> {
  const { ctx } = req
  if (ctx.actor.kind !== 'anonymous') return ctx
  const writer = writerOf(req)
  if (writer.kind === 'anonymous') throw SignInRequired()
  // A page of another site, open in the operator's browser, is not who it was opened for.
  const { origin, host, 'sec-fetch-site': secFetchSite } = req.headers
  if (isFromOtherSite(ctx, { origin, host, secFetchSite: secFetchSite?.toString() })) throw Forbidden()
  await publicOrganizer(ctx)
  return actingAs(ctx, writer)
}

/** Who a write of this request would be done by; nobody, where it has to be somebody. */
export function writerOf(req: FastifyRequest): Actor {
  const { actor, config } = req.ctx
  const { anonymousWrites: open } = config
  if (actor.kind !== 'anonymous' || open === 'off' || (open === 'loopback' && !isLoopback(req))) return actor
  return PUBLIC
}

/** To the address with a slash at its end, which alone is what was asked for. */
function addSlash(req: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.redirect(req.url.replace(/(?=\?|$)/, '/'), 301)
}

function isLoopback({ ip }: FastifyRequest): boolean {
  return ip === '::1' || /^(::ffff:)?127\./.test(ip)
}

/** Both kinds of form: the last of several values counts, as in those systems, and files are none of theirs. */
function readForms(app: App): void {
  app.addContentTypeParser(
    /^application\/x-www-form-urlencoded(;.*)?$/i,
    { parseAs: 'string' },
    async (_req: FastifyRequest, body: string) => fieldsOf(new URLSearchParams(body)),
  )
  app.addContentTypeParser(
    /^multipart\/form-data;.*$/i,
    { parseAs: 'buffer' },
    async (req: FastifyRequest, body: Buffer) => {
      const form = new Response(new Uint8Array(body), { headers: { 'content-type': req.headers['content-type']! } })
      const fields = await form.formData().catch(() => {
        throw BadRequest('The form could not be read.')
      })
      return fieldsOf(fields)
    },
  )
}

function fieldsOf(form: Iterable<[string, unknown]>): Record<string, string> {
  const fields = Object.create(null) as Record<string, string>
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue
    if (name.includes('\0') || value.includes('\0')) throw BadRequest('Text may not contain NUL.')
    fields[name] = value
  }
  return { ...fields }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whose words it answers in. */
    dialect?: Dialect
    /** Its address without the slash leads to the one with it, instead of being served. */
    slash?: 'redirect'
    /** What this route alone says of a refusal, by its slug. */
    words?: Readonly<Record<string, string>>
  }
}
