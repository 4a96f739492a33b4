// Generated from the migrations by `npm run schema`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** Read as a value, written as its text. */
type Json = ColumnType<unknown, string, string>

/** That somebody accepted a version of this instance's terms, and when. */
export interface AcceptedTerms {
  account_id: string
  version: string
  accepted_at: Generated<Date>
}

/** A link that a mail carries, and the address that it went to: what it ends in is signed when the mail leaves and is kept nowhere. Good once, until it expires; used_at is also set when it is taken back. replaced_email: the address that was the account's before, where it changed that. */
export interface AccountLinks {
  id: string
  account_id: string
  purpose: string
  email: string
  email_key: string
  created_at: Generated<Date>
  expires_at: Date
  used_at: Date | null
  replaced_email: string | null
}

/** A person who can log in. The _key columns hold what is compared: normalised and lower-cased by comparable(). */
export interface Accounts {
  id: string
  number: GeneratedAlways<number>
  username: string
  username_key: string
  email: string
  email_key: string
  /** Null: they log in through a provider alone, and no password is right. */
  password_hash: string | null
  first_name: Generated<string>
  last_name: Generated<string>
  role: Generated<string>
  wants_to_organize_at: Date | null
  created_at: Generated<Date>
  suspended_at: Date | null
  /** When somebody who reads the mail of this very address said so. */
  email_verified_at: Date | null
  bio: Generated<string>
  language: string | null
  zone: string | null
  /** For each group of topics, the channels by which the person wants to hear; a group that is not there has all of them. */
  channels: Generated<Json>
  /** Whether who registers from now on is seen by others who are registered; each registration can say otherwise. */
  shown_to_attendees: Generated<boolean>
  suspension_reason: string | null
  /** Since when nothing in the row says whose it was. No sign-up can choose such a name, and no mail reaches such an address. */
  erased_at: Date | null
  /** True until it is erased, then null, so that what points to a live account can only point to one. */
  live: GeneratedAlways<boolean | null>
  /** In E.164. Nothing but the code goes there before its owner has typed it. */
  phone: string | null
  phone_verified_at: Date | null
}

/** Lets a program act for an account within some scopes. 256 random bits, of which only the hash is kept. */
export interface ApiKeys {
  id: string
  account_id: string
  name: string
  key_hash: string
  scopes: string[]
  created_at: Generated<Date>
  expires_at: Date
  /** To a minute: not every request is worth a write. */
  last_used_at: Date | null
  revoked_at: Date | null
}

/** A person who has asked for a new address of their private calendar, and how often: only the newest is let in. Who never asked has the first and no row. */
export interface CalendarLinks {
  account_id: string
  generation: number
  renewed_at: Generated<Date>
}

/** A kind of event that people filter by. */
export interface Categories {
  id: string
  number: GeneratedAlways<number>
  name: string
  name_key: string
  description: Generated<string>
  created_at: Generated<Date>
  /** Who may change it besides admins; only asked of the public organizer, who is nobody in particular. */
  created_by: string | null
}

/** A log-in that wants a code before it is one. Goes with the second factor, with the identity it came by, and does not outlive the password it was begun with. */
export interface Challenges {
  id: string
  account_id: string
  kind: string
  /** A hash of the password's hash at that time. Null: it came from a provider. */
  password_mark: string | null
  identity_id: string | null
  user_agent: Generated<string>
  tries: Generated<number>
  created_at: Generated<Date>
  expires_at: Date
  finished_at: Date | null
}

/** A destination that has failed since it last took something: how often in a row. None where all is well. */
export interface ChannelBreakers {
  channel: string
  destination: string
  failures: Generated<number>
  since: Generated<Date>
  /** Open: nothing is sent there before. Then one message is, and the next only when that has arrived. */
  retry_at: Date | null
  last_error: string
}

/** A channel that was told it may not come in: nothing leaves by it until an admin says so. */
export interface ChannelPauses {
  channel: string
  since: Generated<Date>
  reason: string
}

/** What a device was answered for a scan that it named: it may have been offline or lost the answer, sends the scan again, and is told the same. */
export interface CheckinScans {
  event_id: string
  scan_id: string
  registration_id: string
  entered: boolean
  /** When the person came in: by this scan, or before it. */
  at: Date
  by_account: string | null
}

/** Who has come in. The primary key lets one ticket in once, however many devices scan it; undoing removes the row, and the facts keep both. */
export interface Checkins {
  registration_id: string
  event_id: string
  at: Generated<Date>
  by_account: string | null
  device: string | null
}

/** How many have come in at an event: kept by whoever writes or takes back an entry, as the last thing in that transaction. */
export interface Doors {
  event_id: string
  came: number
}

/** That an address may see a private event and register for it, until it is revoked. */
export interface EventInvitations {
  id: string
  event_id: string
  email: string
  email_key: string
  invited_by: string | null
  created_at: Generated<Date>
  revoked_at: Date | null
}

/** That an event is marked with a tag. */
export interface EventTags {
  event_id: string
  tag_id: string
}

/** One change of an event: { field: { from, to } }, and who made it. The first row of an event says everything. */
export interface EventVersions {
  event_id: string
  version: number
  at: Generated<Date>
  actor: Json
  changes: Json
  /** Names this change of the event to other systems. */
  number: GeneratedAlways<number>
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
  /** How popular it was where it came from; its own registrations are added to that. */
  popularity_base: Generated<number>
  /** public: listed. unlisted: for whoever has the link. private: for its organizer, who is registered and who is invited. */
  visibility: Generated<string>
  /** Where it takes place online: for its organizer and who is going alone. */
  online_url: string | null
  /** When a draft is to be published by itself. */
  publish_at: Date | null
  series_id: string | null
  /** The wall time that the series’ rule gave it, whatever it was moved to since. */
  occurrence_at: string | null
  /** What was changed for this occurrence alone; changes of the whole series leave it. */
  own_fields: Generated<string[]>
  /** Since when it is in no list any more, and only who had a place there, its organizer and admins see it. What people did there stays as it was. */
  archived_at: Date | null
  /** A guest's place is held until they follow the link in their mail, and given to the next when they do not. */
  confirms_guests: Generated<boolean>
  /** How long before the start who comes is reminded; the longest first, none when empty. */
  reminder_minutes: Generated<number[]>
}

/** An event as somebody else announces it, and the event here that was made of it. */
export interface ExternalEvents {
  id: string
  provider: string
  external_id: string
  event_id: string | null
  title: string
  starts_at: Date
  ends_at: Date
  zone: string
  venue_name: string | null
  price_range: string | null
  ticket_url: string | null
  raw: Json
  /** Of what is read of it: the same digest, nothing to do. */
  digest: string
  /** The fields of the event here as they were last written from there: one that is another now was edited here, and stays. */
  synced: Json
  /** When it was changed there, if they say so. */
  changed_at: Date | null
  /** Since when runs find it there; null: somebody imported it, and no run takes it away. */
  listed_at: Date | null
  /** Since when it is not announced there any more; the event here is cancelled then. */
  withdrawn_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
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

/** The kinds of event that somebody wants to hear of. */
export interface FavouriteCategories {
  account_id: string
  category_id: string
}

/** A picture in the file store, in several widths. The row is there before the first byte and goes after the last: whatever a crash leaves behind has a row that says so. */
export interface Files {
  /** 128 random bits: who was not given it cannot guess it, also where the event is not public. */
  id: string
  kind: string
  event_id: string | null
  account_id: string | null
  alt: Generated<string>
  type: string
  widths: number[]
  /** Of everything that is kept under this id. */
  bytes: number
  created_at: Generated<Date>
  /** When all of it lay in the store and took the place of the one before. Without it nobody is shown it. */
  stored_at: Date | null
  /** Shown to nobody any more; the next cleaning takes it out of the store, then the row. */
  discarded_at: Date | null
}

/** What is owed for a seat that was held before the price changed. Without a row it is the price of the event. */
export interface HoldPrices {
  registration_id: string
  amount: number
  currency: string
  refund_until_hours: number | null
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

/** Somebody whom a provider vouches for, and whose account that opens. Who they are is issuer and subject; addresses and names change hands. */
export interface Identities {
  id: string
  account_id: string
  provider: string
  issuer: string
  subject: string
  shown_as: Generated<string>
  created_at: Generated<Date>
  last_used_at: Date | null
}

/** Who would like to come and takes no seat. Apart from registrations, so that the desk, its counts and "one live registration" never meet them; registering makes an end of it. */
export interface Interests {
  event_id: string
  account_id: string
  created_at: Generated<Date>
}

/** One run of a job: waiting, held by a worker with a lease, finished, or given up. */
export interface JobRuns {
  id: string
  name: string
  queue: string
  asked_by: Json
  asked_at: Generated<Date>
  due_at: Generated<Date>
  attempts: Generated<number>
  lease: string | null
  leased_until: Date | null
  /** Of the last try. */
  started_at: Date | null
  finished_at: Date | null
  /** Given up after the last try: the dead letters. */
  failed_at: Date | null
  last_error: string | null
  result: Json | null
}

/** An address from which somebody has logged in to the account: they are let in there while strangers guess elsewhere. */
export interface KnownPlaces {
  account_id: string
  /** The address, signed by us: it cannot be read from this. */
  place: string
  seen_at: Generated<Date>
}

/** Somebody typed this address. Written alike for every address, known or not; who has it is only looked for later, when nobody waits for an answer, and then the row goes. */
export interface MailRequests {
  id: string
  kind: string
  email: string
  account_id: string | null
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
  /** As the channel addresses it: a mail address, a number in E.164, the id of a browser's push subscription. */
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
  /** Since when it says neither what it said nor to whom. */
  erased_at: Date | null
  /** Whose account it was written to; none for guests and addresses. */
  account_id: string | null
  /** The message that this one says again. */
  resent_from: string | null
}

/** A provider's notice that was taken: the same one again has no effect. */
export interface PaymentNotices {
  provider: string
  notice_id: string
  payment_id: string
  happened: string
  received_at: Generated<Date>
}

/** One attempt to pay for one registration, and what became of the money. Kept when the registration goes. */
export interface Payments {
  id: string
  registration_id: string | null
  event_id: string | null
  provider: string
  /** What the provider calls it; null until the provider has been asked. */
  reference: string | null
  /** What the provider calls the money that came: refunds are made of it. */
  charge_reference: string | null
  amount: number
  currency: string
  /** The rule as it was when the payment was begun: changing the price changes nothing for who has paid. */
  refund_until_hours: number | null
  state: Generated<string>
  redirect_url: string | null
  expires_at: Date | null
  created_at: Generated<Date>
  paid_at: Date | null
  /** The place was given back too late for a refund: paid, and rightly without a seat. */
  kept_at: Date | null
  refunded_at: Date | null
  attempts: Generated<number>
  /** When the refund is tried next. */
  due_at: Date | null
  leased_until: Date | null
  last_error: string | null
  /** The words the provider is asked with, until it has answered: asked again, they are the same to the byte. */
  asked_with: Json | null
  /** For a seat that was given at the door: it is theirs whether it is paid for or not. */
  at_door: Generated<boolean>
  /** How much of it went back so far, in parts. */
  returned: Generated<number>
  /** All of it was paid back at the provider's, by hand: the place ends with it. */
  taken_back_at: Date | null
  /** What the provider calls the refund that it has begun and not finished. */
  refund_reference: string | null
  /** How many refunds have failed after they were begun: each is asked for under a key of its own. */
  refund_round: Generated<number>
}

/** A code that was sent to a number. What it is is made of the id and our secret, and kept nowhere. */
export interface PhoneCodes {
  id: string
  account_id: string
  phone: string
  tries: Generated<number>
  used_at: Date | null
  expires_at: Date
  created_at: Generated<Date>
}

/** What a seat at an event costs, in minor units of its currency. An event without a row is free of charge. */
export interface Prices {
  event_id: string
  amount: number
  currency: string
  provider: string
  /** Who gives the place back at least so long before the start gets all of the money back; null: nobody does. */
  refund_until_hours: number | null
  /** How to pay by hand, in the organizer's words: an account to transfer to, or cash at the door. */
  instructions: string | null
  updated_at: Generated<Date>
}

/** A state with which somebody came back from a provider: none is taken twice. Kept longer than its cookie is good. */
export interface ProviderReturns {
  state_hash: string
  at: Generated<Date>
}

/** A browser that lets itself be written to: where, and the keys that only it can open. Gone when its push service says so. */
export interface PushSubscriptions {
  id: string
  account_id: string | null
  endpoint: string
  p256dh: string
  auth: string
  /** What is written to the account is shown there, and not only what the browser itself follows. */
  everything: Generated<boolean>
  created_at: Generated<Date>
}

/** How often somebody did something in a window of time: what several processes count together where there is no Redis. */
export interface RateCounts {
  /** Who and what, signed by us: no address and no name can be read from it. */
  key: string
  count: number
  until: Date
}

/** Lets somebody in once who has lost the app. 80 random bits, of which only the hash is kept. */
export interface RecoveryCodes {
  account_id: string
  code_hash: string
  used_at: Date | null
}

/** Registrations by month (UTC) of when they were made, before registrations_counted.until. Only the job of analytics writes it. */
export interface RegistrationMonths {
  event_id: string
  month: string
  registered: number
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
  /** Signed into the code of the ticket: one more, and the codes that were given out before are worth nothing. */
  ticket_generation: Generated<number>
  /** Signed into a guest's link: when the address is corrected, the links that went to the old one open nothing. */
  link_generation: Generated<number>
  /** Whether others who are registered may see the name: each person's own choice. */
  visible_to_attendees: Generated<boolean>
  /** The registration whose seat this one took over. */
  passed_on_from: string | null
  /** The seat is taken, but not theirs before it is paid for: no ticket while this is set. Null: nothing is owed. */
  held_until: Date | null
  /** It ended because the money did not come in time; money that comes after that may seat them again. */
  lapsed_at: Date | null
  /** Since when it is nobody’s any more; it still counts where it counted. */
  erased_at: Date | null
  /** Always true: half of the key that points to accounts.live. */
  account_live: Generated<boolean>
  /** Since then we wait for the guest to confirm by the link in their mail, and the place, also one in the line, is only held. Null: there is nothing to confirm. */
  unconfirmed_since: Date | null
}

/** Up to which moment registrations are in registration_months; later ones are counted when somebody asks. */
export interface RegistrationsCounted {
  only_row: Generated<boolean>
  until: Date
}

/** That people were reminded of an event that starts then, so long before. A row is what lets it happen once; a move makes it due again. */
export interface Reminders {
  event_id: string
  starts_at: Date
  minutes_before: number
  written_at: Generated<Date>
  /** Nobody was written to: a later one was due as well, or the mark was not there when its time came. */
  missed: boolean
}

/** Somebody thinks that a review should not be seen, and why; admins decide. */
export interface ReviewReports {
  review_id: string
  account_id: string
  reason: string
  created_at: Generated<Date>
}

/** What somebody who was there says of an event afterwards, once. */
export interface Reviews {
  id: string
  number: GeneratedAlways<number>
  event_id: string
  account_id: string | null
  rating: number
  comment: Generated<string>
  created_at: Generated<Date>
  updated_at: Generated<Date>
  /** Since when admins keep it from everybody but its author; it does not count then. */
  hidden_at: Date | null
  /** Its author took it away while it was hidden: without its words it stays in the way of another by the same person. */
  removed_at: Date | null
}

/** A job that the program declares, and when it is due next: what can be read and changed while it runs. */
export interface Schedules {
  name: string
  queue: string
  /** Five fields of a crontab, on the clock of the zone. As long as it is the default it follows the program. */
  cron: string
  zone: Generated<string>
  default_cron: string
  next_run_at: Date
  /** The cron and zone that next_run_at was reckoned from: who writes others into the row is followed. */
  next_for: string
  paused_at: Date | null
  changed_at: Date | null
  changed_by: Json | null
  /** When a worker last said that there is such a job. */
  seen_at: Generated<Date>
}

/** The seats of one event: the row that everyone locks before they give, take or free a seat. Narrow and without further indexes, so that counting is a heap-only update. */
export interface SeatPools {
  event_id: string
  /** Null: as many as come. */
  capacity: number | null
  taken: Generated<number>
  waiting: Generated<number>
  /** For how long a seat is held for the money; null: free of charge. */
  hold_minutes: number | null
  /** The same for who comes to a seat from the waitlist and has to hear of it first. */
  offer_minutes: Generated<number>
  /** A hold ended here after the event: its seat is nobody's any more, and the line stays as it was. */
  over_at: Date | null
}

/** An app that shows codes for an account. Until it is confirmed with a code it asks nothing of anybody. */
export interface SecondFactors {
  account_id: string
  /** Sealed with a key of SECRET_KEY, for this account alone. */
  secret: string
  created_at: Generated<Date>
  confirmed_at: Date | null
  /** The newest half minute whose code was used; only a later one is taken. */
  last_step: Generated<number>
  /** Codes tried since tries_since, which is a quarter of an hour ago at most. */
  tries: Generated<number>
  tries_since: Generated<Date>
}

/** An event that repeats: its rule, and what those occurrences are like that are still to be made. What has been made are events. */
export interface Series {
  id: string
  number: GeneratedAlways<number>
  organizer_id: string
  /** An RRULE of RFC 5545 without its name, in our one spelling, counted from starts_local. */
  rule: string
  /** The first start as the clocks of the zone show it. */
  starts_local: string
  /** From start to end on those clocks. */
  minutes: number
  zone: string
  /** How long before its start one may register, on those clocks; null: until it starts. */
  deadline_minutes: number | null
  /** The other fields of an event; tags by their ids. */
  template: Json
  /** Since when new occurrences are published as they are made. */
  published_at: Date | null
  /** Called off or deleted as a whole: no more occurrences are made. */
  ended_at: Date | null
  /** Until when occurrences are made; null when everything is made that the rule gives. */
  horizon_at: Date | null
  version: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
  /** Deleted with all that there was of it: nobody sees it any more. One of which something has begun has only ended. */
  deleted_at: Date | null
}

/** What those occurrences of a series cost that are still to be made, whatever single ones cost. Without a row they cost what the last one costs. */
export interface SeriesPrices {
  series_id: string
  amount: number
  currency: string
  provider: string
  refund_until_hours: number | null
  instructions: string | null
  hold_minutes: number
  offer_minutes: number
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
  /** To a few minutes: not every request is worth a write. */
  last_used_at: Generated<Date>
  /** When whoever has the session last proved who they are: at the log-in, or again since. What is dangerous wants it to be fresh. */
  proved_at: Generated<Date>
}

/** Who follows an event without a place: an account, an address, or a browser. Its link is its id, signed. */
export interface Subscriptions {
  id: string
  event_id: string
  account_id: string | null
  email: string | null
  email_key: string | null
  push_id: string | null
  created_at: Generated<Date>
}

/** Up to which change a provider was read. Moves with the commit of a whole run. */
export interface SyncCursors {
  provider: string
  changed_at: Date
  updated_at: Generated<Date>
}

/** One synchronisation with a provider: what became of it, or why it failed. */
export interface SyncRuns {
  id: string
  provider: string
  mode: string
  began_at: Generated<Date>
  /** Until when it counts as alive; a run that died is given up then. */
  lease_until: Date
  /** Which process runs it. */
  held_by: string
  ended_at: Date | null
  error: string | null
  new_events_count: Generated<number>
  updated_events_count: Generated<number>
  withdrawn_events_count: Generated<number>
  unchanged_events_count: Generated<number>
  skipped_count: Generated<number>
  /** The first of what could not be taken: id there, and why. */
  skipped: Generated<Json>
  kept_count: Generated<number>
  /** The first of what differs there and was edited here: the event, and its fields. */
  kept: Generated<Json>
  last_synced_changed_at: Date | null
}

/** A word that events are marked with; it is there once, whatever its spelling in capitals. */
export interface Tags {
  id: string
  number: GeneratedAlways<number>
  name: string
  name_key: string
  description: Generated<string>
  created_at: Generated<Date>
}

/** A role that somebody is offered, by account or by address; owner: the event itself. Its link is its id, signed. */
export interface TeamInvitations {
  id: string
  event_id: string | null
  series_id: string | null
  role: string
  /** Of an offer of the event itself: whether who gives it away becomes a co-organizer. */
  stays: Generated<boolean>
  account_id: string | null
  email: string | null
  email_key: string | null
  invited_by: string | null
  created_at: Generated<Date>
  expires_at: Date
  accepted_at: Date | null
  accepted_by: string | null
  declined_at: Date | null
  withdrawn_at: Date | null
}

/** Who helps the organizer of an event, or of a series and so of all its occurrences. What each role may do is in the policies. */
export interface TeamMembers {
  event_id: string | null
  series_id: string | null
  account_id: string
  role: string
  since: Generated<Date>
}

/** An address without an account that wants no more mail of a group of topics. */
export interface Unsubscriptions {
  email_key: string
  topic_group: string
  created_at: Generated<Date>
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
  search: GeneratedAlways<string | null>
}

export interface DB {
  accepted_terms: AcceptedTerms
  account_links: AccountLinks
  accounts: Accounts
  api_keys: ApiKeys
  calendar_links: CalendarLinks
  categories: Categories
  challenges: Challenges
  channel_breakers: ChannelBreakers
  channel_pauses: ChannelPauses
  checkin_scans: CheckinScans
  checkins: Checkins
  doors: Doors
  event_invitations: EventInvitations
  event_tags: EventTags
  event_versions: EventVersions
  events: Events
  external_events: ExternalEvents
  facts: Facts
  favourite_categories: FavouriteCategories
  files: Files
  hold_prices: HoldPrices
  idempotency_keys: IdempotencyKeys
  identities: Identities
  interests: Interests
  job_runs: JobRuns
  known_places: KnownPlaces
  mail_requests: MailRequests
  migrations: Migrations
  notifications: Notifications
  payment_notices: PaymentNotices
  payments: Payments
  phone_codes: PhoneCodes
  prices: Prices
  provider_returns: ProviderReturns
  push_subscriptions: PushSubscriptions
  rate_counts: RateCounts
  recovery_codes: RecoveryCodes
  registration_months: RegistrationMonths
  registrations: Registrations
  registrations_counted: RegistrationsCounted
  reminders: Reminders
  review_reports: ReviewReports
  reviews: Reviews
  schedules: Schedules
  seat_pools: SeatPools
  second_factors: SecondFactors
  series: Series
  series_prices: SeriesPrices
  sessions: Sessions
  subscriptions: Subscriptions
  sync_cursors: SyncCursors
  sync_runs: SyncRuns
  tags: Tags
  team_invitations: TeamInvitations
  team_members: TeamMembers
  unsubscriptions: Unsubscriptions
  venues: Venues
}
