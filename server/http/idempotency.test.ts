import { describe, expect, test } from 'vitest'
import { hashPassword } from '#accounts/passwords'
import { buildApp } from '#app'
import { rememberAnswer } from '#http/idempotency'
import { anyone } from '#kernel/policy'
import { aGuest, anAccount, anEvent, aVenue, openKit } from '../../test/kit/kit.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const other = await anAccount(kit.ctx, { role: 'organizer' })
const [hers, his] = [await kit.signIn(organizer), await kit.signIn(other)]

const event = (title = 'Chess') => ({
  title,
  startsAt: '2027-03-20T18:00:00Z',
  endsAt: '2027-03-20T20:00:00Z',
  zone: 'Europe/Berlin',
})
let made = 0
const aKey = () => `key-${++made}`
const send = async (path: string, payload: object, key: string, headers: Record<string, string> = hers) => {
  const answer = await kit.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    payload,
    headers: { ...headers, 'idempotency-key': key },
  })
  return {
    status: answer.statusCode,
    body: answer.body,
    etag: answer.headers.etag,
    type: answer.json<{ type?: string }>().type,
  }
}
const count = async (table: string) =>
  (await kit.database.query(`select count(*) as n from ${table}`, [])).rows[0]!.n as number

describe.each([
  ['/events', 'events', event],
  ['/venues', 'venues', (name = 'Chess Club') => ({ name: `${name} ${made}` })],
] as const)('a repeated POST %s', (path, table, body) => {
  // reliability R17, F10
  test('with the same key has no second effect and gets the first answer, byte for byte', async () => {
    const [key, payload, before] = [aKey(), body(), await count(table)]
    const first = await send(path, payload, key)
    expect(first.status).toBe(201)
    await kit.clock.advance({ minutes: 30 })
    for (let n = 0; n < 3; n++) expect(await send(path, payload, key)).toEqual(first)
    expect(await count(table)).toBe(before + 1)
    expect(
      (
        await kit.database.query(`select kind from facts where data::text like $1`, [
          `%${(JSON.parse(first.body) as { id: string }).id}%`,
        ])
      ).rows,
    ).toHaveLength(1)
    await kit.clock.advance({ minutes: -30 })
  })

  test('twenty times at once with the same key makes one', async () => {
    const [key, payload, before] = [aKey(), body(), await count(table)]
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(path, payload, key)))
    expect(new Set(answers.map((each) => each.body)).size, JSON.stringify(answers.map((each) => each.status))).toBe(1)
    expect(answers.map((each) => each.status)).toEqual(Array(20).fill(201))
    expect(await count(table)).toBe(before + 1)
  })

  // bad input 22
  test('with the same key and another body is refused and has no effect', async () => {
    const key = aKey()
    await send(path, body(), key)
    const before = await count(table)
    expect(await send(path, body('Go'), key)).toMatchObject({ status: 422, type: '/problems/idempotency-key-reused' })
    expect(await count(table)).toBe(before)
  })

  test('with a key that somebody else used is a request of its own', async () => {
    const [key, before] = [aKey(), await count(table)]
    const [first, second] = [await send(path, body(), key), await send(path, body('Go'), key, his)]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(await count(table)).toBe(before + 2)
  })

  test('that was refused is judged again: a refusal is not remembered', async () => {
    const [key, payload] = [aKey(), body()]
    expect((await send(path, payload, key, {})).status).toBe(401)
    expect((await send(path, { ...payload, nonsense: 1 }, key)).status).toBe(422)
    expect((await send(path, payload, key)).status).toBe(201)
  })

  // reliability R5: the effect and the memory of it are one transaction
  test('after an error in the middle has left nothing, so that trying again works', async () => {
    const [key, payload, before, keys] = [aKey(), body(), await count(table), await count('idempotency_keys')]
    await kit.database.query(`
      create function fall_over() returns trigger language plpgsql as 'begin raise exception ''the plug was pulled''; end';
      create trigger fall_over before update on idempotency_keys for each row execute function fall_over()`)
    try {
      expect(await send(path, payload, key)).toMatchObject({ status: 500, type: '/problems/internal' })
      expect([await count(table), await count('idempotency_keys')]).toEqual([before, keys])
    } finally {
      await kit.database.query('drop trigger fall_over on idempotency_keys; drop function fall_over')
    }
    const first = await send(path, payload, key)
    expect(first.status).toBe(201)
    expect(await send(path, payload, key)).toEqual(first)
    expect(await count(table)).toBe(before + 1)
  })
})

test('a refusal of the operation leaves no trace of the key', async () => {
  const taken = await aVenue(kit.ctx, 'Taken')
  const key = aKey()
  for (let n = 0; n < 2; n++)
    expect(await send('/venues', { name: 'taken' }, key)).toMatchObject({
      status: 409,
      type: '/problems/venues/name-taken',
    })
  await kit.database.query('delete from venues where id = $1', [taken.id])
  expect((await send('/venues', { name: 'taken' }, key)).status).toBe(201)
})

test('a repeated request whose answer has an ETag gets the same, good for If-Match', async () => {
  const [key, payload] = [aKey(), event()]
  const [first, again] = [await send('/events', payload, key), await send('/events', payload, key)]
  expect(first.etag).toMatch(/^"1-/)
  expect(again.etag).toBe(first.etag)
  const { id } = JSON.parse(again.body) as { id: string }
  const edited = (etag: string) =>
    kit.call('PATCH', `/events/${id}`, { payload: { title: 'Go' }, headers: { ...hers, 'if-match': etag } })
  expect((await edited(again.etag!)).status).toBe(200)
  expect((await edited(again.etag!)).status).toBe(412)
})

test('of people who are not logged in, the same key from two addresses makes two, from one household one', async () => {
  const { id } = await anEvent(kit.ctx)
  const from = async (remoteAddress: string, guest: object) => {
    const answer = await kit.app.inject({
      method: 'POST',
      url: `/api/v1/events/${id}/registrations`,
      payload: guest,
      headers: { 'idempotency-key': 'mine' },
      remoteAddress,
    })
    return [answer.statusCode, answer.json<{ id?: string }>().id]
  }
  const [ann, ben, cem] = [aGuest(), aGuest(), aGuest()]
  const first = await from('192.0.2.1', ann)
  expect(await from('192.0.2.1', ann)).toEqual(first)
  expect(await from('192.0.2.1', ben)).toEqual([422, undefined])
  expect(await from('192.0.2.2', ben)).toEqual([201, expect.any(String)])
  const third = await from('2001:db8:1:2::1', cem)
  expect(third[0]).toBe(201)
  expect(await from('2001:db8:1:2:ffff::7', cem)).toEqual(third)

  const signUp = async (remoteAddress: string, username: string) => {
    const payload = { username, email: `${username}@example.org`, password: 'tulips in the snow 9' }
    const headers = { 'idempotency-key': 'ours' }
    return (await kit.app.inject({ method: 'POST', url: '/api/v1/accounts', payload, headers, remoteAddress }))
      .statusCode
  }
  expect([await signUp('192.0.2.1', 'dora'), await signUp('192.0.2.2', 'emil')]).toEqual([201, 201])
})

test('the same key on another address is another request', async () => {
  const key = aKey()
  expect((await send('/events', event(), key)).status).toBe(201)
  expect((await send('/venues', { name: 'Beside it' }, key)).status).toBe(201)
})

test('a sign-up waits for its password to be hashed outside of any transaction', async () => {
  const busy = Array.from({ length: 30 }, () => hashPassword('tulips in the snow 9'))
  const payload = { username: 'patient', email: 'patient@x.org', password: 'tulips in the snow 9' }
  let answered = false
  const answer = send('/accounts', payload, aKey(), {}).finally(() => (answered = true))
  let longest = 0
  const begun = performance.now()
  while (!answered) {
    const asked = performance.now()
    // Embedded there is one connection, which a transaction would keep from us; on PostgreSQL one would be seen waiting.
    const { rows } = await kit.database.query(
      `select coalesce(max(extract(epoch from clock_timestamp() - state_change)), 0)::float8 * 1000 as idle
       from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      [],
    )
    longest = Math.max(longest, performance.now() - asked, rows[0]!.idle as number)
  }
  const whole = performance.now() - begun
  expect((await answer).status).toBe(201)
  await Promise.all(busy)
  expect(longest).toBeLessThan(whole / 2)
})

test('a sign-up repeated side by side makes one account', async () => {
  const payload = { username: 'eager', email: 'eager@x.org', password: 'tulips in the snow 9' }
  const key = aKey()
  const answers = await Promise.all(Array.from({ length: 10 }, () => send('/accounts', payload, key, {})))
  expect(answers.map((each) => each.status)).toEqual(Array(10).fill(201))
  expect(new Set(answers.map((each) => each.body)).size).toBe(1)
})

test('a repeated request that is refused because the first has just done it gets the answer of the first', async () => {
  let effects = 0
  let first = true
  const app = await buildApp(kit.ctx, {
    pages: false,
    moreRoutes: (more) =>
      void more.post('/once', { config: { may: anyone(), creates: 'keeps its own answer' } }, (req, reply) =>
        rememberAnswer(req, reply, {
          async prepare() {
            if (!first) return
            first = false
            await ask() // the same request is answered between our looking for its key and our looking whether it can be
            throw new Error('taken')
          },
          effect: async () => ({ effects: ++effects }),
        }),
      ),
  })
  const ask = () => app.inject({ method: 'POST', url: '/once', payload: {}, headers: { 'idempotency-key': 'x' } })
  for (let n = 0; n < 2; n++) expect((await ask()).json()).toEqual({ effects: 1 })
  await app.close()
})

test('what a sign-up said is not kept, nor is its password guessable from what is', async () => {
  const payload = { username: 'remembered', email: 'remembered@x.org', password: 'tulips in the snow 9' }
  const [key, first] = [aKey(), 201]
  expect((await send('/accounts', payload, key, {})).status).toBe(first)
  const { rows } = await kit.database.query('select * from idempotency_keys where key = $1', [key])
  expect(JSON.stringify(rows)).not.toContain('tulips')
  expect(rows[0]!.fingerprint).toMatch(/^[\w-]{43}$/)
})

// bad input 22
test.each([
  ['of 256 characters', 'k'.repeat(256)],
  ['empty', ''],
  ['with a space', 'a b'],
  ['with an umlaut', 'schl\u00fcssel'],
  ['with a tab', 'a\tb'],
])('a key %s is refused', async (_, key) => {
  const before = await count('events')
  expect(await send('/events', event(), key)).toMatchObject({ status: 422, type: '/problems/invalid' })
  expect(await count('events')).toBe(before)
})

test('a key of 255 visible characters is taken', async () => {
  expect((await send('/events', event(), `${'!~'.repeat(127)}z`)).status).toBe(201)
})
