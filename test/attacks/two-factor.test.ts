import jsqr from 'jsqr'
import { Secret, TOTP } from 'otpauth'
import sharp from 'sharp'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { forgetSessions } from '#accounts/live-sessions'
import { SecondFactorRequired } from '#accounts/problems'
import { linkTo } from '#accounts/providers/identities'
import { logIn } from '#accounts/sessions'
import { linkToken } from '#kernel/links'
import { SignInRequired } from '#kernel/problem'
import { aBrowser } from '../kit/browser.ts'
import { anAccount, openKit, PASSWORD } from '../kit/kit.ts'
import type { MadeAccount } from '../kit/factories.ts'

// Who knows the password, and not the app. S8 of the security matrix.

const kit = await openKit()
const { ctx } = kit

let ann: MadeAccount
beforeEach(async () => {
  ann = await anAccount(ctx)
})

const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
  kit.call('POST', path, { payload, headers })
const codeOf = (secret: string, secondsFromNow = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ctx.now().getTime() + secondsFromNow * 1_000 })
const credentials = (who = ann) => ({ username: who.username, password: PASSWORD })
const finish = (challenge: string, code: string) => post('/session-completions', { challenge, code })
const nextWindow = () => kit.clock.advance({ seconds: 30 })

/** Turns two-factor on; a code of the next window is not used yet. */
async function turnOn(
  who = ann,
): Promise<{ headers: { authorization: string }; secret: string; recoveryCodes: string[] }> {
  const headers = await kit.signIn(who)
  const { secret } = (await post('/me/two-factor/enrolment', {}, headers)).body
  const { status, body } = await post('/me/two-factor/confirmation', { code: codeOf(secret) }, headers)
  expect(status).toBe(201)
  await nextWindow()
  return { headers, secret, recoveryCodes: body.recoveryCodes }
}

async function challenged(who = ann): Promise<string> {
  const { status, body } = await post('/sessions', credentials(who))
  expect([status, Object.keys(body)]).toEqual([202, ['challenge', 'expiresIn']])
  return body.challenge
}

const count = (answers: { status: number }[], status: number) => answers.filter((each) => each.status === status).length
const sessionsOf = async (who = ann) =>
  (
    await ctx.db
      .selectFrom('sessions')
      .select('id')
      .where('account_id', '=', who.id)
      .where('revoked_at', 'is', null)
      .execute()
  ).length

// S3-36
describe('turning it on', () => {
  test('gives an app a picture to scan and, for its first code, ten recovery codes', async () => {
    const headers = await kit.signIn(ann)
    const { status, body } = await post('/me/two-factor/enrolment', {}, headers)
    expect(status).toBe(201)
    const svg = Buffer.from(body.qrCode.replace('data:image/svg+xml;base64,', ''), 'base64')
    sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] }) // the program itself draws none
    const { data, info } = await sharp(svg).resize(600).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    sharp.block({ operation: ['VipsForeignLoadSvgBuffer'] })
    expect(jsqr(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(body.uri)
    expect(new URL(body.uri).searchParams.get('secret')).toBe(body.secret)
    expect((await kit.call('GET', '/me/two-factor', { headers })).body).toEqual({ since: null, recoveryCodesLeft: 0 })
    expect((await post('/sessions', credentials())).status).toBe(201) // not asked for before it is confirmed

    expect((await post('/me/two-factor/confirmation', { code: '000000' }, headers)).status).toBe(401)
    const on = await post('/me/two-factor/confirmation', { code: codeOf(body.secret) }, headers)
    expect([on.status, new Set(on.body.recoveryCodes).size]).toEqual([201, 10])
    expect((await kit.call('GET', '/me/two-factor', { headers })).body).toEqual({
      since: expect.any(String),
      recoveryCodesLeft: 10,
    })
    await kit.settle()
    expect(kit.mails.filter(({ to }) => to.address === ann.email).map(({ subject }) => subject)).toEqual([
      'Two-factor is on',
    ])
  })

  test('over one that is on is refused, and changes nothing', async () => {
    const { headers, secret } = await turnOn()
    expect((await post('/me/two-factor/enrolment', {}, headers)).body.type).toBe('/problems/accounts/two-factor-on')
    expect((await post('/me/two-factor/confirmation', { code: codeOf(secret) }, headers)).status).toBe(409)
    expect((await finish(await challenged(), codeOf(secret))).status).toBe(201)
  })

  test('ends every session but the one it was done in', async () => {
    const other = await post('/sessions', credentials())
    const { headers } = await turnOn()
    expect((await kit.call('GET', '/me', { headers })).status).toBe(200)
    const { accessToken, refreshToken } = other.body
    expect((await kit.call('GET', '/me', { headers: { authorization: `Bearer ${accessToken}` } })).status).toBe(401)
    expect((await post('/session-refreshes', { refreshToken })).status).toBe(401)
  })

  // reliability S8
  test('takes more than the code that turned it on to log in', async () => {
    const headers = await kit.signIn(ann)
    const { secret } = (await post('/me/two-factor/enrolment', {}, headers)).body
    const code = codeOf(secret)
    expect((await post('/me/two-factor/confirmation', { code }, headers)).status).toBe(201)
    expect((await finish(await challenged(), code)).body.type).toBe('/problems/accounts/wrong-code')
    await nextWindow()
    expect((await finish(await challenged(), codeOf(secret))).status).toBe(201)
  })

  // reliability S8
  test('is over half an hour after it was begun, whoever finds the secret then', async () => {
    const headers = await kit.signIn(ann)
    const begin = async () => (await post('/me/two-factor/enrolment', {}, headers)).body.secret as string
    const confirm = (secret: string) => post('/me/two-factor/confirmation', { code: codeOf(secret) }, headers)
    const secret = await begin()
    await kit.clock.advance({ minutes: 30, seconds: 1 })
    expect((await confirm(secret)).body.type).toBe('/problems/accounts/two-factor-off')
    expect((await post('/sessions/current/proof', { password: PASSWORD }, headers)).status).toBe(204)
    expect((await confirm(await begin())).status).toBe(201)
  })

  test('keeps nothing that somebody with a copy of the database could log in with', async () => {
    const { secret, recoveryCodes } = await turnOn()
    const bob = await anAccount(ctx)
    const { secret: bobs } = await turnOn(bob)
    const kept = JSON.stringify([
      await ctx.db.selectFrom('second_factors').selectAll().execute(),
      await ctx.db.selectFrom('recovery_codes').selectAll().execute(),
      await ctx.db.selectFrom('facts').selectAll().execute(),
      await ctx.db.selectFrom('idempotency_keys').selectAll().execute(),
      await ctx.db.selectFrom('notifications').selectAll().execute(),
    ])
    for (const word of [secret, bobs, ...recoveryCodes, ...recoveryCodes.map((each) => each.replaceAll('-', ''))])
      expect(kept).not.toContain(word)
    // A sealed secret is good for its account alone: nobody gives somebody theirs.
    await sql`update second_factors set secret = (select secret from second_factors where account_id = ${ann.id}), last_step = 0
      where account_id = ${bob.id}`.execute(ctx.db)
    expect((await finish(await challenged(bob), codeOf(secret))).status).toBe(401)
  })
})

describe('who has the password alone', () => {
  test('gets a challenge, which opens nothing but its own answer', async () => {
    await turnOn()
    const before = await sessionsOf()
    const challenge = await challenged()
    const web = aBrowser(kit)
    const onWeb = await web.api('POST', '/web-sessions', credentials())
    expect([onWeb.status, onWeb.cookies]).toEqual([202, []])
    for (const token of [challenge, onWeb.body.challenge]) {
      expect((await kit.call('GET', '/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
      expect((await kit.call('GET', '/me', { headers: { cookie: `turnout_session=${token}` } })).status).toBe(401)
      expect((await post('/session-refreshes', { refreshToken: token })).status).toBe(401)
    }
    await expect(logIn(ctx, { ...credentials(), kind: 'keeping' })).rejects.toMatchObject({
      type: SecondFactorRequired,
    })
    expect(await sessionsOf()).toBe(before)
  })

  test('is let in with a code, as what they began to log in as', async () => {
    const { secret } = await turnOn()
    const web = aBrowser(kit)
    const { challenge } = (await web.api('POST', '/web-sessions', credentials())).body
    expect((await finish(challenge, codeOf(secret))).body.type).toBe('/problems/accounts/invalid-challenge')
    expect((await web.api('POST', '/web-session-completions', { challenge, code: codeOf(secret) })).status).toBe(201)
    expect(await web.who()).toBe(ann.username)
    await nextWindow()
    const { status, body } = await finish(await challenged(), codeOf(secret))
    expect([status, body.account.username]).toEqual([201, ann.username])
  })

  test('tests five codes and no more for a challenge, however many come at once', async () => {
    const { secret } = await turnOn()
    const challenge = await challenged()
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => finish(challenge, String(100_000 + n))))
    expect([count(answers, 401), count(answers, 429)]).toEqual([5, 45])
    expect(answers.find(({ status }) => status === 429)!.headers['retry-after']).toBeDefined()
    expect((await finish(challenge, codeOf(secret))).status).toBe(429) // the right one comes too late
    expect((await finish(await challenged(), codeOf(secret))).status).toBe(201)
  })

  test('tests ten codes in a quarter of an hour for an account, in however many challenges', async () => {
    const { secret } = await turnOn()
    const challenges = [await challenged(), await challenged(), await challenged(), await challenged()]
    const answers = await Promise.all(
      challenges.flatMap((each) => Array.from({ length: 5 }, (_, n) => finish(each, `00000${n}`))),
    )
    expect([count(answers, 401), count(answers, 429)]).toEqual([10, 10])
    const locked = await finish(await challenged(), codeOf(secret))
    expect(locked.status).toBe(429)
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(800)
    await kit.settle()
    expect(
      kit.mails.filter(({ to, subject }) => to.address === ann.email && subject.includes('guessing')),
    ).toHaveLength(1)
    await kit.clock.advance({ minutes: 15, seconds: 1 })
    expect((await finish(await challenged(), codeOf(secret))).status).toBe(201)
  })

  test('does not lock out its owner, who may log in as often as there are codes', async () => {
    const { secret } = await turnOn()
    for (let n = 0; n < 12; n++) {
      expect((await finish(await challenged(), codeOf(secret))).status).toBe(201)
      await nextWindow()
    }
  })

  test.each([
    ['too late', () => kit.clock.advance({ minutes: 5, seconds: 1 })],
    [
      'after the password was changed',
      () => sql`update accounts set password_hash = 'another' where id = ${ann.id}`.execute(ctx.db),
    ],
    [
      'after the account was suspended',
      () => sql`update accounts set suspended_at = app_now() where id = ${ann.id}`.execute(ctx.db),
    ],
    [
      'after two-factor was turned off',
      () => sql`delete from second_factors where account_id = ${ann.id}`.execute(ctx.db),
    ],
  ])('comes %s with the right code', async (_, happens) => {
    const { secret } = await turnOn()
    const challenge = await challenged()
    await happens()
    expect((await finish(challenge, codeOf(secret))).body.type).toBe('/problems/accounts/invalid-challenge')
  })

  // reliability S8
  test('gets nowhere with one that is open and that they know but for our signature', async () => {
    const { secret } = await turnOn()
    const challenge = await challenged()
    const [id] = challenge.split('.')
    const other = linkToken(ctx.config, 'another-purpose', id!)
    for (const made of [`${id}.${'A'.repeat(43)}`, other])
      expect((await finish(made, codeOf(secret))).body.type).toBe('/problems/accounts/invalid-challenge')
    expect((await finish(challenge, codeOf(secret))).status).toBe(201)
  })

  test.each([
    '',
    'x',
    'x.y',
    '00000000-0000-7000-8000-000000000000',
    `00000000-0000-7000-8000-000000000000.${'A'.repeat(43)}`,
  ])('gets nowhere with a challenge of their own making: %j', async (challenge) => {
    expect([401, 422]).toContain((await finish(challenge, '123456')).status)
  })
})

describe('somebody who gets at the mail as well', () => {
  test('sets another password by it, and is asked for a code all the same', async () => {
    const { secret } = await turnOn()
    await kit.call('POST', '/password-reset-requests', { payload: { email: ann.email } })
    await kit.settle()
    const mail = kit.mails.findLast(({ to, text }) => to.address === ann.email && text.includes('/reset/'))!
    const password = 'a walrus plays the oboe'
    const reset = await post('/password-resets', { token: /\/reset\/(\S+)/.exec(mail.text)![1], password })
    expect([reset.status, reset.headers['set-cookie']]).toEqual([204, undefined])
    const { status, body } = await post('/sessions', { username: ann.username, password })
    expect([status, Object.keys(body)]).toEqual([202, ['challenge', 'expiresIn']])
    expect((await finish(body.challenge, '000000')).status).toBe(401)
    expect((await finish(body.challenge, codeOf(secret))).status).toBe(201)
  })
})

describe('turning it off', () => {
  test('ends every session but the one it was done in', async () => {
    const { headers, secret } = await turnOn()
    const other = await finish(await challenged(), codeOf(secret))
    const { accessToken, refreshToken } = other.body
    expect((await kit.call('DELETE', '/me/two-factor', { headers })).status).toBe(204)
    expect((await kit.call('GET', '/me', { headers })).status).toBe(200)
    expect((await kit.call('GET', '/me', { headers: { authorization: `Bearer ${accessToken}` } })).status).toBe(401)
    expect((await post('/session-refreshes', { refreshToken })).status).toBe(401)
  })
})

describe('a code', () => {
  test('works once, also in the same moment', async () => {
    const { secret } = await turnOn()
    const challenges = await Promise.all(Array.from({ length: 8 }, () => challenged()))
    const answers = await Promise.all(challenges.map((each) => finish(each, codeOf(secret))))
    expect([count(answers, 201), count(answers, 401)]).toEqual([1, 7])
    expect((await finish(await challenged(), codeOf(secret))).status).toBe(401)
  })

  test('opens one session, however often one challenge is met with it at once', async () => {
    const { secret } = await turnOn()
    const before = await sessionsOf()
    const challenge = await challenged()
    const answers = await Promise.all(Array.from({ length: 50 }, () => finish(challenge, codeOf(secret))))
    expect([count(answers, 201), await sessionsOf()]).toEqual([1, before + 1])
  })

  test('opens no second session beside another code that meets the same challenge, and is not used up by that', async () => {
    const { recoveryCodes } = await turnOn()
    const before = await sessionsOf()
    const challenge = await challenged()
    const codes = recoveryCodes.slice(0, 3)
    const answers = await Promise.all(codes.map((code) => finish(challenge, code)))
    expect([count(answers, 201), count(answers, 401), await sessionsOf()]).toEqual([1, 2, before + 1])
    const unused = codes.filter((_, n) => answers[n]!.status === 401)
    for (const code of unused) expect((await finish(await challenged(), code)).status).toBe(201)
  })

  test('of the window before or after is taken, of those further away not, and never one older than the last', async () => {
    const { secret } = await turnOn()
    await kit.clock.advance({ minutes: 5 })
    const challenge = await challenged()
    for (const away of [-90, 90]) expect((await finish(challenge, codeOf(secret, away))).status).toBe(401)
    expect((await finish(challenge, codeOf(secret, -30))).status).toBe(201)
    expect((await finish(await challenged(), codeOf(secret, 30))).status).toBe(201)
    expect((await finish(await challenged(), codeOf(secret))).status).toBe(401)
  })

  test('may be typed with spaces and in the digits of another script, and any other text is a wrong code', async () => {
    const { secret } = await turnOn()
    const arabic = (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
    const fullwidth = (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
    for (const spell of [arabic, fullwidth, (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `]) {
      expect((await finish(await challenged(), spell(codeOf(secret)))).status).toBe(201)
      await nextWindow()
    }
    const challenge = await challenged()
    for (const wrong of ['000000 ', 'abcdef', '1', codeOf(secret).slice(1)])
      expect((await finish(challenge, wrong)).status).toBe(401)
    for (const unread of ['', '   ', '1'.repeat(65)]) expect((await finish(challenge, unread)).status).toBe(422)
  })
})

describe('a recovery code', () => {
  test('lets in once, also in the same moment, and its owner hears of it', async () => {
    const { recoveryCodes } = await turnOn()
    const [code, other] = recoveryCodes
    const challenges = await Promise.all(Array.from({ length: 6 }, () => challenged()))
    const answers = await Promise.all(challenges.map((each) => finish(each, code!)))
    expect([count(answers, 201), count(answers, 401)]).toEqual([1, 5])
    expect((await finish(await challenged(), code!)).status).toBe(401)
    expect((await finish(await challenged(), other!.toUpperCase().replaceAll('-', ' '))).status).toBe(201)
    await kit.settle()
    const mails = kit.mails.filter(
      ({ to, subject }) => to.address === ann.email && subject === 'A recovery code was used',
    )
    expect(mails.map(({ text }) => /You have (\d) left/.exec(text)?.[1]).sort()).toEqual(['8', '9'])
  })

  test('is no code of somebody else’s account, and after new ones were made, of nobody’s', async () => {
    const { headers, recoveryCodes } = await turnOn()
    const bob = await anAccount(ctx)
    await turnOn(bob)
    expect((await finish(await challenged(bob), recoveryCodes[0]!)).status).toBe(401)
    const renewed = await post('/me/two-factor/recovery-codes', {}, headers)
    expect([renewed.status, renewed.body.recoveryCodes.length]).toEqual([201, 10])
    expect((await finish(await challenged(), recoveryCodes[0]!)).status).toBe(401)
    expect((await finish(await challenged(), renewed.body.recoveryCodes[0])).status).toBe(201)
  })
})

describe('a session that ended a moment ago, which this process still believes in', () => {
  /** What another process does when the owner changes the password there. */
  const endElsewhere = () =>
    kit.database.query('update sessions set revoked_at = app_now() where account_id = $1', [ann.id])

  test('confirms no app that it began to set up', async () => {
    const headers = await kit.signIn(ann)
    const { secret } = (await post('/me/two-factor/enrolment', {}, headers)).body
    await endElsewhere()
    expect((await kit.call('GET', '/me', { headers })).status).toBe(200)
    expect((await post('/me/two-factor/confirmation', { code: codeOf(secret) }, headers)).status).toBe(401)
    const { rows } = await kit.database.query('select confirmed_at from second_factors where account_id = $1', [ann.id])
    expect(rows).toEqual([{ confirmed_at: null }])
  })

  test('adds no way in by a provider that they were at meanwhile', async () => {
    await kit.signIn(ann)
    const { rows: sessions } = await kit.database.query('select id from sessions where account_id = $1', [ann.id])
    await endElsewhere()
    const names = { username: 'eve', firstName: '', lastName: '' }
    const person = { issuer: 'https://issuer.example', subject: 'eve', email: null, emailVerified: false, ...names }
    const as = kit.as({ id: ann.id, sessionId: sessions[0]!.id as string })
    await expect(linkTo(as, ann.id, { provider: 'any', person })).rejects.toMatchObject({ type: SignInRequired })
    const { rows } = await kit.database.query('select from identities where account_id = $1', [ann.id])
    expect(rows).toEqual([])
  })
})

describe('what is dangerous', () => {
  const dangerous = [
    ['DELETE', '/me/two-factor'],
    ['POST', '/me/two-factor/recovery-codes'],
    ['POST', '/me/two-factor/enrolment'],
    ['POST', '/me/api-keys'],
    ['DELETE', '/me/identities/00000000-0000-7000-8000-00000000000f'],
    ['PUT', '/me/erasure'],
  ] as const
  const payload = (path: string) =>
    path.endsWith('api-keys')
      ? { payload: { name: 'x', scopes: ['events:read'] } }
      : path.endsWith('erasure')
        ? { payload: { password: PASSWORD } }
        : {}

  test('wants a proof from the last ten minutes: password and code, where both are there', async () => {
    const { headers, secret } = await turnOn()
    await kit.clock.advance({ minutes: 10 })
    for (const [method, path] of dangerous) {
      const { status, body } = await kit.call(method, path, { headers, ...payload(path) })
      expect([path, status, body.type, body.needs]).toEqual([
        path,
        403,
        '/problems/accounts/proof-required',
        ['password', 'code'],
      ])
    }
    const prove = (given: object) => post('/sessions/current/proof', given, headers)
    for (const half of [
      {},
      { password: PASSWORD },
      { code: codeOf(secret) },
      { password: 'wrong', code: codeOf(secret) },
      { password: PASSWORD, code: '000000' },
    ])
      expect((await prove(half)).body.type).toBe('/problems/accounts/wrong-proof')
    expect((await kit.call('DELETE', '/me/two-factor', { headers })).status).toBe(403)
    expect((await prove({ password: PASSWORD, code: codeOf(secret) })).status).toBe(204)
    expect((await prove({ password: PASSWORD, code: codeOf(secret) })).status).toBe(403) // that code was used
    expect((await kit.call('DELETE', '/me/two-factor', { headers })).status).toBe(204)
    expect((await post('/sessions', credentials())).status).toBe(201)
  })

  test('wants the password of who has no app, ten times in a quarter of an hour', async () => {
    const headers = await kit.signIn(ann)
    await kit.clock.advance({ minutes: 11 })
    const refused = await post('/me/api-keys', { name: 'x', scopes: ['events:read'] }, headers)
    expect([refused.status, refused.body.needs]).toEqual([403, ['password']])
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => post('/sessions/current/proof', { password: 'wrong' }, headers)),
    )
    expect([count(answers, 403), count(answers, 429)]).toEqual([10, 5])
    expect((await post('/sessions/current/proof', { password: PASSWORD }, headers)).status).toBe(429)
  })

  test('is done for somebody who has lost everything by an admin, who proves who they are', async () => {
    const { headers, secret } = await turnOn()
    const [admin, organizer] = [await anAccount(ctx, { role: 'admin' }), await anAccount(ctx, { role: 'organizer' })]
    const turnOff = async (who: MadeAccount, id = ann.id) =>
      kit.call('DELETE', `/accounts/${id}/two-factor`, { headers: await kit.signIn(who) })
    expect((await turnOff(organizer)).status).toBe(403)
    expect((await turnOff(admin, '00000000-0000-7000-8000-00000000000f')).status).toBe(404)
    const late = await kit.signIn(admin)
    await kit.clock.advance({ minutes: 11 })
    expect((await kit.call('DELETE', `/accounts/${ann.id}/two-factor`, { headers: late })).status).toBe(403)
    expect((await turnOff(admin)).status).toBe(204)
    expect((await kit.call('GET', '/me', { headers })).status).toBe(401) // whoever was in proves again who they are
    expect((await post('/sessions', credentials())).status).toBe(201)
    expect(secret).toBeDefined()
    await kit.settle()
    expect(kit.mails.filter(({ to }) => to.address === ann.email).map(({ subject }) => subject)).toContain(
      'Two-factor is off',
    )
  })

  test('is nothing for an account with neither password nor app', async () => {
    const headers = await kit.signIn(ann)
    await sql`update accounts set password_hash = null where id = ${ann.id}`.execute(ctx.db)
    forgetSessions(ctx)
    expect((await post('/sessions/current/proof', { password: PASSWORD }, headers)).body.type).toBe(
      '/problems/accounts/nothing-to-prove-with',
    )
    expect((await post('/sessions', credentials())).status).toBe(401)
  })
})
