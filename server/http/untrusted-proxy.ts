import type { Logger } from 'pino'
import type { Config } from '#config'
import type { App } from './app.ts'

/**
 * Says once when requests seem to come through a proxy that we were not told of: everybody then has its address, and
 * limits meant for one count for all. Only the operator knows whether it is there or somebody makes it up.
 */
export function warnOfUntrustedProxy(app: App, log: Logger, { trustedProxies }: Pick<Config, 'trustedProxies'>): void {
  if (trustedProxies.length > 0) return
  let warned = false
  app.addHook('onRequest', (req, _reply, done) => {
    const { 'x-forwarded-for': forwardedFor, 'x-forwarded-proto': forwardedProto } = req.raw.headers
    if (!warned && (forwardedFor !== undefined || forwardedProto !== undefined)) {
      warned = true
      log.warn(
        { from: req.ip },
        'a request carries X-Forwarded headers, which are not believed: if a proxy of yours sends them, set TRUSTED_PROXIES to its address',
      )
    }
    done()
  })
}
