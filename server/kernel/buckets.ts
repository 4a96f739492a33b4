import type { Config } from '#config'
import type { Limit } from './limiter.ts'

/** What is counted together, how much of it is allowed, and where and how strictly it is counted. */
export type Bucket = Limit & {
  /** As it is called in the headers of the answer. */
  name: BucketName
  /** Counted for all processes together; otherwise each counts for itself. */
  shared: boolean
  /** Refused when nobody can count it; otherwise let in. */
  failsClosed: boolean
  /** What the refusal says. */
  words?: string
}

export type BucketName =
  | 'event-manager-day'
  | 'event-manager-hour'
  | 'reads'
  | 'writes'
  | 'logins'
  | 'registrations'
  | 'followers'
  | 'account-logins'
  | 'mails'
  | 'event-mails'

const MINUTE = 60
const NONE = Infinity
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The table of all limits; null where there are none. */
export function bucketsOf({ rateLimits }: Pick<Config, 'rateLimits'>): Record<BucketName, Bucket> | null {
  let table = tables.get(rateLimits ?? nothing)
  if (rateLimits && !table) tables.set(rateLimits, (table = tableOf(rateLimits)))
  return table ?? null
}

function tableOf(most: NonNullable<Config['rateLimits']>): Record<BucketName, Bucket> {
  const here = { shared: false, failsClosed: false }
  const together = { shared: true, failsClosed: false }
  const strictly = { shared: true, failsClosed: true }
  return {
    // by account or else by address, which is what a route's `limit` names
    reads: { name: 'reads', most: most.reads, seconds: MINUTE, ...here },
    writes: { name: 'writes', most: most.writes, seconds: MINUTE, ...together },
    // by address, to that interface alone, where the settings want its own limits; otherwise they are none
    'event-manager-day': { name: 'event-manager-day', most: most.eventManager ? 200 : NONE, seconds: DAY, ...together },
    'event-manager-hour': {
      name: 'event-manager-hour',
      most: most.eventManager ? 50 : NONE,
      seconds: HOUR,
      ...together,
    },
    // by address, whoever it is
    logins: { name: 'logins', most: most.logins, seconds: MINUTE, ...strictly },
    // by account or else by address, and by the event
    registrations: { name: 'registrations', most: most.registrations, seconds: HOUR, ...together },
    followers: { name: 'followers', most: most.followers, seconds: HOUR, ...together },
    // by the name that was typed, for everybody together who was never logged in to it from where they are
    'account-logins': {
      name: 'account-logins',
      most: most.accountLogins,
      seconds: 15 * MINUTE,
      ...strictly,
      words: 'Somebody has tried to log in to this account too often. Wait, or log in from where you have before.',
    },
    // by the mailbox that is written to, and for the second by what it is about, too
    mails: {
      name: 'mails',
      most: most.mails,
      seconds: HOUR,
      ...strictly,
      words: 'This address has been written to too often.',
    },
    'event-mails': {
      name: 'event-mails',
      most: most.eventMails,
      seconds: HOUR,
      ...strictly,
      words: 'This address has been written to about this too often.',
    },
  }
}

const nothing = {}
const tables = new WeakMap<object, Record<BucketName, Bucket>>()
