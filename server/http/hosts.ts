import type { FastifyRequest } from 'fastify'
import type { Config } from '#config'
import { problem } from '#kernel/problem'
import type { App } from './app.ts'

export const Misdirected = problem(
  'misdirected',
  421,
  'This server has another name',
  'The Host header names none of the hosts that are served here.',
)

/** Whether a request is for us, by the name it calls us. */
export type IsForUs = (req: FastifyRequest) => boolean

/**
 * Whose name this server answers to: that of the base URL and of ALLOWED_HOSTS, on any port. A forwarded host says
 * nothing, and nothing that leaves here is made from what a request calls us.
 */
export function hostsOf({ baseUrl, allowedHosts }: Pick<Config, 'baseUrl' | 'allowedHosts'>): IsForUs {
  const own = new URL(baseUrl)
  const names = new Set([own.hostname, ...allowedHosts])
  return (req) => {
    const { host } = req.raw.headers
    if (host === own.host) return true
    const name = /^(\[[0-9a-f:.]+\]|[^:@/?#\\]+)(?::\d{1,5})?$/i.exec(host ?? '')?.[1]?.toLowerCase()
    return name !== undefined && names.has(name)
  }
}

/** Refuses what is meant for another server. Who looks after this one asks by whatever address it has. */
export function refuseOtherHosts(app: App, isForUs: IsForUs): void {
  app.addHook('onRequest', (req, _reply, done) => {
    if (isForUs(req) || /^\/health\/\w+$/.test(req.routeOptions.url ?? '')) done()
    else done(Misdirected())
  })
}
