import { hash, verify, type Options } from '@node-rs/argon2'
import { Unavailable } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { takeTurns } from '#kernel/turns'
import { isWellKnown } from './common-passwords.ts'

const SHORTEST = 8
const LONGEST = 128
const FEWEST_DIFFERENT = 4

// OWASP's second choice for argon2id (2 is its number): 19 MiB, two passes, one lane.
const COST: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of a password that nobody knows, at today's cost: what an unknown user's password is compared with. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** What is wrong with `password` for this person; undefined when it will do. */
export async function faultOfPassword(
  password: string,
  person: { username: string; email: string },
): Promise<string | undefined> {
  const length = lengthOf(password)
  if (length < SHORTEST || length > LONGEST) return `A password has ${SHORTEST} to ${LONGEST} characters.`
  if (password.trim() === '') return 'A password is more than blanks.'
  const compared = comparable(password)
  if (compared === comparable(person.username) || compared === comparable(person.email))
    return 'A password is neither the username nor the e-mail address.'
  if (new Set(compared).size < FEWEST_DIFFERENT) return 'This password is too easy to guess; a short sentence is best.'
  if (await isWellKnown(password)) return 'This password is one of the best known; choose another.'
  return undefined
}

/** The hash to keep. Unavailable (503) when too many wait already. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), COST))
}

/** Whether it is the password; takes as long for an unknown user, who has no hash. Unavailable when too many wait already. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  // No password is longer, so a longer one costs nothing to normalise, and is compared in vain like any other.
  const possible = password.length <= 2 * LONGEST
  const right = await inTurn(() => verify(passwordHash ?? NOBODYS_HASH, possible ? password.normalize('NFKC') : ''))
  return right && possible && passwordHash !== undefined
}

/** Hashing takes a whole core for its time: two at once leave the process able to answer everybody else. */
const inTurn = takeTurns({
  atOnce: 2,
  inLine: 64,
  refusal: () => Unavailable('Too many people are logging in at this moment.', { retryAfter: 2 }),
})

/** In characters as people count them, roughly: code points. */
function lengthOf(text: string): number {
  return text.length > 2 * LONGEST ? text.length : [...text].length
}
