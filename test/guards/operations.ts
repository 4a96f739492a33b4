import { Secret, TOTP } from 'otpauth'
import type { Who } from '#kernel/policy'
import { PASSWORD } from '../kit/kit.ts'
import { aForm, aPicture } from '../kit/pictures.ts'
import { signed, unknownEvent } from '../kit/stripe.ts'
import { isKnown, type Column, type Person } from './people.ts'
import type { Thing, World } from './world.ts'

// Who may do what, one line per operation. A line says: `who` has a chance at all (the others are answered 401 or 403,
// whatever they ask for), what kind of thing it is done `to`, the answer for those who stand to it in a certain way, and
// `any` for everybody else who sees it. Who may not see the thing is answered 404, in the words for what is missing.
// An answer may depend on the state that the thing is in: { draft: 200, else: 409 }.
//
// `send` makes a request that is right in itself, so that only the right to it is judged. The fuzz run begins with it too.

type Answer = number | ({ else?: number } & Record<string, number>)

export type Asked = { world: World; thing: Thing; person: Person }
export type Sent = {
  params?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
  payload?: string | Buffer
}
export type Line = {
  who: Who
  to?: keyof World['kinds']
  /** Of whoever has a chance and does not see the thing; otherwise 404. */
  unseen?: number
  send?: (asked: Asked) => Sent | Promise<Sent>
} & Partial<Record<Column, Answer>>

const body = (value: unknown) => () => ({ body: value })
const signedIn = 'signed-in' as const
const inDays = ({ world: { kit } }: Asked, days: number, hours = 0) =>
  new Date(Math.floor(kit.ctx.now().getTime() / 1_000) * 1_000 + (days * 24 + hours) * 3_600_000).toISOString()
const times = (asked: Asked) => ({
  startsAt: inDays(asked, 9),
  endsAt: inDays(asked, 9, 2),
  zone: 'Europe/Berlin',
})
const somebody = { name: 'Nora Novak', email: 'nora@example.net' }
const price = { amount: 900, currency: 'EUR', provider: 'manual' }
const rule = 'FREQ=WEEKLY;COUNT=3'
const newcomer = { username: 'newcomer', password: PASSWORD }
const browser = {
  endpoint: 'https://push.example/nora',
  keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
}
const picture = aPicture({ width: 60, height: 30 })
const form = async () => {
  const { payload, headers } = aForm({ name: 'picture', value: await picture, filename: 'a.jpg' })
  return { payload, headers }
}

const onTeam = ({ thing }: Asked) => ({ params: { invitationId: thing.params['teamInvitationId']! } })
const codeOf = (secret: string, now: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() })

export const operations: Record<string, Line> = {
  // accounts and sessions
  'POST /accounts': {
    who: 'anyone',
    any: 201,
    send: body({ username: 'nora', email: 'nora@example.net', password: 'seven green kettles', acceptsTerms: '1' }),
  },
  'GET /me': { who: signedIn, any: 200 },
  'PUT /accounts/{accountId}/role': {
    who: 'admins',
    to: 'account',
    any: { admin: 409, else: 200 },
    send: body({ role: 'organizer' }),
  },
  'POST /sessions': { who: 'anyone', any: 201, send: body(newcomer) },
  'POST /session-refreshes': {
    who: 'anyone',
    any: 201,
    send: ({ world }) => ({ body: { refreshToken: world.parts.refreshToken } }),
  },
  'POST /session-refreshes · with a token that is none of ours': {
    who: 'anyone',
    any: 401,
    send: body({ refreshToken: 'none.of.ours' }),
  },
  'POST /web-sessions': { who: 'anyone', any: 201, send: body(newcomer) },
  'DELETE /sessions/current': { who: signedIn, any: 204 },
  'PUT /me/picture': { who: signedIn, any: 200, send: form },
  'DELETE /me/picture': { who: signedIn, any: 204 },

  // what is one's own
  'PATCH /me': { who: signedIn, any: 200, send: body({ firstName: 'Nora' }) },
  'GET /me/preferences': { who: signedIn, any: 200 },
  'PATCH /me/preferences': { who: signedIn, any: 200, send: body({ language: 'de' }) },
  'GET /terms': { who: 'anyone', any: 200 },
  'PUT /me/accepted-terms': {
    who: signedIn,
    any: 200,
    send: ({ world }) => ({ body: { version: world.parts.terms } }),
  },
  'GET /accounts/{accountId}/profile': { who: 'anyone', to: 'account', any: { attendee: 404, else: 200 } },
  'GET /sessions': { who: signedIn, any: 200 },
  'DELETE /sessions/others': { who: signedIn, any: 204 },
  'DELETE /sessions/{sessionId}': { who: signedIn, to: 'session', own: 204 },
  'GET /me/activity': { who: signedIn, any: 200 },
  'GET /me/activity · all of it': { who: signedIn, any: 200, send: () => ({ query: { limit: '100' } }) },
  'GET /me/data': { who: signedIn, any: 200 },
  'PUT /me/erasure': {
    who: signedIn,
    to: 'oneself',
    own: 409, // there are events of theirs to come
    admin: 409, // the last one
    any: 204,
    send: body({ password: PASSWORD }),
  },

  // addresses and passwords
  'POST /email-verification-requests': { who: 'anyone', any: 202, send: body({ email: 'forgetful@example.org' }) },
  'POST /email-verifications': {
    who: 'anyone',
    any: 204,
    send: ({ world }) => ({ body: { token: world.parts.links.verify } }),
  },
  'POST /email-verifications · with a link for something else': {
    who: 'anyone',
    any: 410,
    send: ({ world }) => ({ body: { token: world.parts.links.reset } }),
  },
  'POST /me/email-changes': {
    who: signedIn,
    any: 202,
    send: body({ email: 'nora@example.net' }),
  },
  'PUT /me/password': {
    who: signedIn,
    any: 204,
    send: body({ oldPassword: PASSWORD, newPassword: 'seven green kettles' }),
  },
  'PUT /me/password · by who does not know it': {
    who: signedIn,
    any: 403,
    send: body({ oldPassword: 'another one 8', newPassword: 'seven green kettles' }),
  },
  'POST /password-reset-requests': { who: 'anyone', any: 202, send: body({ email: 'forgetful@example.org' }) },
  'POST /password-resets': {
    who: 'anyone',
    any: 204,
    send: ({ world }) => ({ body: { token: world.parts.links.reset, password: 'seven green kettles' } }),
  },
  'POST /password-resets · with a link for something else': {
    who: 'anyone',
    any: 410,
    send: ({ world }) => ({ body: { token: world.parts.links.verify, password: 'seven green kettles' } }),
  },

  // two-factor, other ways in, and keys
  'POST /session-completions': {
    who: 'anyone',
    any: 201,
    send: ({ world: { parts } }) => ({ body: { challenge: parts.challenges.program, code: parts.recoveryCode } }),
  },
  'POST /session-completions · with a challenge that a browser was given': {
    who: 'anyone',
    any: 401,
    send: ({ world: { parts } }) => ({ body: { challenge: parts.challenges.browser, code: parts.recoveryCode } }),
  },
  'POST /web-session-completions': {
    who: 'anyone',
    any: 201,
    send: ({ world: { parts } }) => ({ body: { challenge: parts.challenges.browser, code: parts.recoveryCode } }),
  },
  'POST /sessions/current/proof': {
    who: signedIn,
    any: 204,
    send: ({ world, person }) => ({
      body: { password: PASSWORD, ...(person === 'attending' ? { code: world.parts.recoveryCode } : {}) },
    }),
  },
  'POST /sessions/current/proof · without the code': {
    who: signedIn,
    to: 'oneself',
    attending: 403,
    any: 204,
    send: body({ password: PASSWORD }),
  },
  'GET /me/two-factor': { who: signedIn, any: 200 },
  'POST /me/two-factor/enrolment': { who: signedIn, to: 'oneself', attending: 409, any: 201 },
  'POST /me/two-factor/confirmation': {
    who: signedIn,
    to: 'oneself',
    own: 201,
    admin: 409,
    any: 409,
    send: ({ world: { kit, parts } }) => ({ body: { code: codeOf(parts.appSecret, kit.ctx.now()) } }),
  },
  'POST /me/two-factor/recovery-codes': { who: signedIn, to: 'oneself', attending: 201, any: 409 },
  'DELETE /me/two-factor': { who: signedIn, to: 'oneself', attending: 204, any: 409 },
  'DELETE /accounts/{accountId}/two-factor': { who: 'admins', to: 'account', any: { attendee: 204, else: 409 } },
  'GET /log-in-providers': { who: 'anyone', any: 200 },
  'GET /me/identities': { who: signedIn, any: 200 },
  'POST /me/identities': { who: signedIn, any: 200, send: body({ provider: 'github' }) },
  'DELETE /me/identities/{identityId}': { who: signedIn, to: 'identity', own: 204 },
  'GET /me/api-keys': { who: signedIn, any: 200 },
  'POST /me/api-keys': { who: signedIn, any: 201, send: body({ name: 'Board', scopes: ['events:read'] }) },
  'DELETE /me/api-keys/{apiKeyId}': { who: signedIn, to: 'apiKey', own: 204 },

  // what admins do
  'GET /accounts': { who: 'admins', any: 200 },
  'GET /accounts/{accountId}': { who: 'admins', to: 'account', any: 200 },
  'PUT /accounts/{accountId}/suspension': {
    who: 'admins',
    to: 'account',
    any: { admin: 409, else: 200 }, // not themselves
    send: body({ reason: 'Spam.' }),
  },
  'DELETE /accounts/{accountId}/suspension': { who: 'admins', to: 'account', any: 200 },
  'GET /audit': { who: 'admins', any: 200 },
  'GET /audit · all of it': { who: 'admins', any: 200, send: () => ({ query: { limit: '100' } }) },
  'GET /accounts · all of them': { who: 'admins', any: 200, send: () => ({ query: { limit: '100' } }) },
  'POST /retention': { who: 'admins', any: 200, send: body({ sessions: 30 }) },

  // teams
  'GET /me/team-invitations': { who: signedIn, any: 200 },
  'GET /team-invitations/{invitation}': { who: 'anyone', to: 'teamInvitation', own: 200, any: 200 },
  'PUT /team-invitations/{invitation}/acceptance': {
    who: signedIn,
    to: 'teamInvitation',
    own: 200,
    admin: 403,
    any: 403,
  },
  'PUT /team-invitations/{invitation}/refusal': { who: 'anyone', to: 'teamInvitation', own: 200, any: 200 },
  'GET /events/{eventId}/team': { who: signedIn, to: 'event', own: 200, any: 403 },
  'POST /events/{eventId}/team/invitations': {
    who: signedIn,
    to: 'event',
    own: 201,
    coOrganizer: 403,
    any: 403,
    send: body({ email: 'nora@example.net', role: 'check-in' }),
  },
  'DELETE /events/{eventId}/team/invitations/{invitationId}': {
    who: signedIn,
    to: 'event',
    own: 204,
    coOrganizer: 403,
    any: 403,
    send: onTeam,
  },
  'POST /events/{eventId}/ownership-offers': {
    who: signedIn,
    to: 'event',
    own: 201,
    coOrganizer: 403,
    any: 403,
    send: body({ email: 'nora@example.net' }),
  },
  // Whoever is on it leaves it, also where there is nothing to see (any more).
  'DELETE /events/{eventId}/team/me': {
    who: signedIn,
    to: 'event',
    coOrganizer: { open: 204, private: 204, draft: 204, deleted: 204, missing: 404 },
    door: { open: 204, private: 204, draft: 204, deleted: 204, missing: 404 },
    any: 404,
  },
  'DELETE /events/{eventId}/team/{accountId}': { who: signedIn, to: 'event', own: 204, coOrganizer: 403, any: 403 },
  'GET /series/{seriesId}/team': { who: signedIn, to: 'series', own: 200, any: 403 },
  'POST /series/{seriesId}/team/invitations': {
    who: signedIn,
    to: 'series',
    own: 201,
    coOrganizer: 403,
    any: 403,
    send: body({ email: 'nora@example.net', role: 'check-in' }),
  },
  'DELETE /series/{seriesId}/team/invitations/{invitationId}': {
    who: signedIn,
    to: 'series',
    own: 204,
    coOrganizer: 403,
    any: 403,
    send: onTeam,
  },
  'POST /series/{seriesId}/ownership-offers': {
    who: signedIn,
    to: 'series',
    own: 201,
    coOrganizer: 403,
    any: 403,
    send: body({ email: 'nora@example.net' }),
  },
  // Whoever is on it leaves it, also where there is nothing to see (any more).
  'DELETE /series/{seriesId}/team/me': {
    who: signedIn,
    to: 'series',
    coOrganizer: { shown: 204, drafts: 204, deleted: 204, missing: 404 },
    door: { shown: 204, drafts: 204, deleted: 204, missing: 404 },
    any: 404,
  },
  'DELETE /series/{seriesId}/team/{accountId}': { who: signedIn, to: 'series', own: 204, coOrganizer: 403, any: 403 },

  // guests and what is kept of them
  'PUT /guest-links/{token}/confirmation': { who: 'anyone', to: 'guestLink', own: 200 },
  'GET /guest-links/{token}/data': { who: 'anyone', to: 'guestLink', own: 200 },
  'DELETE /guest-links/{token}': { who: 'anyone', to: 'guestLink', own: 204 },

  // venues
  'GET /venues': { who: 'anyone', any: 200 },
  'POST /venues': { who: 'organizers', any: 201, send: body({ name: 'New Mill' }) },
  'GET /venues/{venueId}': { who: 'anyone', to: 'venue', any: 200 },
  'PATCH /venues/{venueId}': {
    who: 'organizers',
    to: 'venue',
    own: 200,
    any: 403,
    send: body({ address: 'Mill Lane 2' }),
  },
  'DELETE /venues/{venueId}': { who: 'organizers', to: 'venue', own: 204, any: 403 },

  // events
  'GET /events': { who: 'anyone', any: 200 },
  'GET /events · past': { who: 'anyone', any: 200, send: () => ({ query: { when: 'all', limit: '100' } }) },
  'GET /me/events': { who: signedIn, any: 200 },
  'POST /events': {
    who: 'organizers',
    any: 201,
    send: (asked) => ({ body: { title: 'Another evening', ...times(asked) } }),
  },
  'GET /events/{eventId}': { who: 'anyone', to: 'event', any: 200 },
  'GET /events/{eventId} · with a guest’s link': {
    who: 'anyone',
    to: 'event',
    any: 200,
    send: ({ world, person }) => (person === 'guest' ? { query: { invitation: world.link } } : {}),
  },
  'PATCH /events/{eventId}': { who: signedIn, to: 'event', own: 200, any: 403, send: body({ title: 'Evening' }) },
  'DELETE /events/{eventId}': { who: signedIn, to: 'event', coOrganizer: 403, own: 204, any: 403 },
  'PUT /events/{eventId}/publication': {
    who: signedIn,
    to: 'event',
    own: { draft: 200, else: 409 },
    any: 403,
    send: body({}),
  },
  'DELETE /events/{eventId}/publication': { who: signedIn, to: 'event', own: { draft: 200, else: 409 }, any: 403 },
  'POST /events/{eventId}/copies': {
    who: signedIn,
    to: 'event',
    coOrganizer: 403,
    own: 201,
    any: 403,
    send: (asked) => ({ body: { startsAt: inDays(asked, 20) } }),
  },
  'PUT /events/{eventId}/closure': { who: signedIn, to: 'event', own: { draft: 409, else: 200 }, any: 403 },
  'DELETE /events/{eventId}/closure': { who: signedIn, to: 'event', own: 200, any: 403 },
  'PUT /events/{eventId}/cancellation': {
    who: signedIn,
    to: 'event',
    coOrganizer: 403,
    own: { draft: 409, else: 200 },
    any: 403,
    send: body({ reason: 'Rain.' }),
  },
  'POST /events/bulk': {
    who: signedIn,
    to: 'event',
    own: 200,
    any: 422,
    unseen: 422,
    send: ({ thing }) => ({ body: { operations: [{ do: 'update', id: thing.params.eventId, title: 'Evening' }] } }),
  },
  'POST /events/bulk · to delete': {
    who: signedIn,
    to: 'event',
    coOrganizer: 422,
    own: 200,
    any: 422,
    unseen: 422,
    send: ({ thing }) => ({ body: { operations: [{ do: 'delete', id: thing.params.eventId }] } }),
  },
  'POST /events/clean-up': { who: 'admins', any: 200, send: body({ days: 1 }) },
  'PUT /events/{eventId}/banner': { who: signedIn, to: 'event', own: 200, any: 403, send: form },
  'PATCH /events/{eventId}/banner': { who: signedIn, to: 'event', own: 200, any: 403, send: body({ alt: 'A lamp' }) },
  'DELETE /events/{eventId}/banner': { who: signedIn, to: 'event', own: 204, any: 403 },
  'POST /events/{eventId}/invitations': {
    who: signedIn,
    to: 'event',
    own: { draft: 409, else: 201 },
    any: 403,
    send: body({ emails: ['nora@example.net'] }),
  },
  'GET /events/{eventId}/invitations': { who: signedIn, to: 'event', own: 200, any: 403 },
  'DELETE /events/{eventId}/invitations/{invitationId}': {
    who: signedIn,
    to: 'event',
    own: { draft: 404, else: 204 },
    any: 403,
  },
  'GET /events/{eventId}/history': { who: signedIn, to: 'event', own: 200, any: 403 },
  'GET /events/{eventId}/history · of one that was called off': { who: signedIn, to: 'calledOff', own: 200, any: 403 },
  'GET /events/{eventId}/history/{version}': { who: signedIn, to: 'event', own: 200, any: 403 },
  'GET /events/{eventId}/analytics': { who: signedIn, to: 'event', own: 200, any: 403 },
  'GET /me/analytics': { who: 'organizers', any: 200 },
  'GET /analytics': { who: 'admins', any: 200 },

  // categories and tags
  'GET /categories': { who: 'anyone', any: 200 },
  'POST /categories': { who: 'admins', any: 201, send: body({ name: 'Writing' }) },
  'PATCH /categories/{categoryId}': { who: 'admins', to: 'category', any: 200, send: body({ name: 'Writing' }) },
  'DELETE /categories/{categoryId}': { who: 'admins', to: 'category', any: 204 },
  'GET /tags': { who: 'anyone', any: 200 },
  'PATCH /tags/{tagId}': { who: 'admins', to: 'tag', any: 200, send: body({ name: 'loud' }) },
  'DELETE /tags/{tagId}': { who: 'admins', to: 'tag', any: 204 },

  // series
  'GET /recurrences': {
    who: 'organizers',
    any: 200,
    send: (asked) => ({ query: { rule, startsAt: inDays(asked, 9), zone: 'Europe/Berlin' } }),
  },
  'POST /series': {
    who: 'organizers',
    any: 201,
    send: (asked) => ({ body: { title: 'Every week', rule, ...times(asked) } }),
  },
  'POST /events/{eventId}/series': {
    who: signedIn,
    to: 'event',
    coOrganizer: 403,
    own: 201,
    any: 403,
    send: body({ rule }),
  },
  'GET /series/{seriesId}': { who: 'anyone', to: 'series', any: 200 },
  'PATCH /series/{seriesId}': {
    who: signedIn,
    to: 'series',
    own: 200,
    any: 403,
    send: body({ title: 'Weekly too' }),
  },
  'PATCH /series/{seriesId} · from an event that is not of it': {
    who: signedIn,
    to: 'series',
    own: 422,
    any: 403,
    send: ({ world }) => ({ body: { title: 'Weekly too', from: world.parts.foreignOccurrence } }),
  },
  'PUT /series/{seriesId}/publication': { who: signedIn, to: 'series', own: 200, any: 403 },
  'PUT /series/{seriesId}/cancellation': {
    who: signedIn,
    to: 'series',
    coOrganizer: 403,
    own: 200,
    any: 403,
    send: body({ reason: 'Rain.' }),
  },
  'DELETE /series/{seriesId}': { who: signedIn, to: 'series', coOrganizer: 403, own: 204, any: 403 },

  // registrations
  'POST /events/{eventId}/registrations': {
    who: 'anyone',
    to: 'event',
    own: { draft: 404, else: 201 },
    attending: 409,
    any: 201,
    send: ({ person }) => ({ body: isKnown(person) ? {} : somebody }),
  },
  'GET /events/{eventId}/registrations': { who: signedIn, to: 'event', own: 200, any: 403 },
  'GET /events/{eventId}/registrations.csv': { who: signedIn, to: 'event', own: 200, any: 403 },
  'GET /me/registrations': { who: signedIn, any: 200 },
  'GET /me/registrations · all of them': { who: signedIn, any: 200, send: () => ({ query: { limit: '100' } }) },
  'GET /registrations/{registrationId}': { who: 'anyone', to: 'registration', own: 200 },
  'PATCH /registrations/{registrationId}': {
    who: signedIn,
    to: 'registration',
    own: { ofGuest: 200, else: 409 },
    send: body({ name: 'Nora Novak' }),
  },
  'PUT /registrations/{registrationId}/cancellation': { who: 'anyone', to: 'registration', own: 200 },
  'PUT /registrations/{registrationId}/successor': {
    who: signedIn,
    to: 'registration',
    own: { owing: 409, else: 200 },
    send: body(somebody),
  },
  'PUT /registrations/{registrationId}/visibility': {
    who: signedIn,
    to: 'registration',
    coOrganizer: 403,
    own: 200,
    runs: 403,
    admin: 403,
    send: body({ visibleToAttendees: false }),
  },
  'GET /guest-links/{token}': { who: 'anyone', to: 'guestLink', own: 200 },
  'PATCH /guest-links/{token}': { who: 'anyone', to: 'guestLink', own: 200, send: body({ name: 'Nora Novak' }) },
  'PUT /guest-links/{token}/cancellation': { who: 'anyone', to: 'guestLink', own: 200 },
  'PUT /guest-links/{token}/successor': {
    who: 'anyone',
    to: 'guestLink',
    own: { owing: 409, else: 200 },
    send: body(somebody),
  },
  'PUT /guest-links/{token}/visibility': {
    who: 'anyone',
    to: 'guestLink',
    own: 200,
    send: body({ visibleToAttendees: true }),
  },
  'PUT /events/{eventId}/interest': { who: signedIn, to: 'event', own: 200, attending: 409, any: 200 },
  'DELETE /events/{eventId}/interest': { who: signedIn, to: 'event', any: 200 },
  // following without a place
  'POST /events/{eventId}/subscriptions': {
    who: 'anyone',
    to: 'event',
    own: { draft: 409, else: 201 },
    any: 201,
    send: body({ email: 'nora@example.net' }),
  },
  'POST /events/{eventId}/subscriptions · what was called off': {
    who: 'anyone',
    to: 'calledOff',
    any: 409,
    send: body({ email: 'nora@example.net' }),
  },
  'GET /subscription-links/{token}': { who: 'anyone', to: 'subscriptionLink', own: 200 },
  'DELETE /subscription-links/{token}': { who: 'anyone', to: 'subscriptionLink', own: 204 },
  'GET /me/subscriptions': { who: signedIn, any: 200 },
  'DELETE /me/subscriptions/{subscriptionId}': { who: signedIn, to: 'subscription', own: 204 },
  'GET /push-key': { who: 'anyone', any: 200 },
  'POST /me/push-subscriptions': { who: signedIn, any: 201, send: body(browser) },
  'DELETE /me/push-subscriptions/{browserId}': { who: signedIn, to: 'browser', own: 204 },

  'GET /events/{eventId}/attendees/counts': { who: 'anyone', to: 'event', any: 200 },
  'GET /events/{eventId}/attendees': { who: 'anyone', to: 'event', own: 200, attending: 200, nobody: 401, any: 403 },

  // tickets and the door
  'GET /registrations/{registrationId}/ticket': { who: 'anyone', to: 'registration', own: { owing: 409, else: 200 } },
  'GET /registrations/{registrationId}/ticket.png': {
    who: 'anyone',
    to: 'registration',
    own: { owing: 409, else: 200 },
  },
  'GET /registrations/{registrationId}/ticket.svg': {
    who: 'anyone',
    to: 'registration',
    own: { owing: 409, else: 200 },
  },
  'GET /registrations/{registrationId}/ticket.pdf': {
    who: 'anyone',
    to: 'registration',
    own: { owing: 409, else: 200 },
  },
  'GET /guest-links/{token}/ticket': { who: 'anyone', to: 'guestLink', own: { owing: 409, else: 200 } },
  'GET /guest-links/{token}/ticket.png': { who: 'anyone', to: 'guestLink', own: { owing: 409, else: 200 } },
  'GET /guest-links/{token}/ticket.svg': { who: 'anyone', to: 'guestLink', own: { owing: 409, else: 200 } },
  'GET /guest-links/{token}/ticket.pdf': { who: 'anyone', to: 'guestLink', own: { owing: 409, else: 200 } },
  'POST /events/{eventId}/check-ins': {
    who: signedIn,
    to: 'event',
    door: { open: 201, private: 409 },
    own: { open: 201, else: 409 },
    any: 403,
    send: ({ world }) => ({ body: { code: world.parts.ticket } }),
  },
  'POST /events/{eventId}/check-ins · somebody of another event': {
    who: signedIn,
    to: 'event',
    door: { open: 201, private: 404 },
    own: { open: 201, else: 404 },
    any: 403,
    send: ({ world }) => ({ body: { registrationId: world.parts.guestRegistration } }),
  },
  'GET /events/{eventId}/check-ins': { who: signedIn, to: 'event', door: 200, own: 200, any: 403 },
  'POST /events/{eventId}/walk-ins': {
    who: signedIn,
    to: 'event',
    door: 201,
    own: { draft: 404, else: 201 },
    any: 403,
    send: body(somebody),
  },
  'DELETE /events/{eventId}/check-ins/{registrationId}': {
    who: signedIn,
    to: 'event',
    door: 204,
    own: { draft: 404, else: 204 },
    any: 403,
  },
  'GET /events/{eventId}/door': { who: signedIn, to: 'event', door: 200, own: 200, any: 403 },

  // payments
  'GET /events/{eventId}/price': { who: 'anyone', to: 'pricedEvent', any: { draft: 404, else: 200 } },
  'PUT /events/{eventId}/price': {
    who: signedIn,
    to: 'pricedEvent',
    coOrganizer: 403,
    own: 200,
    any: 403,
    send: body(price),
  },
  'DELETE /events/{eventId}/price': { who: signedIn, to: 'pricedEvent', coOrganizer: 403, own: 204, any: 403 },
  'GET /events/{eventId}/payments': {
    who: signedIn,
    to: 'pricedEvent',
    coOrganizer: 403,
    own: { deleted: 200, else: 200 },
    any: 403,
  },
  'POST /registrations/{registrationId}/payment': {
    who: 'anyone',
    to: 'registration',
    coOrganizer: 403,
    own: { owing: 201, else: 409 },
  },
  'GET /registrations/{registrationId}/payment': {
    who: 'anyone',
    to: 'registration',
    coOrganizer: 403,
    own: { owing: 200, else: 404 },
  },
  'POST /guest-links/{token}/payment': { who: 'anyone', to: 'guestLink', own: { owing: 201, else: 409 } },
  'PUT /payments/{paymentId}/receipt': {
    who: signedIn,
    to: 'payment',
    coOrganizer: 403,
    own: 403,
    runs: 200,
    admin: 200,
  },
  'PUT /payments/{paymentId}/refund': {
    who: signedIn,
    to: 'payment',
    coOrganizer: 403,
    own: 403,
    runs: { due: 200, else: 409 },
    admin: { due: 200, else: 409 },
  },
  'POST /payments/stripe/notices': {
    who: 'anyone',
    any: 200,
    send: ({ world: { kit } }) => signed(unknownEvent(), { at: kit.ctx.now().getTime() }),
  },

  // reviews
  'GET /events/{eventId}/reviews': { who: 'anyone', to: 'pastEvent', any: 200 },
  'POST /events/{eventId}/reviews': {
    who: signedIn,
    to: 'pastEvent',
    attending: 409,
    rival: 201,
    any: 403,
    send: body({ rating: 4 }),
  },
  'PATCH /reviews/{reviewId}': {
    who: signedIn,
    to: 'review',
    own: 200,
    runs: 403,
    admin: 403,
    any: 403,
    send: body({ rating: 5 }),
  },
  'DELETE /reviews/{reviewId}': { who: signedIn, to: 'review', own: 204, runs: 403, any: 403 },
  'PUT /reviews/{reviewId}/report': { who: signedIn, to: 'review', any: 204, send: body({ reason: 'Spam' }) },
  'GET /review-reports': { who: 'admins', any: 200 },
  'PUT /reviews/{reviewId}/hiding': { who: 'admins', to: 'review', any: 200 },
  'DELETE /reviews/{reviewId}/hiding': { who: 'admins', to: 'review', any: 200 },

  // messages and calendars
  'GET /notifications': { who: 'admins', any: 200 },
  'GET /notifications/{notificationId}': { who: 'admins', to: 'message', any: 200 },
  'POST /notifications/{notificationId}/resend': {
    who: signedIn,
    to: 'message',
    own: 201,
    admin: { due: 409, else: 201 },
    any: 403,
  },
  'GET /me/notifications': { who: signedIn, any: 200 },
  'GET /events/{eventId}/notifications': { who: signedIn, to: 'event', own: 200, any: 403 },
  'GET /admin/channels': { who: 'admins', any: 200 },
  'POST /admin/channels/{name}/resume': { who: 'admins', any: 200, send: () => ({ params: { name: 'email' } }) },
  'GET /unsubscriptions/{token}': { who: 'anyone', to: 'unsubscribeLink', any: 200 },
  'POST /unsubscriptions/{token}': { who: 'anyone', to: 'unsubscribeLink', any: 200 },
  'DELETE /unsubscriptions/{token}': { who: 'anyone', to: 'unsubscribeLink', any: 200 },
  'GET /me/phone': { who: signedIn, any: 200 },
  'PUT /me/phone': { who: signedIn, any: 202, send: body({ phone: '+4930123456' }) },
  'POST /me/phone/verification': {
    who: signedIn,
    to: 'oneself',
    own: 204,
    admin: 422,
    any: 422,
    send: ({ world }) => ({ body: { code: world.parts.phoneCode } }),
  },
  'DELETE /me/phone': { who: signedIn, any: 204 },

  // how the instance is
  'GET /admin/schedules': { who: 'admins', any: 200 },
  'PATCH /admin/schedules/{name}': { who: 'admins', to: 'schedule', any: 200, send: body({ cron: '5 4 * * *' }) },
  'POST /admin/schedules/{name}/runs': { who: 'admins', to: 'schedule', any: 202 },
  'GET /admin/job-runs': { who: 'admins', any: 200 },
  'POST /admin/job-runs/{runId}/retries': { who: 'admins', to: 'jobRun', any: 202 },
  'GET /admin/doctor': { who: 'admins', any: 200 },
  'POST /admin/doctor/test-mail': { who: 'admins', any: 200, send: body({ to: 'ann@example.org' }) },
  'GET /events/{eventId}/calendar.ics': { who: 'anyone', to: 'event', any: 200 },
  'GET /calendars/all.ics': { who: 'anyone', any: 200 },
  'GET /calendars/organizers/{id}.ics': { who: 'anyone', to: 'organizerFeed', any: 200 },
  'GET /calendars/categories/{id}.ics': { who: 'anyone', to: 'categoryFeed', any: 200 },
  'GET /calendars/venues/{id}.ics': { who: 'anyone', to: 'venueFeed', any: 200 },
  'GET /calendars/mine/{token}.ics': { who: 'anyone', to: 'calendarLink', own: 200 },
  'GET /me/calendar': { who: signedIn, any: 200 },
  'POST /me/calendar/renewals': { who: signedIn, any: 201 },

  // events of elsewhere
  'GET /external-events': {
    who: signedIn,
    any: 200,
    send: () => ({ query: { provider: 'ticketmaster', query: 'night', location: 'NY' } }),
  },
  'POST /external-events/{provider}/{externalId}/import': {
    who: 'organizers',
    any: 201,
    send: (asked) => ({ params: { provider: 'seatgeek', externalId: '801255' }, body: { ...times(asked) } }),
  },
  'POST /admin/sync-runs': { who: 'admins', any: 202, send: body({ provider: 'feed' }) },
  'GET /admin/sync-runs': { who: 'admins', any: 200 },
  'GET /admin/sync-providers': { who: 'admins', any: 200 },

  // whether we are well
  'GET /health/live': { who: 'anyone', any: 200 },
  'GET /health/ready': { who: 'anyone', any: 200 },
}
