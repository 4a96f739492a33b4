import { describe, expect, test } from 'vitest'
import { openKit } from '../../../test/kit/kit.ts'
import { beginOrganizing, createAdmin, findAccount, grantRole, signUp } from '#accounts'
import { actorOf, logIn } from '#accounts/sessions'
import { actingAs, type Actor } from '#kernel/ctx'
import { Forbidden, NotFound, SignInRequired } from '#kernel/problem'
import { AdminStays, EmailTaken, UsernameTaken } from './problems.ts'

const system: Actor = { kind: 'system', name: 'test' }
const password = 'correct horse battery'
const ann = { username: 'Ann', email: 'ann@example.org', password }

const kit = await openKit()
const { ctx } = kit

describe('signing up', () => {
  test('opens an account for an attendee, as it was typed but for outer space', async () => {
    const account = await signUp(ctx, { ...ann, email: ' ann@Example.org ', firstName: ' Ann ', lastName: 'O’Neil' })
    expect(account).toMatchObject({
      username: 'Ann',
      email: 'ann@Example.org',
      first_name: 'Ann',
      last_name: 'O’Neil',
      role: 'attendee',
    })
    expect(account).not.toHaveProperty('password_hash')
    const facts = await ctx.db
      .selectFrom('facts')
      .select(['kind', 'data'])
      .where('kind', '=', 'account.created')
      .execute()
    expect(facts).toEqual([{ kind: 'account.created', data: { accountId: account.id } }])
  })

  test.each(['ann', 'ANN', ' Ann ', 'Ａｎｎ'])('the username %j is Ann’s already', async (username) => {
    await expect(signUp(ctx, { ...ann, username, email: 'other@example.org' })).rejects.toMatchObject({
      type: UsernameTaken,
    })
  })

  test.each(['ANN@EXAMPLE.ORG', ' ann@example.org', 'ａnn@example.org'])(
    'the address %j is Ann’s already, and the program’s operator is told so',
    async (email) => {
      await expect(signUp(kit.as('system'), { ...ann, username: 'other', email })).rejects.toMatchObject({
        type: EmailTaken,
      })
    },
  )

  test.each([
    ['somebody’s', 'ann@example.org'],
    ['nobody’s', 'nobody@example.org'],
  ])('an address that is %s is no username for who has another', async (_, username) => {
    await expect(signUp(ctx, { ...ann, username, email: 'eve@example.org' })).rejects.toMatchObject({
      extensions: { errors: [{ pointer: '/username' }] },
    })
  })

  test('one’s own address is a good username', async () => {
    const bob = { ...ann, username: 'bob@example.org', email: 'Bob@example.org' }
    expect(await signUp(ctx, bob)).toMatchObject({ username: 'bob@example.org' })
    const again = await signUp(ctx, bob) // and who takes it again is told as little as of the address
    await expect(findAccount(ctx, again.id)).rejects.toMatchObject({ type: NotFound })
  })

  test('of twenty at once with one address exactly one has it, and none can tell', async () => {
    const spellings = ['race@example.org', 'Race@example.org', ' RACE@EXAMPLE.ORG ']
    const attempts = Array.from({ length: 20 }, (_, i) =>
      signUp(ctx, { ...ann, username: `racer${i}`, email: spellings[i % 3]! }),
    )
    const outcomes = await Promise.allSettled(attempts)
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20)
    const there = await ctx.db.selectFrom('accounts').select('id').where('email_key', '=', 'race@example.org').execute()
    expect(there).toHaveLength(1)
  })

  test.each([
    ['a b', '/username'],
    ['', '/username'],
    ['<b>', '/username'],
    ['a\u0000', '/username'],
    ['x'.repeat(151), '/username'],
  ])('the username %j is refused', async (username, pointer) => {
    await expect(signUp(ctx, { ...ann, username })).rejects.toMatchObject({ extensions: { errors: [{ pointer }] } })
  })

  test.each(['jo.doe_1+x@home', '名前', 'Ünal', '___', 'x'.repeat(150)])(
    'the username %j will do',
    async (username) => {
      const email = `${crypto.randomUUID()}@example.org`
      expect(await signUp(ctx, { ...ann, username, email })).toMatchObject({ username, email })
    },
  )

  test.each([
    'ann',
    'ann@',
    '@x.org',
    'a@b',
    'a@b\r\nBcc: x@y.org',
    '"<script>"@x.y',
    'a..b@x.org',
    '.a@x.org',
    'a@-x.org',
    'a@127.0.0.1',
    'a b@x.org',
    'a@x.org,b@x.org',
    `${'a'.repeat(250)}@x.org`,
  ])('the address %j is refused', async (email) => {
    await expect(signUp(ctx, { ...ann, email })).rejects.toMatchObject({
      extensions: { errors: [{ pointer: '/email' }] },
    })
  })

  test.each(["o'neil+tag@mail.example.co.uk", 'jörg@bücher.example', 'x@xn--bcher-kva.example'])(
    'the address %j will do',
    async (email) => {
      expect(await signUp(ctx, { ...ann, username: `u${crypto.randomUUID()}`, email })).toMatchObject({ email })
    },
  )

  test.each([
    'seven77',
    'x'.repeat(129),
    ' '.repeat(10),
    'password123',
    'Password123',
    'P@ssw0rd!',
    'dragonfly1987',
    '!!superman!!',
    'abababab',
    'new-user',
    'NEW-USER',
    'new-user@example.org',
  ])('the password %j is refused', async (password) => {
    const person = { username: 'new-user', email: 'new-user@example.org', password }
    await expect(signUp(ctx, person)).rejects.toMatchObject({ extensions: { errors: [{ pointer: '/password' }] } })
  })

  test('everything that is wrong is said at once', async () => {
    const attempt = signUp(ctx, {
      username: '?',
      email: '?',
      password: '?',
      firstName: 'a\nb',
      lastName: 'x'.repeat(151),
    })
    const pointers = await attempt.catch((error) =>
      error.extensions.errors.map((each: { pointer: string }) => each.pointer),
    )
    expect(pointers).toEqual(['/username', '/email', '/password', '/firstName', '/lastName'])
  })
})

describe('organizers', () => {
  const closed = () => ({ ...ctx, config: { ...ctx.config, openOrganizerSignup: false } })

  test('whoever wants to organize may at once where sign-up is open for it', async () => {
    const open = { ...ctx, config: { ...ctx.config, openOrganizerSignup: true } }
    const account = await signUp(open, { username: 'org1', email: 'org1@example.org', password, organizer: true })
    expect(account).toMatchObject({ role: 'organizer', wants_to_organize_at: null })
  })

  test('otherwise the wish is kept until an admin answers it', async () => {
    const wishing = await signUp(closed(), { username: 'org2', email: 'org2@example.org', password, organizer: true })
    expect(wishing).toMatchObject({ role: 'attendee', wants_to_organize_at: expect.any(Date) })
    const granted = await grantRole(actingAs(ctx, system), wishing.id, 'organizer')
    expect(granted).toMatchObject({ role: 'organizer', wants_to_organize_at: null })
  })

  test('begins with the first event where that is open, and is asked for once where it is not', async () => {
    const account = await signUp(ctx, { username: 'org5', email: 'org5@example.org', password })
    const as = actingAs(ctx, { kind: 'account', id: account.id, role: 'attendee', sessionId: '' })
    await expect(beginOrganizing({ ...as, config: closed().config })).rejects.toMatchObject({ type: Forbidden })
    const { wants_to_organize_at: asked, role } = await findAccount(ctx, account.id)
    expect([role, asked]).toEqual(['attendee', expect.any(Date)])
    await expect(beginOrganizing({ ...as, config: closed().config })).rejects.toMatchObject({ type: Forbidden })
    expect((await findAccount(ctx, account.id)).wants_to_organize_at).toEqual(asked)
    const { actor } = await beginOrganizing(as)
    expect(actor).toMatchObject({ id: account.id, role: 'organizer' })
    expect(await findAccount(ctx, account.id)).toMatchObject({ role: 'organizer', wants_to_organize_at: null })
    await expect(beginOrganizing(ctx)).rejects.toMatchObject({ type: SignInRequired })
    const granted = ctx.db.selectFrom('facts').select('data').where('kind', '=', 'account.role-granted')
    await beginOrganizing(as)
    const facts = (await granted.execute()).filter(
      ({ data }) => (data as { accountId: string }).accountId === account.id,
    )
    expect(facts).toEqual([{ data: { accountId: account.id, role: 'organizer' } }])
  })

  test('a role that is granted or taken counts from the next request', async () => {
    const account = await signUp(ctx, { username: 'org3', email: 'org3@example.org', password })
    const { accessToken } = await logIn(ctx, { username: 'org3', password, kind: 'rotating' })
    expect(await actorOf(ctx, { bearer: accessToken })).toMatchObject({ role: 'attendee' })
    await grantRole(actingAs(ctx, system), account.id, 'organizer')
    expect(await actorOf(ctx, { bearer: accessToken })).toMatchObject({ role: 'organizer' })
    await grantRole(actingAs(ctx, system), account.id, 'attendee')
    expect(await actorOf(ctx, { bearer: accessToken })).toMatchObject({ role: 'attendee' })
  })

  test('only admins grant roles', async () => {
    const account = await signUp(ctx, { username: 'org4', email: 'org4@example.org', password })
    const as = (role: 'attendee' | 'organizer') =>
      actingAs(ctx, { kind: 'account', id: account.id, role, sessionId: '' })
    await expect(grantRole(ctx, account.id, 'organizer')).rejects.toMatchObject({ type: SignInRequired })
    await expect(grantRole(as('attendee'), account.id, 'organizer')).rejects.toMatchObject({ type: Forbidden })
    await expect(grantRole(as('organizer'), account.id, 'organizer')).rejects.toMatchObject({ type: Forbidden })
    await expect(grantRole(actingAs(ctx, system), crypto.randomUUID(), 'organizer')).rejects.toMatchObject({
      type: NotFound,
    })
    expect(await findAccount(ctx, account.id)).toMatchObject({ role: 'attendee' })
  })
})

describe('admins', () => {
  test('are made by the program alone, and never out of an existing account', async () => {
    const root = { username: 'root', email: 'root@example.org', password }
    await expect(createAdmin(ctx, root)).rejects.toMatchObject({ type: SignInRequired })
    expect(await createAdmin(actingAs(ctx, system), root)).toMatchObject({ role: 'admin' })
    await expect(createAdmin(actingAs(ctx, system), { ...root, username: 'root2' })).rejects.toMatchObject({
      type: EmailTaken,
    })
  })

  test('are not demoted by a role grant', async () => {
    const admin = await createAdmin(actingAs(ctx, system), { username: 'root3', email: 'root3@example.org', password })
    await expect(grantRole(actingAs(ctx, system), admin.id, 'attendee')).rejects.toMatchObject({ type: AdminStays })
  })
})
