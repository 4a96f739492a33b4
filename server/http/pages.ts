import type { Logger } from 'pino'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import { anyone } from '#kernel/policy'
import { projectFolder } from '#kernel/project-folder'
import type { App } from './app.ts'
import { varyBy } from './cors.ts'
import { pagePolicy } from './security-headers.ts'

type Render = (request: {
  url: string
  nonce: string
  origin: string
  fetch: (path: string) => Promise<{ status: number; body: unknown }>
}) => Promise<{ status: number; head: string; html: string; state: string; redirect?: string }>

const MEDIA: Record<string, string> = {
  svg: 'image/svg+xml',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
  ico: 'image/x-icon',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
}
const zip = promisify(gzip)
const built = join(projectFolder, 'dist/web')

const SERVICE_WORKER = {
  'cache-control': 'no-cache',
  'content-security-policy': "default-src 'none'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'",
}

/** The web app: every other address is a page, rendered here so that it can be read without JavaScript. */
export async function pageRoutes(app: App, log: Logger): Promise<void> {
  if (!existsSync(join(built, 'server/server.js'))) {
    log.warn('the web app is not built (npm run build); only the API answers')
    return
  }
  const { render } = (await import(pathToFileURL(join(built, 'server/server.js')).href)) as { render: Render }
  const template = readFileSync(join(built, 'client/index.html'), 'utf8')

  await app.register(fastifyStatic, {
    root: join(built, 'client/assets'),
    prefix: '/assets/',
    index: false,
    immutable: true,
    preCompressed: true,
    maxAge: '365d',
    decorateReply: false,
    schemaHide: true,
  })

  // What must lie at the root: the icon, the service worker and the like.
  for (const name of readdirSync(join(built, 'client')).filter((name) =>
    /\.(svg|js|png|ico|txt|webmanifest)$/.test(name),
  )) {
    const bytes = readFileSync(join(built, 'client', name))
    app.get(`/${name}`, { schema: { hide: true }, config: { may: anyone() } }, (_req, reply) =>
      reply
        .type(MEDIA[name.split('.').at(-1)!]!)
        // A service worker that is a day old would be one that nobody can mend; what it shows has our picture.
        .headers(name === 'sw.js' ? SERVICE_WORKER : { 'cache-control': 'public, max-age=86400' })
        .send(bytes),
    )
  }

  app.get('/*', { schema: { hide: true }, config: { may: anyone() } }, async (req, reply) => {
    if (/^\/(api|assets|files|health|dev|problems)(\/|$)/.test(req.url)) return reply.callNotFound()
    const policy = pagePolicy(req)
    const { cookie, host } = req.headers
    const { status, head, html, state, redirect } = await render({
      url: req.url,
      nonce: req.nonce,
      origin: req.ctx.config.baseUrl,
      async fetch(path) {
        const answer = await app.inject({
          method: 'GET',
          url: path,
          headers: { host, ...(cookie ? { cookie } : {}) },
          remoteAddress: req.ip,
        })
        return { status: answer.statusCode, body: answer.body ? answer.json<unknown>() : undefined }
      },
    })
    if (redirect) return reply.redirect(redirect, 302)
    const parts: Record<string, string> = {
      '<!--head-->': head,
      '<!--html-->': html,
      '<!--state-->': state,
      __NONCE__: req.nonce,
    }
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('cache-control', 'private, no-cache')
    const page = template.replace(/<!--(?:head|html|state)-->|__NONCE__/g, (mark) => parts[mark]!)
    varyBy(reply, 'accept-encoding, cookie')
    if (!/\bgzip\b/.test(req.headers['accept-encoding'] ?? '')) return page
    reply.header('content-encoding', 'gzip')
    return zip(page, { level: 4 })
  })
}
