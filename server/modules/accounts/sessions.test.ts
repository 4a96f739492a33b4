import { beforeEach, describe, expect, test } from 'vitest'
import { openKit } from '../../../test/kit/kit.ts'
import { sql } from 'kysely'
import { signUp, type Account } from '#accounts'
import { actorOf, logIn, logOut, refresh } from '#accounts/sessions'
import { actingAs } from '#kernel/ctx'
import { NotFound } from '#kernel/problem'
import { forgetSessions } from './live-sessions.ts'
import { BadCredentials, InvalidToken } from './problems.ts'

const password = 'correct horse battery'

const kit = await openKit()
const { ctx } = kit
let ann: Account
let nth = 0
beforeEach(async () => {
  nth++
  ann = await signUp(ctx, { username: `ann${nth}`, email: `ann${nth}@example.org`, password })
})

const logInAnn = (kind: 'rotating' | 'keeping' = 'rotating') => logIn(ctx, { username: ann.username, password, kind })
const factsOf = async (sessionId: string) => {
  const rows = await ctx.db
    .selectFrom('facts')
    .select('kind')
    .where(sql`data->>'sessionId'`, '=', sessionId)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.kind)
}
const sessionOf = async (accessToken: string) => {
  const actor = await actorOf(ctx, { bearer: accessToken })
  return actor?.kind === 'account' ? actor.sessionId : undefined
}
const suspend = async () => {
  await ctx.db
    .updateTable('accounts')
    .set({ suspended_at: sql`app_now()` })
    .where('id', '=', ann.id)
    .execute()
  forgetSessions(ctx)
}

// S1-09 S3-08 S3-02
describe('logging in', () => {
  // S2-60
  test('works with the username and with the address, however they are spelled', async () => {
    for (const username of [ann.username, ann.username.toUpperCase(), ` ${ann.email.toUpperCase()} `]) {
      const { account, accessToken, expiresIn } = await logIn(ctx, { username, password, kind: 'rotating' })
      expect(account.id).toBe(ann.id)
      expect(account).not.toHaveProperty('password_hash')
      expect(expiresIn).toBe(3600)
      expect(await actorOf(ctx, { bearer: accessToken })).toMatchObject({
        kind: 'account',
        id: ann.id,
        role: 'attendee',
      })
    }
  })

  test('is refused in the same words for an unknown name, a wrong password and a suspended account', async () => {
    const refusal = { type: BadCredentials, detail: undefined, extensions: {} }
    const attempt = (username: string, password: string) =>
      expect(logIn(ctx, { username, password, kind: 'rotating' })).rejects.toMatchObject(refusal)
    await attempt('nobody', password)
    await attempt('nobody\0', password)
    await attempt(ann.username, 'another password')
    await attempt(ann.username, '')
    await attempt(ann.username, 'x'.repeat(10_000))
    await suspend()
    await attempt(ann.username, password)
  })

  test('opens a session that is written down', async () => {
    const { accessToken } = await logIn(ctx, {
      username: ann.username,
      password,
      kind: 'rotating',
      userAgent: 'x'.repeat(1000),
    })
    const id = (await sessionOf(accessToken))!
    expect(await factsOf(id)).toEqual(['session.opened'])
    const row = await ctx.db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ account_id: ann.id, kind: 'rotating', generation: 1, user_agent: 'x'.repeat(300) })
  })
})

describe('refreshing', () => {
  test('gives a new pair, and the pair after that', async () => {
    let { refreshToken } = await logInAnn()
    for (let i = 0; i < 3; i++) {
      const next = await refresh(ctx, refreshToken)
      expect(next.refreshToken).not.toBe(refreshToken)
      expect(await sessionOf(next.accessToken)).toBeDefined()
      refreshToken = next.refreshToken
    }
  })

  test('ten at once with one token all get the same successor, which works', async () => {
    const { refreshToken } = await logInAnn()
    const all = await Promise.all(Array.from({ length: 10 }, () => refresh(ctx, refreshToken)))
    expect(new Set(all.map((tokens) => tokens.refreshToken)).size).toBe(1)
    await refresh(ctx, all[0]!.refreshToken)
  })

  test('within ten seconds a used token gets its successor again', async () => {
    const { refreshToken } = await logInAnn()
    const first = await refresh(ctx, refreshToken)
    await kit.clock.advance({ seconds: 9 })
    expect((await refresh(ctx, refreshToken)).refreshToken).toBe(first.refreshToken)
  })

  test('after that a used token ends the session for everybody who has a part of it', async () => {
    const { refreshToken } = await logInAnn()
    const next = await refresh(ctx, refreshToken)
    const id = (await sessionOf(next.accessToken))!
    await kit.clock.advance({ seconds: 11 })
    await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
    expect(await sessionOf(next.accessToken)).toBeUndefined()
    await expect(refresh(ctx, next.refreshToken)).rejects.toMatchObject({ type: InvalidToken })
    await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
    expect(await factsOf(id)).toEqual(['session.opened', 'session.reuse-detected', 'session.ended'])
  })

  test('a token whose successor was used already ends the session at once', async () => {
    const { refreshToken } = await logInAnn()
    const second = await refresh(ctx, refreshToken)
    const third = await refresh(ctx, second.refreshToken)
    await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
    expect(await sessionOf(third.accessToken)).toBeUndefined()
  })

  test('a kept token stays the same and works again', async () => {
    const { refreshToken } = await logInAnn('keeping')
    for (let i = 0; i < 3; i++) {
      await kit.clock.advance({ hours: 1 })
      const tokens = await refresh(ctx, refreshToken)
      expect(tokens.refreshToken).toBe(refreshToken)
      expect(await sessionOf(tokens.accessToken)).toBeDefined()
    }
  })

  // S2-61
  test.each(['rotating', 'keeping'] as const)(
    'ends a week after the log-in, however often it was done (%s)',
    async (kind) => {
      let { refreshToken } = await logInAnn(kind)
      await kit.clock.advance({ days: 6, hours: 23, minutes: 30 })
      const last = await refresh(ctx, refreshToken)
      refreshToken = last.refreshToken
      expect(last.expiresIn).toBeGreaterThan(29 * 60) // not the whole hour: no longer than the session
      expect(last.expiresIn).toBeLessThanOrEqual(30 * 60)
      await kit.clock.advance({ minutes: 31 })
      expect(await sessionOf(last.accessToken)).toBeUndefined()
      await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
    },
  )

  test('is over for a suspended account, without a word of theft', async () => {
    const { refreshToken, accessToken } = await logInAnn()
    const id = (await sessionOf(accessToken))!
    await suspend()
    await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
    expect(await sessionOf(accessToken)).toBeUndefined()
    expect(await factsOf(id)).toEqual(['session.opened'])
  })

  // reliability S7
  test('is over for a suspended account also with a token that may come again', async () => {
    const kept = await logInAnn('keeping')
    const used = await logInAnn()
    await refresh(ctx, used.refreshToken)
    await suspend()
    for (const { refreshToken } of [kept, used])
      await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
  })
})

describe('an access token', () => {
  test('is good for an hour', async () => {
    const { accessToken } = await logInAnn()
    await kit.clock.advance({ minutes: 59 })
    expect(await sessionOf(accessToken)).toBeDefined()
    await kit.clock.advance({ minutes: 1, seconds: 1 })
    expect(await sessionOf(accessToken)).toBeUndefined()
  })
})

describe('logging out', () => {
  test('bites at once: access token, refresh token and cookie are good for nothing', async () => {
    const { accessToken, refreshToken } = await logInAnn()
    const { cookie } = await logIn(ctx, { username: ann.username, password, kind: 'web' })
    const credentials = [{ bearer: accessToken }, { cookie }]
    for (const credential of credentials) {
      const actor = (await actorOf(ctx, credential))!
      if (actor.kind !== 'account') throw new Error('nobody')
      await logOut(actingAs(ctx, actor), actor.sessionId)
      await logOut(actingAs(ctx, actor), actor.sessionId)
      expect(await actorOf(ctx, credential)).toBeUndefined()
      expect(await factsOf(actor.sessionId)).toEqual(['session.opened', 'session.ended'])
    }
    await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
  })

  // reliability S7
  test('bites at once also for the token of a moment ago, which was good again until then', async () => {
    const { refreshToken } = await logInAnn()
    const { accessToken } = await refresh(ctx, refreshToken)
    const actor = (await actorOf(ctx, { bearer: accessToken }))!
    await refresh(ctx, refreshToken)
    await logOut(actingAs(ctx, actor), (await sessionOf(accessToken))!)
    await expect(refresh(ctx, refreshToken)).rejects.toMatchObject({ type: InvalidToken })
  })

  test('is for one’s own sessions, and leaves the others', async () => {
    const { accessToken } = await logInAnn()
    const other = await logInAnn()
    const actor = (await actorOf(ctx, { bearer: accessToken }))!
    if (actor.kind !== 'account') throw new Error('nobody')
    const eve = actingAs(ctx, { kind: 'account', id: crypto.randomUUID(), role: 'attendee', sessionId: '' })
    await expect(logOut(eve, actor.sessionId)).rejects.toMatchObject({ type: NotFound })
    await logOut(actingAs(ctx, actor), actor.sessionId)
    expect(await sessionOf(other.accessToken)).toBeDefined()
  })

  test('reaches a request that is just asking', async () => {
    const { accessToken } = await logInAnn()
    const sessionId = (await sessionOf(accessToken))!
    forgetSessions(ctx)
    const asking = actorOf(ctx, { bearer: accessToken })
    await logOut(actingAs(ctx, { kind: 'account', id: ann.id, role: 'attendee', sessionId }), sessionId)
    await asking
    expect(await sessionOf(accessToken)).toBeUndefined()
  })
})
