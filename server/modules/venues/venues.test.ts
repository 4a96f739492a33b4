import { describe, expect, test } from 'vitest'
import * as events from '#events'
import { newId } from '#kernel/ids'
import { anAccount, anEvent, aVenue, openKit } from '../../../test/kit/kit.ts'

const kit = await openKit()
const maker = await anAccount(kit.ctx, { role: 'organizer' })
const other = await anAccount(kit.ctx, { role: 'organizer' })
const attendee = await anAccount(kit.ctx)
const admin = await anAccount(kit.ctx, { role: 'admin' })
const [hers, his, theirs, above] = [
  await kit.signIn(maker),
  await kit.signIn(other),
  await kit.signIn(attendee),
  await kit.signIn(admin),
]

const create = (payload: object, headers?: Record<string, string>) =>
  kit.call('POST', '/venues', { payload, headers: headers ?? hers })
const patch = (id: string, payload: object, headers: Record<string, string> = hers) =>
  kit.call('PATCH', `/venues/${id}`, { payload, headers })
const remove = (id: string, headers: Record<string, string> = hers) => kit.call('DELETE', `/venues/${id}`, { headers })
const list = (query: Record<string, string> = {}) => kit.call('GET', '/venues', { query })
const namesOf = (body: any) => body.items.map((each: { name: string }) => each.name) as string[]

describe('a venue’s name', () => {
  // S1-03 S1-26
  test('is one venue’s alone, however it is written', async () => {
    const first = await create({ name: ' Main Hall ', address: ' Market 1 ' })
    expect(first).toMatchObject({
      status: 201,
      body: { name: 'Main Hall', address: 'Market 1', description: '', eventCount: 0, can: { edit: true } },
    })
    for (const name of [
      'Main Hall',
      'MAIN HALL',
      'main hall',
      'Ｍain Hall',
      'Main\u00a0Hall',
      '  main hall',
      'Main Ha\u2113l',
    ]) {
      expect(await create({ name }, his)).toMatchObject({
        status: 409,
        body: { type: '/problems/venues/name-taken', venueId: first.body.id },
      })
    }
    expect(await create({ name: 'Café' })).toMatchObject({ status: 201 })
    expect(await create({ name: 'Cafe\u0301' })).toMatchObject({ status: 409 })
    expect(await create({ name: 'Cafe' })).toMatchObject({ status: 201 })
  })

  test('goes to exactly one of twenty who ask for it at once, and the others are told whose it is', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => create({ name: n % 2 ? 'Race Court' : 'RACE COURT' })),
    )
    const won = answers.filter((each) => each.status === 201)
    expect(won).toHaveLength(1)
    for (const each of answers)
      if (each.status !== 201)
        expect(each).toMatchObject({
          status: 409,
          body: { type: '/problems/venues/name-taken', venueId: won[0]!.body.id },
        })
  })

  test('goes to exactly one of many that are renamed to it at once', async () => {
    for (let round = 0; round < 3; round++) {
      const venues = await Promise.all(
        Array.from({ length: 6 }, () => aVenue(kit.ctx, undefined, { createdBy: maker.id })),
      )
      const answers = await Promise.all([
        ...venues.map((venue) => patch(venue.id, { name: `Renamed ${round}` })),
        create({ name: `renamed ${round}` }),
      ])
      const statuses = answers.map((each) => each.status)
      expect(
        statuses.filter((status) => status < 300),
        JSON.stringify(statuses),
      ).toHaveLength(1)
      const { id } = answers.find((each) => each.status < 300)!.body
      for (const each of answers)
        if (each.status >= 300)
          expect(each).toMatchObject({ status: 409, body: { type: '/problems/venues/name-taken', venueId: id } })
    }
  })

  test('may change its capitals without standing in its own way', async () => {
    const { id } = await aVenue(kit.ctx, 'quiet room', { createdBy: maker.id })
    expect(await patch(id, { name: 'Quiet Room' })).toMatchObject({ status: 200, body: { name: 'Quiet Room' } })
  })

  test.each([
    ['empty', ''],
    ['blank', ' \t'],
    ['invisible', '\u200b\u200d'],
    ['too long', 'a'.repeat(256)],
    ['no text', 7],
    ['nothing', null],
  ])('is not %s', async (_, name) => {
    expect(await create({ name })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/name' }] } })
  })

  test('and only that and what is said of it may be set', async () => {
    for (const field of ['id', 'number', 'createdBy', 'eventCount', 'createdAt', 'nameKey']) {
      expect(await create({ name: `With ${field}`, [field]: 1 })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: `/${field}` }] },
      })
    }
    expect(namesOf((await list({ text: 'With ' })).body)).toEqual([])
  })
})

describe('who may', () => {
  // S1-27
  test('add: organizers; edit and remove: whoever added it, and admins', async () => {
    expect(await create({ name: 'Theirs' }, theirs)).toMatchObject({ status: 403 })
    expect(await kit.call('POST', '/venues', { payload: { name: 'Nobody’s' } })).toMatchObject({ status: 401 })
    const { body } = await create({ name: 'Hers' })
    for (const headers of [his, theirs]) {
      expect(await patch(body.id, { name: 'His' }, headers)).toMatchObject({ status: 403 })
      expect(await remove(body.id, headers)).toMatchObject({ status: 403 })
    }
    expect(await kit.call('GET', `/venues/${body.id}`, { headers: his })).toMatchObject({
      status: 200,
      body: { name: 'Hers', can: { edit: false } },
    })
    expect(await patch(body.id, { description: 'By the river' }, above)).toMatchObject({
      status: 200,
      body: { name: 'Hers', description: 'By the river', can: { edit: true } },
    })
    expect((await remove(body.id)).status).toBe(204)
    for (const answer of [
      await kit.call('GET', `/venues/${body.id}`),
      await patch(body.id, {}),
      await remove(body.id),
      await patch(newId(), {}, above),
    ])
      expect(answer).toMatchObject({ status: 404 })
  })

  test('a venue whose maker is gone belongs to the admins', async () => {
    const { id } = await aVenue(kit.ctx)
    expect(await patch(id, { description: 'x' })).toMatchObject({ status: 403 })
    expect(await patch(id, { description: 'x' }, above)).toMatchObject({ status: 200 })
  })
})

// S1-52
test('the count of events is of those that are published, past ones included, drafts and deleted ones not', async () => {
  const venue = await aVenue(kit.ctx, 'Counting House')
  for (let n = 0; n < 2; n++) await anEvent(kit.ctx, { venueId: venue.id })
  await anEvent(kit.ctx, { venueId: venue.id, draft: true })
  const { id, organizer } = await anEvent(kit.ctx, { venueId: venue.id })
  expect((await kit.call('GET', `/venues/${venue.id}`)).body.eventCount).toBe(3)
  await events.remove(kit.as(organizer), id)
  expect((await kit.call('GET', `/venues/${venue.id}`)).body.eventCount).toBe(2)
  expect((await list({ text: 'counting' })).body.items).toMatchObject([{ id: venue.id, eventCount: 2 }])
})

describe('the list', () => {
  test('is by name, a page at a time, each venue once', async () => {
    for (let n = 0; n < 23; n++) await aVenue(kit.ctx, `Page ${String.fromCharCode(97 + ((n * 7) % 23))}`)
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { body } = await list({ text: 'page ', limit: '5', ...(cursor ? { cursor } : {}) })
      seen.push(...namesOf(body))
      cursor = body.nextCursor
      await aVenue(kit.ctx, `Page ${'!'.repeat(seen.length)}`) // before everything: it must not come now
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => `Page ${String.fromCharCode(97 + n)}`))
  })

  test('finds a part of a name or an address, as it is written', async () => {
    await aVenue(kit.ctx, '100% Hall', { address: 'Under_line 5' })
    await aVenue(kit.ctx, '100 Halls', { address: 'Underline 5' })
    expect(namesOf((await list({ text: '100%' })).body)).toEqual(['100% Hall'])
    expect(namesOf((await list({ text: 'UNDER_LINE' })).body)).toEqual(['100% Hall'])
    expect(
      namesOf((await list({ text: '100' })).body)
        .filter((name) => name.startsWith('100'))
        .sort(),
    ).toEqual(['100 Halls', '100% Hall'])
    for (const text of [`' or 1=1--`, '\\', '%%', '__'])
      expect(await list({ text }), text).toMatchObject({ status: 200, body: { items: [] } })
  })

  test('does not follow the cursor of another question', async () => {
    const { body } = await list({ limit: '1' })
    expect(await list({ limit: '1', text: 'hall', cursor: body.nextCursor })).toMatchObject({ status: 422 })
    for (const limit of ['0', '-1', '101', 'abc'])
      expect(await list({ limit })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/query/limit' }] } })
  })
})
