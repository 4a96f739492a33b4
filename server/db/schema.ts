// Generated from the migrations by `npm run schema`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** Read as a value, written as its text. */
type Json = ColumnType<unknown, string, string>

/** A person who can log in. The _key columns hold what is compared: normalised and lower-cased by comparable(). */
export interface Accounts {
  id: string
  number: GeneratedAlways<number>
  username: string
  username_key: string
  email: string
  email_key: string
  password_hash: string
  first_name: Generated<string>
  last_name: Generated<string>
  role: Generated<string>
  wants_to_organize_at: Date | null
  created_at: Generated<Date>
  suspended_at: Date | null
}

/** A kind of event that people filter by. */
export interface Categories {
  id: string
  number: GeneratedAlways<number>
  name: string
  name_key: string
  description: Generated<string>
  created_at: Generated<Date>
}

/** A gathering. A draft until published_at; its seats are in seat_pools. */
export interface Events {
  id: string
  number: GeneratedAlways<number>
  organizer_id: string
  slug: string
  title: string
  description: Generated<string>
  starts_at: Date
  ends_at: Date
  zone: string
  venue_id: string | null
  place: string | null
  category_id: string | null
  registration_deadline: Date | null
  has_waitlist: Generated<boolean>
  version: Generated<number>
  published_at: Date | null
  /** When the organizer stopped taking registrations before the deadline did. */
  closed_at: Date | null
  cancelled_at: Date | null
  cancellation_reason: string | null
  /** Deleted events are invisible to everyone; the row stays for those who had a place. */
  deleted_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
  search: GeneratedAlways<string | null>
}

/** A thing that happened, written in the transaction that made it happen; delivered to its reactions at least once, then kept as the audit trail. */
export interface Facts {
  id: GeneratedAlways<number>
  kind: string
  data: Json
  actor: Json
  at: Generated<Date>
  attempts: Generated<number>
  retry_at: Date | null
  last_error: string | null
  delivered_at: Date | null
}

/** The answer that a caller's Idempotency-Key was given, written with the effect it belongs to; whoever repeats the request gets it again. */
export interface IdempotencyKeys {
  scope: string
  key: string
  fingerprint: string
  status: number
  answer: Json
  created_at: Generated<Date>
}

/** The schema files that have been applied, with a checksum of each. */
export interface Migrations {
  name: string
  checksum: string
  applied_at: Generated<Date>
}

/** One message to one recipient on one channel, with what it says; sent_at only after the other side has confirmed. */
export interface Notifications {
  id: string
  topic: string
  channel: string
  recipient: string
  payload: Json
  event_id: string | null
  dedupe_key: string
  attempts: Generated<number>
  due_at: Generated<Date>
  lease: string | null
  leased_until: Date | null
  last_error: string | null
  sent_at: Date | null
  /** Given up after the last attempt or a final refusal: the dead letters. */
  failed_at: Date | null
  created_at: Generated<Date>
}

/** One person's claim to a place at one event. A cancelled row stays; registering again makes a new one. */
export interface Registrations {
  id: string
  number: GeneratedAlways<number>
  event_id: string
  account_id: string | null
  name: string
  email: string
  /** The address as it is compared: comparable(email). */
  email_key: string
  status: string
  /** The order of arrival: given under the lock of the event's seat row, so a lower number came first. */
  place: GeneratedAlways<number>
  created_at: Generated<Date>
  promoted_at: Date | null
  cancelled_at: Date | null
}

/** The seats of one event: the row that everyone locks before they give, take or free a seat. Narrow and without further indexes, so that counting is a heap-only update. */
export interface SeatPools {
  event_id: string
  /** Null: as many as come. */
  capacity: number | null
  taken: Generated<number>
  waiting: Generated<number>
}

/** One log-in: the family of refresh tokens that descend from it (rotating), the one it keeps (keeping), or a browser's cookie (web). */
export interface Sessions {
  id: string
  account_id: string
  kind: string
  generation: Generated<number>
  rotated_at: Generated<Date>
  created_at: Generated<Date>
  expires_at: Date
  revoked_at: Date | null
  user_agent: Generated<string>
}

/** A place where events are held; its name is unique whatever its spelling in capitals. */
export interface Venues {
  id: string
  number: GeneratedAlways<number>
  name: string
  name_key: string
  address: Generated<string>
  description: Generated<string>
  created_by: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface DB {
  accounts: Accounts
  categories: Categories
  events: Events
  facts: Facts
  idempotency_keys: IdempotencyKeys
  migrations: Migrations
  notifications: Notifications
  registrations: Registrations
  seat_pools: SeatPools
  sessions: Sessions
  venues: Venues
}
