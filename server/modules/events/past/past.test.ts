import { expect, test } from 'vitest'
import * as events from '#events'
import { aCategory, anAccount, anEvent, aVenue, openKit } from '../../../../test/kit/kit.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer', username: 'olga' })
const hers = await kit.signIn(organizer)
const theirs = await kit.signIn(await anAccount(kit.ctx))
const admin = await anAccount(kit.ctx, { role: 'admin', username: 'ada' })
const above = await kit.signIn(admin)
const history = async (id: string, query: Record<string, string> = {}) =>
  (await kit.call('GET', `/events/${id}/history`, { headers: hers, query })).body
const asOf = (id: string, version: number | string) =>
  kit.call('GET', `/events/${id}/history/${version}`, { headers: hers })
const send = (method: 'PATCH' | 'PUT' | 'DELETE', path: string, payload?: object, headers: object = hers) =>
  kit.call(method, `/events/${path}`, { payload, headers: headers as Record<string, string> })

// S0-41 S0-45
test('every change of an event is kept: what it was, what it became, when and by whom', async () => {
  const { id } = await anEvent(kit.ctx, { organizer, title: 'First', capacity: 5, tags: ['a'], draft: true })
  await send('PUT', `${id}/publication`, {})
  await send('PATCH', id, { title: 'Second', capacity: 7, tags: ['b'], visibility: 'unlisted' }, above)
  await send('PUT', `${id}/closure`)
  await send('DELETE', `${id}/closure`)
  await send('PUT', `${id}/cancellation`, { reason: 'Rain' })
  const { items } = await history(id)
  expect(items.map((each: { version: number }) => each.version)).toEqual([6, 5, 4, 3, 2, 1])
  const [cancelled, reopened, closed, edited, published, created] = items
  expect(created).toMatchObject({
    actor: { kind: 'account', id: organizer.id, name: 'olga' },
    changes: { title: { from: null, to: 'First' }, capacity: { from: null, to: 5 }, tags: { from: null, to: ['a'] } },
  })
  expect(published.changes).toEqual({ publishedAt: { from: null, to: expect.any(String) } })
  expect(edited).toMatchObject({ actor: { id: admin.id, name: 'ada' }, at: expect.any(String) })
  expect(edited.changes).toEqual({
    title: { from: 'First', to: 'Second' },
    capacity: { from: 5, to: 7 },
    tags: { from: ['a'], to: ['b'] },
    visibility: { from: 'public', to: 'unlisted' },
  })
  expect(closed.changes).toEqual({ closedAt: { from: null, to: expect.any(String) } })
  expect(reopened.changes).toEqual({ closedAt: { from: expect.any(String), to: null } })
  expect(cancelled.changes).toEqual({
    cancelledAt: { from: null, to: expect.any(String) },
    cancellationReason: { from: null, to: 'Rain' },
  })
})

// S0-41
test('the event as it was at each version can be had again', async () => {
  const { id } = await anEvent(kit.ctx, { organizer, title: 'One', capacity: 3 })
  await send('PATCH', id, { title: 'Two', capacity: null })
  await send('PATCH', id, { title: 'Three', place: 'Here' })
  expect((await asOf(id, 1)).body).toMatchObject({ title: 'One', capacity: 3, place: null, publishedAt: null })
  expect((await asOf(id, 3)).body).toMatchObject({ title: 'Two', capacity: null, publishedAt: expect.any(String) })
  expect((await asOf(id, 4)).body).toMatchObject({ title: 'Three', place: 'Here' })
  for (const none of [5, 2_147_483_647]) expect((await asOf(id, none)).status).toBe(404)
  for (const odd of ['0', 'x', '1.5']) expect((await asOf(id, odd)).status).toBe(422)
})

test('history is for the organizer and admins, a page at a time', async () => {
  const { id } = await anEvent(kit.ctx, { organizer })
  await send('PATCH', id, { title: 'Two' })
  expect((await kit.call('GET', `/events/${id}/history`, { headers: theirs })).status).toBe(403)
  expect((await kit.call('GET', `/events/${id}/history/1`, { headers: theirs })).status).toBe(403)
  expect((await kit.call('GET', `/events/${id}/history`)).status).toBe(401)
  expect((await kit.call('GET', `/events/${id}/history`, { headers: above })).status).toBe(200)
  const first = await history(id, { limit: '2' })
  const rest = await history(id, { limit: '2', cursor: first.nextCursor })
  expect([...first.items, ...rest.items].map((each) => each.version)).toEqual([3, 2, 1])
  expect(rest.nextCursor).toBeNull()
})

test('what others take away from an event is its history too', async () => {
  const venue = await aVenue(kit.ctx, 'Gone Hall', { createdBy: organizer.id })
  const category = await aCategory(kit.ctx)
  const { id } = await anEvent(kit.ctx, { organizer, venueId: venue.id, categoryId: category.id, tags: ['x', 'y'] })
  await kit.call('DELETE', `/venues/${venue.id}`, { headers: hers })
  await kit.call('DELETE', `/categories/${category.id}`, { headers: above })
  const tags = (await kit.call('GET', '/tags')).body.items as { id: string; name: string }[]
  await kit.call('DELETE', `/tags/${tags.find((tag) => tag.name === 'x')!.id}`, { headers: above })
  const { items } = await history(id)
  expect(items.slice(0, 3).map((each: { changes: object }) => each.changes)).toEqual([
    { tags: { from: ['x', 'y'], to: ['y'] } },
    { categoryId: { from: category.id, to: null } },
    { venueId: { from: venue.id, to: null }, place: { from: null, to: 'Gone Hall' } },
  ])
  expect((await asOf(id, 5)).body).toMatchObject({ venueId: null, categoryId: null, tags: ['y'], place: 'Gone Hall' })
})

test('the price and the series of an event are its history too', async () => {
  const startsAt = `${new Date(kit.ctx.now().getTime() + 7 * 86_400_000).toISOString().slice(0, 10)}T18:00:00.000Z`
  const { id } = await anEvent(kit.ctx, { organizer, startsAt })
  const price = { amount: 500, currency: 'EUR', provider: 'manual' }
  await send('PUT', `${id}/price`, price)
  await send('PUT', `${id}/price`, price) // is what it is
  await send('PUT', `${id}/price`, { ...price, amount: 700 })
  const { body: series } = await kit.call('POST', `/events/${id}/series`, {
    headers: hers,
    payload: { rule: 'FREQ=WEEKLY;COUNT=2' },
  })
  await send('DELETE', `${id}/price`)
  const { items } = await history(id)
  const said = (amount: number) => expect.objectContaining({ amount, currency: 'EUR', provider: 'manual' })
  expect(items.slice(0, 4).map((each: { changes: object }) => each.changes)).toEqual([
    { price: { from: said(700), to: null } },
    { seriesId: { from: null, to: series.id } },
    { price: { from: said(500), to: said(700) } },
    { price: { from: null, to: said(500) } },
  ])
  expect(items).toHaveLength(6)
  expect((await asOf(id, 5)).body).toMatchObject({ price: { amount: 700 }, seriesId: series.id, banner: null })
  expect((await asOf(id, 6)).body).toMatchObject({ price: null, seriesId: series.id })
  const [other] = (await kit.call('GET', '/me/events', { headers: hers, query: { seriesId: series.id } })).body.items
    .map((each: { id: string }) => each.id)
    .filter((each: string) => each !== id)
  expect((await asOf(other, 1)).body).toMatchObject({ price: { amount: 700 }, seriesId: series.id })
})

// S0-45
test('saying again what is so already is no change, and outdates nobody’s ETag', async () => {
  const { id } = await anEvent(kit.ctx, { organizer, title: 'Same', capacity: 3, tags: ['Rust', 'web'] })
  const { body, headers } = await kit.call('GET', `/events/${id}`, { headers: hers })
  const facts = async () => (await kit.database.query(`select id from facts where data->>'eventId' = $1`, [id])).rows
  const before = await facts()
  const { title, description, startsAt, endsAt, zone, place, visibility, hasWaitlist, registrationDeadline } = body
  const whole = { title, description, startsAt, endsAt, zone, place, visibility, hasWaitlist, registrationDeadline }
  for (const same of [{}, { title: ' Same ' }, { tags: ['WEB', 'rust'] }, { capacity: 3 }, { ...whole, capacity: 3 }]) {
    const answer = await send('PATCH', id, same)
    expect(answer, JSON.stringify(same)).toMatchObject({ status: 200, headers: { etag: headers.etag } })
  }
  expect(await facts()).toEqual(before)
  expect((await history(id)).items).toHaveLength(2)
  expect((await send('PATCH', id, {}, { ...hers, 'if-match': '"1"' })).status).toBe(412)
  for (const another of [{ capacity: 4 }, { capacity: null }, { tags: ['rust'] }, { place: 'x' }, { place: null }])
    await send('PATCH', id, another)
  expect((await history(id)).items).toHaveLength(7)
})

test('a change that is refused leaves no history', async () => {
  const { id } = await anEvent(kit.ctx, { organizer, capacity: 2 })
  await kit.ctx.db.updateTable('seat_pools').set({ taken: 2 }).where('event_id', '=', id).execute()
  expect((await send('PATCH', id, { title: 'No', capacity: 1 })).status).toBe(409)
  expect((await history(id)).items).toHaveLength(2)
})

test('every way to change an event honours If-Match', async () => {
  const made = async (draft: boolean) => (await anEvent(kit.ctx, { organizer, draft })).id
  const stale = { ...hers, 'if-match': '"99"' }
  const ways: [draft: boolean, method: 'PATCH' | 'PUT' | 'DELETE', what: string, body?: object][] = [
    [true, 'PATCH', '', { title: 'No' }],
    [true, 'PUT', '/publication', {}],
    [true, 'PUT', '/publication', { at: new Date(kit.ctx.now().getTime() + 3_600_000).toISOString() }],
    [true, 'DELETE', '/publication'],
    [true, 'PUT', '/price', { amount: 500, currency: 'EUR', provider: 'manual' }],
    [true, 'DELETE', '/price'],
    [false, 'PUT', '/closure'],
    [false, 'DELETE', '/closure'],
    [false, 'PUT', '/cancellation', {}],
    [false, 'DELETE', ''],
  ]
  for (const [draft, method, what, body] of ways) {
    const id = await made(draft)
    const answer = await send(method, `${id}${what}`, body, stale)
    expect(answer, `${method} ${what}`).toMatchObject({ status: 412, body: { type: '/problems/stale' } })
    const fine = { ...hers, 'if-match': `"${draft ? 1 : 2}"` }
    expect((await send(method, `${id}${what}`, body, fine)).status, `${method} ${what}`).toBeLessThan(300)
  }
})

test('a deleted event’s last version says so', async () => {
  const { id } = await anEvent(kit.ctx, { organizer })
  await events.remove(kit.as(organizer), id)
  const { rows } = await kit.database.query('select changes from event_versions where event_id = $1 order by version', [
    id,
  ])
  expect(rows.map((row) => Object.keys(row.changes as object)).slice(2)).toEqual([['cancelledAt'], ['deletedAt']])
})
