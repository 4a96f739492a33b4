import { beforeEach, describe, expect, test } from 'vitest'
import { aCategory, anAccount, anEvent, openKit, PASSWORD } from '../../../../test/kit/kit.ts'
import type { MadeAccount } from '../../../../test/kit/factories.ts'
import { CHANNELS } from '#accounts/profile/preferences'
import { acceptTerms } from '#accounts/terms'

const kit = await openKit()
const { ctx } = kit
const plain = kit
let ann: MadeAccount
let headers: { authorization: string }
beforeEach(async () => {
  ann = await anAccount(ctx)
  headers = await kit.signIn(ann)
})

const change = (payload: object) => kit.call('PATCH', '/me', { headers, payload })
const prefer = (payload: object) => kit.call('PATCH', '/me/preferences', { headers, payload })

// S3-21
describe('a profile', () => {
  test('says what its owner wants it to', async () => {
    const fields = {
      username: `Anna-${ann.username}`,
      firstName: ' Ann ',
      lastName: 'Lee',
      bio: 'I run <b>Lantern</b>.\nTwice.',
    }
    const { status, body } = await change(fields)
    expect(status).toBe(200)
    expect(body).toMatchObject({ ...fields, firstName: 'Ann', email: ann.email })
    expect((await kit.call('GET', '/me', { headers })).body).toEqual(body)
    expect((await change({ firstName: '' })).body).toMatchObject({ firstName: '', lastName: 'Lee' })
    expect((await change({})).body.lastName).toBe('Lee')
    expect((await kit.signIn({ username: fields.username })).authorization).toMatch(/^Bearer/)
  })

  test('has a username that nobody else has, and no address but one’s own', async () => {
    const bob = await anAccount(ctx)
    const taken = await change({ username: bob.username.toUpperCase() })
    expect([taken.status, taken.body.type]).toEqual([409, '/problems/accounts/username-taken'])
    for (const username of [bob.email, 'nobody@example.org'])
      expect(await change({ username })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/username' }] } })
    expect((await change({ username: ann.email })).status).toBe(200)
  })

  test.each([
    [{ username: 'a b' }, '/username'],
    [{ firstName: 'a\nb' }, '/firstName'],
    [{ bio: 'x'.repeat(2_001) }, '/bio'],
    [{ role: 'admin' }, '/role'],
    [{ email: 'x@example.org' }, '/email'],
    [{ emailVerified: true }, '/emailVerified'],
  ])('refuses %j', async (fields, pointer) => {
    expect(await change(fields)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })

  test('of an organizer is public, by name, bio and picture and nothing more', async () => {
    const organizer = await anAccount(ctx, { role: 'organizer', firstName: 'Olivia', lastName: 'Brandt' })
    const path = `/accounts/${organizer.id}/profile`
    const signedIn = { headers: await kit.signIn(organizer) }
    await kit.call('PATCH', '/me', { ...signedIn, payload: { bio: 'Threads.' } })
    const expected = { id: organizer.id, name: 'Olivia Brandt', bio: 'Threads.', picture: null }
    expect(await kit.call('GET', path)).toMatchObject({ status: 200, body: expected })
    expect(Object.keys((await kit.call('GET', path)).body)).toEqual(Object.keys(expected))
    await kit.database.query('update accounts set suspended_at = app_now() where id = $1', [organizer.id])
    expect((await kit.call('GET', path)).status).toBe(404)
    for (const id of [ann.id, crypto.randomUUID()])
      expect((await kit.call('GET', `/accounts/${id}/profile`)).status).toBe(404)
  })
})

describe('preferences', () => {
  const fresh = {
    categories: [],
    language: null,
    zone: null,
    channels: {},
    shownToAttendees: false,
    ways: [...CHANNELS],
  }

  test('are kept, each by itself', async () => {
    const music = await aCategory(ctx)
    expect((await kit.call('GET', '/me/preferences', { headers })).body).toEqual(fresh)
    expect(await prefer({ categories: [music.id, music.id], zone: 'europe/berlin' })).toMatchObject({
      status: 200,
      body: { ...fresh, categories: [music.id], zone: 'Europe/Berlin' },
    })
    const channels = { reminders: [], changes: ['email'] }
    expect((await prefer({ language: 'pt-BR', channels })).body).toEqual({
      ...fresh,
      categories: [music.id],
      zone: 'Europe/Berlin',
      language: 'pt-BR',
      channels,
    })
    await ctx.db.deleteFrom('categories').where('id', '=', music.id).execute()
    expect((await prefer({ zone: null })).body).toMatchObject({ categories: [], zone: null, language: 'pt-BR' })
  })

  test.each([
    [{ zone: 'Mars/Base' }, '/zone'],
    [{ language: 'no such language!' }, '/language'],
    [{ categories: [crypto.randomUUID()] }, '/categories'],
    [{ channels: { reminders: ['pigeon'] } }, '/channels/reminders/0'],
    [{ channels: { everything: [] } }, '/channels/everything'],
  ])('%j is refused', async (fields, pointer) => {
    expect(await prefer(fields)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
    expect((await kit.call('GET', '/me/preferences', { headers })).body).toEqual(fresh)
  })

  test('say whether others see me where I register from now on', async () => {
    const [before, after] = [await anEvent(ctx), await anEvent(ctx)]
    const register = async (eventId: string) =>
      (await kit.call('POST', `/events/${eventId}/registrations`, { headers, payload: {} })).body
    expect(await register(before.id)).toMatchObject({ visibleToAttendees: false })
    await prefer({ shownToAttendees: true })
    expect(await register(after.id)).toMatchObject({ visibleToAttendees: true })
    const rows = await ctx.db
      .selectFrom('registrations')
      .select(['event_id', 'visible_to_attendees'])
      .where('account_id', '=', ann.id)
      .execute()
    expect(new Map(rows.map((row) => [row.event_id, row.visible_to_attendees]))).toEqual(
      new Map([
        [before.id, false],
        [after.id, true],
      ]),
    )
  })
})

describe('the terms of an instance', async () => {
  const kit = await openKit({ TERMS_URL: 'https://example.org/terms', TERMS_VERSION: '2027-01' })
  const terms = { url: 'https://example.org/terms', version: '2027-01' }
  const person = { username: 'agrees', email: 'agrees@example.org', password: PASSWORD }
  const signUp = (more: object) => kit.call('POST', '/accounts', { payload: { ...person, ...more } })

  test('are accepted by who signs up, and the time is kept', async () => {
    expect((await kit.call('GET', '/terms')).body).toEqual({ terms })
    for (const more of [{}, { acceptsTerms: '2026-01' }])
      expect(await signUp(more)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/acceptsTerms' }] } })
    const { status, body } = await signUp({ acceptsTerms: '2027-01' })
    expect([status, body.termsToAccept]).toEqual([201, null])
    const kept = await kit.ctx.db.selectFrom('accepted_terms').selectAll().where('account_id', '=', body.id).execute()
    expect(kept).toEqual([{ account_id: body.id, version: '2027-01', accepted_at: expect.any(Date) }])
    expect(await signUp({ acceptsTerms: '2027-01', username: 'again' })).toMatchObject({
      body: { termsToAccept: null },
    })
  })

  test('are asked for again when there are others', async () => {
    const old = await anAccount(kit.ctx)
    const before = { ...kit.ctx, config: { ...kit.ctx.config, terms: { ...terms, version: '2026-01' } } }
    await acceptTerms(before, old.id, '2026-01')
    const headers = await kit.signIn(old)
    expect((await kit.call('GET', '/me', { headers })).body.termsToAccept).toEqual(terms)
    const accept = (version: string) => kit.call('PUT', '/me/accepted-terms', { headers, payload: { version } })
    expect(await accept('2026-01')).toMatchObject({
      status: 409,
      body: { type: '/problems/accounts/other-terms', terms },
    })
    for (let i = 0; i < 2; i++)
      expect(await accept('2027-01')).toMatchObject({ status: 200, body: { termsToAccept: null } })
    expect((await kit.call('GET', '/me', { headers })).body.termsToAccept).toBeNull()
  })

  test('where there are none, nothing is asked', async () => {
    expect((await plain.call('GET', '/terms')).body).toEqual({ terms: null })
    expect((await change({})).body.termsToAccept).toBeNull()
  })
})
