import { beforeAll, describe, expect, test } from 'vitest'
import { anAccount, anEvent, openKit, PASSWORD } from '../../../../test/kit/kit.ts'
import type { MadeAccount } from '../../../../test/kit/factories.ts'
import { findAccount } from '#accounts'
import { logIn } from '#accounts/sessions'
import { actingAs } from '#kernel/ctx'
import { LastAdmin, NotYourself } from '#accounts/problems'
import { suspend } from './suspension.ts'

const kit = await openKit()
const { ctx } = kit
let root: MadeAccount
let headers: { authorization: string }
beforeAll(async () => {
  root = await anAccount(ctx, { username: 'root', role: 'admin' })
  headers = await kit.signIn(root)
})

const put = (id: string, payload: object = {}, by: object = headers) =>
  kit.call('PUT', `/accounts/${id}/suspension`, { headers: by as never, payload })
const lift = (id: string) => kit.call('DELETE', `/accounts/${id}/suspension`, { headers })
const list = async (query: string) => (await kit.call('GET', `/accounts?${query}`, { headers })).body
const usernames = async (query: string) => (await list(query)).items.map((each: MadeAccount) => each.username)

describe('suspending', () => {
  test('keeps somebody out of everything, until it is lifted', async () => {
    const ann = await anAccount(ctx, { role: 'organizer' })
    const [theirs, unused] = [await kit.signIn(ann), await kit.signIn(ann)]
    const [{ refreshToken }, { refreshToken: kept }] = [
      await logIn(ctx, { username: ann.username, password: PASSWORD, kind: 'rotating' }),
      await logIn(ctx, { username: ann.username, password: PASSWORD, kind: 'rotating' }),
    ]
    const { status, body } = await put(ann.id, { reason: ' Spam. ' })
    expect([status, body]).toMatchObject([200, { suspendedAt: expect.any(String), suspensionReason: 'Spam.' }])

    for (const path of ['/me', '/sessions', '/my/events', '/events'])
      expect((await kit.call('GET', path, { headers: theirs })).status, path).toBe(401)
    const credentials = { username: ann.username, password: PASSWORD }
    expect((await kit.call('POST', '/sessions', { payload: credentials })).status).toBe(401)
    expect((await kit.call('POST', '/web-sessions', { payload: credentials })).status).toBe(401)
    expect((await kit.call('POST', '/session-refreshes', { payload: { refreshToken } })).status).toBe(401)

    await kit.settle()
    const mail = kit.mails.find(({ to }) => to.address === ann.email)!
    expect(mail.subject).toBe('Your account was suspended')
    expect(mail.text).toContain('They wrote: Spam.')

    expect((await lift(ann.id)).body).toMatchObject({ suspendedAt: null, suspensionReason: null })
    expect((await lift(ann.id)).status).toBe(200)
    expect((await kit.call('POST', '/sessions', { payload: credentials })).status).toBe(201)
    // What was ended stays ended, also what nobody tried meanwhile.
    for (const headers of [theirs, unused]) expect((await kit.call('GET', '/me', { headers })).status).toBe(401)
    expect((await kit.call('POST', '/session-refreshes', { payload: { refreshToken: kept } })).status).toBe(401)
    await kit.settle()
    expect(kit.mails.filter(({ to }) => to.address === ann.email).at(-1)!.subject).toBe('You can log in again')
  })

  test('keeps the first time and reason when it is done again, and leaves what the account holds', async () => {
    const event = await anEvent(ctx)
    const first = await put(event.organizer.id, { reason: 'One.' })
    expect((await put(event.organizer.id, { reason: 'Two.' })).body).toEqual(first.body)
    expect((await kit.call('GET', `/events/${event.id}`)).status).toBe(200)
  })

  test('is for admins, of others, who exist', async () => {
    const ann = await anAccount(ctx, { role: 'organizer' })
    expect((await put(root.id, {}, {})).status).toBe(401)
    expect((await put(root.id, {}, await kit.signIn(ann))).status).toBe(403)
    expect(await put(root.id)).toMatchObject({ status: 409, body: { type: '/problems/accounts/not-yourself' } })
    expect((await put(crypto.randomUUID())).status).toBe(404)
    expect((await lift(crypto.randomUUID())).status).toBe(404)
    expect(NotYourself().type.status).toBe(409)
  })

  test('never takes the last admin: of two who suspend each other one stays', async () => {
    const kit = await openKit()
    const [one, two] = [await anAccount(kit.ctx, { role: 'admin' }), await anAccount(kit.ctx, { role: 'admin' })]
    const outcomes = await Promise.allSettled([suspend(kit.as(one), two.id), suspend(kit.as(two), one.id)])
    const refused = outcomes.filter((each) => each.status === 'rejected')
    expect(refused.map(({ reason }) => reason.type)).toEqual([LastAdmin])
    const left = await kit.ctx.db.selectFrom('accounts').select('id').where('suspended_at', 'is', null).execute()
    expect(left).toHaveLength(1)
    const system = actingAs(kit.ctx, { kind: 'system', name: 'test' })
    await expect(suspend(system, left[0]!.id)).rejects.toMatchObject({ type: LastAdmin })
  })
})

describe('the list of accounts', () => {
  test('is the newest first, by pages, with what admins need and no more', async () => {
    const made = []
    for (let i = 0; i < 5; i++) made.push((await anAccount(ctx, { username: `paged${i}` })).username)
    const first = await list('q=paged&limit=3')
    const rest = await list(`q=paged&limit=3&cursor=${first.nextCursor}`)
    expect([...first.items, ...rest.items].map((each: MadeAccount) => each.username)).toEqual(made.reverse())
    expect(rest.nextCursor).toBeNull()
    expect(Object.keys(first.items[0]).sort()).toEqual(
      [
        'id',
        'number',
        'username',
        'email',
        'emailVerified',
        'firstName',
        'lastName',
        'role',
        'wantsToOrganizeAt',
        'suspendedAt',
        'suspensionReason',
        'createdAt',
      ].sort(),
    )
    expect(JSON.stringify(first)).not.toMatch(/argon2|password/)
    const [account] = first.items
    expect((await kit.call('GET', `/accounts/${account.id}`, { headers })).body).toEqual(account)
    expect((await kit.call('GET', `/accounts/${crypto.randomUUID()}`, { headers })).status).toBe(404)
  })

  test('finds by name and address, and takes signs for what they are', async () => {
    const ann = await anAccount(ctx, {
      username: 'under_score',
      email: 'Percent%@example.org',
      firstName: 'Änne',
      lastName: 'Quist',
    })
    for (const q of ['UNDER_score', 'percent%@', 'änne quist', 'Quist'])
      expect(await usernames(`q=${encodeURIComponent(q)}`)).toEqual([ann.username])
    expect(await usernames('q=under-score')).toEqual([])
  })

  test('is filtered by role, suspension and who would like to organize', async () => {
    const bad = await anAccount(ctx, { username: 'filter-bad', role: 'organizer' })
    const wishing = await anAccount(ctx, { username: 'filter-wishing' })
    await kit.database.query('update accounts set wants_to_organize_at = app_now() where id = $1', [wishing.id])
    await put(bad.id)
    expect(await usernames('q=filter-&suspended=true')).toEqual(['filter-bad'])
    expect(await usernames('q=filter-&suspended=false')).toEqual(['filter-wishing'])
    expect(await usernames('q=filter-&role=organizer')).toEqual(['filter-bad'])
    expect(await usernames('q=filter-&wantsToOrganize=true')).toEqual(['filter-wishing'])
    expect(await usernames('role=admin')).toContain('root')
    expect((await kit.call('GET', '/accounts?role=king', { headers })).status).toBe(422)
  })

  test('is for admins', async () => {
    const organizer = await kit.signIn(await anAccount(ctx, { role: 'organizer' }))
    for (const path of ['/accounts', `/accounts/${root.id}`]) {
      expect((await kit.call('GET', path)).status).toBe(401)
      expect((await kit.call('GET', path, { headers: organizer })).status).toBe(403)
    }
  })
})

test('nobody is made an admin over HTTP, by themselves or by an admin', async () => {
  const ann = await anAccount(ctx)
  const theirs = await kit.signIn(ann)
  for (const by of [theirs, headers]) {
    expect(
      (await kit.call('PUT', `/accounts/${ann.id}/role`, { headers: by, payload: { role: 'admin' } })).status,
    ).not.toBe(200)
    expect((await kit.call('PATCH', '/me', { headers: by, payload: { role: 'admin' } })).status).toBe(422)
  }
  expect((await findAccount(ctx, ann.id)).role).toBe('attendee')
})
