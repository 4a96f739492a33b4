import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { LightMyRequestResponse } from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { aGuest, anAccount, anEvent, aRegistration, openKit } from '../../test/kit/kit.ts'

// reliability.md, section 4: each of the forty bad inputs that concerns a route we have. Times and capacities are in
// events.test.ts, queries in search.test.ts, tokens in the accounts module.

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const token = await kit.signIn(organizer)
const good = { title: 'a', startsAt: '2027-03-20T18:00:00Z', endsAt: '2027-03-20T20:00:00Z', zone: 'Europe/Berlin' }

const TABLES = [
  'accounts',
  'events',
  'venues',
  'seat_pools',
  'registrations',
  'facts',
  'notifications',
  'idempotency_keys',
  'categories',
]
/** How many rows there are of everything: a request that is refused changes none of it. */
const state = async () =>
  (
    await kit.database.query(
      `select ${TABLES.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
      [],
    )
  ).rows[0]
let before: unknown
const changedNothing = async () => expect(await state()).toEqual(before)

const post = async (payload: string | Buffer, headers: Record<string, string> = {}, url = '/api/v1/events') => {
  before = await state()
  return kit.app.inject({
    method: 'POST',
    url,
    headers: { ...token, 'content-type': 'application/json', ...headers },
    payload,
  })
}

/** A problem document as every one of them is. */
function expectProblem(answer: LightMyRequestResponse, status: number, type: string): any {
  expect(answer.statusCode, answer.body).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.headers['cache-control']).toBe('no-store')
  const body = answer.json()
  expect(body).toMatchObject({
    type: `/problems/${type}`,
    title: expect.any(String),
    status,
    instance: expect.any(String),
    requestId: expect.stringMatching(/^[0-9a-f]{12}-[0-9a-z]+$/),
  })
  expect(answer.body).not.toMatch(/node_modules|\.ts:\d|at .+\(.+:\d+:\d+\)|select |insert |SQLSTATE/i)
  return body
}

describe('a body that cannot be read', () => {
  // reliability S25
  const deepObject = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
  const deepArray = `${'['.repeat(32_000)}${']'.repeat(32_000)}`
  const nested = (levels: number) => `{"title":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
  test.each([
    ['2: broken', '{"title":'],
    ['2: followed by something', `${JSON.stringify(good)}x`],
    ['2: of single quotes', `{'title':'a'}`],
    ['2: not a number', '{"capacity":NaN}'],
    ['2: beginning with a byte order mark', `\ufeff${JSON.stringify(good)}`],
    ['3: with __proto__', '{"title":"a","__proto__":{"isAdmin":true}}'],
    ['3: with __proto__ spelled otherwise', '{"title":"a","\\u005f_proto__":{"isAdmin":true}}'],
    ['3: with __proto__ further in', '{"title":{"x":[{"__proto__":{"isAdmin":true}}]}}'],
    ['5: with a key twice', '{"title":"a","title":"b"}'],
    ['5: with a key twice, spelled otherwise', '{"title":"a","t\\u0069tle":"b"}'],
    ['6: with NUL', '{"title":"a\\u0000b"}'],
    ['6: with NUL in a key', '{"ti\\u0000tle":"b"}'],
    ['6: with a raw NUL', '{"title":"a\u0000b"}'],
    ['7: with half of a surrogate pair', '{"title":"\\ud800"}'],
    ['7: with the other half', '{"title":"a\\udc00b"}'],
    ['10: five thousand objects deep', deepObject],
    ['10: thirty-two thousand lists deep', deepArray],
    ['10: 33 levels deep', nested(33)],
  ])('%s', async (_, payload) => {
    const begun = performance.now()
    const answer = await post(payload)
    expect(performance.now() - begun).toBeLessThan(1_000)
    expectProblem(answer, 400, 'bad-request')
    await changedNothing()
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('10: 32 levels are read, and judged by the schema', async () => {
    expectProblem(await post(nested(32)), 422, 'invalid')
  })

  test('5, 6: what only looks like it is read as it is', async () => {
    const answer = await post(
      JSON.stringify({ ...good, title: '"title":"b" \\u0000 {"__proto__":1} [[[[', description: '\ud83c\udf89' }),
    )
    expect(answer.statusCode, answer.body).toBe(201)
    expect(answer.json()).toMatchObject({ title: '"title":"b" \\u0000 {"__proto__":1} [[[[', description: '🎉' })
  })

  test('11: of 128 KiB and one byte; one of 128 KiB is read', async () => {
    const of = (bytes: number) => `{"title":"${'a'.repeat(bytes - 12)}"}`
    expectProblem(await post(of(131_073)), 413, 'too-large')
    await changedNothing()
    expectProblem(await post(of(131_072)), 422, 'invalid')
    expectProblem(await post(of(2_000_000)), 413, 'too-large')
  })

  // reliability S25
  test.each(['/api/v1/venues', '/api/v1/sessions'])(
    '11: of 64 KiB and one byte at %s, which says nothing of its own; one of 64 KiB is read',
    async (url) => {
      const of = (bytes: number) => `{"title":"${'a'.repeat(bytes - 12)}"}`
      expectProblem(await post(of(65_537), {}, url), 413, 'too-large')
      await changedNothing()
      expectProblem(await post(of(65_536), {}, url), 422, 'invalid')
    },
  )

  test('11: longer than its Content-Length says', async () => {
    expectProblem(await post(JSON.stringify(good), { 'content-length': '5' }), 400, 'bad-request')
    await changedNothing()
  })

  test.each([
    'text/plain',
    'application/xml',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'x',
  ])('12: of the type %s', async (type) => {
    expectProblem(await post(JSON.stringify(good), { 'content-type': type }), 415, 'unsupported-media-type')
    await changedNothing()
  })

  test('12: in UTF-8, said or not, is read', async () => {
    for (const type of [
      'application/json; charset=utf-8',
      'application/json;charset=UTF-8',
      'Application/JSON',
      'application/json; charset="utf-8"',
    ])
      expect((await post(JSON.stringify(good), { 'content-type': type })).statusCode).toBe(201)
  })

  test.each([
    ['gzip', gzipSync(JSON.stringify(good))],
    ['gzip', Buffer.from(JSON.stringify(good))],
    ['br', Buffer.from(JSON.stringify(good))],
    ['deflate, gzip', Buffer.from('{}')],
  ])('13: encoded as %s', async (encoding, payload) => {
    expectProblem(await post(payload, { 'content-encoding': encoding }), 415, 'unsupported-media-type')
    await changedNothing()
  })
})

describe('a body that does not fit', () => {
  test.each([
    ['1: nothing', '', ''],
    ['1: only space', ' \n', ''],
    ['1: null', 'null', ''],
    ['1: a list', '[]', ''],
    ['1: a string', '"title"', ''],
    ['4: with a field that is not known', JSON.stringify({ ...good, role: 'admin' }), '/role'],
    ['4: with a field whose name needs escaping', JSON.stringify({ ...good, 'a/b~c': 1 }), '/a~1b~0c'],
    ['4: without one that is required', JSON.stringify({ ...good, zone: undefined }), '/zone'],
    ['a list where a text is meant', JSON.stringify({ ...good, title: ['a'] }), '/title'],
    ['a hundred thousand digits', `{"capacity":${'9'.repeat(60_000)}}`, '/capacity'],
  ])('%s', async (_, payload, pointer) => {
    const body = expectProblem(await post(payload), 422, 'invalid')
    expect(body.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer)
    for (const each of body.errors) expect(each.detail).toMatch(/\.$/)
    await changedNothing()
  })

  test('thousands of unknown keys are refused in no time', async () => {
    const begun = performance.now()
    expectProblem(
      await post(JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, 1])))),
      422,
      'invalid',
    )
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})

describe('registering', () => {
  const register = async (eventId: string, payload: object, headers: Record<string, string> = {}) => {
    before = await state()
    return kit.app.inject({ method: 'POST', url: `/api/v1/events/${eventId}/registrations`, payload, headers })
  }

  test.each([
    ['another header', 'a@b.c\r\nBcc: x@y.z'],
    ['markup', '"<script>"@x.y'],
    ['a list', ['a@b.c']],
    ['321 characters', `${'a'.repeat(311)}@b.example`],
    ['two addresses', 'a@b.c,d@e.f'],
    ['no address', 'ann'],
    ['nothing', ''],
    ['an object', { $ne: null }],
    ['a space inside', 'a b@c.de'],
  ])('17: with an address that is %s', async (_, email) => {
    const event = await anEvent(kit.ctx)
    expectProblem(await register(event.id, { name: 'Ann', email }), 422, 'invalid')
    await changedNothing()
    await kit.settle()
    expect(kit.mails).toEqual([])
  })

  // S1-36 S1-39
  test('18: a second time under the same address', async () => {
    const event = await anEvent(kit.ctx)
    expect((await register(event.id, { name: 'Ann', email: 'ann@x.org' })).statusCode).toBe(201)
    expectProblem(
      await register(event.id, { name: 'Ann Lee', email: 'Ann@X.org' }),
      409,
      'registrations/already-registered',
    )
    await changedNothing()
  })

  // S2-32 S3-25
  test('19: when it is full: a place in line, or a refusal for who does not want one', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    await aRegistration(kit.ctx, event.id)
    const body = expectProblem(
      await register(event.id, { ...aGuest(), waitlist: false }),
      409,
      'registrations/event-full',
    )
    expect(body.waitlistOffered).toBe(true)
    await changedNothing()
    const answer = await register(event.id, aGuest())
    expect([answer.statusCode, answer.json()]).toEqual([
      201,
      expect.objectContaining({ status: 'waitlisted', position: 1 }),
    ])
  })

  test('20: for a draft, or for nothing', async () => {
    const draft = await anEvent(kit.ctx, { draft: true })
    for (const id of [draft.id, newId()]) {
      expectProblem(await register(id, aGuest()), 404, 'not-found')
      await changedNothing()
    }
  })

  test('21: with what is not the caller’s to say', async () => {
    const event = await anEvent(kit.ctx)
    for (const more of [
      { quantity: 0 },
      { price: 0 },
      { status: 'going' },
      { position: 1 },
      { accountId: organizer.id },
      { eventId: newId() },
    ]) {
      expectProblem(await register(event.id, { ...aGuest(), ...more }), 422, 'invalid')
      await changedNothing()
    }
  })
})

test('30, 31: a log-in or a sign-up of the wrong shape is refused before any password is worked on', async () => {
  const begun = performance.now()
  expectProblem(await post('{"username":{"$ne":null},"password":["x"]}', {}, '/api/v1/sessions'), 422, 'invalid')
  expectProblem(
    await post(JSON.stringify({ username: 'a', password: 'x'.repeat(60_000) }), {}, '/api/v1/sessions'),
    422,
    'invalid',
  )
  expectProblem(
    await post(
      JSON.stringify({ username: 'ann', email: 'ann@x.org', password: 'x'.repeat(60_000) }),
      {},
      '/api/v1/accounts',
    ),
    422,
    'invalid',
  )
  expectProblem(
    await post(
      JSON.stringify({ username: 'ann', email: 'ann@x.org', password: 'tulips in the rain', role: 'admin' }),
      {},
      '/api/v1/accounts',
    ),
    422,
    'invalid',
  )
  await changedNothing()
  expect(performance.now() - begun).toBeLessThan(2_000)
})

describe('40: a state that is another by now', () => {
  test('fewer seats than are taken', async () => {
    const event = await anEvent(kit.ctx, { organizer, capacity: 3 })
    for (let n = 0; n < 2; n++) await aRegistration(kit.ctx, event.id)
    before = await state()
    const answer = await kit.app.inject({
      method: 'PATCH',
      url: `/api/v1/events/${event.id}`,
      headers: token,
      payload: { capacity: 1 },
    })
    expect(expectProblem(answer, 409, 'registrations/capacity-below-taken').taken).toBe(2)
    await changedNothing()
  })
})

describe('an address', () => {
  // reliability S2
  test.each([
    ['26: with NUL', '/api/v1/events/%00', 400, 'bad-request'],
    ['26: with NUL further on', '/api/v1/events/a%00b', 400, 'bad-request'],
    ['24: with NUL in a search', '/api/v1/events?text=%00', 400, 'bad-request'],
    ['with NUL in a part of a name', '/api/v1/venues?text=a%00', 400, 'bad-request'],
    ['26: out of the folder', '/api/v1/events/../../etc/passwd', 404, 'not-found'],
    ['26: out of the folder, encoded', '/api/v1/events/..%2f..%2fetc%2fpasswd', 404, 'not-found'],
    ['26: of 300 characters', `/api/v1/events/${'a'.repeat(300)}`, 422, 'invalid'],
    ['of nothing', '/api/v1/nothing', 404, 'not-found'],
    ['of nothing under nothing', '/api/v2/events', 404, 'not-found'],
    ['in capitals', '/API/V1/EVENTS', 404, 'not-found'],
    ['with a slash too many', '/api/v1/events/', 404, 'not-found'],
    ['with two slashes', '/api/v1//events', 404, 'not-found'],
    ['of an id that is none', '/api/v1/venues/1', 422, 'invalid'],
    ['of an id that nobody has', `/api/v1/venues/${newId()}`, 404, 'not-found'],
    ['of a problem that is none', '/problems/<script>', 404, 'not-found'],
  ])('%s', async (_, url, status, type) => {
    const answer = await kit.app.inject(url)
    expect(expectProblem(answer, status, type).instance).not.toContain('?')
  })

  const BEFORE_THE_ROUTES = [
    ['that cannot be decoded', '/api/v1/events/%E0%A4%A', 400, 'bad-request'],
    ['of 3,000 characters', `/api/v1/events/${'a'.repeat(3_000)}`, 414, 'address-too-long'],
  ] as const
  test.each(BEFORE_THE_ROUTES)('26: %s is refused', async (_, url, status) => {
    const answer = await kit.app.inject(url)
    expect(answer.statusCode).toBe(status)
    expect(answer.body).not.toMatch(/node_modules|at .+\(/)
  })

  // The router refuses these before any handler of ours.
  test.each(BEFORE_THE_ROUTES)('26: %s is refused with a problem like any other', async (_, url, status, type) => {
    const answer = await kit.app.inject(url)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ type: `/problems/${type}`, status })
  })

  test('does not answer other methods, and no header makes it', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
      expectProblem(
        await kit.app.inject({ method, url: '/api/v1/me/events', headers: token }),
        405,
        'method-not-allowed',
      )
    const event = await anEvent(kit.ctx, { organizer })
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      const answer = await kit.app.inject({
        method: 'GET',
        url: `/api/v1/events/${event.id}`,
        headers: { ...token, [name]: 'DELETE' },
      })
      expect(answer.statusCode).toBe(200)
    }
    expect((await kit.call('GET', `/events/${event.id}`)).status).toBe(200)
  })

  test.each([
    ['DELETE', '/api/v1/events', 'GET, HEAD, POST'],
    ['PUT', `/api/v1/events/${newId()}`, 'DELETE, GET, HEAD, PATCH'],
    ['POST', '/api/v1/events/tulips', 'DELETE, GET, HEAD, PATCH'],
    ['PATCH', '/api/v1/events/1/closure?x=1', 'DELETE, PUT'],
    ['GET', '/api/v1/web-sessions', 'POST'],
    ['OPTIONS', '/api/v1/web-sessions', 'POST'],
    ['GET', '/api/v1/sessions/current', 'DELETE'],
    ['POST', '/health/live', 'GET, HEAD'],
  ] as const)('that does not take %s %s says what it takes', async (method, url, allow) => {
    for (const headers of [{}, token]) {
      const answer = await kit.app.inject({ method, url, headers })
      expectProblem(answer, 405, 'method-not-allowed')
      expect(answer.headers.allow).toBe(allow)
    }
  })

  test('where nothing is takes no method either', async () => {
    for (const url of ['/api/v1/nothing', '/nothing', '/', '/problems/x'])
      for (const method of ['GET', 'DELETE', 'OPTIONS'] as const) {
        const answer = await kit.app.inject({ method, url })
        expectProblem(answer, 404, 'not-found')
        expect(answer.headers).not.toHaveProperty('allow')
      }
  })

  // reliability F6
  test('answers HEAD as GET without a body', async () => {
    const event = await anEvent(kit.ctx)
    for (const url of [`/api/v1/events/${event.id}`, '/api/v1/events', '/health/live']) {
      await kit.app.inject(url) // from now on from memory, where it can be
      const [head, get] = [await kit.app.inject({ method: 'HEAD', url }), await kit.app.inject(url)]
      expect(head.body).toBe('')
      expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' })
      expect(head.statusCode).toBe(200)
    }
    expect((await kit.app.inject({ method: 'HEAD', url: `/api/v1/events/${newId()}` })).statusCode).toBe(404)
  })
})

describe('on the wire', () => {
  // reliability S34
  test.each([
    [
      'two lengths',
      'POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x',
    ],
    [
      'a length and chunks',
      'POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no HTTP', 'hello\r\n\r\n'],
    [
      'a broken chunk',
      'POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
  ])('%s is refused and the connection closed', async (_, text) => {
    if (!kit.app.server.listening) await kit.app.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect((kit.app.server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(text)
    let answer = ''
    for await (const chunk of socket) answer += String(chunk)
    expect(answer).toMatch(/^HTTP\/1\.1 4(00|01|31|13)/)
    expect(answer).not.toMatch(/at .+\(|node:/)
  })
})

describe('when it is our fault', () => {
  const restored: string[] = []
  afterEach(async () => {
    for (const statement of restored.splice(0)) await kit.database.query(statement)
  })

  test('the answer tells nothing but that, and the request’s id', async () => {
    await kit.database.query('alter table categories rename to hidden')
    restored.push('alter table hidden rename to categories')
    const answer = await kit.app.inject({ url: '/api/v1/categories', headers: token }) // logged in: nothing is kept for them
    const { requestId, ...body } = expectProblem(answer, 500, 'internal')
    expect(requestId).toBeTruthy()
    expect(body).toEqual({
      type: '/problems/internal',
      title: 'Something went wrong on our side',
      status: 500,
      instance: '/api/v1/categories',
    })
  })

  test('a database that has no connection left is 503, and says when to come again', async () => {
    const { rows } = await kit.database.query(`select pg_get_functiondef('app_now()'::regprocedure) as text`, [])
    await kit.database.query(
      `create or replace function app_now() returns timestamptz language plpgsql volatile as 'begin raise exception using errcode = ''53300'', message = ''secret''; end'`,
    )
    restored.push(rows[0]!.text as string)
    const answer = await kit.app.inject({ url: '/api/v1/events?limit=77', headers: token }) // not one that is kept
    expectProblem(answer, 503, 'unavailable')
    expect(answer.headers['retry-after']).toBe('2')
    expect(answer.body).not.toContain('secret')
  })

  test('afterwards everything is as before', async () => {
    for (const path of ['/categories', '/events']) expect((await kit.call('GET', path)).status).toBe(200)
  })
})

test('a connection without anybody logged in is told how to log in, and a bad token that it is bad', async () => {
  expect(expectProblem(await kit.app.inject('/api/v1/me'), 401, 'sign-in-required')).not.toHaveProperty('detail')
  const answer = await kit.app.inject({ url: '/api/v1/events', headers: { authorization: 'Bearer nonsense' } })
  expectProblem(answer, 401, 'accounts/invalid-token')
  expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
})
