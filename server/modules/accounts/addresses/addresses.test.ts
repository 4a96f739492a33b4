import { describe, expect, test } from 'vitest'
import { aGuest, anAccount, anEvent, openKit, PASSWORD } from '../../../../test/kit/kit.ts'
import { findAccount, signUp } from '#accounts'
import { EmailNotVerified, LinkSpent } from '#accounts/problems'
import { publish } from '#events'
import { linkToken } from '#kernel/links'
import { isId } from '#kernel/ids'
import { register } from '#registrations'
import { forgetLinks } from './account-links.ts'

const kit = await openKit()
const { ctx } = kit
let nth = 0

const mailsTo = (address: string) => kit.mails.filter(({ to }) => to.address === address)
const tokenIn = (text: string) => /\/(?:verify|reset)\/(\S+)/.exec(text)![1]!
const isVerified = async (id: string) => (await findAccount(ctx, id)).email_verified_at !== null
const confirm = (token: string) => kit.call('POST', '/email-verifications', { payload: { token } })
const resend = (email: string) => kit.call('POST', '/email-verification-requests', { payload: { email } })
async function signedUp() {
  nth++
  const email = `new${nth}@example.org`
  const account = await signUp(ctx, { username: `new${nth}`, email, password: PASSWORD, firstName: 'www.evil.example' })
  await kit.settle()
  const [mail] = mailsTo(email)
  return { account, mail: mail!, token: tokenIn(mail!.text) }
}

describe('a new account’s address', () => {
  test('is asked about by mail, and confirmed by sending what the link ends in', async () => {
    const { account, mail, token } = await signedUp()
    expect(mail).toMatchObject({ subject: 'Is this your address?', to: { name: '' } })
    expect(mail.text + mail.html).not.toContain('evil') // who typed the address does not write to its owner
    expect(mail.text).toContain(`http://localhost:8000/verify/${token}`)

    expect((await kit.call('GET', `/me`, { headers: await kit.signIn(account) })).body.emailVerified).toBe(false)
    expect(await confirm(token)).toMatchObject({ status: 204 })
    expect((await kit.call('GET', `/me`, { headers: await kit.signIn(account) })).body.emailVerified).toBe(true)
  })

  test('is not confirmed by looking at the link', async () => {
    const { account, token } = await signedUp()
    for (const url of [`/verify/${token}`, `/api/v1/email-verifications?token=${token}`, `/api/v1/email-verifications`])
      await kit.app.inject({ method: 'GET', url })
    expect(await isVerified(account.id)).toBe(false)
  })

  test('is confirmed by a link once, within a day, and not when it is made up or for another purpose', async () => {
    const { account, token } = await signedUp()
    const { id } = await ctx.db
      .selectFrom('account_links')
      .select('id')
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow()
    const bad = [linkToken(ctx.config, 'reset-password', id), linkToken(ctx.config, 'change-email', id), `${id}.x`, id]
    for (const other of [...bad, 'x'])
      expect(await confirm(other)).toMatchObject({ status: 410, body: { type: '/problems/accounts/link-spent' } })
    expect(await isVerified(account.id)).toBe(false)

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => confirm(token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410, 410, 410, 410])

    const late = await signedUp()
    await kit.clock.advance({ hours: 24, seconds: 1 })
    expect(await confirm(late.token)).toMatchObject({ status: 410 })
    expect(await isVerified(late.account.id)).toBe(false)
  })

  test('leaves nothing in the database that could be followed', async () => {
    const { token } = await signedUp()
    const [id, signature] = token.split('.')
    expect(isId(id!)).toBe(true)
    for (const table of ['account_links', 'notifications', 'facts', 'mail_requests', 'accounts']) {
      const { rows } = await kit.database.query(`select * from ${table}`)
      expect(JSON.stringify(rows)).not.toContain(signature)
    }
  })

  test('is asked about again on demand, three times in an hour, and what is answered is the same for everybody', async () => {
    const { account, token } = await signedUp()
    const answers = []
    for (let i = 0; i < 4; i++) answers.push(await resend(account.email.toUpperCase()))
    answers.push(await resend('nobody@example.org'), await resend((await anAccount(ctx)).email))
    for (const { status, body } of answers) expect([status, body]).toEqual([202, {}])
    await kit.settle()
    expect(mailsTo(account.email)).toHaveLength(3)
    expect(mailsTo('nobody@example.org')).toHaveLength(0)
    expect(await confirm(token)).toMatchObject({ status: 204 }) // the first is as good as the last
    await kit.clock.advance({ hours: 1, seconds: 1 })
    await resend(account.email)
    await kit.settle()
    expect(mailsTo(account.email)).toHaveLength(3) // it is confirmed
    expect(await ctx.db.selectFrom('mail_requests').selectAll().execute()).toEqual([])
  })

  test.each(['ann', 'a@b\r\nBcc: x@y.org', '"<script>"@x.y'])('%j is no address to write to', async (email) => {
    expect(await resend(email)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/email' }] } })
  })

  test('is forgotten with its links when they have long expired', async () => {
    await signedUp()
    await forgetLinks(ctx)
    expect(await ctx.db.selectFrom('account_links').select('id').execute()).not.toHaveLength(0)
    await kit.clock.advance({ days: 32 })
    await forgetLinks(ctx)
    expect(await ctx.db.selectFrom('account_links').select('id').execute()).toHaveLength(0)
  })
})

test('who signs up with an address that has an account opens nothing, and its owner is written to', async () => {
  const owner = await anAccount(ctx, { firstName: 'Ann' })
  const payload = { username: 'impostor', email: owner.email.toUpperCase(), password: PASSWORD, firstName: 'Eve' }
  const pretended = await kit.call('POST', '/accounts', { payload })
  const opened = await kit.call('POST', '/accounts', { payload: { ...payload, email: 'eve@example.org' } })
  expect([pretended.status, opened.status]).toEqual([201, 201])
  expect(Object.keys(pretended.body)).toEqual(Object.keys(opened.body))
  const { id: _, number: first, email: __, createdAt: ___, ...told } = pretended.body
  expect(opened.body).toMatchObject(told)
  expect(opened.body.number).toBe(first + 1) // no gap either
  expect(isId(pretended.body.id)).toBe(true)

  const rows = await ctx.db.selectFrom('accounts').select('id').where('id', '=', pretended.body.id).execute()
  expect(rows).toEqual([])
  await kit.settle()
  const [mail, ...more] = mailsTo(owner.email)
  expect(more).toEqual([])
  expect(mail).toMatchObject({ subject: 'You have an account already', to: { name: 'Ann' } })
  expect(mail!.text + mail!.html).not.toMatch(/Eve|impostor/)
  const reset = { token: tokenIn(mail!.text), password: 'lighthouse in a storm' }
  expect(await kit.call('POST', '/password-resets', { payload: reset })).toMatchObject({ status: 204 })
})

describe('where addresses must be confirmed', async () => {
  const strict = await openKit({ REQUIRE_VERIFIED_EMAIL: 'true' })
  test('publishing and inviting wait for that, and say so', async () => {
    const newcomer = { username: 'fresh', email: 'fresh@example.org', password: PASSWORD, organizer: true }
    const account = await signUp(strict.ctx, newcomer)
    const headers = await strict.signIn(account) // which stands in nobody's way
    const event = await anEvent(strict.ctx, { organizer: account, draft: true })
    const refused = { status: 403, body: { type: '/problems/accounts/email-not-verified' } }
    const at = { at: new Date(Date.now() + 3_600_000).toISOString() }
    expect(await strict.call('PUT', `/events/${event.id}/publication`, { headers })).toMatchObject(refused)
    expect(await strict.call('PUT', `/events/${event.id}/publication`, { headers, payload: at })).toMatchObject(refused)
    const invite = { headers, payload: { emails: ['guest@example.org'] } }
    expect(await strict.call('POST', `/events/${event.id}/invitations`, invite)).toMatchObject(refused)

    await strict.settle()
    const token = tokenIn(strict.mails.find(({ to }) => to.address === newcomer.email)!.text)
    await strict.call('POST', '/email-verifications', { payload: { token } })
    expect((await strict.call('PUT', `/events/${event.id}/publication`, { headers })).status).toBeLessThan(300)
    expect(await strict.call('POST', `/events/${event.id}/invitations`, invite)).toMatchObject({ status: 201 })
  })

  test('so does helping to organize, and not standing at the door', async () => {
    const owner = await anAccount(strict.ctx, { role: 'organizer', email: 'asks@example.org' })
    const event = await anEvent(strict.ctx, { organizer: owner })
    const helper = await signUp(strict.ctx, { username: 'helps', email: 'helps@example.org', password: PASSWORD })
    const headers = await strict.signIn(helper)
    const asked = async (role: string) => {
      const payload = { username: 'helps', role }
      const { body } = await strict.call('POST', `/events/${event.id}/team/invitations`, {
        ...{ headers: await strict.signIn(owner), payload },
      })
      return strict.call('PUT', `/team-invitations/${body.id}/acceptance`, { headers })
    }
    expect(await asked('check-in')).toMatchObject({ status: 200, body: { state: 'accepted' } })
    const refused = await asked('co-organizer')
    expect(refused).toMatchObject({ status: 403, body: { type: '/problems/accounts/email-not-verified' } })
    await strict.settle()
    const token = tokenIn(
      strict.mails.find(({ to, text }) => to.address === helper.email && text.includes('/verify/'))!.text,
    )
    await strict.call('POST', '/email-verifications', { payload: { token } })
    expect(await asked('co-organizer')).toMatchObject({ status: 200, body: { state: 'accepted' } })
  })

  test('whom the program makes is confirmed', async () => {
    const made = await signUp(strict.as('system'), { username: 'made', email: 'made@example.org', password: PASSWORD })
    expect(made.email_verified_at).toBeInstanceOf(Date)
    await strict.settle()
    expect(strict.mails.filter(({ to }) => to.address === 'made@example.org')).toEqual([])
  })

  test('elsewhere nobody is asked', async () => {
    const { account } = await signedUp()
    await ctx.db.updateTable('accounts').set({ role: 'organizer' }).where('id', '=', account.id).execute()
    const event = await anEvent(ctx, { organizer: { ...account, role: 'organizer' }, draft: true })
    await publish(kit.as({ id: account.id, role: 'organizer' }), event.id)
    expect(EmailNotVerified().type.status).toBe(403)
  })
})

describe('changing the address', () => {
  const change = async (account: { username: string }, payload: { email: string }) =>
    kit.call('POST', '/me/email-changes', { headers: await kit.signIn(account), payload })

  test('takes effect when the new one is confirmed, and the old one is told', async () => {
    const ann = await anAccount(ctx, { firstName: 'Ann' })
    const event = await anEvent(ctx)
    await register(kit.as(ann), event.id, { accountId: ann.id })
    const email = `Ann.New${++nth}@example.org`
    expect(await change(ann, { email })).toMatchObject({ status: 202, body: {} })
    await kit.settle()
    expect((await findAccount(ctx, ann.id)).email).toBe(ann.email)
    const [mail] = mailsTo(email)
    expect(mail!.subject).toBe('Your new address')
    expect(await confirm(tokenIn(mail!.text))).toMatchObject({ status: 204 })
    expect(await findAccount(ctx, ann.id)).toMatchObject({ email, email_verified_at: expect.any(Date) })
    await kit.settle()
    expect(mailsTo(ann.email).map(({ subject }) => subject)).toContain('Your account has another address now')
    const written = await ctx.db.selectFrom('registrations').select('email').where('account_id', '=', ann.id).execute()
    expect(written).toEqual([{ email }]) // the next mail about it goes where they are
  })

  test('wants a proof from the last ten minutes that it is they', async () => {
    const ann = await anAccount(ctx)
    const headers = await kit.signIn(ann)
    const ask = () => kit.call('POST', '/me/email-changes', { headers, payload: { email: 'thief@example.org' } })
    await kit.clock.advance({ minutes: 11 })
    expect(await ask()).toMatchObject({
      status: 403,
      body: { type: '/problems/accounts/proof-required', needs: ['password'] },
    })
    await kit.settle()
    expect(mailsTo('thief@example.org')).toEqual([])
    await kit.call('POST', '/sessions/current/proof', { headers, payload: { password: PASSWORD } })
    expect(await ask()).toMatchObject({ status: 202 })
  })

  test('to another’s address answers the same, changes nothing, and its owner hears of it once a day', async () => {
    const [ann, bob] = [await anAccount(ctx), await anAccount(ctx)]
    for (let i = 0; i < 3; i++) expect(await change(ann, { email: bob.email })).toMatchObject({ status: 202, body: {} })
    await kit.settle()
    const mails = mailsTo(bob.email)
    expect(mails.map(({ subject }) => subject)).toEqual(['Somebody wanted to use your address'])
    expect(mails[0]!.text).not.toMatch(/verify|reset/)
    expect(mails[0]!.text).not.toContain(ann.email)
  })

  test('to one that somebody else has got meanwhile comes too late', async () => {
    const ann = await anAccount(ctx)
    const email = `contested${++nth}@example.org`
    await change(ann, { email })
    await kit.settle()
    const bob = await anAccount(ctx, { email })
    await expect(confirm(tokenIn(mailsTo(email)[0]!.text))).resolves.toMatchObject({ status: LinkSpent().type.status })
    expect((await findAccount(ctx, ann.id)).email).toBe(ann.email)
    expect((await findAccount(ctx, bob.id)).email).toBe(email)
  })

  test('takes along a username that is the address, and leaves a registration that would be there twice', async () => {
    const old = `self${++nth}@example.org`
    const ann = await anAccount(ctx, { email: old, username: old })
    const email = `moved${nth}@example.org`
    const event = await anEvent(ctx)
    await register(kit.as(ann), event.id, { accountId: ann.id })
    await register(ctx, event.id, { ...aGuest(), email })
    await change(ann, { email })
    await kit.settle()
    await confirm(tokenIn(mailsTo(email).find(({ subject }) => subject === 'Your new address')!.text))
    expect(await findAccount(ctx, ann.id)).toMatchObject({ email, username: email })
    const written = await ctx.db.selectFrom('registrations').select('email').where('account_id', '=', ann.id).execute()
    expect(written).toEqual([{ email: old }])
  })

  test('cannot be used to fill anybody’s mailbox', async () => {
    const [ann, bob, carl] = [await anAccount(ctx), await anAccount(ctx), await anAccount(ctx)]
    const email = `victim${++nth}@example.org`
    for (const person of [ann, bob, carl]) for (let i = 0; i < 3; i++) await change(person, { email })
    await kit.settle()
    expect(mailsTo(email)).toHaveLength(3)
    for (let i = 0; i < 10; i++) await change(ann, { email: `victim${nth}-${i}@example.org` })
    await kit.settle()
    expect(kit.mails.filter(({ to }) => to.address.startsWith(`victim${nth}-`)).length).toBeLessThanOrEqual(6)
  })
})
