import { expect, test } from 'vitest'
import { anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../../test/kit/kit.ts'
import { carryOut } from './bulk.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const rival = await anAccount(kit.ctx, { role: 'organizer' })
const [hers, theirs, nobodys, above] = await Promise.all([
  kit.signIn(organizer),
  kit.signIn(rival),
  kit.signIn(await anAccount(kit.ctx)),
  kit.signIn(await anAccount(kit.ctx, { role: 'admin' })),
])
const inDays = (days: number) => new Date(kit.ctx.now().getTime() + days * 86_400_000).toISOString()
const aDraft = (title: string, more: object = {}) => ({
  do: 'create' as const,
  title,
  startsAt: inDays(7),
  endsAt: inDays(8),
  zone: 'Europe/Berlin',
  ...more,
})
const send = (operations: unknown, headers: Record<string, string> = hers) =>
  kit.call('POST', '/events/bulk', { payload: { operations } as object, headers })
const get = async (id: string, headers: Record<string, string> = hers) =>
  (await kit.call('GET', `/events/${id}`, { headers })).body
const TABLES =
  'events event_versions seat_pools tags event_tags facts registrations notifications files idempotency_keys'
/** Everything that a refusal may not touch. */
const everything = async () => {
  const all: Record<string, unknown> = {}
  for (const table of TABLES.split(' '))
    all[table] = (await kit.database.query(`select * from ${table} t order by t::text`, [])).rows
  return all
}
/** What an answer says of its rows, in short. */
const rowsOf = (body: { rows: { index: number; status: number; type: string; errors: { pointer: string }[] }[] }) =>
  body.rows.map(({ index, status, type, errors }) => [
    index,
    status,
    type.replace('/problems/', ''),
    ...errors.map((error) => error.pointer.replace(`/operations/${index}`, '')),
  ])

// S0-38
test('many events are made, changed and deleted in one request, in the order of the rows', async () => {
  const venue = await aVenue(kit.ctx)
  const [changed, gone] = [await anEvent(kit.ctx, { organizer }), await anEvent(kit.ctx, { organizer })]
  const { status, body } = await send([
    aDraft('Same words', { tags: ['Knots', 'rope'], venueId: venue.id, capacity: 5 }),
    { do: 'update', id: changed.id, title: 'Changed', tags: ['knots'], capacity: 9, version: 2 },
    { do: 'delete', id: gone.id },
    aDraft('Same words'),
  ])
  expect(status).toBe(200)
  const [first, second, third, fourth] = body.items as { do: string; id: string; slug: string; version: number }[]
  expect(body.items.map((each: { do: string }) => each.do)).toEqual(['create', 'update', 'delete', 'create'])
  expect(await get(first!.id)).toMatchObject({
    status: 'draft',
    capacity: 5,
    venue,
    tags: ['Knots', 'rope'],
    version: 1,
  })
  expect(second).toMatchObject({ id: changed.id, version: 3 })
  expect(await get(changed.id)).toMatchObject({ title: 'Changed', capacity: 9, tags: ['Knots'], version: 3 })
  expect(third).toMatchObject({ id: gone.id })
  expect((await kit.call('GET', `/events/${gone.id}`, { headers: hers })).status).toBe(404)
  expect(first!.slug).toBe('same-words')
  expect(fourth!.slug).toMatch(/^same-words-[0-9a-f]{8}$/)
  expect((await get(first!.id)).number).toBeLessThan((await get(fourth!.id)).number)
})

test('every row that is refused is told of with its own problem, and nothing at all has changed', async () => {
  const own = async (more = {}) => (await anEvent(kit.ctx, { organizer, ...more })).id
  const [full, fine, gone, late] = [await own({ capacity: 2 }), await own(), await own(), await own()]
  const registered = await aRegistration(kit.ctx, full)
  await aRegistration(kit.ctx, full)
  await aRegistration(kit.ctx, gone)
  const draftOfAnother = await anEvent(kit.ctx, { organizer: rival, draft: true })
  const ofAnother = await anEvent(kit.ctx, { organizer: rival })
  await kit.settle()
  const before = await everything()
  const mails = kit.mails.length
  const { status, body } = await send(
    [
      aDraft('Would be fine', { tags: ['never seen before'] }),
      { do: 'update', id: fine, endsAt: inDays(-1) },
      { do: 'update', id: full, title: 'Half of it', tags: ['half'], capacity: 1 },
      { do: 'delete', id: gone },
      { do: 'update', id: gone, title: 'Twice' },
      { do: 'update', id: draftOfAnother.id, title: 'Mine' },
      { do: 'update', id: ofAnother.id, title: 'Mine' },
      { do: 'delete', id: ofAnother.id, version: 1 },
      { do: 'delete', id: registered.id },
      aDraft('Nowhere', { venueId: registered.id, categoryId: null }),
      aDraft('Backwards', { endsAt: inDays(6), zone: 'Mars/Base' }),
      { do: 'update', id: late, title: 'Late', version: 99 },
      aDraft('Would be fine too'),
    ],
    { ...hers, 'idempotency-key': 'refused-1' },
  )
  expect(status).toBe(422)
  expect(body).toMatchObject({
    type: '/problems/events/rows-refused',
    detail: '10 rows were refused. Nothing was changed.',
  })
  expect(rowsOf(body)).toEqual([
    [1, 422, 'invalid', '/endsAt'],
    [2, 409, 'registrations/capacity-below-taken', ''],
    [4, 422, 'invalid', '/id'],
    [5, 404, 'not-found', ''],
    [6, 403, 'forbidden', ''],
    [7, 422, 'invalid', '/id'],
    [8, 404, 'not-found', ''],
    [9, 422, 'invalid', '/venueId'],
    [10, 422, 'invalid', '/zone', '/endsAt'],
    [11, 412, 'stale', ''],
  ])
  expect(body.rows[1]).toMatchObject({ taken: 2, detail: '2 seats are taken.' })
  expect(body.rows[9]).toMatchObject({ version: 2 })
  expect(body.errors).toContainEqual({ pointer: '/operations/1/endsAt', detail: 'The end must come after the start.' })
  expect(body.errors).toContainEqual({ pointer: '/operations/5', detail: 'There is nothing here' })
  await kit.settle()
  expect(kit.mails.length).toBe(mails)
  expect(await everything()).toEqual(before)
})

test('a body that is not in form is refused at its place, by the kind of its row alone', async () => {
  const id = (await anEvent(kit.ctx, { organizer })).id
  const cases: [operations: unknown, ...pointers: string[]][] = [
    [undefined, '/operations'],
    ['all', '/operations'],
    [[], '/operations'],
    [Array.from({ length: 101 }, (_, n) => aDraft(`T ${n}`)), '/operations'],
    [[null], '/operations/0'],
    [[{}], '/operations/0/do'],
    [[{ do: 'erase', id }], '/operations/0/do'],
    [[{ do: 7, id }], '/operations/0/do'],
    [[aDraft('Fine'), aDraft('', { capacity: 0 })], '/operations/1/capacity', '/operations/1/title'],
    [[{ do: 'create', title: 'X' }], '/operations/0/endsAt', '/operations/0/startsAt', '/operations/0/zone'],
    [[{ ...aDraft('X'), id }], '/operations/0/id'],
    [[{ do: 'update', title: 'X' }], '/operations/0/id'],
    [[{ do: 'update', id, version: 0 }], '/operations/0/version'],
    [[{ do: 'update', id: 'x', startsAt: 'soon' }], '/operations/0/id', '/operations/0/startsAt'],
    [[{ do: 'delete', id, title: 'X' }], '/operations/0/title'],
  ]
  const before = await everything()
  for (const [operations, ...pointers] of cases) {
    const { status, body } = await send(operations)
    expect({ status, type: body.type }, JSON.stringify(operations)).toEqual({ status: 422, type: '/problems/invalid' })
    const told = [...new Set((body.errors as { pointer: string }[]).map((error) => error.pointer))].sort()
    expect(told, JSON.stringify(operations)).toEqual(pointers)
  }
  expect(await everything()).toEqual(before)
})

test('a body of a megabyte is read, a larger one is not', async () => {
  const long = (n: number) =>
    Array.from({ length: n }, (_, at) => aDraft(`Long ${at}`, { description: 'x'.repeat(19_900) }))
  expect((await send(long(50))).status).toBe(200)
  expect((await send(long(60))).status).toBe(413)
})

test('a request that is repeated with its Idempotency-Key has one effect', async () => {
  const { id } = await anEvent(kit.ctx, { organizer, title: 'Once' })
  const headers = { ...hers, 'idempotency-key': 'bulk-1' }
  const operations = [aDraft('Only one of this'), { do: 'update', id, place: 'Here' }]
  const answers = await Promise.all([1, 2, 3].map(() => send(operations, headers)))
  for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: answers[0]!.body })
  const { rows } = await kit.database.query(`select id from events where title = 'Only one of this'`, [])
  expect(rows).toHaveLength(1)
  expect(await get(id)).toMatchObject({ version: 3 })
  expect((await send([aDraft('Other')], headers)).body.type).toBe('/problems/idempotency-key-reused')
  // What was refused did nothing, so the key is still good for the mended request.
  const again = { ...hers, 'idempotency-key': 'bulk-2' }
  expect((await send([{ do: 'update', id, version: 1 }], again)).status).toBe(422)
  expect((await send([{ do: 'update', id, version: 3 }], again)).status).toBe(200)
})

test('who has a place at one of many deleted events hears of it, and a larger one takes in who waits', async () => {
  const gone = await anEvent(kit.ctx, { organizer })
  const larger = await anEvent(kit.ctx, { organizer, capacity: 1 })
  await aRegistration(kit.ctx, gone.id, { name: 'Gus', email: 'gus@example.com' })
  await aRegistration(kit.ctx, larger.id)
  await aRegistration(kit.ctx, larger.id, { name: 'Lin', email: 'lin@example.com' })
  await kit.settle()
  kit.mails.length = 0
  const operations = [
    { do: 'delete', id: gone.id },
    { do: 'update', id: larger.id, capacity: 2 },
  ]
  expect((await send(operations)).status).toBe(200)
  await kit.settle()
  expect(kit.mails.map((mail) => mail.to.address).sort()).toEqual(['gus@example.com', 'lin@example.com'])
})

test('a row may do what its sender may do alone', async () => {
  const { id } = await anEvent(kit.ctx, { organizer })
  expect((await send([{ do: 'delete', id }], {})).status).toBe(401)
  const refused = await send([aDraft('No'), { do: 'delete', id }], nobodys)
  expect(rowsOf(refused.body)).toEqual([
    [0, 403, 'forbidden', ''],
    [1, 403, 'forbidden', ''],
  ])
  expect(rowsOf((await send([{ do: 'update', id, title: 'Theirs' }], theirs)).body)).toEqual([
    [0, 403, 'forbidden', ''],
  ])
  expect((await send([{ do: 'update', id, title: 'Mended' }], above)).status).toBe(200)
  expect(await get(id)).toMatchObject({ title: 'Mended' })
})

test('a row that the database itself does not take is told of, and those after it are judged all the same', async () => {
  await kit.database.query(`alter table events add constraint no_poison check (title <> 'Poison')`)
  const before = await everything()
  const { status, body } = await send([aDraft('Fine'), aDraft('Poison'), aDraft('Short', { endsAt: inDays(6) })])
  await kit.database.query('alter table events drop constraint no_poison')
  expect(status).toBe(422)
  expect(rowsOf(body)).toEqual([
    [1, 500, 'internal', ''],
    [2, 422, 'invalid', '/endsAt'],
  ])
  expect(JSON.stringify(body)).not.toContain('no_poison')
  expect(await everything()).toEqual(before)
})

test('rows that take too long together are given up, and nothing has changed', async () => {
  const { id } = await anEvent(kit.ctx, { organizer })
  const before = await everything()
  let hurries = kit.ctx.now().getTime()
  const slow = { ...kit.as(organizer), now: () => new Date((hurries += 5_000)) }
  await expect(
    carryOut(slow, [{ do: 'update', id, title: 'Slow' }, ...[1, 2, 3, 4, 5].map((n) => aDraft(`Slow ${n}`))]),
  ).rejects.toMatchObject({
    slug: 'events/too-much-at-once',
  })
  expect(await everything()).toEqual(before)
})

test('a hundred rows are done in a moment', async () => {
  const begun = performance.now()
  const { status } = await send(
    Array.from({ length: 100 }, (_, n) => aDraft(`Row ${n}`, { tags: [`t${n % 7}`], capacity: 10 })),
  )
  expect(status).toBe(200)
  expect(performance.now() - begun).toBeLessThan(10_000)
})
