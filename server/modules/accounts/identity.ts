import { comparable } from '#kernel/text'

// How people are called and reached: what is read from what they typed, and what is wrong with it.

export const USERNAME_LENGTH = 150
export const NAME_LENGTH = 150
export const EMAIL_LENGTH = 254

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

/** The keys by which two people's names and addresses are told apart. */
export function keysOf(person: { username: string; email: string }): { username: string; email: string } {
  return { username: comparable(person.username), email: comparable(person.email) }
}

/** As PostgreSQL counts: code points. */
function lengthOf(text: string): number {
  return [...text].length
}
