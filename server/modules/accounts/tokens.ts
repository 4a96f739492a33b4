import { createSigner, createVerifier } from 'fast-jwt'
import type { Config } from '#config'
import { isId } from '#kernel/ids'
import { isSignedBy, keyFor, sign } from '#kernel/signing'

// Three forms, each signed with a key of its own, so that none is taken in another's place. None is kept anywhere.

/** What an access token is for. Its role is not in it: that is looked up. */
export type AccessClaim = { accountId: string; sessionId: string }

/** The refresh token of one generation of a session. */
export type RefreshClaim = { sessionId: string; generation: number }

const AUDIENCE = 'turnout'
const LONGEST_TOKEN = 2_000

/** An access token: a JWT that is good until `expiresAt`, to the second. */
export function signAccessToken(
  config: Config,
  claim: AccessClaim,
  times: { issuedAt: Date; expiresAt: Date },
): string {
  return jwt(config).sign({
    typ: 'access',
    sub: claim.accountId,
    sid: claim.sessionId,
    iat: seconds(times.issuedAt),
    exp: seconds(times.expiresAt),
  })
}

/** What the access token says; undefined unless it is ours and has not expired. */
export function readAccessToken(config: Config, token: string, now: Date): AccessClaim | undefined {
  if (token.length > LONGEST_TOKEN) return undefined
  const claims = jwt(config).verify(token)
  if (claims?.typ !== 'access' || !isText(claims.sub) || !isText(claims.sid)) return undefined
  if (!Number.isSafeInteger(claims.exp) || !(now.getTime() < (claims.exp as number) * 1_000)) return undefined
  return isId(claims.sub) && isId(claims.sid) ? { accountId: claims.sub, sessionId: claims.sid } : undefined
}

/** A refresh token: the session, the generation, and our signature. */
export function signRefreshToken(config: Config, claim: RefreshClaim): string {
  const bytes = Buffer.alloc(20)
  bytesOf(claim.sessionId).copy(bytes)
  bytes.writeUInt32BE(claim.generation, 16)
  return signed(config, 'refresh-token', bytes)
}

/** What the refresh token says; undefined unless it is ours. */
export function readRefreshToken(config: Config, token: string): RefreshClaim | undefined {
  const bytes = readSigned(config, 'refresh-token', token, 20)
  return bytes && { sessionId: idOf(bytes.subarray(0, 16)), generation: bytes.readUInt32BE(16) }
}

/** The value of a browser's cookie: the session and our signature. */
export function signSessionCookie(config: Config, sessionId: string): string {
  return signed(config, 'web-session', bytesOf(sessionId))
}

/** The session that the cookie's value names; undefined unless it is ours. */
export function readSessionCookie(config: Config, value: string): string | undefined {
  const bytes = readSigned(config, 'web-session', value, 16)
  return bytes && idOf(bytes)
}

/** Holds the challenge of a log-in that came from a provider. */
export const CHALLENGE_COOKIE = 'turnout_challenge'

/** The cookie's name and what the browser is told about it. */
export function sessionCookie(config: Config) {
  return ownCookie(config, 'turnout_session')
}

/** A cookie that is ours alone and that no script reads. The prefix binds it to this very host, where there is TLS. */
export function ownCookie(config: Config, name: string) {
  const secure = config.baseUrl.startsWith('https:')
  return {
    name: secure ? `__Host-${name}` : name,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  } as const
}

type Jwt = { sign: (claims: object) => string; verify: (token: string) => Record<string, unknown> | undefined }
const jwts = new WeakMap<Config, Jwt>()

function jwt(config: Config): Jwt {
  let both = jwts.get(config)
  if (!both) jwts.set(config, (both = makeJwt(config)))
  return both
}

function makeJwt(config: Config): Jwt {
  const key = keyFor(config.secretKey, 'access-token')
  const verify = createVerifier({
    key,
    algorithms: ['HS256'],
    allowedIss: config.baseUrl,
    allowedAud: AUDIENCE,
    requiredClaims: ['typ', 'iss', 'aud', 'sub', 'sid', 'iat', 'exp'],
    ignoreExpiration: true, // judged above, by the clock of ctx
  })
  return {
    sign: createSigner({ key, algorithm: 'HS256', iss: config.baseUrl, aud: AUDIENCE }),
    verify(token) {
      try {
        return verify(token) as Record<string, unknown>
      } catch {
        return undefined // whatever is wrong with it, the answer is the same
      }
    },
  }
}

function signed(config: Config, purpose: string, bytes: Buffer): string {
  const text = bytes.toString('base64url')
  return `${text}.${sign(config.secretKey, purpose, text)}`
}

function readSigned(config: Config, purpose: string, token: string, length: number): Buffer | undefined {
  if (token.length > LONGEST_TOKEN) return undefined
  const [text = '', signature = '', ...more] = token.split('.')
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== length || more.length > 0) return undefined
  return isSignedBy(config.secretKey, purpose, text, signature) ? bytes : undefined
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function idOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1_000)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
