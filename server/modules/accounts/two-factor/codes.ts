import { hash, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

// What apps show and people type. RFC 6238 as every app knows it: SHA-1, six digits, half a minute.

const PERIOD_S = 30
const DIGITS = 6
const ISSUER = 'Turnout'
const RECOVERY_CODES = 10
/** Crockford's: what is taken for another letter on paper is read as that one. 32, so that no bit is wasted. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

export type TypedCode = { kind: 'app' | 'recovery'; code: string }

/** A new secret as apps take it in. */
export function makeSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What an app scans: it shows the account by this name. */
export function uriOf(secret: string, account: { username: string; host: string }): string {
  return totp(secret, `${account.username} (${account.host})`).toString()
}

/** The half minute whose code this is: the one now, the one before or the one after; undefined when it is of none. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: 1 })
  return delta === null ? undefined : Math.floor(now.getTime() / (PERIOD_S * 1_000)) + delta
}

/** What was typed: digits of other scripts are digits, and space and hyphens between them are for the eye. */
export function readCode(typed: string): TypedCode {
  const code = typed
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\s-]/g, '')
    .toLowerCase()
  return { kind: /^[0-9]{6}$/.test(code) ? 'app' : 'recovery', code }
}

/** New recovery codes as they are shown, once. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    [...randomBytes(16)]
      .map((byte) => LETTERS[byte & 31]!)
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  )
}

/** What is kept of a recovery code. They are random, so nothing slower is needed; whose it is goes in with it. */
export function hashOfCode(accountId: string, code: string): string {
  const read = readCode(code).code.replace(/o/g, '0').replace(/[il]/g, '1')
  return hash('sha256', `${accountId} ${read}`, 'hex')
}

function totp(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  })
}
