import { comparable } from '#kernel/text'

// How people are called and reached: what is read from what they typed, and what is wrong with it.

export const USERNAME_LENGTH = 150
export const NAME_LENGTH = 150
export const EMAIL_LENGTH = 254
export const BIO_LENGTH = 2_000

const username = /^(?!\p{M})[\p{L}\p{M}\p{Nd}@.+\-_]+$/u
const mailbox = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domainLabel = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u

/** The username as it is kept: one spelling of each character, no outer space. */
export function readUsername(typed: string): string {
  return typed.normalize('NFKC').trim()
}

/** The address as it is kept and written to: its spelling stays, its outer space goes. */
export function readEmail(typed: string): string {
  return typed.trim().normalize('NFC')
}

/** A first or last name as it is kept. */
export function readName(typed: string): string {
  return typed.trim().normalize('NFC')
}

/** What is wrong with a username that was read; undefined when it will do. */
export function faultOfUsername(read: string): string | undefined {
  const length = lengthOf(read)
  if (length < 1 || length > USERNAME_LENGTH) return `A username has 1 to ${USERNAME_LENGTH} characters.`
  if (!username.test(read)) return 'A username is made of letters, digits and @ . + - _'
  return undefined
}

/**
 * What is wrong with a username beside this address (as it is compared); undefined when it will do. Another's address is
 * refused whether or not anybody has it: people log in by either name, and nobody is told who has an account.
 */
export function faultOfUsernameAsAddress(read: string, emailKey: string): string | undefined {
  const isAnother = faultOfEmail(read) === undefined && comparable(read) !== emailKey
  return isAnother ? 'A username that is an e-mail address can only be your own.' : undefined
}

/** What is wrong with an e-mail address that was read; undefined when mail could reach somebody there. */
export function faultOfEmail(read: string): string | undefined {
  const at = read.lastIndexOf('@')
  const labels = read.slice(at + 1).split('.')
  const reachable =
    read.length <= EMAIL_LENGTH &&
    at > 0 &&
    at <= 64 &&
    mailbox.test(read.slice(0, at)) &&
    labels.length > 1 &&
    labels.every((label) => label.length <= 63 && domainLabel.test(label)) &&
    !/^\d+$/.test(labels.at(-1)!)
  return reachable ? undefined : 'This is not an e-mail address.'
}

/** What is wrong with a first or last name that was read; undefined when it will do. */
export function faultOfName(read: string): string | undefined {
  if (lengthOf(read) > NAME_LENGTH) return `A name has at most ${NAME_LENGTH} characters.`
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(read)) return 'A name is one line of text.'
  return undefined
}

/** What somebody says of themselves, as it is kept. */
export function readBio(typed: string): string {
  return typed.trim().normalize('NFC')
}

/** What is wrong with that; undefined when it will do. */
export function faultOfBio(read: string): string | undefined {
  return lengthOf(read) > BIO_LENGTH ? `At most ${BIO_LENGTH} characters, please.` : undefined
}

/** The keys by which two people's names and addresses are told apart. */
export function keysOf(person: { username: string; email: string }): { username: string; email: string } {
  return { username: comparable(person.username), email: comparable(person.email) }
}

/** As PostgreSQL counts: code points. */
function lengthOf(text: string): number {
  return [...text].length
}
