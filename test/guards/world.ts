import { afterAll } from 'vitest'
import { phoneCode } from '#accounts/phone/codes'
import { forgetSessions } from '#accounts/live-sessions'
import { beginLogIn, logIn, logOut } from '#accounts/sessions'
import { make as makeKey } from '#accounts/api-keys/api-keys'
import { signAccessToken } from '#accounts/tokens'
import { hashOfCode, makeRecoveryCodes, makeSecret } from '#accounts/two-factor/codes'
import { sealSecret } from '#accounts/two-factor/second-factor'
import * as privateAddress from '#calendars/private-address'
import * as checkin from '#checkin'
import { codeFor } from '#checkin/tickets'
import * as events from '#events'
import { invitationToken } from '#events/invitation-links'
import { invite } from '#events/invitations/invitations'
import * as eventTeam from '#events/team/team'
import { actingAs, type Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { linkToken } from '#kernel/links'
import * as payments from '#payments'
import { takeByStripe } from '#payments/providers/stripe'
import * as prices from '#payments/prices'
import * as registrations from '#registrations'
import { choose } from '#registrations/corrections'
import { guestToken } from '#registrations/guest-links'
import * as reviews from '#reviews'
import { declare } from '#schedules/scheduler'
import * as series from '#series'
import * as seriesTeam from '#series/team/team'
import { subscribe } from '#subscriptions'
import { keepMine } from '#subscriptions/browsers'
import type { MadeAccount } from '../kit/factories.ts'
import { aCategory, anAccount, anEvent, aVenue, openKit, PASSWORD, type Kit } from '../kit/kit.ts'
import { aSeatGeekEvent, aTicketmasterEvent, startFeed, startSeatGeek, startTicketmaster } from '../kit/providers.ts'
import { STRIPE } from '../kit/stripe.ts'
import { addToTeam } from '../kit/teams.ts'
import { everybody, type Column, type Person } from './people.ts'
import { keepState, type State } from './state.ts'

/** One thing that a request may be about, and who stands how to it. */
export type Thing = {
  params: Record<string, string>
  /** Who may know that it is there. Everybody else is answered as if it were not, in the same words. */
  seenBy: readonly Person[]
  as: Partial<Record<Person, Column>>
  /** A link: who has it reads what this person may read. */
  opens?: Person
}

/** Things of one kind by the state they are in; the state is what a line of operations.ts may tell apart. */
export type Kind = Record<string, Thing>

/** A string that was planted in one private place, and who may read it there. */
export type Secret = { text: string; where: string; readBy: readonly Person[] }

export type World = Awaited<ReturnType<typeof buildWorld>>

const nobodyAtAll: readonly Person[] = []
const owners: readonly Person[] = ['owner', 'admin']
const organizers: readonly Person[] = [...owners, 'coOrganizer']
const insiders: readonly Person[] = [...organizers, 'attending']
/** Also who stands at the door: they see what is private, and people by name. */
const atTheDoor: readonly Person[] = [...organizers, 'doorStaff']
const withDoor: readonly Person[] = [...insiders, 'doorStaff']

/** Texts could be sent; nobody sends them. */
const TEXTS = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'for tests', TWILIO_FROM: '+4930555000' }
/** The terms that are in force here. */
const TERMS = { TERMS_URL: 'https://example.org/terms', TERMS_VERSION: '1' }
/** Somebody else's house, by which people could log in; nobody goes there. */
const GITHUB = { GITHUB_CLIENT_ID: 'us', GITHUB_CLIENT_SECRET: 'between-us-and-them' }

/** Where events come from; they go when the test does. The feed never answers, so what began with it changes nothing here. */
async function announcers(): Promise<Record<string, string>> {
  const [ticketmaster, seatgeek, feed] = await Promise.all([startTicketmaster(), startSeatGeek(), startFeed()])
  afterAll(() => Promise.all([ticketmaster, seatgeek, feed].map((each) => each.stop())))
  ticketmaster.events.push(aTicketmasterEvent('G5vYZ9', 'Night of strings'))
  seatgeek.events.push(aSeatGeekEvent(801255, 'Night of drums'))
  feed.tricks.push(...Array.from({ length: 1_000 }, () => () => {}))
  return {
    TICKETMASTER_URL: ticketmaster.url,
    TICKETMASTER_API_KEY: ticketmaster.key,
    SEATGEEK_URL: seatgeek.url,
    SEATGEEK_CLIENT_ID: seatgeek.clientId,
    EVENTS_PROVIDER_URL: feed.url,
  }
}

/**
 * An instance with one of everything: what is public, private, a draft, deleted and missing, and a secret in every
 * private place. It can go back to how it was after each request.
 */
export async function buildWorld() {
  const kit = await openKit({ RATE_LIMITS: 'off', ...TERMS, ...GITHUB, ...TEXTS, ...(await announcers()) })
  kit.ctx.pay.stripe = takeByStripe(STRIPE)
  const { ctx } = kit
  const secrets: Secret[] = []
  /** Plants a word: what is returned goes into the place, and nobody but these may ever be shown it. */
  const secret = (where: string, readBy: readonly Person[]) => {
    const text = `kx${secrets.length}${where.replaceAll(/[^a-z]/g, '')}qz`
    secrets.push({ text, where, readBy })
    return text
  }
  const secretMail = (where: string, readBy: readonly Person[]) => `${secret(where, readBy)}@example.org`

  const account = (name: string, role: MadeAccount['role'], readBy: readonly Person[]) =>
    anAccount(ctx, { username: name, role, email: secretMail(`mail of ${name}`, readBy) })
  const owner = await account('owner', 'organizer', owners)
  const attending = await account('attending', 'attendee', insiders)
  const people = {
    owner,
    attending,
    stranger: await account('stranger', 'attendee', ['stranger', 'admin']),
    rival: await account('rival', 'organizer', ['rival', ...organizers]),
    admin: await account('admin', 'admin', ['admin']),
    suspended: await account('suspended', 'organizer', ['admin']),
    coOrganizer: await account('coorganizer', 'organizer', ['coOrganizer', 'admin']),
    doorStaff: await account('doorstaff', 'attendee', ['doorStaff', 'admin']),
    /** Has two-factor on, and has begun to log in. */
    guarded: await anAccount(ctx, { username: 'guarded' }),
    /** Has links in the mail. */
    forgetful: await anAccount(ctx, { username: 'forgetful' }),
    /** Wrote what others hide. */
    critic: await account('critic', 'attendee', organizers),
    /** Whom everybody logs in as, to see that this can be done. */
    newcomer: await anAccount(ctx, { username: 'newcomer' }),
  }
  const { rows } = await kit.database.query('select password_hash from accounts limit 1')
  secrets.push({ text: String(rows[0]!.password_hash).slice(-30), where: 'password hash', readBy: nobodyAtAll })
  const by = (person: MadeAccount): Ctx =>
    actingAs(ctx, { kind: 'account', id: person.id, role: person.role, sessionId: newId() })

  // What is over was there first.
  const past = await anEvent(ctx, { organizer: owner, startsInHours: 1 })
  const pastPrivate = await anEvent(ctx, {
    organizer: owner,
    startsInHours: 1,
    visibility: 'private',
    title: secret('title of a private event that is over', withDoor),
  })
  await invite(by(owner), pastPrivate.id, [attending.email])
  for (const event of [past, pastPrivate])
    await registrations.register(by(attending), event.id, { accountId: attending.id })
  await registrations.register(by(people.critic), past.id, { accountId: people.critic.id })
  await registrations.register(by(people.rival), past.id, { accountId: people.rival.id })
  await kit.clock.advance({ hours: 5 })
  const review = await reviews.write(by(attending), past.id, { rating: 4, comment: 'Well lit.' })
  const hidden = await reviews.write(by(people.critic), past.id, {
    rating: 1,
    comment: secret('comment that was hidden', ['admin']),
  })
  await reviews.report(by(people.rival), hidden.id, secret('why a review was reported', ['admin', 'rival']))
  await reviews.hide(by(people.admin), hidden.id)
  await reviews.report(by(people.rival), review.id, 'Too kind.')
  const privateReview = await reviews.write(by(attending), pastPrivate.id, {
    rating: 3,
    comment: secret('comment on a private event', withDoor),
  })

  const venue = await aVenue(ctx, 'Old Mill', { createdBy: owner.id })
  await aVenue(ctx, 'Barn')
  const category = await aCategory(ctx, 'Reading')
  /** So many days from now, at a full second: where a series may begin. */
  const inDays = (days: number) =>
    new Date(Math.floor(ctx.now().getTime() / 1_000) * 1_000 + days * 86_400_000).toISOString()
  const onlineUrl = (where: string, readBy: readonly Person[]) => `https://meet.example.org/${secret(where, readBy)}`
  const open = await anEvent(ctx, {
    organizer: owner,
    startsAt: inDays(0.25), // its door is open
    title: 'Open evening',
    capacity: 50,
    venueId: venue.id,
    categoryId: category.id,
    tags: ['quiet'],
    onlineUrl: onlineUrl('online link', [...insiders, 'guest']),
  })
  const privately = await anEvent(ctx, {
    organizer: owner,
    startsAt: inDays(0.25), // its door is open
    visibility: 'private',
    title: secret('title of a private event', withDoor),
    description: secret('description of a private event', withDoor),
    place: secret('place of a private event', withDoor),
    onlineUrl: onlineUrl('online link of a private event', insiders),
    venueId: venue.id,
    categoryId: category.id,
    tags: ['quiet'],
    capacity: 50,
  })
  const draft = await anEvent(ctx, {
    organizer: owner,
    startsAt: inDays(0.25), // its door is open
    draft: true,
    title: secret('title of a draft', organizers),
    description: secret('description of a draft', organizers),
    place: secret('place of a draft', organizers),
    onlineUrl: onlineUrl('online link of a draft', organizers),
    venueId: venue.id,
    capacity: 50,
  })
  const deleted = await anEvent(ctx, {
    organizer: owner,
    title: secret('title of a deleted event', owners),
    description: secret('description of a deleted event', nobodyAtAll),
    venueId: venue.id,
    categoryId: category.id,
  })
  // What an event was called is in its history.
  const renamed = secret('title that an event had', organizers)
  await events.edit(by(owner), open.id, { title: renamed })
  await events.edit(by(owner), open.id, { title: 'Open evening' })

  const register = (eventId: string, guest: { name: string; email: string }) =>
    registrations.register(ctx, eventId, guest)
  const ofAccount = await registrations.register(by(attending), open.id, { accountId: attending.id })
  const ofGuest = await register(open.id, {
    name: secret('name of a guest', [...atTheDoor, 'guest']),
    email: secretMail('mail of a guest', [...organizers, 'guest']),
  })
  await choose(by(attending), ofAccount.id, true)
  await registrations.register(by(people.critic), open.id, { accountId: people.critic.id })
  const shownGuest = await register(open.id, {
    name: secret('name that a guest lets others see', withDoor),
    email: secretMail('mail of a guest whose name is seen', organizers),
  })
  await choose(actingAs(ctx, { kind: 'guest', registrationId: shownGuest.id, generation: 0 }), shownGuest.id, true)
  await checkin.checkIn(by(owner), open.id, { registrationId: shownGuest.id, device: 'north door' })
  const [invitation] = await invite(by(owner), open.id, [secretMail('invited address', organizers)])
  const [privateInvitation] = await invite(by(owner), privately.id, [
    secretMail('address invited to a private event', organizers),
    attending.email,
  ])
  const inPrivate = await registrations.register(by(attending), privately.id, { accountId: attending.id })
  const privateGuest = await registrations.register(
    ctx,
    privately.id,
    {
      name: secret('name of a guest in private', atTheDoor),
      email: secretMail('mail of a guest in private', organizers),
    },
    { invitation: invitationToken(ctx.config, privateInvitation!.id) },
  )
  await checkin.checkIn(by(owner), privately.id, { registrationId: privateGuest.id })
  const [gone] = [
    await register(deleted.id, { name: secret('name in a deleted event', nobodyAtAll), email: 'gone@example.org' }),
  ]
  await registrations.cancel(by(owner), gone.id)
  await events.remove(by(owner), deleted.id)
  const cancelled = await anEvent(ctx, { organizer: owner, title: 'Called off' })
  await events.cancel(by(owner), cancelled.id, { reason: secret('why an event was called off', organizers) })

  const banners = [open, privately, draft].map(({ id }, n) => ({ id: secretId(n), event_id: id }))
  function secretId(n: number): string {
    const id = newId().replaceAll('-', '')
    if (n > 0) secrets.push({ text: id, where: 'address of a banner', readBy: n === 1 ? withDoor : organizers })
    return id
  }
  await ctx.db
    .insertInto('files')
    .values(
      [...banners, { id: newId().replaceAll('-', ''), account_id: attending.id }].map((each) => ({
        ...each,
        kind: 'account_id' in each ? 'picture' : 'banner',
        type: 'image/webp',
        widths: [480],
        bytes: 1_000,
        stored_at: ctx.now(),
      })),
    )
    .execute()

  const priced = await anEvent(ctx, { organizer: owner, title: 'Paid evening', capacity: 50 })
  await prices.set(by(owner), priced.id, {
    amount: 1_250,
    currency: 'EUR',
    provider: 'manual',
    instructions: 'In cash.',
  })
  const owing = await registrations.register(by(attending), priced.id, { accountId: attending.id })
  const owingGuest = await register(priced.id, {
    name: 'Gus',
    email: secretMail('mail of a guest who owes', [...organizers, 'guest']),
  })
  const payment = await payments.begin(by(attending), owing.id)
  const paidBack = await registrations.register(by(people.critic), priced.id, { accountId: people.critic.id })
  const due = await payments.begin(by(people.critic), paidBack.id)
  await payments.markPaid(by(owner), due.id)
  await kit.database.query(
    `update payments set state = 'refund_due', due_at = app_now(), charge_reference = $2, last_error = $3 where id = $1`,
    [due.id, secret('what the provider calls the money', nobodyAtAll), secret('why a refund failed', nobodyAtAll)],
  )

  const weekly = (title: string) => ({
    title,
    zone: 'Europe/Berlin',
    startsAt: inDays(10),
    endsAt: inDays(10.1),
    rule: 'FREQ=WEEKLY;COUNT=3',
  })
  const shown = await series.create(by(owner), weekly('Weekly'))
  await series.publish(by(owner), shown)
  const planned = await series.create(by(owner), weekly(secret('title of a series of drafts', organizers)))
  const dropped = await series.create(by(owner), weekly(secret('title of a deleted series', owners)))

  const phoneCodeId = newId()
  await kit.database.query(
    `insert into phone_codes (id, account_id, phone, expires_at) values ($1, $2, '+4930999001', app_now() + interval '30 days')`,
    [phoneCodeId, owner.id],
  )
  const [messageId, toldId] = [newId(), newId()]
  await kit.database.query(
    `insert into notifications (id, topic, channel, recipient, payload, dedupe_key, event_id, sent_at) values ($1, 'moved', 'email', $2, '{}', 'told', $3, app_now())`,
    [toldId, secretMail('recipient of a message about an event', organizers), open.id],
  )
  await kit.database.query(
    `insert into notifications (id, topic, channel, recipient, payload, dedupe_key, last_error) values ($1, $2, 'email', $3, $4, 'planted', $5)`,
    [
      messageId,
      'confirmed',
      secretMail('recipient of a message', ['admin']),
      JSON.stringify({ text: secret('text of a message', nobodyAtAll) }),
      'refused',
    ],
  )

  await declare(ctx, [{ name: 'count-stars', cron: '0 0 1 1 *', run: async () => {} }])
  const failedRun = newId()
  await kit.database.query(
    `insert into job_runs (id, name, queue, asked_by, attempts, failed_at, last_error) values ($1, 'count-stars', 'periodic', '{"kind": "system"}', 5, app_now(), $2)`,
    [failedRun, secret('why a job failed', ['admin'])],
  )

  // Who helps, and who is asked to.
  const asked = new Map<string, string>()
  for (const event of [open, privately, draft, deleted, cancelled, past, pastPrivate, priced])
    await aTeam(event.id, null)
  for (const seriesId of [shown, planned, dropped]) await aTeam(null, seriesId)
  async function aTeam(eventId: string | null, seriesId: string | null): Promise<void> {
    const of = { eventId, seriesId } as Parameters<typeof addToTeam>[1]
    await addToTeam(ctx, of, people.coOrganizer.id, 'co-organizer')
    await addToTeam(ctx, of, people.doorStaff.id, 'check-in')
    await addToTeam(ctx, of, people.critic.id, 'check-in')
    if (eventId && ![open.id, privately.id, draft.id].includes(eventId)) return
    const email = secretMail('address asked onto a team', seriesId === dropped ? nobodyAtAll : owners)
    const { id } = eventId
      ? await eventTeam.invite(by(owner), eventId, { role: 'check-in', email })
      : await seriesTeam.invite(by(owner), seriesId!, { role: 'check-in', email })
    asked.set((eventId ?? seriesId)!, id)
  }
  await series.remove(by(owner), dropped)
  const toStranger = await eventTeam.invite(by(owner), open.id, { role: 'check-in', username: 'stranger' })
  const toAddress = await eventTeam.invite(by(owner), open.id, { role: 'co-organizer', email: attending.email })

  const logIns = await logInsOf(kit, people)

  // Ways into accounts.
  const [recoveryCode] = makeRecoveryCodes() as [string]
  const appSecret = makeSecret()
  for (const { id, on } of [
    { id: attending.id, on: true },
    { id: people.guarded.id, on: true },
    { id: owner.id, on: false },
  ]) {
    await ctx.db
      .insertInto('second_factors')
      .values({
        account_id: id,
        secret: sealSecret(ctx, id, appSecret),
        created_at: tomorrow(),
        confirmed_at: on ? ctx.now() : null,
      })
      .execute()
    if (on)
      await ctx.db
        .insertInto('recovery_codes')
        .values({ account_id: id, code_hash: hashOfCode(id, recoveryCode) })
        .execute()
  }
  secrets.push({ text: appSecret, where: 'secret of an app', readBy: nobodyAtAll })
  const identityId = newId()
  await ctx.db
    .insertInto('identities')
    .values({
      id: identityId,
      account_id: owner.id,
      provider: 'github',
      issuer: 'https://github.com',
      subject: secret('who somebody is elsewhere', ['owner']),
      shown_as: 'them',
    })
    .execute()
  const linkFor = async (purpose: 'verify-email' | 'reset-password'): Promise<string> => {
    const { id, email } = people.forgetful
    const linkId = newId()
    await ctx.db
      .insertInto('account_links')
      .values({ id: linkId, account_id: id, purpose, email, email_key: email, expires_at: tomorrow() })
      .execute()
    return linkToken(ctx.config, purpose, linkId)
  }
  const challengeFor = async (kind: 'rotating' | 'web'): Promise<string> => {
    const begun = await beginLogIn(ctx, { username: 'guarded', password: PASSWORD, kind })
    return (begun as { challenge: string }).challenge
  }
  const challenges = { program: await challengeFor('rotating'), browser: await challengeFor('web') }
  const tokens: Record<Person, string | null> = { ...logIns, halfIn: challenges.program }
  const { id: sessionId } = await ctx.db
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', people.rival.id)
    .executeTakeFirstOrThrow()
  const { id: apiKeyId } = await ctx.db
    .selectFrom('api_keys')
    .select('id')
    .where('account_id', '=', owner.id)
    .executeTakeFirstOrThrow()
  await ctx.db.updateTable('sessions').set({ proved_at: tomorrow() }).execute()
  await ctx.db.updateTable('challenges').set({ expires_at: tomorrow() }).execute()
  await ctx.db.updateTable('api_keys').set({ last_used_at: tomorrow() }).execute()
  const links = { verify: await linkFor('verify-email'), reset: await linkFor('reset-password') }
  /** A run may take longer than what is short-lived lives. */
  function tomorrow(): Date {
    return new Date(ctx.now().getTime() + 86_400_000)
  }

  const tag = await ctx.db.selectFrom('tags').select('id').where('name', '=', 'quiet').executeTakeFirstOrThrow()
  const venueGone = await aVenue(ctx, 'Torn down', { createdBy: owner.id })
  await ctx.db.deleteFrom('venues').where('id', '=', venueGone.id).execute()
  const categoryGone = await aCategory(ctx)
  await ctx.db.deleteFrom('categories').where('id', '=', categoryGone.id).execute()

  const link = guestToken(ctx.config, ofGuest.id)
  const calendar = await privateAddress.token(ctx, attending.id)
  for (const [text, where, readBy] of [
    [link.split('.').at(-1)!, 'link of a guest', nobodyAtAll],
    [calendar.split('.').at(-1)!, 'address of a private calendar', ['attending']],
    [code(ofGuest.id).split('.')[1]!, 'ticket of a guest', ['guest', ...organizers]],
    [code(inPrivate.id).split('.')[1]!, 'ticket for a private event', insiders],
    [invitationToken(ctx.config, privateInvitation!.id).split('.')[1]!, 'link of an invitation', nobodyAtAll],
  ] as const)
    secrets.push({ text, where, readBy })

  function code(registrationId: string): string {
    return codeFor(ctx.config, { registrationId, generation: 0 })
  }

  // ——— Who knocks, and what is knocked at.

  const { refreshToken } = await logIn(ctx, { username: 'newcomer', password: PASSWORD, kind: 'rotating' })
  const seen = everybody
  const unseen = nobodyAtAll
  const eventParts = (event: { id: string }, more: { registrationId?: string; invitationId?: string } = {}) => ({
    eventId: event.id,
    registrationId: newId(),
    invitationId: newId(),
    version: '1',
    accountId: people.critic.id,
    teamInvitationId: asked.get(event.id) ?? newId(),
    ...more,
  })
  const ofOwner = {
    owner: 'own',
    coOrganizer: 'coOrganizer',
    doorStaff: 'door',
    attending: 'attending',
    admin: 'admin',
    rival: 'rival',
  } as const
  const ofAttending = { attending: 'own', owner: 'runs', coOrganizer: 'coOrganizer', admin: 'admin' } as const
  const ofNoAccount = { owner: 'runs', coOrganizer: 'coOrganizer', admin: 'admin' } as const
  /** What is somebody's own as a person, whatever else others run. */
  const ofAuthor = { attending: 'own', owner: 'runs', admin: 'admin' } as const
  const seriesParts = (seriesId: string) => ({
    seriesId,
    accountId: people.critic.id,
    teamInvitationId: asked.get(seriesId)!,
  })
  const withLink = Object.fromEntries(everybody.map((person) => [person, 'own'] as const))
  const missing = (...names: string[]): Thing => ({
    params: { version: '1', ...Object.fromEntries(names.map((name) => [name, newId()])) },
    seenBy: unseen,
    as: {},
  })
  // Who follows without a place: an account, its browser, and an address that nobody is told of.
  const followed = await subscribe(by(attending), open.id, {})
  await subscribe(ctx, open.id, { email: secretMail('address that follows an event', nobodyAtAll) })
  const browserId = await keepMine(by(attending), {
    endpoint: `https://push.example/${secret('address of a browser', ['attending'])}`,
    keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
  })

  const EVENT = ['eventId', 'registrationId', 'invitationId', 'accountId', 'teamInvitationId']
  const SERIES = ['seriesId', 'accountId', 'teamInvitationId']

  const kinds = {
    event: {
      open: {
        params: eventParts(open, { registrationId: shownGuest.id, invitationId: invitation!.id }),
        seenBy: seen,
        as: ofOwner,
      },
      private: {
        params: eventParts(privately, { registrationId: privateGuest.id, invitationId: privateInvitation!.id }),
        seenBy: withDoor,
        as: ofOwner,
      },
      draft: { params: eventParts(draft), seenBy: organizers, as: ofOwner },
      deleted: { params: eventParts(deleted), seenBy: unseen, as: ofOwner },
      missing: missing(...EVENT),
    },
    calledOff: {
      calledOff: { params: eventParts(cancelled), seenBy: seen, as: ofOwner },
      missing: missing(...EVENT),
    },
    pastEvent: {
      over: { params: eventParts(past), seenBy: seen, as: ofOwner },
      private: { params: eventParts(pastPrivate), seenBy: withDoor, as: ofOwner },
      deleted: { params: eventParts(deleted), seenBy: unseen, as: ofOwner },
      missing: missing(...EVENT),
    },
    pricedEvent: {
      priced: { params: eventParts(priced), seenBy: seen, as: ofOwner },
      draft: { params: eventParts(draft), seenBy: organizers, as: ofOwner },
      deleted: { params: eventParts(deleted), seenBy: unseen, as: ofOwner },
      missing: missing(...EVENT),
    },
    registration: {
      ofAccount: { params: { registrationId: ofAccount.id }, seenBy: insiders, as: ofAttending },
      ofGuest: { params: { registrationId: ofGuest.id }, seenBy: organizers, as: ofNoAccount },
      inPrivate: { params: { registrationId: inPrivate.id }, seenBy: insiders, as: ofAttending },
      owing: { params: { registrationId: owing.id }, seenBy: insiders, as: ofAttending },
      missing: missing('registrationId'),
    },
    guestLink: {
      held: { params: { token: link }, seenBy: seen, as: withLink, opens: 'guest' },
      owing: { params: { token: guestToken(ctx.config, owingGuest.id) }, seenBy: seen, as: withLink, opens: 'guest' },
      forged: { params: { token: `${shownGuest.id}.${link.split('.')[1]!}` }, seenBy: unseen, as: {} },
      missing: { params: { token: `${newId()}.${link.split('.')[1]!}` }, seenBy: unseen, as: {} },
    },
    subscriptionLink: {
      there: { params: { token: followed.link! }, seenBy: seen, as: withLink },
      forged: { params: { token: `${followed.id}.${link.split('.')[1]!}` }, seenBy: unseen, as: {} },
      missing: { params: { token: `${newId()}.${link.split('.')[1]!}` }, seenBy: unseen, as: {} },
    },
    subscription: {
      theirs: { params: { subscriptionId: followed.id! }, seenBy: ['attending'], as: { attending: 'own' } },
      missing: missing('subscriptionId'),
    },
    browser: {
      theirs: { params: { browserId }, seenBy: ['attending'], as: { attending: 'own' } },
      missing: missing('browserId'),
    },
    payment: {
      open: { params: { paymentId: payment.id }, seenBy: insiders, as: ofAttending },
      due: { params: { paymentId: due.id }, seenBy: organizers, as: ofNoAccount },
      missing: missing('paymentId'),
    },
    review: {
      shown: { params: { reviewId: review.id }, seenBy: seen, as: ofAuthor },
      hidden: { params: { reviewId: hidden.id }, seenBy: ['admin'], as: { admin: 'admin' } },
      inPrivate: { params: { reviewId: privateReview.id }, seenBy: withDoor, as: ofAuthor },
      missing: missing('reviewId'),
    },
    series: {
      shown: { params: seriesParts(shown), seenBy: seen, as: ofOwner },
      drafts: { params: seriesParts(planned), seenBy: organizers, as: ofOwner },
      deleted: { params: seriesParts(dropped), seenBy: unseen, as: ofOwner },
      missing: missing(...SERIES),
    },
    venue: {
      there: { params: { venueId: venue.id }, seenBy: seen, as: { owner: 'own', admin: 'admin' } },
      deleted: { params: { venueId: venueGone.id }, seenBy: unseen, as: {} },
      missing: missing('venueId'),
    },
    category: {
      there: { params: { categoryId: category.id }, seenBy: seen, as: {} },
      deleted: { params: { categoryId: categoryGone.id }, seenBy: unseen, as: {} },
      missing: missing('categoryId'),
    },
    tag: {
      there: { params: { tagId: tag.id }, seenBy: seen, as: {} },
      missing: missing('tagId'),
    },
    account: {
      attendee: { params: { accountId: attending.id }, seenBy: seen, as: {} },
      admin: { params: { accountId: people.admin.id }, seenBy: seen, as: {} },
      missing: missing('accountId'),
    },
    /** The account of whoever asks: the owner's, who has begun to set an app up, and one that has it. */
    oneself: { there: { params: {}, seenBy: seen, as: { owner: 'own', attending: 'attending', admin: 'admin' } } },
    teamInvitation: {
      toName: { params: { invitation: toStranger.id }, seenBy: ['stranger'], as: { stranger: 'own' } },
      toAddress: { params: { invitation: toAddress.id }, seenBy: ['attending'], as: { attending: 'own' } },
      link: {
        params: { invitation: linkToken(ctx.config, 'team-invited', toStranger.id) },
        seenBy: seen,
        as: { stranger: 'own' },
      },
      missing: missing('invitation'),
    },
    session: {
      theirs: { params: { sessionId }, seenBy: ['rival'], as: { rival: 'own' } },
      missing: missing('sessionId'),
    },
    identity: {
      theirs: { params: { identityId }, seenBy: ['owner'], as: { owner: 'own' } },
      missing: missing('identityId'),
    },
    apiKey: {
      theirs: { params: { apiKeyId }, seenBy: ['owner'], as: { owner: 'own' } },
      missing: missing('apiKeyId'),
    },
    schedule: {
      there: { params: { name: 'count-stars' }, seenBy: ['admin'], as: {} },
      missing: { params: { name: 'count-nothing' }, seenBy: unseen, as: {} },
    },
    jobRun: {
      givenUp: { params: { runId: failedRun }, seenBy: ['admin'], as: {} },
      missing: missing('runId'),
    },
    calendarLink: {
      held: { params: { token: calendar }, seenBy: seen, as: withLink, opens: 'attending' },
      forged: { params: { token: `${owner.id}.${calendar.split('.')[1]!}` }, seenBy: unseen, as: {} },
      missing: { params: { token: `${newId()}.${calendar.split('.')[1]!}` }, seenBy: unseen, as: {} },
    },
    message: {
      due: { params: { notificationId: messageId }, seenBy: ['admin'], as: { admin: 'admin' } },
      aboutEvent: { params: { notificationId: toldId }, seenBy: seen, as: ofOwner },
      missing: missing('notificationId'),
    },
    unsubscribeLink: {
      held: { params: { token: linkToken(ctx.config, 'unsubscribe', toldId) }, seenBy: seen, as: {} },
      ofAnother: { params: { token: linkToken(ctx.config, 'unsubscribe', messageId) }, seenBy: unseen, as: {} },
      missing: { params: { token: linkToken(ctx.config, 'unsubscribe', newId()) }, seenBy: unseen, as: {} },
    },
    organizerFeed: feedOf(owner.id),
    categoryFeed: feedOf(category.id, categoryGone.id),
    venueFeed: feedOf(venue.id, venueGone.id),
  } satisfies Record<string, Kind>

  function feedOf(id: string, goneId = newId()): Kind {
    return {
      there: { params: { id }, seenBy: seen, as: {} },
      deleted: { params: { id: goneId }, seenBy: unseen, as: {} },
      missing: missing('id'),
    }
  }

  const state: State = await keepState(kit.database)
  return {
    kit,
    people,
    kinds,
    secrets,
    tokens,
    link,
    /** The rest of what requests speak of. */
    parts: {
      phoneCode: phoneCode(ctx.config, phoneCodeId),
      open,
      draft,
      privately,
      past,
      guestRegistration: ofGuest.id,
      ticket: code(ofGuest.id),
      refreshToken,
      foreignOccurrence: open.id,
      recoveryCode,
      appSecret,
      challenges,
      links,
      forgetful: people.forgetful.email,
      terms: TERMS.TERMS_VERSION,
    },
    state,
    headers: (person: Person): Record<string, string> =>
      tokens[person] === null ? {} : { authorization: `Bearer ${tokens[person]}` },
    /** Everything as it was, also what the program keeps in mind. Answers which tables were not. */
    async restore(): Promise<string[]> {
      const changed = await state.restore()
      if (changed.length > 0) {
        ctx.wake(['*'])
        forgetSessions(ctx)
      }
      return changed
    },
  }
}

/** What each of them sends along; null: nothing. */
async function logInsOf(
  kit: Kit,
  people: Record<string, MadeAccount>,
): Promise<Record<Exclude<Person, 'halfIn'>, string | null>> {
  const { ctx } = kit
  const tokenOf = async (name: string) => {
    const { accessToken } = await logIn(ctx, { username: name, password: PASSWORD, kind: 'rotating' })
    return accessToken
  }
  const sessionIn = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string }).sid
  const { owner, suspended } = people as Record<'owner' | 'suspended', MadeAccount>
  const keyOfOwner = async () => {
    const sessionId = sessionIn(await tokenOf('owner'))
    const made = await makeKey(actingAs(ctx, { kind: 'account', id: owner.id, role: 'organizer', sessionId }), {
      name: 'Board in the hall',
      scopes: ['events:read'],
      days: 90,
    })
    return made.key
  }
  const ended = await tokenOf('owner')
  const expiresAt = new Date(ctx.now().getTime() - 1_000)
  const tokens: Record<Exclude<Person, 'halfIn'>, string | null> = {
    nobody: null,
    guest: null,
    stranger: await tokenOf('stranger'),
    attending: await tokenOf('attending'),
    owner: await tokenOf('owner'),
    coOrganizer: await tokenOf('coorganizer'),
    doorStaff: await tokenOf('doorstaff'),
    rival: await tokenOf('rival'),
    key: await keyOfOwner(),
    admin: await tokenOf('admin'),
    suspended: await tokenOf('suspended'),
    ended,
    expired: signAccessToken(
      ctx.config,
      { accountId: owner.id, sessionId: sessionIn(await tokenOf('owner')) },
      { issuedAt: new Date(expiresAt.getTime() - 3_600_000), expiresAt },
    ),
    garbled: (await tokenOf('owner')).replace(/.(?=\.[^.]+$)/, (character) => (character === 'A' ? 'B' : 'A')),
  }
  const sessionId = sessionIn(ended)
  await logOut(actingAs(ctx, { kind: 'account', id: owner.id, role: 'organizer', sessionId }), sessionId)
  await kit.database.query('update accounts set suspended_at = app_now() where id = $1', [suspended.id])
  forgetSessions(ctx)
  return tokens
}
