import type { Actor, Ctx } from '#kernel/ctx'
import { actorOfKey, isApiKey } from './api-keys/api-keys.ts'
import { CrossSite, InvalidToken } from './problems.ts'
import { actorOf } from './sessions.ts'
import { sessionCookie } from './tokens.ts'

/** What of a request tells who sent it, and from which page. */
export type Credentialed = {
  authorization?: string
  cookies: Record<string, string | undefined>
  method: string
  origin?: string
  /** What the client believes we are called. */
  host?: string
  secFetchSite?: string
}

/**
 * Who sent the request. A bearer's token is good or refused (InvalidToken); a cookie that is not makes nobody of them,
 * so that pages still open; with a cookie, what changes something must come from our own pages (CrossSite).
 */
export async function authenticate(ctx: Ctx, request: Credentialed): Promise<Actor> {
  const bearer = /^bearer(?:[ \t]+(.*))?$/i.exec(request.authorization ?? '')
  if (bearer) {
    const token = bearer[1]?.trim() ?? ''
    const actor = isApiKey(token) ? await actorOfKey(ctx, token) : await actorOf(ctx, { bearer: token })
    if (!actor) throw InvalidToken()
    return actor
  }
  const cookie = request.cookies[sessionCookie(ctx.config).name]
  if (!cookie) return { kind: 'anonymous' }
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method) && !isFromOurPages(ctx, request)) throw CrossSite()
  return (await actorOf(ctx, { cookie })) ?? { kind: 'anonymous' }
}

/** Refuses what a browser sends from another site's page. Programs, which say nothing of pages, are let through. */
export function refuseOtherSites(ctx: Ctx, request: Pick<Credentialed, 'origin' | 'host' | 'secFetchSite'>): void {
  if (isFromOtherSite(ctx, request)) throw CrossSite()
}

/** Whether a browser sends it from another site's page. */
export function isFromOtherSite(ctx: Ctx, request: Pick<Credentialed, 'origin' | 'host' | 'secFetchSite'>): boolean {
  const fromPage = request.origin !== undefined || request.secFetchSite !== undefined
  return fromPage && !isFromOurPages(ctx, request)
}

function isFromOurPages(
  { config }: Ctx,
  { origin, host, secFetchSite }: Pick<Credentialed, 'origin' | 'host' | 'secFetchSite'>,
): boolean {
  if (origin === undefined) return secFetchSite === 'same-origin'
  if (origin === config.baseUrl) return true
  // Somebody who tries it out types 127.0.0.1 as readily as localhost. In production there is one name.
  return config.mode === 'demo' && host !== undefined && origin === `http://${host}`
}
