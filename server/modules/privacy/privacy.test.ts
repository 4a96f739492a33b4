import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as events from '#events'
import { invite } from '#events/invitations/invitations'
import { newId } from '#kernel/ids'
import * as registrations from '#registrations'
import { guestToken } from '#registrations/guest-links'
import { aCategory, aGuest, anAccount, anEvent, aRegistration, openKit, PASSWORD } from '../../../test/kit/kit.ts'
import type { MadeAccount } from '../../../test/kit/factories.ts'
import { aForm, aPicture } from '../../../test/kit/pictures.ts'

const kit = await openKit()
const all = (text: string, values: unknown[] = []) => kit.database.query(text, values).then(({ rows }) => rows)
const one = async (text: string, values: unknown[] = []) => (await all(text, values))[0]!
const tokenOf = (registrationId: string) => guestToken(kit.ctx.config, registrationId)

/** Asks for the deletion as the account itself. */
async function leave(account: MadeAccount, password = PASSWORD) {
  return kit.call('PUT', '/me/erasure', { payload: { password }, headers: await kit.signIn(account) })
}

/** In which tables and files this text is still to be found. */
async function whereIs(text: string): Promise<string[]> {
  const tables = await all(
    `select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await all(`select 1 from ${String(name)} t where strpos(lower(t::text), lower($1)) > 0 limit 1`, [
      text,
    ])
    if (rows.length > 0) found.push(String(name))
  }
  const folder = join(kit.ctx.config.dataDir, 'files')
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    if (file.isFile() && (await readFile(join(file.parentPath, file.name))).includes(text)) found.push(file.name)
  return found
}

/** How many rows each table has that are this account's, or whose organizer it is. */
async function rowsOf(accountId: string): Promise<Record<string, number>> {
  const columns = await all(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and (column_name = 'account_id' or table_name = 'series' and column_name = 'organizer_id')`,
  )
  const found: Record<string, number> = {}
  for (const { table, column } of columns) {
    const { rows } = await one(`select count(*)::int as rows from ${String(table)} where ${String(column)} = $1`, [
      accountId,
    ])
    found[String(table)] = Number(rows)
  }
  return found
}

/** Writes a row as it is. */
async function put(table: string, fields: object): Promise<void> {
  const columns = Object.keys(fields).join(', ')
  await all(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1::jsonb)`,
    [JSON.stringify(fields)],
  )
}

const CANARY = 'zzcanaryzz'
let made = 0

/** Somebody who has done everything here that leaves words. */
async function aLife() {
  const n = ++made
  const word = `${CANARY}${n}`
  const ann = await anAccount(kit.ctx, {
    username: `${word}.user`,
    email: `${word}@mail.example`,
    firstName: `${word}-first`,
    lastName: `${word}-last`,
    role: 'organizer',
  })
  const headers = { ...(await kit.signIn(ann)), 'user-agent': `${word}/1.0` }
  const past = await anEvent(kit.ctx, { capacity: 5 })
  const kept = await registrations.register(kit.as(ann), past.id, { accountId: ann.id })
  await kit.call('PUT', `/registrations/${kept.id}/visibility`, { headers, payload: { visibleToAttendees: true } })
  await kit.database.query(`update events set starts_at = app_now() - interval '3 hours', ends_at = app_now() - interval '1 hour' where id = $1`, [past.id]) // prettier-ignore
  const review = await kit.call('POST', `/events/${past.id}/reviews`, { headers: { ...headers, 'idempotency-key': `review-${n}` }, payload: { rating: 4, comment: `${word} liked it` } }) // prettier-ignore
  expect(review.status).toBe(201)
  const other = await anAccount(kit.ctx)
  await kit.call('PUT', `/reviews/${review.body.id}/report`, { headers: await kit.signIn(other), payload: { reason: `${word} again` } }) // prettier-ignore

  const coming = await anEvent(kit.ctx, { capacity: 1 })
  const asked = await kit.call('POST', `/events/${coming.id}/registrations`, { headers: { ...headers, 'idempotency-key': word }, payload: {} }) // prettier-ignore
  expect(asked.status).toBe(201)
  const next = await aRegistration(kit.ctx, coming.id)
  const liked = await anEvent(kit.ctx)
  await kit.call('PUT', `/events/${liked.id}/interest`, { headers })
  await invite(kit.as(liked.organizer), liked.id, [ann.email])
  const draft = await anEvent(kit.ctx, { organizer: ann, draft: true, title: `${word} at home`, description: word })
  const held = await anEvent(kit.ctx, { organizer: ann, title: 'A past evening' })
  await kit.database.query(`update events set starts_at = app_now() - interval '3 hours', ends_at = app_now() - interval '1 hour' where id = $1`, [held.id]) // prettier-ignore
  const form = aForm({ name: 'picture', value: await aPicture(), filename: 'me.jpg' })
  expect((await kit.call('PUT', '/me/picture', { payload: form.payload, headers: { ...headers, ...form.headers } })).status).toBe(200) // prettier-ignore
  await kit.settle()
  return { word, ann, headers, past, kept, review: review.body, coming, mine: asked.body, next, liked, draft, held }
}

describe('deleting an account', () => {
  // S37
  test('leaves nothing of the person in any table or file, and what others count on stays right', async () => {
    const life = await aLife()
    const { ann, word, past, coming, mine, next, review, held, draft } = life
    expect((await whereIs(word)).sort()).toEqual(
      expect.arrayContaining(['public.accounts', 'public.events', 'public.idempotency_keys', 'public.notifications', 'public.registrations', 'public.reviews']), // prettier-ignore
    )
    expect((await all('select id from files where account_id = $1', [ann.id])).length).toBe(1)
    const before = kit.mails.length

    const { status, headers } = await leave(ann)
    expect(status).toBe(204)
    expect(headers['set-cookie']).toContain('Expires=Thu, 01 Jan 1970')
    expect(await whereIs(word)).toEqual([])
    await kit.settle() // nor does it come back with what happens later
    expect(await whereIs(word)).toEqual([])
    expect(await all('select id from files where account_id = $1 or id = any($2)', [ann.id, []])).toEqual([])
    expect(kit.mails.slice(before).map(({ to }) => to.address)).toEqual([next.email])

    expect(await one('select taken, waiting from seat_pools where event_id = $1', [past.id])).toEqual({ taken: 1, waiting: 0 }) // prettier-ignore
    expect(await one('select taken, waiting from seat_pools where event_id = $1', [coming.id])).toEqual({ taken: 1, waiting: 0 }) // prettier-ignore
    expect(await one('select status, name from registrations where id = $1', [mine.id])).toEqual({ status: 'cancelled', name: 'Deleted person' }) // prettier-ignore
    expect((await one('select status from registrations where id = $1', [next.id])).status).toBe('going')
    const reviews = (await kit.call('GET', `/events/${past.id}/reviews`)).body
    expect(reviews).toMatchObject({ average: 4, count: 1, items: [{ id: review.id, author: null, comment: '' }] })
    expect((await kit.call('GET', `/events/${held.id}`)).body).toMatchObject({ title: 'A past evening' })
    expect(await all('select id from events where id = $1', [draft.id])).toEqual([])
    const facts = await all(`select data from facts where kind = 'account.erased' and actor->>'id' = $1`, [ann.id])
    expect(facts).toEqual([{ data: { accountId: ann.id } }])
  })

  // reliability S37
  test('takes the rows with it that say something of nobody else, in every table there is', async () => {
    const { ann, headers, word, liked, review } = await aLife()
    const [id, day] = [newId(), new Date(kit.ctx.now().getTime() + 86_400_000)]
    const words = { email: `${word}@link.example`, email_key: `${word}@link.example` }
    const inSeries = { rule: 'FREQ=DAILY', starts_local: '2030-01-01T10:00', minutes: 60, zone: 'UTC' }
    const template = { title: word }
    await put('second_factors', { account_id: ann.id, secret: word, confirmed_at: kit.ctx.now() })
    await put('recovery_codes', { account_id: ann.id, code_hash: word })
    await put('identities', { id, account_id: ann.id, provider: 'any', issuer: 'any', subject: word, shown_as: word })
    await put('challenges', { id, account_id: ann.id, kind: 'web', user_agent: word, expires_at: day })
    await put('api_keys', { id, account_id: ann.id, name: word, key_hash: word, scopes: ['any'], expires_at: day })
    await put('known_places', { account_id: ann.id, place: word })
    await put('account_links', { id, account_id: ann.id, purpose: 'verify-email', ...words, expires_at: day })
    await put('phone_codes', { id, account_id: ann.id, phone: word, expires_at: day })
    await put('mail_requests', { id, account_id: ann.id, kind: 'change-email', email: words.email })
    await put('favourite_categories', { account_id: ann.id, category_id: (await aCategory(kit.ctx)).id })
    await put('accepted_terms', { account_id: ann.id, version: word })
    await put('calendar_links', { account_id: ann.id, generation: 2 })
    await put('push_subscriptions', { id, account_id: ann.id, endpoint: `https://${word}`, p256dh: 'x', auth: 'x' })
    await put('subscriptions', { id, account_id: ann.id, event_id: liked.id })
    await put('team_members', { account_id: ann.id, event_id: liked.id, role: 'check-in' })
    await put('team_invitations', { id, account_id: ann.id, event_id: liked.id, role: 'owner', expires_at: day })
    await put('series', { id, organizer_id: ann.id, ...inSeries, template })
    await put('series', { id: newId(), organizer_id: ann.id, ...inSeries, template: {}, published_at: kit.ctx.now() })
    await put('review_reports', { review_id: review.id, account_id: ann.id, reason: word })
    await kit.database.query('update sessions set user_agent = $2 where account_id = $1', [ann.id, word])
    const before = await rowsOf(ann.id)
    expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]) // a new table wants a row here

    expect((await kit.call('PUT', '/me/erasure', { payload: { password: PASSWORD }, headers })).status).toBe(204)
    // That there was a message stays; what it said does not.
    const left = { notifications: before.notifications, series: 1 }
    expect(await rowsOf(ann.id)).toEqual({
      ...Object.fromEntries(Object.keys(before).map((name) => [name, 0])),
      ...left,
    })
    expect(await whereIs(word)).toEqual([])
    expect(await all('select id from series where organizer_id = $1 and ended_at is null', [ann.id])).toEqual([])
  })

  test('ends every session at once, and the name and the address are free again', async () => {
    const ann = await anAccount(kit.ctx, { username: 'leaver', email: 'leaver@example.org' })
    const [phone, desk] = [await kit.signIn(ann), await kit.signIn(ann)]
    expect((await kit.call('PUT', '/me/erasure', { payload: { password: PASSWORD }, headers: phone })).status).toBe(204)
    for (const headers of [phone, desk]) expect((await kit.call('GET', '/me', { headers })).status).toBe(401)
    expect((await kit.call('POST', '/sessions', { payload: { username: 'leaver', password: PASSWORD } })).status).toBe(401) // prettier-ignore
    const again = { username: 'leaver', email: 'leaver@example.org', password: 'somebody else entirely' }
    const { status, body } = await kit.call('POST', '/accounts', { payload: again })
    expect(status).toBe(201)
    expect(body.id).not.toBe(ann.id)
    expect((await kit.call('GET', '/me/registrations', { headers: await kit.signIn(await anAccount(kit.ctx)) })).status).toBe(200) // prettier-ignore
  })

  test('needs the password', async () => {
    const ann = await anAccount(kit.ctx)
    expect(await leave(ann, 'not my password')).toMatchObject({ status: 403, body: { type: '/problems/accounts/wrong-password' } }) // prettier-ignore
    expect((await kit.call('PUT', '/me/erasure', { payload: {}, headers: await kit.signIn(ann) })).status).toBe(422)
    expect((await kit.call('PUT', '/me/erasure', { payload: { password: PASSWORD } })).status).toBe(401)
    expect((await one('select erased_at from accounts where id = $1', [ann.id])).erased_at).toBe(null)
  })

  test('waits until nobody needs the person: the events are named, and one that is cancelled is no reason', async () => {
    const olga = await anAccount(kit.ctx, { role: 'organizer' })
    const first = await anEvent(kit.ctx, { organizer: olga, title: 'First' })
    const second = await anEvent(kit.ctx, { organizer: olga, title: 'Second', startsInHours: 200 })
    await anEvent(kit.ctx, { organizer: olga, draft: true })
    const refused = await leave(olga)
    expect(refused).toMatchObject({
      status: 409,
      body: {
        type: '/problems/privacy/still-needed',
        events: [
          { id: first.id, title: 'First', startsAt: first.startsAt },
          { id: second.id, title: 'Second' },
        ],
      },
    })
    await events.cancel(kit.as(olga), first.id)
    await events.remove(kit.as(olga), second.id)
    expect((await leave(olga)).status).toBe(204)
  })

  test('is not for the last admin', async () => {
    const [ada, bea] = [await anAccount(kit.ctx, { role: 'admin' }), await anAccount(kit.ctx, { role: 'admin' })]
    await kit.database.query('update accounts set suspended_at = app_now() where id = $1', [bea.id])
    expect(await leave(ada)).toMatchObject({ status: 409, body: { type: '/problems/accounts/last-admin' } })
    await kit.database.query('update accounts set suspended_at = null where id = $1', [bea.id])
    expect((await leave(ada)).status).toBe(204)
    expect(await leave(bea)).toMatchObject({ status: 409 })
  })

  test('keeps the seat of who has come in already, without a name', async () => {
    const ann = await anAccount(kit.ctx)
    const event = await anEvent(kit.ctx, { capacity: 3, startsInHours: 1 })
    const { id } = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    const door = await kit.call('POST', `/events/${event.id}/check-ins`, { payload: { registrationId: id }, headers: await kit.signIn(event.organizer) }) // prettier-ignore
    expect(door.status).toBe(201)
    expect((await leave(ann)).status).toBe(204)
    expect(await one('select status, name from registrations where id = $1', [id])).toEqual({ status: 'going', name: 'Deleted person' }) // prettier-ignore
    expect((await one('select taken from seat_pools where event_id = $1', [event.id])).taken).toBe(1)
  })

  test('takes nothing from a guest who was written to at the same address: anybody can open an account with it', async () => {
    await kit.settle()
    const event = await anEvent(kit.ctx)
    const guest = await aRegistration(kit.ctx, event.id, { name: 'Gus', email: 'gus@example.org' })
    const thief = await anAccount(kit.ctx, { email: 'gus@example.org' })
    expect((await leave(thief)).status).toBe(204)
    const before = kit.mails.length
    await kit.settle()
    expect(kit.mails.slice(before).map(({ to }) => to.address)).toEqual(['gus@example.org'])
    expect((await kit.call('GET', `/guest-links/${tokenOf(guest.id)}`)).body).toMatchObject({ name: 'Gus' })
  })

  test('a message that waited for its next attempt never leaves', async () => {
    const ann = await anAccount(kit.ctx)
    const event = await anEvent(kit.ctx)
    const { id } = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    await kit.settle()
    await kit.database.query(`update notifications set sent_at = null, attempts = 1, due_at = app_now() + interval '1 minute' where payload->>'registrationId' = $1`, [id]) // prettier-ignore
    expect((await leave(ann)).status).toBe(204)
    const before = kit.mails.length
    await kit.clock.advance({ hours: 1 })
    await kit.settle()
    expect(kit.mails.length).toBe(before)
  })
})

describe('the database itself', () => {
  test('lets nobody register in the name of an account that is gone, and no name come back', async () => {
    const ann = await anAccount(kit.ctx)
    const event = await anEvent(kit.ctx)
    expect((await leave(ann)).status).toBe(204)
    await expect(
      all(`insert into registrations (id, event_id, account_id, name, email, email_key, status) values (gen_random_uuid(), $1, $2, 'Ann', 'a@b.example', 'a@b.example', 'going')`, [event.id, ann.id]), // prettier-ignore
    ).rejects.toMatchObject({ constraint: 'registrations_of_a_live_account' })
    await expect(all(`update accounts set first_name = 'Ann' where id = $1`, [ann.id])).rejects.toMatchObject({ constraint: 'accounts_erased_is_blank' }) // prettier-ignore
    await expect(registrations.register(kit.as(ann), event.id, { accountId: ann.id })).rejects.toMatchObject({ slug: 'not-found' }) // prettier-ignore
  })
})

describe('a guest', () => {
  test('deletes name and address by the link in their mail, and the place goes down the line', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1, visibility: 'private' })
    await invite(kit.as(event.organizer), event.id, ['zzguestzz@example.org'])
    const guest = await registrations.register(kit.as(event.organizer), event.id, { name: 'zzguestzz Gina', email: 'zzguestzz@example.org' }) // prettier-ignore
    const next = await registrations.register(kit.as(event.organizer), event.id, aGuest())
    await kit.settle()
    const link = `/guest-links/${tokenOf(guest.id)}`
    expect((await kit.call('DELETE', link)).status).toBe(204)
    await kit.settle()
    expect(await whereIs('zzguestzz')).toEqual([])
    expect((await one('select status from registrations where id = $1', [next.id])).status).toBe('going')
    expect((await kit.call('GET', link)).status).toBe(404)
    expect((await kit.call('DELETE', link)).status).toBe(404)
    expect(await kit.call('DELETE', '/guest-links/nonsense')).toMatchObject({ status: 404, body: { type: '/problems/registrations/link-invalid' } }) // prettier-ignore
  })

  test('takes along that registration and what was written about it, and nothing of others', async () => {
    const event = await anEvent(kit.ctx, { title: 'Taken along' })
    const guest = await aRegistration(kit.ctx, event.id, { name: 'Gerd', email: 'gerd@example.org' })
    const other = await anEvent(kit.ctx)
    await aRegistration(kit.ctx, other.id, { name: 'Gerd', email: 'gerd@example.org' })
    await kit.settle()
    const { status, body, headers } = await kit.call('GET', `/guest-links/${tokenOf(guest.id)}/data`)
    expect(status).toBe(200)
    expect(headers['content-disposition']).toContain('attachment')
    expect(body.registrations).toMatchObject([{ id: guest.id, name: 'Gerd', event: { title: 'Taken along' } }])
    expect(body.messages).toMatchObject([{ topic: 'confirmed', to: 'gerd@example.org' }])
    expect(JSON.stringify(body)).not.toContain(tokenOf(guest.id))
    expect((await kit.call('GET', '/guest-links/nonsense/data')).status).toBe(404)
  })
})

describe('my data', () => {
  test('is everything that is kept of me, without a secret, and nothing of anybody else', async () => {
    const { word, ann, headers, kept, mine, review, liked, draft, held } = await aLife()
    await aLife() // somebody else's
    const { status, body, headers: head } = await kit.call('GET', '/me/data', { headers })
    expect(status).toBe(200)
    expect(head['content-type']).toContain('application/json')
    expect(head['cache-control']).toBe('no-store')
    expect(body.account).toMatchObject({ id: ann.id, username: ann.username, email: ann.email })
    expect(body.sessions.length).toBeGreaterThan(0)
    expect(ids(body.registrations)).toEqual([kept.id, mine.id].sort())
    expect(body.tickets.map((each: { registrationId: string }) => each.registrationId).sort()).toEqual([kept.id, mine.id].sort()) // prettier-ignore
    expect(body.interests).toMatchObject([{ event: { id: liked.id } }])
    expect(body.reviews).toMatchObject([{ id: review.id, comment: `${word} liked it`, rating: 4 }])
    expect(body.invitations).toMatchObject([{ email: ann.email }])
    expect(ids(body.events)).toEqual([draft.id, held.id].sort())
    expect(body.messages.length).toBeGreaterThan(0)
    expect(body.pictures[0].addresses[0]).toMatch(/^http:\/\/localhost:8000\/files\/[0-9a-f]{32}\/\d+\.webp$/)
    expect((await kit.app.inject(new URL(body.pictures[0].addresses[0]).pathname)).statusCode).toBe(200)
    expect(body.facts.map((each: { kind: string }) => each.kind)).toContain('session.opened')
    const text = JSON.stringify(body)
    for (const { password_hash: secret } of await all('select password_hash from accounts limit 1')) expect(text).not.toContain(secret) // prettier-ignore
    expect(text.match(new RegExp(`${CANARY}\\d+`, 'g'))!.every((each) => each === word)).toBe(true)
    expect((await kit.call('GET', '/me/data')).status).toBe(401)
  })

  test('is read in pieces, so that there may be any number', async () => {
    const ann = await anAccount(kit.ctx)
    await all(`insert into facts (kind, data, actor, delivered_at) select 'account.picture-changed', jsonb_build_object('accountId', $1::text), '{"kind":"system","name":"test"}', app_now() from generate_series(1, 1234)`, [ann.id]) // prettier-ignore
    const { body } = await kit.call('GET', '/me/data', { headers: await kit.signIn(ann) })
    const found = body.facts.filter((each: { kind: string }) => each.kind === 'account.picture-changed')
    expect(new Set(found.map((each: { id: number }) => each.id)).size).toBe(1234)
  })
})

function ids(rows: { id: string }[]): string[] {
  return rows.map(({ id }) => id).sort()
}
