import { beforeEach, describe, expect, test } from 'vitest'
import { anAccount, openKit, PASSWORD } from '../../../../test/kit/kit.ts'
import type { MadeAccount } from '../../../../test/kit/factories.ts'
import { logIn } from '#accounts/sessions'

const kit = await openKit()
const { ctx } = kit
let ann: MadeAccount
beforeEach(async () => {
  ann = await anAccount(ctx)
})

type Headers = { authorization: string } | { cookie: string; origin: string }
async function browser(): Promise<Headers> {
  const payload = { username: ann.username, password: PASSWORD }
  const headers = { 'user-agent': 'Some Browser/1.0' }
  const answer = await kit.call('POST', '/web-sessions', { payload, headers })
  return { cookie: String(answer.headers['set-cookie']).split(';')[0]!, origin: ctx.config.baseUrl }
}
const listed = async (headers: Headers) => (await kit.call('GET', '/sessions', { headers })).body.items
const end = async (headers: Headers, id: string) => (await kit.call('DELETE', `/sessions/${id}`, { headers })).status
const me = async (headers: Headers) => (await kit.call('GET', '/me', { headers })).status

describe('where I am logged in', () => {
  test('is listed with when and by what, and which of them is here', async () => {
    const here = await browser()
    await kit.clock.advance({ hours: 1 })
    const program = await kit.signIn(ann)
    const found = await listed(here)
    expect(found).toEqual([
      {
        id: expect.any(String),
        kind: 'browser',
        userAgent: 'Some Browser/1.0',
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
        expiresAt: expect.any(String),
        current: true,
      },
      expect.objectContaining({ kind: 'program', current: false, userAgent: '' }),
    ])
    expect(Date.parse(found[0].lastUsedAt) - Date.parse(found[0].createdAt)).toBeGreaterThanOrEqual(3_600_000)
    expect((await listed(program)).map(({ current }: { current: boolean }) => current)).toEqual([false, true])
  })

  test('is a hundred at most, and nobody else’s', async () => {
    const other = await anAccount(ctx)
    await kit.signIn(other)
    const here = await kit.signIn(ann)
    await kit.database.query(
      `insert into sessions (id, account_id, kind, expires_at)
       select gen_random_uuid(), $1, 'rotating', app_now() + interval '1 day' from generate_series(1, 120)`,
      [ann.id],
    )
    expect(await listed(here)).toHaveLength(100)
  })

  test('no more, where I have ended it', async () => {
    const [here, there] = [await browser(), await kit.signIn(ann)]
    const [{ id }] = (await listed(here)).filter(({ current }: { current: boolean }) => !current)
    expect(await end(here, id)).toBe(204)
    expect([await me(here), await me(there), (await listed(here)).length]).toEqual([200, 401, 1])
    expect(await end(here, id)).toBe(404)
  })

  test('is not another’s to end, who finds nothing there', async () => {
    const eve = await kit.signIn(await anAccount(ctx))
    const here = await kit.signIn(ann)
    const [{ id }] = await listed(here)
    expect([await end(eve, id), await end(eve, crypto.randomUUID()), await me(here)]).toEqual([404, 404, 200])
  })

  test('is only here when all others are ended', async () => {
    const { refreshToken } = await logIn(ctx, { username: ann.username, password: PASSWORD, kind: 'rotating' })
    const [here, there, bystander] = [await browser(), await browser(), await kit.signIn(await anAccount(ctx))]
    expect((await kit.call('DELETE', '/sessions/others', { headers: here })).status).toBe(204)
    expect([await me(here), await me(there), await me(bystander)]).toEqual([200, 401, 200])
    expect((await kit.call('POST', '/session-refreshes', { payload: { refreshToken } })).status).toBe(401)
    expect(await listed(here)).toHaveLength(1)
  })
})
