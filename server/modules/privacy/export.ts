import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { SignInRequired } from '#kernel/problem'
import * as registrations from '#registrations'
import { asGuest } from '#registrations/guest-links'

const AT_ONCE = 500

/** Everything of one kind that is kept of a person. `sort` is text or a number, and what is said is JSON. */
type Part = { name: string; rows: (of: Person) => RawBuilder<unknown> }
type Person = { accountId: string; baseUrl: string }

/**
 * What is kept of an account, a line for each table. No secrets: nothing here logs anybody in or opens anything. A new
 * table has a line here, and each of its columns one in columns.test.ts.
 */
const PARTS = [
  {
    name: 'sessions',
    rows: ({ accountId }) => sql`
      select id::text as sort, jsonb_build_object('id', id, 'kind', kind, 'userAgent', user_agent, 'createdAt', created_at,
        'expiresAt', expires_at, 'endedAt', revoked_at) as said
      from sessions where account_id = ${accountId}`,
  },
  {
    name: 'acceptedTerms',
    rows: ({ accountId }) => sql`
      select version as sort, jsonb_build_object('version', version, 'acceptedAt', accepted_at) as said
      from accepted_terms where account_id = ${accountId}`,
  },
  {
    name: 'favouriteCategories',
    rows: ({ accountId }) => sql`
      select c.id::text as sort, jsonb_build_object('id', c.id, 'name', c.name) as said
      from favourite_categories f join categories c on c.id = f.category_id where f.account_id = ${accountId}`,
  },
  {
    name: 'logInsThroughOthers',
    rows: ({ accountId }) => sql`
      select id::text as sort, jsonb_build_object('provider', provider, 'issuer', issuer, 'subject', subject, 'shownAs', shown_as,
        'createdAt', created_at, 'lastUsedAt', last_used_at) as said
      from identities where account_id = ${accountId}`,
  },
  {
    name: 'apiKeys',
    rows: ({ accountId }) => sql`
      select id::text as sort, jsonb_build_object('id', id, 'name', name, 'scopes', scopes, 'createdAt', created_at,
        'expiresAt', expires_at, 'lastUsedAt', last_used_at, 'revokedAt', revoked_at) as said
      from api_keys where account_id = ${accountId}`,
  },
  {
    name: 'linksMailed',
    rows: ({ accountId }) => sql`
      select id::text as sort, jsonb_build_object('purpose', purpose, 'email', email, 'createdAt', created_at, 'usedAt', used_at) as said
      from account_links where account_id = ${accountId}`,
  },
  {
    name: 'registrations',
    rows: ({ accountId }) => sql`
      select r.id::text as sort, jsonb_build_object('id', r.id, 'event', ${EVENT}, 'name', r.name, 'email', r.email,
        'status', r.status, 'createdAt', r.created_at, 'promotedAt', r.promoted_at, 'cancelledAt', r.cancelled_at,
        'heldUntil', r.held_until, 'visibleToAttendees', r.visible_to_attendees, 'checkedInAt', c.at, 'payments', ${PAYMENTS}) as said
      from registrations r join events e on e.id = r.event_id left join checkins c on c.registration_id = r.id
      where r.account_id = ${accountId}`,
  },
  {
    name: 'tickets',
    rows: ({ accountId, baseUrl }) => sql`
      select r.id::text as sort, jsonb_build_object('registrationId', r.id, 'event', ${EVENT},
        'address', ${baseUrl}::text || '/my/tickets/' || r.id) as said
      from registrations r join events e on e.id = r.event_id
      where r.account_id = ${accountId} and r.status = 'going' and r.held_until is null`,
  },
  {
    name: 'interests',
    rows: ({ accountId }) => sql`
      select e.id::text as sort, jsonb_build_object('event', ${EVENT}, 'createdAt', i.created_at) as said
      from interests i join events e on e.id = i.event_id where i.account_id = ${accountId}`,
  },
  {
    name: 'subscriptions',
    rows: ({ accountId }) => sql`
      select s.id::text as sort, jsonb_build_object('id', s.id, 'event', ${EVENT}, 'email', s.email, 'byBrowser', s.push_id is not null,
        'createdAt', s.created_at) as said
      from subscriptions s join events e on e.id = s.event_id where s.account_id = ${accountId}
        or s.push_id = any(array(select id from push_subscriptions where account_id = ${accountId}))
        or s.email_key = (select email_key from accounts where id = ${accountId} and email_verified_at is not null)`,
  },
  {
    name: 'browsersWrittenTo',
    rows: ({ accountId }) => sql`
      select id::text as sort, jsonb_build_object('id', id, 'endpoint', endpoint, 'createdAt', created_at) as said
      from push_subscriptions where account_id = ${accountId}`,
  },
  {
    name: 'reviews',
    rows: ({ accountId }) => sql`
      select w.id::text as sort, jsonb_build_object('id', w.id, 'event', ${EVENT}, 'rating', w.rating, 'comment', w.comment,
        'createdAt', w.created_at, 'updatedAt', w.updated_at, 'hiddenAt', w.hidden_at) as said
      from reviews w join events e on e.id = w.event_id where w.account_id = ${accountId}`,
  },
  {
    name: 'reports',
    rows: ({ accountId }) => sql`
      select review_id::text as sort, jsonb_build_object('reviewId', review_id, 'reason', reason, 'createdAt', created_at) as said
      from review_reports where account_id = ${accountId}`,
  },
  {
    name: 'invitations',
    rows: ({ accountId }) => sql`
      select i.id::text as sort, jsonb_build_object('event', ${EVENT}, 'email', i.email, 'createdAt', i.created_at,
        'revokedAt', i.revoked_at) as said
      from event_invitations i join accounts a on a.email_key = i.email_key join events e on e.id = i.event_id
      where a.id = ${accountId} and a.email_verified_at is not null`,
  },
  {
    name: 'teams',
    rows: ({ accountId }) => sql`
      select coalesce(event_id, series_id)::text as sort, jsonb_build_object('eventId', event_id, 'seriesId', series_id,
        'role', role, 'since', since) as said
      from team_members where account_id = ${accountId}`,
  },
  {
    name: 'teamInvitations',
    rows: ({ accountId }) => sql`
      select id::text as sort, jsonb_build_object('eventId', event_id, 'seriesId', series_id, 'role', role, 'email', email,
        'createdAt', created_at, 'acceptedAt', accepted_at, 'declinedAt', declined_at, 'withdrawnAt', withdrawn_at) as said
      from team_invitations where account_id = ${accountId}
        or email_key = (select email_key from accounts where id = ${accountId} and email_verified_at is not null)`,
  },
  {
    name: 'events',
    rows: ({ accountId }) => sql`
      select e.id::text as sort, ${EVENT} || jsonb_build_object('description', e.description, 'place', e.place,
        'endsAt', e.ends_at, 'zone', e.zone, 'createdAt', e.created_at, 'publishedAt', e.published_at,
        'cancelledAt', e.cancelled_at, 'cancellationReason', e.cancellation_reason) as said
      from events e where e.organizer_id = ${accountId} and e.deleted_at is null`,
  },
  {
    name: 'series',
    rows: ({ accountId }) => sql`
      select id::text as sort, jsonb_build_object('id', id, 'rule', rule, 'template', template, 'createdAt', created_at) as said
      from series where organizer_id = ${accountId} and deleted_at is null`,
  },
  {
    name: 'messages',
    // An address may have been a guest's before it was this account's: what was written to them there is not told here.
    rows: ({ accountId }) => sql`
      select n.id::text as sort, ${MESSAGE} as said from notifications n
      where n.erased_at is null and ((n.payload->>'registrationId' is not null
          and n.payload->>'registrationId' = any(array(select id::text from registrations where account_id = ${accountId})))
        or (n.recipient = (select email from accounts where id = ${accountId} and email_verified_at is not null) and n.payload->>'registrationId' is null
          and n.created_at >= (select created_at from accounts where id = ${accountId}))
        or n.account_id = ${accountId})`,
  },
  {
    name: 'pictures',
    rows: ({ accountId, baseUrl }) => sql`
      select f.id as sort, jsonb_build_object('kind', f.kind, 'alt', f.alt, 'createdAt', f.created_at, 'addresses', (
        select jsonb_agg(${baseUrl}::text || '/files/' || f.id || '/' || width || '.webp' order by width) from unnest(f.widths) width)) as said
      from files f where f.stored_at is not null and f.discarded_at is null
        and (f.account_id = ${accountId} or f.event_id = any(array(select id from events where organizer_id = ${accountId})))`,
  },
  {
    name: 'facts',
    rows: ({ accountId }) => sql`
      select lpad(f.id::text, 19, '0') as sort, jsonb_build_object('id', f.id, 'at', f.at, 'kind', f.kind, 'data', f.data,
        'byMe', coalesce(f.actor->>'kind' = 'account' and f.actor->>'id' = ${accountId}, false)) as said
      from facts f where (f.actor->>'kind' = 'account' and f.actor->>'id' = ${accountId}) or f.data->>'accountId' = ${accountId}`,
  },
] as const satisfies readonly Part[]

/** The lists of the export, in its order. */
export const PART_NAMES = PARTS.map(({ name }) => name)

const EVENT = sql`jsonb_build_object('id', e.id, 'title', e.title, 'startsAt', e.starts_at)`
const PAYMENTS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('amount', p.amount, 'currency', p.currency, 'provider', p.provider,
    'state', p.state, 'createdAt', p.created_at, 'paidAt', p.paid_at, 'refundedAt', p.refunded_at) order by p.created_at), '[]')
  from payments p where p.registration_id = r.id)`
const MESSAGE = sql`jsonb_build_object('id', n.id, 'topic', n.topic, 'channel', n.channel, 'to', n.recipient,
  'says', n.payload - 'link' - 'linkGeneration' - 'invitationId', 'createdAt', n.created_at, 'sentAt', n.sent_at)`

/** Everything that is kept of the actor, as one JSON document, made as it is read: a long life here needs no more memory. */
export async function mine(ctx: Ctx): Promise<AsyncIterable<string>> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const accountId = ctx.actor.id
  const { rows } = await sql<{ said: object }>`
    select jsonb_build_object('id', id, 'number', number, 'username', username, 'email', email, 'firstName', first_name,
      'lastName', last_name, 'bio', bio, 'language', language, 'zone', zone, 'channels', channels, 'shownToAttendees', shown_to_attendees, 'phone', phone, 'phoneVerifiedAt', phone_verified_at,
      'emailVerifiedAt', email_verified_at, 'twoFactorSince', (select confirmed_at from second_factors f where f.account_id = accounts.id),
      'role', role, 'wantsToOrganizeAt', wants_to_organize_at, 'createdAt', created_at) as said
    from accounts where id = ${accountId} and erased_at is null`.execute(ctx.db)
  if (!rows[0]) throw SignInRequired()
  const person = { accountId, baseUrl: ctx.config.baseUrl }
  return written(ctx, { exportedAt: ctx.now(), account: rows[0].said }, PARTS.map(({ name, rows: of }) => ({ name, rows: of(person) }))) // prettier-ignore
}

/** The same of a guest: the registration of this link and what was written about it. Throws LinkInvalid, NotFound. */
export async function ofGuest(ctx: Ctx, token: string): Promise<AsyncIterable<string>> {
  const { ctx: guest, registrationId } = asGuest(ctx, token)
  await registrations.find(guest, registrationId)
  return written(ctx, { exportedAt: ctx.now() }, [
    {
      name: 'registrations',
      rows: sql`
        select r.id::text as sort, jsonb_build_object('id', r.id, 'event', ${EVENT}, 'name', r.name, 'email', r.email,
          'status', r.status, 'createdAt', r.created_at, 'promotedAt', r.promoted_at, 'cancelledAt', r.cancelled_at,
          'heldUntil', r.held_until, 'visibleToAttendees', r.visible_to_attendees, 'checkedInAt', c.at, 'payments', ${PAYMENTS}) as said
        from registrations r join events e on e.id = r.event_id left join checkins c on c.registration_id = r.id
        where r.id = ${registrationId}`,
    },
    {
      name: 'messages',
      // What went to an address before it was corrected went to somebody else, who may not be this guest.
      rows: sql`
        select n.id::text as sort, ${MESSAGE} as said from notifications n
        where n.erased_at is null and n.payload->>'registrationId' is not null and n.payload->>'registrationId' = ${registrationId}::text
          and n.recipient = (select email from registrations where id = ${registrationId})`,
    },
  ])
}

async function* written(
  ctx: Ctx,
  head: object,
  parts: ReadonlyArray<{ name: string; rows: RawBuilder<unknown> }>,
): AsyncGenerator<string> {
  yield JSON.stringify(head).slice(0, -1)
  for (const { name, rows } of parts) {
    yield `,\n${JSON.stringify(name)}:[`
    let separator = '\n'
    for (let after = ''; ;) {
      const page = await sql<{ sort: string; said: unknown }>`
        select sort, said from (${rows}) q where sort collate "C" > ${after} order by sort collate "C" limit ${AT_ONCE}`.execute(
        ctx.db,
      )
      if (page.rows.length > 0) yield separator + page.rows.map(({ said }) => JSON.stringify(said)).join(',\n')
      separator = ',\n'
      if (page.rows.length < AT_ONCE) break
      after = page.rows.at(-1)!.sort
    }
    yield ']'
  }
  yield '}\n'
}
