import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openIdProvider } from '#accounts/providers/openid'
import { aBrowser, type Browser } from '../kit/browser.ts'
import type { MadeAccount } from '../kit/factories.ts'
import { startGitHub } from '../kit/github.ts'
import { anAccount, openKit, PASSWORD } from '../kit/kit.ts'
import { startOpenId, type Claims } from '../kit/openid.ts'

// Log-in through others. S21 of the security matrix, and bad inputs 32 and 33.

const HOME = 'http://localhost:8000'
const openid = await startOpenId([`${HOME}/auth/openid/callback`])
const other = await startOpenId([`${HOME}/auth/other/callback`])
const github = await startGitHub()
const kit = await openKit({
  BASE_URL: HOME,
  OIDC_ISSUER: openid.issuer,
  OIDC_CLIENT_ID: openid.clientId,
  OIDC_CLIENT_SECRET: openid.clientSecret,
  OIDC_NAME: 'The Club',
  GITHUB_URL: github.url,
  GITHUB_CLIENT_ID: github.clientId,
  GITHUB_CLIENT_SECRET: github.clientSecret,
})
const { ctx } = kit
beforeAll(() => {
  ctx.logInProviders.set('other', openIdProvider({ ...other, name: 'The Other Club' }))
})
afterAll(() => Promise.all([openid.stop(), other.stop(), github.stop()]))

let n = 0
let subject: string
let email: string
let browser: Browser
beforeEach(() => {
  subject = `subject-${++n}`
  email = `somebody${n}@example.net`
  browser = aBrowser(kit)
  openid.people.set(subject, { email, email_verified: true, preferred_username: `Somebody ${n}`, given_name: 'Some' })
})

const says = (claims: Claims) => openid.people.set(subject, claims)
/** Goes there and logs in, and is about to come back. */
async function goThere(by = browser, next = ''): Promise<string> {
  const { status, location } = await by.get(`/auth/openid${next && `?next=${encodeURIComponent(next)}`}`)
  expect(status).toBe(303)
  return openid.visit(location, subject)
}
const logIn = async (by = browser, next = '') => by.get(await goThere(by, next))
const count = async (table: 'accounts' | 'identities' | 'sessions') =>
  Number((await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(ctx.db)).rows[0]!.n)
const withParameter = (address: string, name: string, value: string | null) => {
  const url = new URL(address)
  if (value === null) url.searchParams.delete(name)
  else url.searchParams.set(name, value)
  return url.href
}
async function aMember(verified: boolean): Promise<MadeAccount> {
  const account = await anAccount(ctx, { email })
  if (!verified) await sql`update accounts set email_verified_at = null where id = ${account.id}`.execute(ctx.db)
  return account
}

// S3-35
describe('logging in through a provider', () => {
  test('opens an account the first time, and the same one from then on, whatever they are called there by then', async () => {
    expect((await browser.api('GET', '/log-in-providers')).body.items).toContainEqual({
      id: 'openid',
      name: 'The Club',
    })
    const back = await logIn(browser, '/my?a=1')
    expect([back.status, back.location]).toEqual([303, '/my?a=1'])
    const me = (await browser.api('GET', '/me')).body
    expect(me).toMatchObject({ username: `Somebody.${n}`, email, firstName: 'Some', role: 'attendee' })
    says({ email: `new${n}@example.net`, email_verified: false })
    const elsewhere = aBrowser(kit)
    expect((await logIn(elsewhere)).location).toBe('/')
    expect((await elsewhere.api('GET', '/me')).body.id).toBe(me.id)
    const { email_verified_at: verifiedAt, password_hash: hash } = await ctx.db
      .selectFrom('accounts')
      .select(['email_verified_at', 'password_hash'])
      .where('id', '=', me.id)
      .executeTakeFirstOrThrow()
    expect([verifiedAt, hash]).toEqual([expect.any(Date), null])
    expect(
      (await kit.call('POST', '/sessions', { payload: { username: me.username, password: PASSWORD } })).status,
    ).toBe(401)
  })

  // reliability S21
  test('opens nothing of who has the same name at another provider', async () => {
    await logIn()
    other.people.set(subject, { email: `else-${email}`, email_verified: true, preferred_username: `Else ${n}` })
    const elsewhere = aBrowser(kit)
    await elsewhere.get(await other.visit((await elsewhere.get('/auth/other')).location, subject))
    expect([await browser.who(), await elsewhere.who()]).toEqual([`Somebody.${n}`, `Else.${n}`])
  })

  test('goes out with PKCE, a state and a nonce, all new each time, to come back to one exact address', async () => {
    const [a, b] = [await browser.get('/auth/openid'), await browser.get('/auth/openid')]
    const asked = [a, b].map(({ location }) => new URL(location).searchParams)
    expect(asked[0]!.get('redirect_uri')).toBe(`${HOME}/auth/openid/callback`)
    expect(asked[0]!.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(asked[0]!.get(name)!.length).toBeGreaterThanOrEqual(43)
      expect(asked[0]!.get(name)).not.toBe(asked[1]!.get(name))
    }
    expect(a.cookies).toMatchObject([
      { name: 'turnout_provider', httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 600 },
    ])
    const sealed = Buffer.from(a.cookies[0]!.value, 'base64url').toString('latin1')
    for (const name of ['state', 'nonce']) expect(sealed).not.toContain(asked[0]!.get(name)!)
  })

  test('for the first time in two windows at once makes one account', async () => {
    const browsers = [aBrowser(kit), aBrowser(kit), aBrowser(kit)]
    const addresses = await Promise.all(browsers.map((each) => goThere(each)))
    const before = await count('accounts')
    await Promise.all(browsers.map((each, at) => each.get(addresses[at]!)))
    expect(await count('accounts')).toBe(before + 1)
    expect(new Set(await Promise.all(browsers.map((each) => each.who()))).size).toBe(1)
  })

  test('with GitHub, which speaks OAuth 2.0 alone, goes by the number of the user', async () => {
    const user = { id: 1_000 + n, login: `octo${n}`, name: 'Octo', email, verified: true }
    const go = async (by: Browser, as = user) => github.visit((await by.get('/auth/github')).location, as)
    const address = await go(browser)
    expect((await browser.get(address)).location).toBe('/')
    expect(await browser.who()).toBe(`octo${n}`)
    const renamed = aBrowser(kit)
    await renamed.get(await go(renamed, { ...user, login: 'renamed', email: 'x@example.net' }))
    expect(await renamed.who()).toBe(`octo${n}`)
    const claims = aBrowser(kit)
    const unverified = await claims.get(
      await go(claims, { ...user, id: 5_000 + n, email: `y${email}`, verified: false }),
    )
    expect([unverified.location, await claims.who()]).toEqual(['/login?problem=address-not-verified', null])
    // GitHub's codes are good once, and for who has the verifier.
    const late = aBrowser(kit)
    const [stolen, own] = [await go(browser), await go(late)]
    const code = new URL(stolen).searchParams.get('code')
    expect((await late.get(withParameter(own, 'code', code))).location).toBe('/login?problem=provider-refused')
    expect(await late.who()).toBeNull()
  })
})

describe('an address', () => {
  test.each([false, undefined, 'true', 1])(
    'that the provider calls verified: %j opens nothing and links nothing',
    async (verified) => {
      const bob = await aMember(true)
      says({ email, email_verified: verified })
      const before = [await count('accounts'), await count('identities'), await count('sessions')]
      expect((await logIn()).location).toBe('/login?problem=address-not-verified')
      says({ email: `free-${email}`, email_verified: verified })
      expect((await logIn()).location).toBe('/login?problem=address-not-verified')
      expect([await count('accounts'), await count('identities'), await count('sessions')]).toEqual(before)
      expect([await browser.who(), bob.email]).toEqual([null, email])
    },
  )

  test('that the account’s owner never proved does not link either: whoever signed up first would wait inside', async () => {
    await aMember(false)
    const before = await count('identities')
    const { location, cookies } = await logIn(browser, '/my')
    expect(location).toBe('/login?problem=log-in-first&next=%2Fmy')
    expect(cookies.map(({ name }) => name)).not.toContain('turnout_session')
    expect([await count('identities'), await browser.who()]).toEqual([before, null])
  })

  test('that both proved links, and the owner hears of it', async () => {
    const bob = await aMember(true)
    says({ email: email.toUpperCase(), email_verified: true })
    await logIn()
    expect(await browser.who()).toBe(bob.username)
    await kit.settle()
    expect(kit.mails.filter(({ to }) => to.address === email).map(({ subject }) => subject)).toEqual([
      'There is a new way into your account',
    ])
    expect(kit.mails.at(-1)!.text).toContain('The Club')
  })

  test('that is somebody’s username opens nothing of theirs', async () => {
    await anAccount(ctx, { username: email, email: `else${n}@example.net` })
    expect((await logIn()).location).toBe('/login?problem=log-in-first')
    expect(await browser.who()).toBeNull()
  })
})

describe('whoever comes back', () => {
  const cases: [string, (address: string) => Promise<unknown> | string, string][] = [
    ['without a state', (address) => withParameter(address, 'state', null), 'trip-lapsed'],
    ['with another state', (address) => withParameter(address, 'state', 'A'.repeat(43)), 'trip-lapsed'],
    ['with two states', (address) => `${address}&state=${'A'.repeat(43)}`, 'trip-lapsed'],
    [
      'with a state of another browser',
      async (address) =>
        withParameter(address, 'state', new URL(await goThere(aBrowser(kit))).searchParams.get('state')),
      'trip-lapsed',
    ],
    ['without the cookie', (address) => (browser.cookies.clear(), address), 'trip-lapsed'],
    [
      'with a cookie that was changed',
      (address) => {
        const cookie = browser.cookies.get('turnout_provider')!
        browser.cookies.set(
          'turnout_provider',
          `${cookie.slice(0, 40)}${cookie[40] === 'A' ? 'B' : 'A'}${cookie.slice(41)}`,
        )
        return address
      },
      'trip-lapsed',
    ],
    [
      'with the cookie of another browser',
      async (address) => {
        const thief = aBrowser(kit)
        await thief.get('/auth/openid')
        browser.cookies.set('turnout_provider', thief.cookies.get('turnout_provider')!)
        return address
      },
      'trip-lapsed',
    ],
    ['too late', async (address) => (await kit.clock.advance({ minutes: 10, seconds: 1 }), address), 'trip-lapsed'],
    [
      'with a code of their own making',
      (address) => withParameter(address, 'code', 'x'.repeat(43)),
      'provider-refused',
    ],
    [
      'with the code of somebody else’s log-in',
      async (address) => withParameter(address, 'code', new URL(await goThere(aBrowser(kit))).searchParams.get('code')),
      'provider-refused',
    ],
    [
      'from an issuer that says it is another',
      (address) => withParameter(address, 'iss', other.issuer),
      'provider-refused',
    ],
    [
      'from an issuer that does not say who it is',
      (address) => withParameter(address, 'iss', null),
      'provider-refused',
    ],
    ['without a code', (address) => withParameter(address, 'code', null), 'provider-refused'],
    ['at another provider’s door', (address) => address.replace('/auth/openid/', '/auth/other/'), 'trip-lapsed'],
  ]
  test.each(cases)('%s is not logged in', async (_, change, problem) => {
    const address = (await change(await goThere())) as string
    const before = [await count('accounts'), await count('identities'), await count('sessions')]
    const back = await browser.get(address)
    expect([back.status, back.location]).toEqual([303, `/login?problem=${problem}`])
    expect(back.cookies.filter(({ name, value }) => name !== 'turnout_provider' || value)).toEqual([])
    expect([await count('accounts'), await count('identities'), await count('sessions')]).toEqual(before)
    expect(await browser.who()).toBeNull()
  })

  test('a second time with what was good once is not logged in, not even in the same moment', async () => {
    const address = await goThere()
    const copies = Array.from({ length: 5 }, () => {
      const copy = aBrowser(kit)
      copy.cookies.set('turnout_provider', browser.cookies.get('turnout_provider')!)
      return copy
    })
    const backs = await Promise.all(copies.map((each) => each.get(address)))
    expect(backs.map(({ location }) => location).sort()).toEqual([
      '/',
      ...Array<string>(4).fill('/login?problem=trip-lapsed'),
    ])
    const again = aBrowser(kit)
    again.cookies.set('turnout_provider', browser.cookies.get('turnout_provider')!)
    expect((await again.get(address)).location).toBe('/login?problem=trip-lapsed')
    expect(await again.who()).toBeNull()
  })

  test('after saying no there is told so', async () => {
    const { location } = await browser.get('/auth/openid')
    const back = await browser.get(await openid.visit(location, null))
    expect([back.location, await browser.who()]).toEqual(['/login?problem=provider-denied', null])
  })

  test('from a provider that somebody was mixed up with is not believed', async () => {
    // The honest provider's code, brought to the door of the other: neither its cookie nor its token endpoint takes it.
    const honest = await goThere()
    const victim = aBrowser(kit)
    const away = await victim.get('/auth/other')
    const mixed = new URL(`${HOME}/auth/other/callback`)
    mixed.searchParams.set('code', new URL(honest).searchParams.get('code')!)
    mixed.searchParams.set('state', new URL(away.location).searchParams.get('state')!)
    mixed.searchParams.set('iss', openid.issuer)
    expect((await victim.get(mixed.href)).location).toBe('/login?problem=provider-refused')
    expect(await victim.who()).toBeNull()
  })

  test('to a suspended account is not let in', async () => {
    await logIn()
    await sql`update accounts set suspended_at = app_now() where email = ${email}`.execute(ctx.db)
    const again = aBrowser(kit)
    expect((await logIn(again)).location).toBe('/login?problem=not-let-in')
    expect(await again.who()).toBeNull()
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/%0d%0aset-cookie:x\r\n',
    '/\t/evil.example',
    ' //evil.example',
    'evil',
    'http://localhost:8000.evil.example/',
  ])('ends up here, and not at %j', async (next) => {
    const { status, location } = await logIn(browser, next)
    expect([status, location]).toEqual([303, '/'])
  })

  test('at a door of no provider finds nothing', async () => {
    for (const path of ['/auth/nobody', '/auth/nobody/callback', '/auth/__proto__'])
      expect([404, 422]).toContain((await browser.get(path)).status)
  })
})

describe('two-factor', () => {
  test('is asked for after coming back as well, and the challenge opens nothing else', async () => {
    await logIn()
    const { secret } = (await browser.api('POST', '/me/two-factor/enrolment')).body
    const code = (seconds: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ctx.now().getTime() + seconds * 1_000 })
    expect((await browser.api('POST', '/me/two-factor/confirmation', { code: code(0) })).status).toBe(201)
    const again = aBrowser(kit)
    const back = await logIn(again, '/my')
    expect(back.location).toBe('/login?step=code&next=%2Fmy')
    expect([await again.who(), [...again.cookies.keys()]]).toEqual([null, ['turnout_challenge']])
    expect((await again.api('POST', '/web-session-completions', { code: '000000' })).status).toBe(401)
    expect((await again.api('POST', '/web-session-completions', { code: code(30) })).status).toBe(201)
    expect([await again.who(), [...again.cookies.keys()]]).toEqual([`Somebody.${n}`, ['turnout_session']])
  })
})

describe('linking', () => {
  const member = async () => {
    const account = await anAccount(ctx)
    await browser.api('POST', '/web-sessions', { username: account.username, password: PASSWORD })
    return account
  }
  const setOut = (by = browser) => by.api('POST', '/me/identities', { provider: 'openid', next: '/account' })
  const identities = async (by = browser) =>
    (await by.api('GET', '/me/identities')).body.items as { id: string; provider: string; shownAs: string }[]

  test('adds a way in while logged in, whatever the address there; unlinking takes it away', async () => {
    const account = await member()
    says({ email: 'anything@example.net', email_verified: false })
    const { url } = (await setOut()).body
    expect((await browser.get(await openid.visit(url, subject))).location).toBe('/account')
    expect(await identities()).toMatchObject([{ provider: 'openid', shownAs: 'anything@example.net' }])
    const elsewhere = aBrowser(kit)
    await logIn(elsewhere)
    expect(await elsewhere.who()).toBe(account.username)
    const [{ id } = { id: '' }] = await identities()
    expect((await browser.api('DELETE', `/me/identities/${id}`)).status).toBe(204)
    expect((await browser.api('DELETE', `/me/identities/${id}`)).status).toBe(404)
    const gone = aBrowser(kit)
    await logIn(gone)
    expect(await gone.who()).toBeNull()
    await kit.settle()
    const subjects = kit.mails.filter(({ to }) => to.address === account.email).map((mail) => mail.subject)
    expect(subjects).toEqual(['There is a new way into your account', 'A way into your account is gone'])
  })

  test('wants a recent proof, a page of ours, and the session that set out', async () => {
    await member()
    const { url } = (await setOut()).body
    const address = await openid.visit(url, subject)
    // Somebody else's browser, into which the cookie and the address were planted.
    const victim = aBrowser(kit)
    const eve = await anAccount(ctx)
    await victim.api('POST', '/web-sessions', { username: eve.username, password: PASSWORD })
    victim.cookies.set('turnout_provider', browser.cookies.get('turnout_provider')!)
    expect((await victim.get(address)).location).toBe('/account?problem=trip-lapsed')
    expect(await identities(victim)).toEqual([])

    const foreign = await kit.app.inject({
      method: 'POST',
      url: '/api/v1/me/identities',
      payload: { provider: 'openid' },
      headers: {
        origin: 'https://evil.example',
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
    expect(foreign.statusCode).toBe(403)
    await kit.clock.advance({ minutes: 11 })
    expect((await setOut()).body.type).toBe('/problems/accounts/proof-required')
    expect((await aBrowser(kit).api('POST', '/me/identities', { provider: 'openid' })).status).toBe(401)
  })

  test('after logging out on the way adds nothing', async () => {
    await member()
    const address = await openid.visit((await setOut()).body.url, subject)
    await browser.api('DELETE', '/sessions/current')
    const before = await count('identities')
    expect((await browser.get(address)).location).toBe('/account?problem=trip-lapsed')
    expect(await count('identities')).toBe(before)
  })

  test('never takes a way in from another account', async () => {
    await logIn() // this is somebody's
    browser = aBrowser(kit)
    await member()
    const address = await openid.visit((await setOut()).body.url, subject)
    expect((await browser.get(address)).location).toBe('/account?problem=identity-taken')
    expect(await identities()).toEqual([])
  })

  test('leaves one way in at least, also where two are taken away at once', async () => {
    await logIn()
    const [only] = await identities()
    expect((await browser.api('DELETE', `/me/identities/${only!.id}`)).body.type).toBe('/problems/accounts/last-way-in')
    other.people.set(subject, {})
    const { url } = (await browser.api('POST', '/me/identities', { provider: 'other' })).body
    await browser.get(await other.visit(url, subject))
    const both = await identities()
    expect(both).toHaveLength(2)
    const answers = await Promise.all(both.map(({ id }) => browser.api('DELETE', `/me/identities/${id}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await identities()).toHaveLength(1)
  })
})

describe('a provider', () => {
  test('that is not there is told of, and nobody waits for it', async () => {
    ctx.logInProviders.set(
      'gone',
      openIdProvider({ issuer: 'http://127.0.0.1:9', name: 'Gone', clientId: 'x', clientSecret: 'y' }),
    )
    expect((await browser.get('/auth/gone')).location).toBe('/login?problem=provider-unavailable')
  })

  test('cannot send us to addresses inside our network', async () => {
    const asked: string[] = []
    const server = createServer((req, res) => {
      asked.push(`${req.headers.host} ${req.url}`)
      const { port } = server.address() as AddressInfo
      const issuer = `http://127.0.0.1:${port}`
      res.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `http://127.0.0.2:${port}/token`,
          jwks_uri: `http://127.0.0.2:${port}/jwks`,
          response_types_supported: ['code'],
        }),
      )
    }).listen(0, '0.0.0.0')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    ctx.logInProviders.set(
      'sly',
      openIdProvider({ issuer: `http://127.0.0.1:${port}`, name: 'Sly', clientId: 'x', clientSecret: 'y' }),
    )
    const { location } = await browser.get('/auth/sly')
    const state = new URL(location).searchParams.get('state')
    const back = await browser.get(`${HOME}/auth/sly/callback?code=x&state=${state}`)
    expect(back.location).toBe('/login?problem=provider-unavailable')
    expect(asked).toEqual([`127.0.0.1:${port} /.well-known/openid-configuration`])
    server.close()
  })
})
