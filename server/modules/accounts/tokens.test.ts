import { createHmac } from 'node:crypto'
import { createSigner } from 'fast-jwt'
import { beforeAll, describe, expect, test } from 'vitest'
import { openKit } from '../../../test/kit/kit.ts'
import { signUp } from '#accounts'
import { authenticate } from '#accounts/authenticate'
import { logIn, refresh } from '#accounts/sessions'
import { keyFor, sign } from '#kernel/signing'
import { InvalidToken } from './problems.ts'
import { sessionCookie, signRefreshToken, signSessionCookie } from './tokens.ts'

const password = 'correct horse battery'

const kit = await openKit()
const { ctx } = kit
let tokens: { access: string; refresh: string; cookie: string }
let claims: { sub: string; sid: string }
beforeAll(async () => {
  await signUp(ctx, { username: 'ann', email: 'ann@example.org', password })
  const { accessToken, refreshToken } = await logIn(ctx, { username: 'ann', password, kind: 'rotating' })
  const { cookie } = await logIn(ctx, { username: 'ann', password, kind: 'web' })
  tokens = { access: accessToken, refresh: refreshToken, cookie }
  claims = JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString())
})

const asBearer = (token: string) => authenticate(ctx, { authorization: `Bearer ${token}`, cookies: {}, method: 'GET' })
const asCookie = (cookie: string) =>
  authenticate(ctx, { cookies: { [sessionCookie(ctx.config).name]: cookie }, method: 'GET' })
const refused = { type: InvalidToken, detail: undefined, extensions: {} }

describe('each kind of token', () => {
  test('works in its own place', async () => {
    expect(await asBearer(tokens.access)).toMatchObject({ kind: 'account' })
    expect(await asCookie(tokens.cookie)).toMatchObject({ kind: 'account' })
    expect(await refresh(ctx, tokens.refresh)).toMatchObject({ expiresIn: 3600 })
  })

  test('works in no other', async () => {
    for (const token of [tokens.refresh, tokens.cookie]) await expect(asBearer(token)).rejects.toMatchObject(refused)
    for (const token of [tokens.access, tokens.cookie]) await expect(refresh(ctx, token)).rejects.toMatchObject(refused)
    for (const token of [tokens.access, tokens.refresh]) expect(await asCookie(token)).toEqual({ kind: 'anonymous' })
  })

  test('belongs to the kind of session it was made for', async () => {
    const webSession = Buffer.from(tokens.cookie.split('.')[0]!, 'base64url')
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    await expect(
      refresh(ctx, signRefreshToken(ctx.config, { sessionId: webSession, generation: 1 })),
    ).rejects.toMatchObject(refused)
    await expect(asBearer(forge({ sid: webSession }))).rejects.toMatchObject(refused)
    expect(await asCookie(signSessionCookie(ctx.config, claims.sid))).toEqual({ kind: 'anonymous' })
  })

  test('is refused with one letter changed, too long, or with something behind it', async () => {
    for (const token of [tokens.refresh, tokens.cookie]) {
      for (let i = 0; i < token.length; i++) {
        const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`
        await expect(refresh(ctx, changed)).rejects.toMatchObject(refused)
        expect(await asCookie(changed)).toEqual({ kind: 'anonymous' })
      }
    }
    for (const token of [
      '',
      '.',
      '..',
      '...',
      'x'.repeat(100_000),
      `${tokens.access}.x`,
      `${tokens.access}=`,
      `${tokens.access} x`,
    ]) {
      await expect(asBearer(token)).rejects.toMatchObject(refused)
      await expect(refresh(ctx, token)).rejects.toMatchObject(refused)
    }
    await expect(refresh(ctx, `${tokens.refresh}.`)).rejects.toMatchObject(refused)
    expect(await asCookie(`${tokens.cookie}.`)).toEqual({ kind: 'anonymous' })
  })
})

// reliability S6
describe('what is longer than any token of ours is not looked at, though it bore our signature', () => {
  /** Is read as the same bytes. */
  const padded = (token: string, purpose: string) => {
    const text = `${token.split('.')[0]}${'='.repeat(2_000)}`
    return `${text}.${sign(ctx.config.secretKey, purpose, text)}`
  }

  test('an access token', async () => {
    expect(await asBearer(forge({ more: 'x'.repeat(500) }))).toMatchObject({ kind: 'account' })
    await expect(asBearer(forge({ more: 'x'.repeat(1_500) }))).rejects.toMatchObject(refused)
  })

  test('a refresh token', async () => {
    const { refreshToken } = await logIn(ctx, { username: 'ann', password, kind: 'keeping' })
    await expect(refresh(ctx, padded(refreshToken, 'refresh-token'))).rejects.toMatchObject(refused)
    expect(await refresh(ctx, refreshToken)).toMatchObject({ refreshToken })
  })

  test('a cookie', async () => {
    expect(await asCookie(padded(tokens.cookie, 'web-session'))).toEqual({ kind: 'anonymous' })
    expect(await asCookie(tokens.cookie)).toMatchObject({ kind: 'account' })
  })
})

const now = () => Math.floor(ctx.now().getTime() / 1000)
const good = () => ({
  typ: 'access',
  iss: ctx.config.baseUrl,
  aud: 'turnout',
  sub: claims.sub,
  sid: claims.sid,
  iat: now(),
  exp: now() + 60,
})
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token with our own key but other claims or another header. */
function forge(other: Record<string, unknown>, header: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' }): string {
  const payload: Record<string, unknown> = { ...good(), ...other }
  const input = `${base64(header)}.${base64(payload)}`
  return `${input}.${createHmac('sha256', keyFor(ctx.config.secretKey, 'access-token')).update(input).digest('base64url')}`
}

describe('a forged access token', () => {
  test('would be taken if everything were right', async () => {
    expect(await asBearer(forge({}))).toMatchObject({ kind: 'account' })
  })

  test('gets no role by claiming it', async () => {
    expect(await asBearer(forge({ role: 'admin' }))).toMatchObject({ role: 'attendee' })
  })

  test.each([
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'http://elsewhere' }],
    ['no issuer', { iss: undefined }],
    ['no expiry', { exp: undefined }],
    ['an expiry of null', { exp: null }],
    ['an expiry in words', { exp: '9999999999' }],
    ['an expiry long ago', { exp: 1 }],
    ['an expiry in a list', { exp: [9999999999] }],
    ['a time of its beginning to come', { nbf: 9999999999 }],
    ['another use', { typ: 'refresh' }],
    ['no use', { typ: undefined }],
    ['no session', { sid: undefined }],
    ['a session that is no id', { sid: "' or 1=1" }],
    ['another session', { sid: '01890000-0000-7000-8000-000000000000' }],
    ['another account', { sub: '01890000-0000-7000-8000-000000000000' }],
  ])('with %s is refused', async (_, other) => {
    await expect(asBearer(forge(other))).rejects.toMatchObject(refused)
  })

  test.each([
    ['alg none', { alg: 'none' }],
    ['alg NONE', { alg: 'NONE' }],
    ['alg HS384', { alg: 'HS384' }],
    ['alg RS256', { alg: 'RS256' }],
    ['no alg', {}],
    ['a critical extension', { alg: 'HS256', crit: ['x'], x: 1 }],
  ])('with a header of %s is refused', async (_, header) => {
    await expect(asBearer(forge({}, header))).rejects.toMatchObject(refused)
    const unsigned = forge({}, header).replace(/[^.]*$/, '')
    await expect(asBearer(unsigned)).rejects.toMatchObject(refused)
  })

  test.each(['HS256', 'HS512'] as const)('with another secret (%s) is refused', async (algorithm) => {
    const key = keyFor('another secret', 'access-token')
    await expect(asBearer(createSigner({ key, algorithm })(good()))).rejects.toMatchObject(refused)
    const otherPurpose = keyFor(ctx.config.secretKey, 'refresh-token')
    await expect(asBearer(createSigner({ key: otherPurpose, algorithm })(good()))).rejects.toMatchObject(refused)
  })
})
