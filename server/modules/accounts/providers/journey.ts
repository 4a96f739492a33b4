import { hash, randomBytes } from 'node:crypto'
import { demandRecentProof } from '#accounts/proof'
import { logInByIdentity } from '#accounts/sessions'
import { transaction, type Ctx } from '#kernel/ctx'
import { NotFound, Refusal, SignInRequired } from '#kernel/problem'
import { seal, unseal } from '#kernel/sealing'
import { admit, linkTo } from './identities.ts'
import type {} from './open.ts'
import type { LogInProvider, Trip } from './provider.ts'

// There and back again: the browser goes to the provider and comes back to us. What we have to know of it then goes
// along in a cookie that only we can read, so nothing is kept for those who never return.

const PURPOSE = 'provider-trip'
/** So long may somebody take to log in there. */
export const TRIP_SECONDS = 10 * 60

/** What the cookie holds. `link`: the session of whoever wants to add this way in to their account. */
type Packed = Omit<Trip, 'redirectUri'> & {
  provider: string
  until: number
  next: string
  link?: { accountId: string; sessionId: string }
}

/** Why somebody did not get in, for the page to word. */
export type Outcome =
  | 'provider-denied'
  | 'provider-unavailable'
  | 'provider-refused'
  | 'trip-lapsed'
  | 'address-not-verified'
  | 'log-in-first'
  | 'identity-taken'
  | 'not-let-in'

/** Where the browser goes now, what it is given, or what became of it. `next` is where it wanted to go in the end. */
export type Return =
  | { next: string; session: string }
  | { next: string; challenge: string; expiresIn: number }
  | { next: string; linked: true }
  | { next: string; failed: Outcome; linking: boolean }

/** Sends the browser of somebody who wants to log in to a provider; NotFound where there is none of that name. */
export async function setOut(
  ctx: Ctx,
  provider: string,
  next?: string,
): Promise<{ url: string; trip: string } | { failed: Outcome }> {
  return depart(ctx, provider, { next: pathOf(ctx, next) })
}

/** The same for somebody who is logged in with a browser and wants this way into their account as well. Wants a recent proof. */
export async function setOutToLink(
  ctx: Ctx,
  provider: string,
  next?: string,
): Promise<{ url: string; trip: string } | { failed: Outcome }> {
  const { actor } = ctx
  if (actor.kind !== 'account') throw SignInRequired()
  await demandRecentProof(ctx)
  const link = { accountId: actor.id, sessionId: actor.sessionId }
  return depart(ctx, provider, { next: pathOf(ctx, next), link })
}

/** Judges who came back, with the cookie that they left with. A state is good once, in the browser that left with it, for the provider that it left to. */
export async function comeBack(
  ctx: Ctx,
  providerName: string,
  { search, trip, userAgent }: { search: string; trip: string; userAgent: string },
): Promise<Return> {
  const provider = providerOf(ctx, providerName)
  const packed = unpack(ctx, trip)
  const linking = packed?.link !== undefined
  const next = packed?.next ?? '/'
  const failed = (outcome: Outcome): Return => ({ next, failed: outcome, linking })
  const states = new URLSearchParams(search).getAll('state')
  if (packed?.provider !== providerName || packed.until <= ctx.now().getTime()) return failed('trip-lapsed')
  if (states.length !== 1 || states[0] !== packed.state) return failed('trip-lapsed')
  if (!(await useState(ctx, packed.state))) return failed('trip-lapsed')

  const redirectUri = redirectUriOf(ctx, providerName)
  const came = await provider.finish(new URL(`${redirectUri}${search}`), { ...packed, redirectUri })
  if ('failed' in came) {
    ctx.log.info({ provider: providerName, reason: came.reason }, `nobody came back from a provider: ${came.failed}`)
    return failed(`provider-${came.failed}`)
  }
  const { person } = came
  if (packed.link) {
    const { actor } = ctx
    const { accountId, sessionId } = packed.link
    const same = actor.kind === 'account' && actor.id === accountId && actor.sessionId === sessionId
    if (!same) return failed('trip-lapsed')
    try {
      return (await linkTo(ctx, accountId, { provider: providerName, person }))
        ? { next, linked: true }
        : failed('identity-taken')
    } catch (error) {
      if (error instanceof Refusal && error.type === SignInRequired) return failed('trip-lapsed')
      throw error
    }
  }
  try {
    return await transaction(ctx, async (tx): Promise<Return> => {
      const admitted = await admit(tx, { provider: providerName, person })
      if (typeof admitted === 'string') return failed(admitted)
      const entry = await logInByIdentity(tx, { ...admitted, userAgent })
      return 'challenge' in entry ? { next, ...entry } : { next, session: entry.cookie }
    })
  } catch (error) {
    if (error instanceof Refusal && error.type.status < 500) return failed('not-let-in')
    throw error
  }
}

/** Those that people can log in through, as they are shown. */
export function list({ logInProviders }: Ctx): { id: string; name: string }[] {
  return [...logInProviders].map(([id, { name }]) => ({ id, name }))
}

async function depart(
  ctx: Ctx,
  provider: string,
  more: Pick<Packed, 'next' | 'link'>,
): Promise<{ url: string; trip: string } | { failed: Outcome }> {
  const [state, nonce, verifier] = [random(), random(), random()]
  const begun = await providerOf(ctx, provider).begin({
    redirectUri: redirectUriOf(ctx, provider),
    state,
    nonce,
    verifier,
  })
  if ('failed' in begun) {
    ctx.log.warn({ provider, reason: begun.reason }, 'a provider of log-ins could not be asked')
    return { failed: 'provider-unavailable' }
  }
  const packed: Packed = {
    provider,
    state,
    nonce,
    verifier,
    until: ctx.now().getTime() + TRIP_SECONDS * 1_000,
    ...more,
  }
  return { url: begun.url.href, trip: seal(ctx.config.secretKey, PURPOSE, JSON.stringify(packed)) }
}

function unpack(ctx: Ctx, trip: string): Packed | undefined {
  const text = trip.length > 4_000 ? undefined : unseal(ctx.config.secretKey, PURPOSE, trip)
  return text === undefined ? undefined : (JSON.parse(text) as Packed)
}

/** Of many who come back with the same state exactly one is let through. */
async function useState(ctx: Ctx, state: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('provider_returns')
    .values({ state_hash: hash('sha256', state, 'hex') })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

function providerOf({ logInProviders }: Ctx, name: string): LogInProvider {
  const provider = logInProviders.get(name)
  if (!provider) throw NotFound()
  return provider
}

function redirectUriOf({ config }: Ctx, provider: string): string {
  return `${config.baseUrl}/auth/${provider}/callback`
}

/** A path of ours, and whatever else somebody asked to be sent to is the front page. */
function pathOf({ config }: Ctx, next = '/'): string {
  if (!/^\/(?![/\\])[^\\\p{Cc}\s]{0,1000}$/u.test(next) || !URL.canParse(next, config.baseUrl)) return '/'
  const url = new URL(next, config.baseUrl)
  return url.origin === config.baseUrl ? `${url.pathname}${url.search}${url.hash}` : '/'
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
