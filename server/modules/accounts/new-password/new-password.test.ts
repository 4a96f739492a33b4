import { beforeEach, describe, expect, test } from 'vitest'
import { TOTP } from 'otpauth'
import { anAccount, openKit, PASSWORD } from '../../../../test/kit/kit.ts'
import type { MadeAccount } from '../../../../test/kit/factories.ts'
import { findAccount, signUp } from '#accounts'
import { logIn } from '#accounts/sessions'
import { newId } from '#kernel/ids'

const kit = await openKit()
const { ctx } = kit
const NEXT = 'a walrus plays the oboe'
let ann: MadeAccount
beforeEach(async () => {
  ann = await anAccount(ctx, { firstName: 'Ann' })
})

const mailsTo = (address: string) => kit.mails.filter(({ to }) => to.address === address)
const subjectsTo = (address: string) => mailsTo(address).map(({ subject }) => subject)
const tokenIn = (text: string) => /\/reset\/(\S+)/.exec(text)![1]!
const opens = (username: string, password: string) =>
  logIn(ctx, { username, password, kind: 'rotating' }).then(
    () => true,
    () => false,
  )
const me = async (headers: { authorization: string }) => (await kit.call('GET', '/me', { headers })).status
const change = (headers: object, oldPassword: string, newPassword: string) =>
  kit.call('PUT', '/me/password', { headers: headers as never, payload: { oldPassword, newPassword } })
const ask = (email: string) => kit.call('POST', '/password-reset-requests', { payload: { email } })
const reset = (token: string, password = NEXT) => kit.call('POST', '/password-resets', { payload: { token, password } })
async function linkFor(email: string) {
  await ask(email)
  await kit.settle()
  return tokenIn(
    mailsTo(email)
      .filter(({ text }) => text.includes('/reset/'))
      .at(-1)!.text,
  )
}

describe('changing the password', () => {
  test('needs the old one, ends all other sessions and is told by mail', async () => {
    const [here, elsewhere] = [await kit.signIn(ann), await kit.signIn(ann)]
    const wrong = await change(here, 'not the old one', NEXT)
    expect(wrong).toMatchObject({
      status: 403,
      body: { type: '/problems/accounts/wrong-password', errors: [{ pointer: '/oldPassword' }] },
    })
    expect([await me(here), await me(elsewhere)]).toEqual([200, 200])
    expect((await change(here, PASSWORD, NEXT)).status).toBe(204)
    expect([await me(here), await me(elsewhere)]).toEqual([200, 401])
    expect([await opens(ann.username, PASSWORD), await opens(ann.username, NEXT)]).toEqual([false, true])
    await kit.settle()
    expect(subjectsTo(ann.email)).toEqual(['Your password was changed'])
  })

  test('is guessed ten times in a quarter of an hour, whatever is asked with the guess', async () => {
    const headers = await kit.signIn(ann)
    for (let n = 0; n < 5; n++) {
      expect((await change(headers, `guess ${n}`, NEXT)).status).toBe(403)
      expect((await kit.call('PUT', '/me/erasure', { headers, payload: { password: `guess ${n}` } })).status).toBe(403)
    }
    for (const answer of [
      await change(headers, PASSWORD, NEXT),
      await kit.call('PUT', '/me/erasure', { headers, payload: { password: PASSWORD } }),
      await kit.call('POST', '/sessions/current/proof', { headers, payload: { password: PASSWORD } }),
    ])
      expect(answer).toMatchObject({ status: 429, body: { type: '/problems/accounts/too-many-tries' } })
    await kit.clock.advance({ minutes: 16 })
    expect((await change(headers, PASSWORD, NEXT)).status).toBe(204)
  })

  test.each(['short', 'password123', 'letmein1'])('refuses %j for a new one', async (password) => {
    const refused = await change(await kit.signIn(ann), PASSWORD, password)
    expect(refused).toMatchObject({ status: 422 })
    expect(await opens(ann.username, PASSWORD)).toBe(true)
  })

  test('refuses one’s own name, and is nothing for who is not logged in', async () => {
    const bob = await anAccount(ctx, { username: 'bartholomew' })
    expect(await change(await kit.signIn(bob), PASSWORD, 'Bartholomew')).toMatchObject({
      body: { errors: [{ pointer: '/newPassword' }] },
    })
    expect((await change({}, PASSWORD, NEXT)).status).toBe(401)
  })

  test('of two changes at once one happens', async () => {
    const headers = await kit.signIn(ann)
    const answers = await Promise.all([change(headers, PASSWORD, NEXT), change(headers, PASSWORD, `${NEXT} too`)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 403])
  })
})

describe('resetting the password', () => {
  test('is done by a link that is mailed, ends all sessions, opens none, and is told by mail', async () => {
    const headers = await kit.signIn(ann)
    const token = await linkFor(ann.email)
    expect(mailsTo(ann.email)[0]).toMatchObject({ subject: 'A new password', to: { name: 'Ann' } })
    expect(await opens(ann.username, PASSWORD)).toBe(true) // asking alone changes nothing
    const done = await reset(token)
    expect([done.status, done.body, done.headers['set-cookie']]).toEqual([204, undefined, undefined])
    expect(await me(headers)).toBe(401)
    expect([await opens(ann.username, PASSWORD), await opens(ann.username, NEXT)]).toEqual([false, true])
    await kit.settle()
    expect(subjectsTo(ann.email)).toEqual(['A new password', 'Your password was changed'])
  })

  test('by one link works once, for an hour, and takes back the others', async () => {
    const [first, second] = [await linkFor(ann.email), await linkFor(ann.email)]
    const answers = await Promise.all([1, 2, 3].map((n) => reset(second, `${NEXT} ${n}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410, 410])
    expect((await reset(first)).status).toBe(410)
    const late = await linkFor(ann.email)
    await kit.clock.advance({ hours: 1, seconds: 1 })
    expect(await reset(late)).toMatchObject({ status: 410, body: { type: '/problems/accounts/link-spent' } })
  })

  test('by a password that will not do leaves the link good', async () => {
    const token = await linkFor(ann.email)
    expect(await reset(token, 'password123')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/password' }] },
    })
    expect((await reset(token)).status).toBe(204)
  })

  test('answers the same whatever the address, and writes to who has an account, three times an hour', async () => {
    const answers = [await ask('nobody@example.org')]
    for (let i = 0; i < 5; i++) answers.push(await ask(ann.email))
    for (const { status, body } of answers) expect([status, body]).toEqual([202, {}])
    await kit.settle()
    expect(mailsTo('nobody@example.org')).toEqual([])
    expect(mailsTo(ann.email)).toHaveLength(3)
  })

  test('keeps out whoever had signed up with another’s address and wanted to move the account to theirs', async () => {
    const email = 'squatted@example.org'
    const squatter = await signUp(ctx, { username: 'squatter', email, password: PASSWORD })
    const headers = await kit.signIn(squatter)
    await kit.call('POST', '/me/email-changes', { headers, payload: { email: 'own@example.org' } })
    await kit.settle()
    await reset(await linkFor(email))
    const verify = /\/verify\/(\S+)/.exec(mailsTo('own@example.org')[0]!.text)![1]!
    expect((await kit.call('POST', '/email-verifications', { payload: { token: verify } })).status).toBe(410)
    expect(await me(headers)).toBe(401)
    expect(await findAccount(ctx, squatter.id)).toMatchObject({ email, email_verified_at: expect.any(Date) })
  })

  test('closes all that they had opened in it for themselves: keys, providers, an app that gives codes', async () => {
    const email = 'squatted.twice@example.org'
    const eve = await signUp(ctx, { username: 'eve-inside', email, password: PASSWORD })
    const headers = await kit.signIn(eve)
    const payload = { name: 'Mine', scopes: ['account:read'] }
    const { key } = (await kit.call('POST', '/me/api-keys', { headers, payload })).body
    const bearer = { authorization: `Bearer ${key}` }
    expect(await me(bearer)).toBe(200)
    await kit.database.query(
      `insert into identities (id, account_id, provider, issuer, subject, shown_as) values ($1, $2, 'github', 'https://github.com', 'eve', 'eve')`,
      [newId(), eve.id],
    )
    const { secret } = (await kit.call('POST', '/me/two-factor/enrolment', { headers, payload: {} })).body
    const code = new TOTP({ secret }).generate({ timestamp: ctx.now().getTime() })
    expect((await kit.call('POST', '/me/two-factor/confirmation', { headers, payload: { code } })).status).toBe(201)
    await kit.call('GET', '/me/calendar', { headers })
    expect((await reset(await linkFor(email))).status).toBe(204)
    expect(await me(bearer)).toBe(401)
    for (const table of ['identities', 'second_factors', 'calendar_links'])
      expect((await kit.database.query(`select * from ${table} where account_id = $1`, [eve.id])).rows, table).toEqual(
        [],
      )
    expect(await opens('eve-inside', NEXT)).toBe(true) // its owner, whom no app keeps out
  })

  test('leaves what the owner of a confirmed address has opened', async () => {
    const headers = await kit.signIn(ann)
    const { key } = (
      await kit.call('POST', '/me/api-keys', { headers, payload: { name: 'Mine', scopes: ['account:read'] } })
    ).body
    expect((await reset(await linkFor(ann.email))).status).toBe(204)
    expect(await me({ authorization: `Bearer ${key}` })).toBe(200)
  })

  test('by a link to an address that the account has left sets nothing', async () => {
    const token = await linkFor(ann.email)
    await kit.database.query(
      `update accounts set email = 'new' || email, email_key = 'new' || email_key where id = $1`,
      [ann.id],
    )
    expect((await reset(token)).status).toBe(410)
  })

  test('is nothing for who is suspended, also by a link from before', async () => {
    const token = await linkFor(ann.email)
    await kit.database.query(`update accounts set suspended_at = app_now() where id = $1`, [ann.id])
    expect((await reset(token)).status).toBe(410)
    await ask(ann.email)
    await kit.settle()
    expect(mailsTo(ann.email)).toHaveLength(1)
  })
})
