import { createHash } from 'node:crypto'
import type * as Client from 'openid-client'
import type { Configuration, CustomFetch } from 'openid-client'
import { FetchFailed, safeFetch } from '#kernel/safe-fetch'
import type { Failure, Trip } from './provider.ts'

// What the two protocols have in common.

const TIMEOUT_S = 10

/** Loaded when it is needed: nobody waits for it at the start. */
export const loadClient = () => import('openid-client')

/**
 * How we ask a provider: by the guarded fetch. The one host that the operator has named may have a private address, and
 * a port of its own; where its documents point besides must be public.
 */
export function guardedFetch(home: URL): CustomFetch {
  const options = {
    privateHosts: [home.hostname.replace(/^\[|\]$/g, '')],
    allowHttp: home.protocol === 'http:',
    ports: home.port ? [Number(home.port)] : [],
    timeout: TIMEOUT_S * 1_000,
  }
  return async (url, { method, headers, body }) => {
    const answer = await safeFetch(url, {
      ...options,
      method: method as 'GET' | 'POST',
      headers,
      body: body === null || body === undefined ? undefined : textOf(body),
    })
    const told = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((each): [string, string] => [name, each]),
    )
    const empty = [204, 205, 304].includes(answer.status)
    return new Response(empty ? null : new Uint8Array(answer.body), { status: answer.status, headers: told })
  }
}

/** Sets how this client asks. */
export function guard(client: typeof Client, configuration: Configuration, home: URL): Configuration {
  configuration[client.customFetch] = guardedFetch(home)
  configuration.timeout = TIMEOUT_S
  if (home.protocol === 'http:') client.allowInsecureRequests(configuration) // config.ts lets that through only where nothing is real
  return configuration
}

/** What goes along with every request to a provider. */
export function parametersOf(trip: Trip, scope: string): Record<string, string> {
  return {
    redirect_uri: trip.redirectUri,
    scope,
    state: trip.state,
    code_challenge: createHash('sha256').update(trip.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
}

/** What an error means. Its own words may quote codes and tokens, so they are not passed on. */
export function failureOf(error: unknown): Failure {
  const chain = causesOf(error)
  const words = chain.flatMap((each) => [each.name, each.error, each.code]).filter(isWord)
  const reason = [...new Set(words)].join(' ')
  if (chain.some((each) => each instanceof FetchFailed)) return { failed: 'unavailable', reason }
  if (chain.some((each) => each.error === 'access_denied')) return { failed: 'denied', reason }
  if (chain.some((each) => each.error === 'temporarily_unavailable' || each.error === 'server_error'))
    return { failed: 'unavailable', reason }
  return { failed: 'refused', reason }
}

type Told = Error & { error?: unknown; code?: unknown }

function causesOf(error: unknown): Told[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value)
}

function textOf(body: unknown): string | Buffer {
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  if (body instanceof Uint8Array) return Buffer.from(body)
  throw new TypeError('a provider is sent text or bytes')
}
