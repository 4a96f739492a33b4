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
  const headers = {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
  app.addHook('onRequest', (_req, reply, done) => {
    reply.headers(headers)
    done()
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
    "img-src 'self' data: blob:", // blob: what somebody is about to upload
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
