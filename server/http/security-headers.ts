import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { App } from './app.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Allows the scripts and styles of this one answer. */
    nonce: string
  }
}

/** Puts on every answer what keeps browsers from doing harm with it. A route that sets its own policy keeps it. */
export function secureHeaders(app: App, https: boolean): void {
  app.decorateRequest('nonce', '')
  app.addHook('onSend', (_req, reply, payload, done) => {
    const put = (name: string, value: string) => reply.hasHeader(name) || reply.header(name, value)
    put('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    put('cache-control', 'no-store')
    put('x-content-type-options', 'nosniff')
    put('referrer-policy', 'strict-origin-when-cross-origin')
    put('cross-origin-opener-policy', 'same-origin')
    put('cross-origin-resource-policy', 'same-origin')
    put('permissions-policy', 'camera=(self), geolocation=(), microphone=()')
    if (https) put('strict-transport-security', 'max-age=31536000; includeSubDomains')
    done(null, payload)
  })
}

/** The policy of a page of ours, for this one answer. Mantine's server-rendered markup has style attributes, which no nonce covers. */
export function pagePolicy(req: FastifyRequest): string {
  req.nonce ||= randomBytes(16).toString('base64')
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${req.nonce}'`,
    `style-src 'self' 'nonce-${req.nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
