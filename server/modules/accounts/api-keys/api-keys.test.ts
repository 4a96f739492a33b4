import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { anAccount, anEvent, openKit } from '../../../../test/kit/kit.ts'
import type { MadeAccount } from '../../../../test/kit/factories.ts'
import { forgetSessions } from '#accounts/live-sessions'
import { countingStatements } from '../../../../test/kit/statements.ts'
import { actorOfKey } from './api-keys.ts'

const kit = await openKit()
const { ctx } = kit

let olga: MadeAccount
beforeEach(async () => {
  olga = await anAccount(ctx, { role: 'organizer' })
})

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
async function makeKey(scopes: string[], more: { days?: number; who?: MadeAccount } = {}) {
  const { who = olga, ...rest } = more
  const headers = await kit.signIn(who)
  return kit.call('POST', '/me/api-keys', { headers, payload: { name: 'Door', scopes, ...rest } })
}
const keyFor = async (...scopes: string[]) => (await makeKey(scopes)).body.key as string
const draft = { title: 'A', zone: 'Europe/Berlin', startsAt: '2031-05-01T18:00:00Z', endsAt: '2031-05-01T20:00:00Z' }

describe('an API key', () => {
  test('is shown once, is kept as a hash, and its owner hears of it', async () => {
    const { status, body } = await makeKey(['events:read'])
    expect([status, body.key]).toEqual([201, expect.stringMatching(/^tk_[\w-]{43}_[\w-]{8}$/)])
    const listed = await kit.call('GET', '/me/api-keys', { headers: await kit.signIn(olga) })
    const { key, ...shown } = body
    expect(listed.body.items).toEqual([shown])
    const rows = await ctx.db.selectFrom('api_keys').selectAll().execute()
    const facts = await ctx.db.selectFrom('facts').selectAll().execute()
    expect(JSON.stringify([rows, facts])).not.toContain(key.slice(3))
    await kit.settle()
    expect(kit.mails.filter(({ to }) => to.address === olga.email).map(({ subject }) => subject)).toEqual([
      'An API key was made',
    ])
  })

  test('does what its scopes say for the account, and nothing else', async () => {
    const { id } = await anEvent(ctx, { organizer: olga })
    const reads = bearer(await keyFor('events:read'))
    expect((await kit.call('GET', `/events/${id}`, { headers: reads })).status).toBe(200)
    const refused = await kit.call('POST', '/events', { headers: reads, payload: draft })
    expect([refused.status, refused.body]).toMatchObject([
      403,
      { type: '/problems/accounts/scope-missing', scope: 'events:write' },
    ])
    expect((await kit.call('GET', '/me', { headers: reads })).status).toBe(403)
    expect((await kit.call('POST', `/events/${id}/registrations`, { headers: reads, payload: {} })).status).toBe(403)

    const writes = bearer(await keyFor('events:write', 'account:read'))
    expect((await kit.call('POST', '/events', { headers: writes, payload: draft })).status).toBe(201)
    expect((await kit.call('GET', `/events/${id}`, { headers: writes })).status).toBe(403)
    expect((await kit.call('GET', '/me', { headers: writes })).body.username).toBe(olga.username)
    const [fact] = await ctx.db
      .selectFrom('facts')
      .select('actor')
      .where('kind', '=', 'event.created')
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    expect(fact!.actor).toMatchObject({ id: olga.id, apiKeyId: expect.any(String) })
  })

  test('never reaches what accounts and sessions are secured by, whatever its scopes', async () => {
    const all = ['events:read', 'events:write', 'registrations:read', 'registrations:write', 'checkin', 'account:read']
    const admin = await anAccount(ctx, { role: 'admin' })
    const headers = bearer((await makeKey(all, { who: admin })).body.key)
    const { paths } = kit.app.swagger() as unknown as { paths: Record<string, Record<string, { tags?: string[] }>> }
    const closed = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { tags = [] }]) => tags.some((tag) => ['accounts', 'sessions', 'security'].includes(tag)))
        .map(([method]) => ({ method: method.toUpperCase() as 'GET', url: path.replace(/\{\w+\}/g, admin.id) })),
    )
    expect(closed.length).toBeGreaterThan(15)
    for (const { method, url } of closed) {
      const answer = await kit.app.inject({ method, url, headers, ...(method === 'GET' ? {} : { payload: {} }) })
      const expected = method === 'GET' && url === '/api/v1/me' ? 200 : 403
      expect([method, url, answer.statusCode]).toEqual([method, url, expected])
    }
  })

  test('can do no more than the account can now', async () => {
    const headers = bearer(await keyFor('events:write'))
    await ctx.db.updateTable('accounts').set({ role: 'attendee' }).where('id', '=', olga.id).execute()
    forgetSessions(ctx)
    expect((await kit.call('POST', '/events', { headers, payload: draft })).status).toBe(403)
  })

  test('that is no good is refused in the same words, whatever the reason', async () => {
    const paul = await anAccount(ctx, { role: 'organizer' })
    const revoked = (await makeKey(['account:read'])).body
    const suspended = (await makeKey(['account:read'], { who: paul })).body.key as string
    const expired = (await makeKey(['account:read'], { days: 1 })).body.key as string
    const alive = (await makeKey(['account:read'], { days: 2 })).body.key as string
    const headers = await kit.signIn(olga)
    expect((await kit.call('DELETE', `/me/api-keys/${revoked.id}`, { headers: await kit.signIn(paul) })).status).toBe(
      404,
    )
    for (let twice = 0; twice < 2; twice++)
      expect((await kit.call('DELETE', `/me/api-keys/${revoked.id}`, { headers })).status).toBe(204)
    await sql`update accounts set suspended_at = app_now() where id = ${paul.id}`.execute(ctx.db)
    forgetSessions(ctx)
    await kit.clock.advance({ days: 1, seconds: 1 })
    const bad = [
      revoked.key,
      suspended,
      expired,
      `tk_${'A'.repeat(43)}`,
      `tk_${'A'.repeat(43)}_${'A'.repeat(8)}`,
      'tk_',
      `${alive}x`,
      alive.toUpperCase(),
      `tk_${'x'.repeat(5_000)}`,
    ]
    const answers = await Promise.all(bad.map((key) => kit.call('GET', '/me', { headers: bearer(key) })))
    for (const { status, body } of answers) {
      const { requestId: _, ...rest } = body
      expect([status, rest]).toEqual([
        401,
        {
          type: '/problems/accounts/invalid-token',
          title: 'The token is not valid',
          status: 401,
          instance: '/api/v1/me',
        },
      ])
    }
    expect((await kit.call('GET', '/me', { headers: bearer(alive) })).status).toBe(200)
  })

  test('that nobody ever made is refused without a question to the database', async () => {
    const counting = countingStatements(ctx)
    expect(await actorOfKey(counting.ctx, `tk_${'B'.repeat(43)}_${'B'.repeat(8)}`)).toBeUndefined()
    expect(counting.count()).toBe(0)
    const key = await keyFor('account:read')
    expect(await actorOfKey(counting.ctx, key)).toMatchObject({ id: olga.id })
    expect(counting.count()).toBeGreaterThan(0) // as it would be seen
  })

  test('says roughly when it was last used', async () => {
    const { key, lastUsedAt } = (await makeKey(['account:read'])).body
    expect(lastUsedAt).toBeNull()
    await kit.call('GET', '/me', { headers: bearer(key) })
    const { items } = (await kit.call('GET', '/me/api-keys', { headers: await kit.signIn(olga) })).body
    expect(Math.abs(Date.parse(items[0].lastUsedAt) - ctx.now().getTime())).toBeLessThan(60_000)
  })

  test.each([
    { name: '  ', scopes: ['events:read'] },
    { name: 'x', scopes: [] },
    { name: 'x', scopes: ['admin'] },
    { name: 'x', scopes: ['events:read', 'events:read'] },
    { name: 'x', scopes: ['events:read'], days: 0 },
    { name: 'x', scopes: ['events:read'], days: 367 },
    { name: 'x', scopes: ['events:read'], role: 'admin' },
  ])('is not made of %j', async (payload) => {
    expect((await kit.call('POST', '/me/api-keys', { headers: await kit.signIn(olga), payload })).status).toBe(422)
  })

  test('is one of fifty at most', async () => {
    await sql`insert into api_keys (id, account_id, name, key_hash, scopes, expires_at)
      select gen_random_uuid(), ${olga.id}, 'x', n || ${olga.id}, '{events:read}', app_now() + interval '1 day' from generate_series(1, 48) n`.execute(
      ctx.db,
    )
    const headers = await kit.signIn(olga)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        kit.call('POST', '/me/api-keys', { headers, payload: { name: 'x', scopes: ['events:read'] } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409])
  })
})
