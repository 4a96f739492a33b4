import type { Role } from '#kernel/ctx'

// Everybody who may knock. A new role is a line here, its log-in a line in `logInsOf` (world.ts), and then a column in
// those lines of operations.ts where it may more, or less, than `like` says.

/** How somebody stands to a thing, or to the instance; what a line of operations.ts says the answer of. */
export type Column = 'own' | 'runs' | 'coOrganizer' | 'door' | 'attending' | 'rival' | 'admin' | 'nobody' | 'any'

export type PersonKind = {
  what: string
  /** Null: nobody is logged in. */
  role: Role | null
  /** Is answered 401 everywhere: the token that comes along is good for nothing. */
  turnedAway?: true
  /** A key: reads as this person what has one of these tags, and is answered 403 everywhere else. */
  reads?: { as: string; tags: readonly string[] }
}

/** What docs/decisions/0014 says that a key for reading events opens. */
const OF_EVENTS = ['events', 'series', 'venues', 'categories', 'tags', 'reviews', 'analytics', 'external events']

export const PEOPLE = {
  nobody: { what: 'nobody is logged in', role: null },
  guest: { what: 'holds the link of a guest’s registration, and nothing else', role: null },
  stranger: { what: 'an attendee who has to do with nothing here', role: 'attendee' },
  attending: { what: 'an attendee who is invited and registered', role: 'attendee' },
  owner: { what: 'the organizer whose things these are', role: 'organizer' },
  coOrganizer: { what: 'an organizer who helps to run these things', role: 'organizer' },
  doorStaff: { what: 'an attendee who stands at the door of these events', role: 'attendee' },
  rival: { what: 'an organizer of other events', role: 'organizer' },
  admin: { what: 'an admin', role: 'admin' },
  suspended: { what: 'an organizer whose account was suspended after the log-in', role: null, turnedAway: true },
  ended: { what: 'the owner, with the token of a session that was ended', role: null, turnedAway: true },
  expired: { what: 'the owner, with a token that has run out', role: null, turnedAway: true },
  garbled: { what: 'the owner, with a token in which one character is another', role: null, turnedAway: true },
  halfIn: { what: 'knows the password and has a challenge, but no code', role: null, turnedAway: true },
  key: { what: 'an API key of the owner, for events:read', role: 'organizer', reads: { as: 'owner', tags: OF_EVENTS } },
} as const satisfies Record<string, PersonKind>

export type Person = keyof typeof PEOPLE

/** Where a line says nothing of a column, it is answered as this one is. */
export const LIKE: Record<Exclude<Column, 'any'>, Column> = {
  own: 'any',
  runs: 'own',
  coOrganizer: 'own',
  door: 'any',
  attending: 'any',
  rival: 'any',
  admin: 'own',
  nobody: 'any',
}

export const everybody = Object.keys(PEOPLE) as Person[]

/** Whose words this person may read. */
export function readerOf(person: Person): Person {
  const { reads }: PersonKind = PEOPLE[person]
  return (reads?.as as Person | undefined) ?? person
}

/** Whether this person is logged in at all. */
export function isKnown(person: Person): boolean {
  return PEOPLE[person].role !== null
}
