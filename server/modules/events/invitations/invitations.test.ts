import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { guestToken } from '#registrations/guest-links'
import * as registrations from '#registrations'
import { aCategory, aGuest, anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../../test/kit/kit.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const rival = await anAccount(kit.ctx, { role: 'organizer' })
const friend = await anAccount(kit.ctx, { email: 'Friend@Example.org' })
const hers = await kit.signIn(organizer)
const his = await kit.signIn(rival)
const friends = await kit.signIn(friend)
const above = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
type Headers = Record<string, string>

const anHidden = (visibility: 'unlisted' | 'private', more: object = {}) =>
  anEvent(kit.ctx, { organizer, visibility, ...more })
const get = (id: string, headers: Headers = {}, invitation?: string) =>
  kit.call('GET', `/events/${id}`, { headers, query: invitation === undefined ? {} : { invitation } })
const invite = (id: string, emails: string[], headers: Headers = hers) =>
  kit.call('POST', `/events/${id}/invitations`, { payload: { emails }, headers })
const register = (id: string, payload: object, headers: Headers = {}, invitation?: string) =>
  kit.call('POST', `/events/${id}/registrations`, {
    payload,
    headers,
    query: invitation === undefined ? {} : { invitation },
  })
const patch = (id: string, payload: object) => kit.call('PATCH', `/events/${id}`, { payload, headers: hers })
/** The token in the last mail to this address. */
const tokenFor = (address: string) =>
  /\?invitation=(\S+)/.exec(kit.mails.findLast((mail) => mail.to.address === address)!.text)![1]!
const same = ({ status, body }: { status: number; body: any }) => ({
  status,
  ...body,
  requestId: undefined,
  instance: undefined,
})

describe('an unlisted event', () => {
  // S0-36
  test('is in no list and no count, and there for whoever has its link', async () => {
    const venue = await aVenue(kit.ctx)
    const category = await aCategory(kit.ctx, 'Hidden things')
    const event = await anHidden('unlisted', {
      title: 'Numbat',
      venueId: venue.id,
      categoryId: category.id,
      tags: ['hush'],
    })
    for (const query of [{}, { text: 'numbat' }, { organizerId: organizer.id }, { tag: 'hush' }] as Record<
      string,
      string
    >[]) {
      for (const headers of [{}, hers, above])
        expect((await kit.call('GET', '/events', { query, headers })).body.items).toEqual([])
    }
    expect((await kit.call('GET', '/tags')).body.items).toEqual([])
    expect((await kit.call('GET', '/categories')).body.items).toMatchObject([{ name: 'Hidden things', events: 0 }])
    const { body } = await get(event.id)
    expect(await get(body.slug)).toMatchObject({ status: 200, body: { visibility: 'unlisted' } })
    expect((await kit.call('GET', '/me/events', { headers: hers })).body.items).toMatchObject([{ title: 'Numbat' }])
    expect((await register(event.id, aGuest())).status).toBe(201)
  })
})

describe('a private event', () => {
  // S0-36
  test('is there for its organizer, admins, who is registered and who is invited; for others as if it never was', async () => {
    const event = await anHidden('private')
    const missing = same(await get(newId(), his))
    expect(missing.status).toBe(404)
    for (const headers of [{}, his, friends]) expect(same(await get(event.id, headers))).toEqual(missing)
    for (const answer of [
      await kit.call('PATCH', `/events/${event.id}`, { payload: { title: 'Mine' }, headers: his }),
      await invite(event.id, ['me@example.org'], his),
      await kit.call('GET', `/events/${event.id}/registrations`, { headers: his }),
    ])
      expect(same(answer)).toEqual(missing)
    expect((await get(event.id, hers)).status).toBe(200)
    expect((await get(event.id, above)).status).toBe(200)

    await invite(event.id, ['friend@example.org'])
    expect(await get(event.id, friends)).toMatchObject({ status: 200, body: { can: { register: true, edit: false } } })
    expect((await get(event.id, his)).status).toBe(404)
    const change = await kit.call('PATCH', `/events/${event.id}`, { payload: { title: 'Mine' }, headers: friends })
    expect(change.status).toBe(403)

    await registrations.register(kit.as(organizer), event.id, { accountId: rival.id })
    expect((await get(event.id, his)).status).toBe(200)
  })

  test('is not there for who signed up with an invited address that is not theirs to confirm', async () => {
    const event = await anHidden('private')
    await invite(event.id, ['ceo@corp.example'])
    const stranger = await anAccount(kit.ctx, { email: 'ceo@corp.example' })
    await kit.database.query('update accounts set email_verified_at = null where id = $1', [stranger.id])
    const theirs = await kit.signIn(stranger)
    expect((await get(event.id, theirs)).status).toBe(404)
    expect((await register(event.id, {}, theirs)).status).toBe(404)
    await kit.database.query('update accounts set email_verified_at = app_now() where id = $1', [stranger.id])
    expect((await get(event.id, theirs)).status).toBe(200)
  })

  test('lets nobody register who is not let in, and those who are', async () => {
    const event = await anHidden('private', { capacity: 10 })
    const missing = same(await register(newId(), aGuest()))
    expect(missing.status).toBe(404)
    expect(same(await register(event.id, aGuest()))).toEqual(missing)
    expect(same(await register(event.id, {}, friends))).toEqual(missing)
    expect(same(await register(event.id, aGuest(), {}, 'nonsense'))).toEqual(missing)
    await invite(event.id, ['friend@example.org', 'guest@example.org'])
    expect(await register(event.id, {}, friends)).toMatchObject({ status: 201, body: { status: 'going' } })
    expect(await register(event.id, {}, friends)).toMatchObject({ status: 409 })
    await kit.settle()
    const token = tokenFor('guest@example.org')
    const other = await anHidden('private')
    expect((await register(other.id, aGuest(), {}, token)).status).toBe(404)
    expect((await get(other.id, {}, token)).status).toBe(404)
    expect((await get(event.id, {}, token)).status).toBe(200)
    expect((await get(event.id, {}, `${token.slice(0, -2)}xx`)).status).toBe(404)
    expect((await register(event.id, { name: 'G', email: 'guest@example.org' }, {}, token)).status).toBe(201)
    expect((await register(event.id, aGuest(), hers)).status).toBe(201)
    expect((await get(event.id, hers)).body.taken).toBe(3)
  })

  test('is never kept for others, whoever saw it before', async () => {
    const event = await anHidden('private')
    await invite(event.id, ['kept@example.org'])
    await kit.settle()
    const token = tokenFor('kept@example.org')
    for (let n = 0; n < 2; n++) {
      const seen = await get(event.id, {}, token)
      expect(seen).toMatchObject({ status: 200, headers: { 'cache-control': 'private, no-cache' } })
      expect(seen.headers['cache-status']).toBeUndefined()
    }
    expect((await get(event.id)).status).toBe(404)

    const open = await anEvent(kit.ctx, { organizer })
    expect((await get(open.id)).status).toBe(200)
    expect((await get(open.id)).headers['cache-status']).toBe('Turnout; hit')
    await patch(open.id, { visibility: 'private' })
    expect((await get(open.id)).status).toBe(404)
  })

  test('no longer opens for who is uninvited, but who has registered stays', async () => {
    const event = await anHidden('private')
    const made = await invite(event.id, ['friend@example.org', 'gone@example.org'])
    await kit.settle()
    const token = tokenFor('gone@example.org')
    await register(event.id, {}, friends)
    for (const { id } of made.body.items) {
      const path = `/events/${event.id}/invitations/${id}`
      expect((await kit.call('DELETE', path, { headers: his })).status).toBe(404)
      for (let n = 0; n < 2; n++) expect((await kit.call('DELETE', path, { headers: hers })).status).toBe(204)
    }
    expect((await get(event.id, {}, token)).status).toBe(404)
    expect((await register(event.id, aGuest(), {}, token)).status).toBe(404)
    expect((await get(event.id, friends)).status).toBe(200)
    const mine = await kit.call('GET', '/me/registrations', { headers: friends, query: { eventId: event.id } })
    expect(mine.body.items).toMatchObject([{ status: 'going' }])
  })

  // reliability S1
  test('still opens for who is invited when somebody who runs another event takes the invitation back there', async () => {
    const [event, own] = [await anHidden('private'), await anEvent(kit.ctx, { organizer: rival })]
    const { body } = await invite(event.id, ['stays@example.org'])
    await kit.settle()
    const path = `/events/${own.id}/invitations/${body.items[0].id}`
    expect((await kit.call('DELETE', path, { headers: his })).status).toBe(404)
    expect((await get(event.id, {}, tokenFor('stays@example.org'))).status).toBe(200)
  })

  test('tells a guest of it under a link that opens its page', async () => {
    const event = await anHidden('private')
    const guest = aGuest('Private Guest')
    const { body } = await register(event.id, guest, hers)
    await kit.settle()
    expect(tokenFor(guest.email)).toBe(guestToken(kit.ctx.config, body.id))
    expect((await get(event.id, {}, tokenFor(guest.email))).status).toBe(200)
  })

  test('no longer opens with the link that went to an address that was wrong', async () => {
    const event = await anHidden('private')
    const guest = aGuest('Private Guest')
    const { body } = await register(event.id, guest, hers)
    const link = `/guest-links/${guestToken(kit.ctx.config, body.id)}`
    const corrected = await kit.call('PATCH', link, { payload: { email: 'right@example.org' } })
    expect(corrected.status, JSON.stringify(corrected.body)).toBe(200)
    await kit.settle()
    expect((await get(event.id, {}, guestToken(kit.ctx.config, body.id))).status).toBe(404)
    expect((await get(event.id, {}, tokenFor('right@example.org'))).status).toBe(200)
  })
})

describe('inviting', () => {
  test('writes to each new address once, and lists them', async () => {
    const event = await anHidden('private')
    kit.mails.length = 0
    const first = await invite(event.id, ['a@example.org', 'A@example.org', 'b@example.org'])
    expect(first.status).toBe(201)
    expect(first.body.items).toHaveLength(2)
    expect((await invite(event.id, ['B@example.org', 'c@example.org'])).body.items).toMatchObject([
      { email: 'c@example.org' },
    ])
    await kit.settle()
    expect(kit.mails.map((mail) => mail.to.address.toLowerCase()).sort()).toEqual(
      ['a', 'b', 'c'].map((name) => `${name}@example.org`),
    )
    expect(kit.mails[0]!.text).toContain('You are invited')
    const { body } = await kit.call('GET', `/events/${event.id}/invitations`, { headers: hers, query: { limit: '2' } })
    expect(body.items).toHaveLength(2)
    const rest = await kit.call('GET', `/events/${event.id}/invitations`, {
      headers: hers,
      query: { cursor: body.nextCursor, limit: '2' },
    })
    expect(rest.body).toMatchObject({ items: [{ email: 'c@example.org', revokedAt: null }], nextCursor: null })
  })

  test('is refused for a draft, without addresses, with too many, and with what is none', async () => {
    const draft = await anHidden('private', { draft: true })
    expect(await invite(draft.id, ['a@example.org'])).toMatchObject({ status: 409 })
    const event = await anHidden('private')
    for (const emails of [[], ['nobody'], Array.from({ length: 201 }, (_, n) => `n${n}@example.org`)])
      expect((await invite(event.id, emails)).status).toBe(422)
  })

  test('at the same moment by two is one mail', async () => {
    const event = await anHidden('private')
    const answers = await Promise.all(Array.from({ length: 6 }, () => invite(event.id, ['race@example.org'])))
    expect(answers.flatMap((answer) => answer.body.items)).toHaveLength(1)
  })
})

describe('the online link', () => {
  const onlineUrl = 'https://meet.example.org/room?id=1'

  // S3-06
  test('is for the organizer and who is going, and stands in their mail', async () => {
    const event = await anEvent(kit.ctx, { organizer, onlineUrl, capacity: 1 })
    const going = await aRegistration(kit.ctx, event.id, aGuest('Online Going'))
    const waiting = await aRegistration(kit.ctx, event.id, aGuest('Online Waiting'))
    const seen = async (headers: Headers = {}, pass?: string) => (await get(event.id, headers, pass)).body.onlineUrl
    for (let n = 0; n < 2; n++) expect(await seen()).toBeNull() // the second is a kept answer
    for (const headers of [his, friends]) expect(await seen(headers)).toBeNull()
    for (const headers of [hers, above]) expect(await seen(headers)).toBe(onlineUrl)
    expect(await seen({}, guestToken(kit.ctx.config, going.id))).toBe(onlineUrl)
    expect(await seen({}, guestToken(kit.ctx.config, waiting.id))).toBeNull()
    expect(await seen()).toBeNull()
    expect(JSON.stringify((await kit.call('GET', '/events')).body)).not.toContain('meet.example.org')
    await kit.settle()
    const mailTo = (address: string) => kit.mails.findLast((mail) => mail.to.address === address)!.text
    expect(mailTo('online.going@example.com')).toContain(onlineUrl)
    expect(mailTo('online.waiting@example.com')).not.toContain('meet.example.org')

    await registrations.cancel(kit.as('admin'), going.id)
    expect(await seen({}, guestToken(kit.ctx.config, going.id))).toBeNull()
    expect(await seen({}, guestToken(kit.ctx.config, waiting.id))).toBe(onlineUrl)
    await kit.settle()
    expect(mailTo('online.waiting@example.com')).toContain(onlineUrl)
  })

  test.each([
    'http://meet.example.org',
    'javascript:alert(1)',
    'https://',
    'room 5',
    `https://a.org/${'a'.repeat(2000)}`,
  ])('is no %s', async (wrong) => {
    const event = await anEvent(kit.ctx, { organizer, onlineUrl })
    expect(await patch(event.id, { onlineUrl: wrong })).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ pointer: '/onlineUrl' })]) },
    })
    expect(await patch(event.id, { onlineUrl: null })).toMatchObject({ body: { onlineUrl: null } })
  })
})
