import { expect, test } from 'vitest'
import { openKit } from '../../../test/kit/kit.ts'

const kit = await openKit()

/*
 * Every column that can hold words. Whoever adds one says here what becomes of it when the person it may be about is
 * erased: who takes it away, or why it says nothing of anybody.
 */
const ids = 'ids, codes, kinds or what our own program says'
const event = 'what an organizer tells everybody about an event: others have lived through it, so it stays'
const draft = `${event}; of a draft it goes with the draft`
const announced = 'what somebody else announces to everybody; who is invited there is not read'
const place = 'a place or a word that everybody uses'
const blanked = {
  account: 'accounts/leaving',
  registration: 'registrations/erasing',
  message: 'notifications/erasing',
  invitation: 'events/erasing',
  review: 'reviews/erasing',
  subscription: 'subscriptions/erasing',
}

const COLUMNS: Record<string, Record<string, string>> = {
  accepted_terms: { version: ids },
  account_links: {
    purpose: ids,
    email: blanked.account,
    email_key: blanked.account,
    replaced_email: blanked.account,
  },
  accounts: {
    username: blanked.account,
    username_key: blanked.account,
    email: blanked.account,
    email_key: blanked.account,
    password_hash: blanked.account,
    first_name: blanked.account,
    last_name: blanked.account,
    bio: blanked.account,
    language: blanked.account,
    zone: blanked.account,
    channels: blanked.account,
    suspension_reason: blanked.account,
    phone: blanked.account,
    role: ids,
  },
  api_keys: { name: blanked.account, key_hash: blanked.account, scopes: ids },
  categories: { name: place, name_key: place, description: place },
  challenges: { kind: ids, password_mark: blanked.account, user_agent: blanked.account },
  channel_breakers: { channel: ids, destination: ids, last_error: ids },
  channel_pauses: { channel: ids, reason: ids },
  checkin_scans: { scan_id: ids },
  checkins: { device: 'what an organizer calls a device at the door' },
  doors: {},
  event_invitations: { email: blanked.invitation, email_key: blanked.invitation },
  event_versions: { actor: ids, changes: draft },
  events: {
    slug: draft,
    title: draft,
    description: draft,
    place: draft,
    online_url: draft,
    cancellation_reason: event,
    search: draft,
    zone: ids,
    visibility: ids,
    own_fields: ids,
  },
  external_events: {
    provider: ids,
    external_id: ids,
    title: announced,
    zone: ids,
    venue_name: announced,
    price_range: announced,
    ticket_url: announced,
    raw: announced,
    digest: ids,
    synced: announced,
  },
  favourite_categories: {},
  facts: { kind: ids, data: ids, actor: ids, last_error: ids },
  files: { id: ids, kind: ids, alt: 'of a banner; pictures/erasing', type: ids },
  idempotency_keys: { scope: ids, key: 'http/forgetting', fingerprint: ids, answer: 'http/forgetting' },
  hold_prices: { currency: ids },
  identities: { provider: ids, issuer: ids, subject: blanked.account, shown_as: blanked.account },
  interests: {},
  job_runs: { name: ids, queue: ids, asked_by: ids, last_error: ids, result: 'counts and ids, as jobs say them' },
  mail_requests: { kind: ids, email: blanked.account },
  known_places: { place: blanked.account },
  migrations: { name: ids, checksum: ids },
  notifications: {
    topic: ids,
    channel: ids,
    recipient: blanked.message,
    payload: blanked.message,
    dedupe_key: ids,
    last_error: blanked.message,
  },
  payment_notices: { provider: ids, notice_id: ids, happened: ids },
  payments: {
    provider: ids,
    reference: 'what the provider calls the payment, for the books',
    charge_reference: 'the same',
    currency: ids,
    state: ids,
    redirect_url: 'payments/erasing',
    last_error: 'payments/erasing',
    asked_with: 'payments/erasing',
    refund_reference: 'the same as reference',
  },
  phone_codes: { phone: blanked.account },
  push_subscriptions: { endpoint: blanked.subscription, p256dh: blanked.subscription, auth: blanked.subscription },
  provider_returns: { state_hash: ids },
  rate_counts: { key: 'signed, and gone within the day' },
  recovery_codes: { code_hash: blanked.account },
  prices: { currency: ids, provider: ids, instructions: event },
  reminders: {},
  registration_months: { month: ids },
  registrations_counted: {},
  registrations: {
    name: blanked.registration,
    email: blanked.registration,
    email_key: blanked.registration,
    status: ids,
  },
  review_reports: { reason: blanked.review },
  reviews: { comment: blanked.review },
  schedules: { name: ids, queue: ids, cron: ids, zone: ids, default_cron: ids, next_for: ids, changed_by: ids },
  second_factors: { secret: blanked.account },
  series: { rule: ids, zone: ids, template: draft },
  series_prices: { currency: ids, provider: ids, instructions: event },
  sessions: { kind: ids, user_agent: blanked.account },
  sync_cursors: { provider: ids },
  sync_runs: { provider: ids, mode: ids, error: ids, skipped: ids, kept: ids },
  subscriptions: { email: blanked.subscription, email_key: blanked.subscription },
  tags: { name: place, name_key: place, description: place },
  team_invitations: { role: ids, email: blanked.invitation, email_key: blanked.invitation },
  team_members: { role: ids },
  unsubscriptions: {
    email_key:
      'of an account notifications/erasing; of an address it stays, because it is what keeps us from writing there',
    topic_group: ids,
  },
  venues: { name: place, name_key: place, address: place, description: place, search: place },
}

test('of every column that can hold words it is known what becomes of them when a person is erased', async () => {
  const { rows } = await kit.database.query(`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.udt_name not in ('uuid', 'int4', 'int8', '_int4', 'bool', 'timestamptz', 'timestamp')`)
  const known = Object.entries(COLUMNS).flatMap(([table, columns]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  )
  expect(rows.map(({ table, column }) => `${String(table)}.${String(column)}`).sort()).toEqual(known.sort())
})

// Whose rows follow the account, and what has to be said of a table that begins to.
const FOLLOW: Record<string, string> = {
  'accepted_terms.account_id': 'accounts/leaving',
  'account_links.account_id': 'accounts/leaving',
  'api_keys.account_id': 'accounts/leaving',
  'favourite_categories.account_id': 'accounts/leaving',
  'identities.account_id': 'accounts/leaving',
  'known_places.account_id': 'accounts/leaving',
  'mail_requests.account_id': 'accounts/leaving',
  'second_factors.account_id': 'accounts/leaving, with challenges and recovery codes',
  'calendar_links.account_id': 'calendars/erasing',
  'phone_codes.account_id': 'accounts/leaving',
  'notifications.account_id': 'notifications/erasing',
  'categories.created_by': 'an id that says nothing any more',
  'checkin_scans.by_account': 'who stood at the door: an id that says nothing any more',
  'checkins.by_account': 'the same',
  'event_invitations.invited_by': 'the same',
  'events.organizer_id': 'events/erasing: drafts go, what was published stays',
  'files.account_id': 'pictures/erasing',
  'interests.account_id': 'registrations/erasing',
  'push_subscriptions.account_id': 'subscriptions/erasing',
  'registrations.account_id': 'registrations/erasing',
  'review_reports.account_id': 'reviews/erasing',
  'reviews.account_id': 'reviews/erasing',
  'series.organizer_id': 'series/erasing',
  'subscriptions.account_id': 'subscriptions/erasing',
  'sessions.account_id': 'accounts/leaving',
  'team_invitations.account_id': 'events/erasing',
  'team_invitations.accepted_by': 'an id that says nothing any more',
  'team_invitations.invited_by': 'the same',
  'team_members.account_id': 'events/erasing',
  'venues.created_by': 'an id that says nothing any more',
}

test('of every table that points to an account it is known what becomes of its rows', async () => {
  const { rows } = await kit.database.query(`
    select c.conrelid::regclass::text || '.' || a.attname as name from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'accounts'::regclass`)
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(FOLLOW).sort())
})
