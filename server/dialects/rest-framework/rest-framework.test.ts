import { Secret, TOTP } from 'otpauth'
import { afterAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { anAccount, openKit, PASSWORD } from '../../../test/kit/kit.ts'
import { aTicketmasterEvent, startTicketmaster } from '../../../test/kit/providers.ts'
import { speaking, told } from '../../../test/kit/rest-framework.ts'

const ticketmaster = await startTicketmaster()
afterAll(() => ticketmaster.stop())
const kit = await openKit({ TICKETMASTER_URL: ticketmaster.url, TICKETMASTER_API_KEY: ticketmaster.key })
const closed = await openKit({ OPEN_ORGANIZER_SIGNUP: 'false' })
const { ask, get, post, somebody } = speaking(kit)

describe('an account', () => {
  const newcomer = {
    username: 'newuser',
    email: 'newuser@example.com',
    password: 'SecurePass123!',
    password2: 'SecurePass123!',
    first_name: 'John',
    last_name: 'Doe',
  }
  const named = { username: 'newuser', email: 'newuser@example.com', first_name: 'John', last_name: 'Doe' }

  // S2-01 S2-12 S2-14 S2-16 S2-17 S2-62
  test('is opened, logged in to and refreshed with the same token again and again', async () => {
    expect(await post('/api/auth/register/', {}, newcomer)).toMatchObject({ status: 201, body: named })
    const { username, password } = newcomer
    const { status, body } = await post('/api/auth/login/', {}, { username, password })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      access: expect.any(String),
      refresh: expect.any(String),
      user: { id: expect.any(Number), ...named },
    })
    for (const url of ['/api/auth/token/refresh/', '/api/auth/token/refresh']) {
      const again = await post(url, {}, { refresh: body.refresh })
      expect(again).toEqual({ status: 200, body: { access: expect.any(String) } })
      const headers = { authorization: `Bearer ${again.body.access}` }
      expect(await get('/api/auth/profile/', headers)).toEqual({ status: 200, body: body.user })
    }
    expect(await post('/api/auth/token/refresh/', {}, { refresh: 'nonsense' })).toEqual({
      status: 401,
      body: { detail: 'Token is invalid or expired', code: 'token_not_valid' },
    })
  })

  // S2-13
  test('is refused field by field', async () => {
    await anAccount(kit.ctx, { username: 'taken', email: 'taken@example.com' })
    const body = { ...newcomer, username: 'Taken', email: 'other@example.com' }
    expect(await post('/api/auth/register/', {}, body)).toEqual({
      status: 400,
      body: { username: ['A user with that username already exists.'] },
    })
    expect(await post('/api/auth/register/', {}, { ...body, password2: 'another' })).toEqual({
      status: 400,
      body: {
        username: ['A user with that username already exists.'],
        password: ["Password fields didn't match."],
      },
    })
    expect(await post('/api/auth/register/', {}, { ...body, username: 'free', password2: 'x' })).toEqual({
      status: 400,
      body: { password: ["Password fields didn't match."] },
    })
    expect(await post('/api/auth/register/', {}, { username: '', email: null })).toEqual({
      status: 400,
      body: {
        username: ['This field may not be blank.'],
        email: ['This field may not be null.'],
        password: ['This field is required.'],
        password2: ['This field is required.'],
      },
    })
    const { status, body: faults } = await post('/api/auth/register/', {}, { ...newcomer, username: 'weak', password: 'password', password2: 'password' }) // prettier-ignore
    expect([status, Object.keys(faults)]).toEqual([400, ['password']])
  })

  // S2-15
  test('is not logged in to with another password, and says no more than that', async () => {
    const { username } = await somebody()
    const refused = { status: 401, body: told('No active account found with the given credentials') }
    expect(await post('/api/auth/login/', {}, { username, password: 'wrong' })).toEqual(refused)
    expect(await post('/api/auth/login/', {}, { username: 'nobody at all', password: 'wrong' })).toEqual(refused)
    expect(await post('/api/login/', {}, { username })).toEqual({ status: 400, body: { password: ['This field is required.'] } }) // prettier-ignore
  })

  test('with two-factor on is not logged in to here, and is told why', async () => {
    const { headers, username } = await somebody()
    const { body } = await kit.call('POST', '/me/two-factor/enrolment', { headers })
    const secret = Secret.fromBase32(body.secret as string)
    const code = new TOTP({ secret }).generate({ timestamp: kit.ctx.now().getTime() })
    const on = await kit.call('POST', '/me/two-factor/confirmation', { headers, payload: { code } })
    expect(on.status, JSON.stringify(on.body)).toBeLessThan(300)
    const { status, body: refused } = await post('/api/auth/login/', {}, { username, password: PASSWORD })
    expect([status, Object.keys(refused), refused.detail]).toEqual([401, ['detail'], expect.stringContaining('Two-factor')]) // prettier-ignore
  })

  // S3-08 S3-49 S3-50 S3-41
  test('is opened for an organizer where that is open, and with a wish where it is not: C21', async () => {
    const body = { username: 'ann3', email: 'ann3@example.com', password: PASSWORD, is_organizer: true }
    expect(await post('/api/register/', {}, body)).toMatchObject({
      status: 201,
      body: { id: expect.any(Number), username: 'ann3', email: 'ann3@example.com', is_organizer: true },
    })
    const { status, body: entry } = await post('/api/login/', {}, { username: 'ann3', password: PASSWORD })
    expect([status, Object.keys(entry)]).toEqual([200, ['access', 'refresh', 'user']])
    expect((await speaking(closed).post('/api/register/', {}, body)).body.is_organizer).toBe(false)
    const { rows } = await sql`select from accounts where wants_to_organize_at is not null`.execute(closed.ctx.db)
    expect(rows).toHaveLength(1)
    expect((await post('/api/register/', {}, { ...body, username: 'ann4', is_organizer: undefined })).body.is_organizer).toBe(false) // prettier-ignore
  })

  // S2-18
  test('says who its owner is, and takes another address when its link is followed', async () => {
    const { headers, number } = await somebody()
    const body = { username: 'updateduser', email: 'updated@example.com', first_name: 'Updated', last_name: 'Name' }
    expect(await ask('PUT', '/api/auth/profile/update/', headers, body)).toEqual({ status: 200, body })
    await kit.settle()
    const mail = kit.mails.findLast(({ to }) => to.address === 'updated@example.com')!
    const token = /\/[\w-]+[/?#](?:token=)?([\w.-]{20,})/.exec(mail.text)![1]!
    expect((await kit.call('POST', '/email-verifications', { payload: { token } })).status).toBe(204)
    expect(await get('/api/auth/profile/', headers)).toEqual({ status: 200, body: { id: number, ...body } })
    const other = await somebody()
    expect(await ask('PUT', '/api/auth/profile/update/', other.headers, { username: 'UpdatedUser' })).toEqual({
      status: 400,
      body: { username: ['A user with that username already exists.'] },
    })
    await kit.clock.advance({ minutes: 11 })
    const late = await ask('PATCH', '/api/auth/profile/update/', other.headers, { email: 'late@example.com' })
    expect(late).toEqual({ status: 403, body: told('Log in again to change the e-mail address.') })
    expect((await ask('PATCH', '/api/auth/profile/update/', other.headers, { email: 'none' })).body).toHaveProperty('email') // prettier-ignore
    expect((await ask('PATCH', '/api/auth/profile/update/', other.headers, { first_name: 'Al' })).body.first_name).toBe('Al') // prettier-ignore
  })

  // S2-19 S2-20
  test('has its password changed by who knows it', async () => {
    const { headers, username } = await somebody()
    const change = (old_password: string, new_password: string) =>
      post('/api/auth/change-password/', headers, { old_password, new_password })
    expect(await change('another', 'newSecurePassword123!')).toEqual({ status: 400, body: { old_password: ['Old password is not correct'] } }) // prettier-ignore
    expect((await change(PASSWORD, 'short')).body).toEqual({ new_password: [expect.any(String)] })
    expect(await change(PASSWORD, 'newSecurePassword123!')).toEqual({ status: 200, body: told('Password updated successfully') }) // prettier-ignore
    expect((await post('/api/auth/login/', {}, { username, password: 'newSecurePassword123!' })).status).toBe(200)
    expect((await post('/api/auth/login/', {}, { username, password: PASSWORD })).status).toBe(401)
  })

  test('is left by logging out, which ends the token that is kept, too', async () => {
    const { username } = await somebody()
    const { body } = await post('/api/auth/login/', {}, { username, password: PASSWORD })
    const headers = { authorization: `Bearer ${body.access}` }
    expect(await post('/api/auth/logout/', headers, {})).toMatchObject({
      status: 200,
      body: told('Successfully logged out.'),
    })
    expect((await get('/api/auth/profile/', headers)).status).toBe(401)
    expect((await post('/api/auth/token/refresh/', {}, { refresh: body.refresh })).status).toBe(401)
  })

  test('that came in elsewhere is given the next token where the old one is good once', async () => {
    const { username } = await somebody()
    const { body } = await kit.call('POST', '/sessions', { payload: { username, password: PASSWORD } })
    const next = await post('/api/auth/token/refresh/', {}, { refresh: body.refreshToken })
    expect(next).toEqual({ status: 200, body: { access: expect.any(String), refresh: expect.any(String) } })
  })

  // S3-21 S3-64
  test('has a profile with words and a picture', async () => {
    const { headers, number, username, email } = await somebody()
    const profile = { id: number, username, email, first_name: '', last_name: '', is_organizer: false, bio: '', profile_picture: null } // prettier-ignore
    expect(await get('/api/users/profile/', headers)).toEqual({ status: 200, body: profile })
    const changed = await ask('PUT', '/api/users/profile/', headers, { bio: 'I go to things.', profile_picture: null })
    expect(changed).toEqual({ status: 200, body: { ...profile, bio: 'I go to things.' } })
    expect((await ask('PUT', '/api/users/profile/', headers, { profile_picture: 'http://localhost/a.jpg' })).body).toEqual({ profile_picture: [expect.any(String)] }) // prettier-ignore
  })

  test('is wanted where something is one’s own', async () => {
    const refused = { status: 401, body: told('Authentication credentials were not provided.') }
    for (const url of [
      '/api/auth/profile/',
      '/api/users/profile/',
      '/api/events/my_events/',
      '/api/my-registrations/',
      '/api/external-events/',
    ])
      // prettier-ignore
      expect(await get(url), url).toEqual(refused)
    for (const url of ['/api/events/', '/api/events/1/register/', '/api/events/1/rsvp/', '/api/events/1/reviews/'])
      expect(await post(url, {}, {}), url).toEqual(refused)
    expect((await get('/api/events/', { authorization: 'Bearer nonsense' })).body.code).toBe('token_not_valid')
  })
})

describe('events of elsewhere', () => {
  // S3-17 S3-18 S3-62 S3-63
  test('are found by whoever is logged in and taken in by organizers', async () => {
    ticketmaster.events = [aTicketmasterEvent('tm1', 'Concert')]
    const [hers, theirs] = [await somebody('organizer'), await somebody()]
    const url = '/api/external-events/?provider=ticketmaster&query=concert&location=NY'
    const { status, body } = await get(url, theirs.headers)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({ count: 1, next: null, previous: null, results: [{ id: 'tm1', title: 'Concert', start_time: '2030-05-04T23:30:00Z', is_imported: false }] }) // prettier-ignore
    const taken = await post('/api/external-events/tm1/import/', hers.headers, { title: 'The concert' })
    expect(taken.status, JSON.stringify(taken.body)).toBe(201)
    expect(taken.body).toMatchObject({ title: 'The concert', external_event_id: 'tm1', created_by: hers.number })
    expect((await get(`/api/events/${taken.body.id}/`)).body).toEqual(taken.body)
    expect(await post('/api/external-events/tm1/import/', hers.headers)).toEqual({ status: 200, body: taken.body })
    expect((await get(url, hers.headers)).body.results[0].is_imported).toBe(true)
    expect((await post('/api/external-events/tm1/import/', theirs.headers)).status).toBe(403)
    expect((await post('/api/external-events/none/import/', hers.headers)).status).toBe(404)
    expect((await get('/api/external-events/?provider=nobody', hers.headers)).body).toHaveProperty('provider')
  })
})

describe('the documents', () => {
  // S3-38
  test('are where they were, and say what is answered here', async () => {
    for (const url of ['/swagger/', '/swagger', '/api/swagger/']) {
      const { statusCode, headers } = await kit.app.inject(url)
      expect([statusCode, headers.location], url).toEqual([302, '/api/docs/'])
    }
    const { paths } = (await kit.app.inject('/api/schema/')).json()
    const { responses, tags } = paths['/api/events/{id}/register/'].post
    expect(tags).toEqual(['rest-framework', 'events-face'])
    expect(responses['400'].description).toContain('/problems/registrations/event-full')
    expect(Object.keys(responses)).not.toContain('409')
  })
})
