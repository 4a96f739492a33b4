import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { logIn, refresh } from '#accounts/sessions'
import { keyFor } from '#kernel/signing'
import { anAccount, openKit, PASSWORD } from '../kit/kit.ts'
import type { MadeAccount } from '../kit/factories.ts'
import { startProcess, type Running } from '../kit/processes.ts'

const kit = await openKit()
const { ctx } = kit
const me = (token: string) => kit.call('GET', '/me', { headers: { authorization: `Bearer ${token}` } })
const refreshed = (refreshToken: string) => kit.call('POST', '/session-refreshes', { payload: { refreshToken } })
const fresh = async () => {
  const account = await anAccount(ctx)
  return { ...(await logIn(ctx, { username: account.username, password: PASSWORD, kind: 'rotating' })), account }
}
type Session = Awaited<ReturnType<typeof fresh>>

// S6
describe('a token that is not ours', async () => {
  let asked = 0
  const canary = createServer((_, answer) => (asked++, answer.end('{}'))).listen(0, '127.0.0.1')
  afterAll(() => canary.close())
  const { accessToken, refreshToken } = await fresh()
  const [head, body, signature] = accessToken.split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const key = keyFor(ctx.config.secretKey, 'access-token')
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = (header: object, payload: object | string, by: Buffer | string = key, hash = 'sha256') => {
    const text = `${part(header)}.${typeof payload === 'string' ? payload : part(payload)}`
    return `${text}.${createHmac(hash, by).update(text).digest('base64url')}`
  }
  const hs256 = { alg: 'HS256', typ: 'JWT' }
  const url = () => `http://127.0.0.1:${(canary.address() as AddressInfo).port}/keys`
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rs256 = () => {
    const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${body}`
    return `${text}.${createSign('sha256').update(text).sign(rsa.privateKey).toString('base64url')}`
  }
  const forged: Record<string, () => string> = {
    ...Object.fromEntries(
      ['none', 'None', 'NONE', 'nOnE', ''].map((alg) => [
        `alg ${alg || 'empty'}`,
        () => `${part({ alg, typ: 'JWT' })}.${body}.`,
      ]),
    ),
    'alg none, signed': () => signed({ alg: 'none' }, claims),
    'no alg': () => signed({ typ: 'JWT' }, claims),
    RS256: rs256,
    HS384: () => signed({ alg: 'HS384', typ: 'JWT' }, claims, key, 'sha384'),
    HS512: () => signed({ alg: 'HS512', typ: 'JWT' }, claims, key, 'sha512'),
    'an RSA key for a secret': () => signed(hs256, claims, rsa.publicKey.export({ type: 'spki', format: 'pem' })),
    'an empty key': () => signed(hs256, claims, ''),
    'the secret itself for a key': () => signed(hs256, claims, ctx.config.secretKey),
    'another environment’s key': () =>
      signed(hs256, claims, keyFor('another-secret-0123456789-abcdefghijkl', 'access-token')),
    'the key of refresh tokens': () => signed(hs256, claims, keyFor(ctx.config.secretKey, 'refresh-token')),
    'no signature': () => `${head}.${body}.`,
    'no signature and no dot': () => `${head}.${body}`,
    'another body': () => `${head}.${part({ ...claims, sub: crypto.randomUUID() })}.${signature}`,
    'kid that is a path': () => signed({ ...hs256, kid: '../../../../dev/null' }, claims, ''),
    'kid that is SQL': () => signed({ ...hs256, kid: "x' union select 'a" }, claims, 'a'),
    jku: () => signed({ ...hs256, jku: url() }, claims, 'x'),
    x5u: () => signed({ ...hs256, x5u: url() }, claims, 'x'),
    jwk: () => signed({ ...hs256, jwk: { kty: 'oct', k: Buffer.from('x').toString('base64url') } }, claims, 'x'),
    crit: () => signed({ ...hs256, crit: ['b64'], b64: false }, claims, 'x'),
    'exp past': () => signed(hs256, { ...claims, exp: Math.floor(ctx.now().getTime() / 1_000) - 1 }),
    'exp missing': () => signed(hs256, { ...claims, exp: undefined }),
    'exp after the end of all days': () => signed(hs256, { ...claims, exp: 1e20 }),
    'exp as text': () => signed(hs256, { ...claims, exp: '9999999999' }),
    'nbf to come': () => signed(hs256, { ...claims, nbf: Math.floor(ctx.now().getTime() / 1_000) + 3_600 }),
    'another audience': () => signed(hs256, { ...claims, aud: 'elsewhere' }),
    'another issuer': () => signed(hs256, { ...claims, iss: 'http://evil.example' }),
    'an ID token': () => signed(hs256, { ...claims, typ: 'id' }),
    'a body with two subjects': () => {
      const twice = JSON.stringify(claims)
        .replace('{', `{"sub":"${crypto.randomUUID()}",`)
        .replace(/"sub":"[^"]+"(?=[,}](?!.*"sub"))/, (own) => own.replace(/[0-9a-f]{8}/, '00000000'))
      return signed(hs256, Buffer.from(twice).toString('base64url'))
    },
    'a session of somebody else': () => signed(hs256, { ...claims, sub: crypto.randomUUID() }),
    'a session that is none': () => signed(hs256, { ...claims, sid: 'x' }),
    'a body that is a list': () => signed(hs256, part([claims])),
    'a body that is no JSON': () => signed(hs256, Buffer.from('{').toString('base64url')),
    'a refresh token': () => refreshToken,
    'ten thousand characters': () => `${head}.${body}.${'A'.repeat(10_000)}`,
    'a hundred thousand characters': () => `${head}.${'A'.repeat(100_000)}.${signature}`,
    nothing: () => '',
  }

  test('is good where it is ours, which is what the others differ from', async () => {
    expect((await me(accessToken)).status).toBe(200)
    expect((await me(signed(hs256, claims))).status).toBe(200)
  })

  test.each(Object.keys(forged))('is refused like any other: %s', async (name) => {
    const { status, body: answer, headers } = await me(forged[name]!())
    const { requestId: _, ...problem } = answer
    expect([status, problem]).toEqual([401, expect.objectContaining({ type: '/problems/accounts/invalid-token' })])
    expect(Object.keys(problem).sort()).toEqual(
      Object.keys((await me('x')).body)
        .filter((each) => each !== 'requestId')
        .sort(),
    )
    expect(JSON.stringify(headers)).not.toContain('turnout_session')
    expect(asked).toBe(0)
  })

  test('neither is an access token one that refreshes', async () => {
    for (const token of [accessToken, `${refreshToken}x`, refreshToken.split('.')[0]!, '', 'x'.repeat(500)])
      expect([401, 422]).toContain((await refreshed(token)).status)
  })
})

// S7
describe('a refresh token', () => {
  test('that is used again after its time ends the family, and the owner is told once', async () => {
    const { account, refreshToken } = await fresh()
    const next = await refresh(ctx, refreshToken)
    await kit.clock.advance({ seconds: 11 })
    for (let i = 0; i < 3; i++) expect((await refreshed(refreshToken)).status).toBe(401)
    expect((await refreshed(next.refreshToken)).status).toBe(401)
    expect((await me(next.accessToken)).status).toBe(401)
    await kit.settle()
    const mails = kit.mails.filter(({ to }) => to.address === account.email)
    expect(mails.map(({ subject }) => subject)).toEqual(['We ended one of your sessions'])
  })

  test('ten times at once has one successor, and nobody is locked out', async () => {
    const { refreshToken } = await fresh()
    const answers = await Promise.all(Array.from({ length: 10 }, () => refreshed(refreshToken)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201))
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1)
    expect((await me(answers[0]!.body.accessToken)).status).toBe(200)
  })

  const ends: Record<string, (session: Session) => Promise<unknown>> = {
    'logging out': ({ accessToken }) =>
      kit.call('DELETE', '/sessions/current', { headers: { authorization: `Bearer ${accessToken}` } }),
    'a change of password elsewhere': async ({ account }) =>
      kit.call('PUT', '/me/password', {
        headers: await kit.signIn(account),
        payload: { oldPassword: PASSWORD, newPassword: 'a walrus plays the oboe' },
      }),
    'a reset of the password': async ({ account }) => {
      await kit.call('POST', '/password-reset-requests', { payload: { email: account.email } })
      await kit.settle()
      const token = /\/reset\/(\S+)/.exec(kit.mails.find(({ to }) => to.address === account.email)!.text)![1]
      return kit.call('POST', '/password-resets', { payload: { token, password: 'a walrus plays the oboe' } })
    },
    'two-factor being turned on elsewhere': async ({ account }) => {
      const headers = await kit.signIn(account)
      const { body } = await kit.call('POST', '/me/two-factor/enrolment', { headers, payload: {} })
      const code = new TOTP({ secret: Secret.fromBase32(body.secret) }).generate({ timestamp: ctx.now().getTime() })
      return kit.call('POST', '/me/two-factor/confirmation', { headers, payload: { code } })
    },
    suspension: async ({ account }) =>
      kit.call('PUT', `/accounts/${account.id}/suspension`, { headers: await kit.signIn(await admin()), payload: {} }),
    'being ended from another device': async ({ account }) =>
      kit.call('DELETE', '/sessions/others', { headers: await kit.signIn(account) }),
    'a week, however often it was used': async () => kit.clock.advance({ days: 7, seconds: 1 }),
  }
  let anAdmin: MadeAccount | undefined
  const admin = async () => (anAdmin ??= await anAccount(ctx, { role: 'admin' }))

  test.each(Object.keys(ends))('is good for nothing after %s', async (how) => {
    const session = await fresh()
    expect((await me(session.accessToken)).status).toBe(200)
    await ends[how]!(session)
    expect((await refreshed(session.refreshToken)).status).toBe(401)
    expect((await me(session.accessToken)).status).toBe(401)
  })
})

// What another process has in memory is believed for five seconds.
const describeOnServer = inject('template').engine === 'postgres' ? describe : () => {} // another process needs a server
describeOnServer('in another process', () => {
  let other: Running
  beforeAll(async () => {
    other = await startProcess({ command: ['serve'], env: { DATABASE_URL: kit.databaseUrl!, RATE_LIMITS: 'off' } })
  })
  afterAll(() => other.stop())

  test.each(['suspension', 'a change of password'])('a session is over within seconds after %s', async (how) => {
    const { account, accessToken } = await fresh()
    const there = async () =>
      (await fetch(`${other.url}/api/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status
    expect(await there()).toBe(200)
    if (how === 'suspension')
      await kit.call('PUT', `/accounts/${account.id}/suspension`, {
        headers: await kit.signIn(await anAccount(ctx, { role: 'admin' })),
        payload: {},
      })
    else
      await kit.call('PUT', '/me/password', {
        headers: await kit.signIn(account),
        payload: { oldPassword: PASSWORD, newPassword: 'a walrus plays the oboe' },
      })
    const begun = Date.now()
    await expect.poll(there, { interval: 250, timeout: 10_000 }).toBe(401)
    expect(Date.now() - begun).toBeLessThan(8_000)
  })
})
