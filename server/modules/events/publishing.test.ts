import { expect, test } from 'vitest'
import * as events from '#events'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { publishDue } from './publishing.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer', email: 'olga@example.org' })
const rival = await anAccount(kit.ctx, { role: 'organizer' })
let hers = await kit.signIn(organizer)
const inHours = (hours: number) => new Date(kit.ctx.now().getTime() + hours * 3_600_000).toISOString()
const put = (id: string, at?: string) =>
  kit.call('PUT', `/events/${id}/publication`, { headers: hers, payload: at === undefined ? {} : { at } })
const get = async (id: string) => (await kit.call('GET', `/events/${id}`, { headers: hers })).body
const published = async (id: string) =>
  (await kit.database.query(`select id from facts where kind = 'event.published' and data->>'eventId' = $1`, [id])).rows
    .length
const advance = async (hours: number) => {
  await kit.clock.advance({ hours })
  hers = await kit.signIn(organizer)
}

test('a draft is published when its moment comes, once, however many are at it', async () => {
  const { id } = await anEvent(kit.ctx, { organizer, draft: true })
  const at = inHours(2)
  expect(await put(id, at)).toMatchObject({ status: 200, body: { status: 'draft', publishAt: at } })
  await advance(1)
  expect(await publishDue(kit.ctx)).toBe(0)
  expect((await kit.call('GET', `/events/${id}`)).status).toBe(404)
  await advance(1.1)
  const counts = await Promise.all(Array.from({ length: 6 }, () => publishDue(kit.ctx)))
  expect(counts.reduce((sum, n) => sum + n)).toBe(1)
  expect(await published(id)).toBe(1)
  const failed = await kit.database.query(`select id from facts where kind = 'event.publication-failed'`, [])
  expect(failed.rows).toEqual([]) // who came second did not take it for a failure
  expect((await kit.call('GET', `/events/${id}`)).body).toMatchObject({ status: 'open', publishAt: null })
})

test('the moment can be put off and taken back, and lies between now and the start', async () => {
  const { id } = await anEvent(kit.ctx, { organizer, draft: true, startsInHours: 10 })
  for (const wrong of [inHours(-1), inHours(10), inHours(11)])
    expect(await put(id, wrong)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/at' }] } })
  await put(id, inHours(1))
  await put(id, inHours(3))
  await advance(2)
  expect(await publishDue(kit.ctx)).toBe(0)
  const back = await kit.call('DELETE', `/events/${id}/publication`, { headers: hers })
  expect(back).toMatchObject({ status: 200, body: { publishAt: null } })
  await advance(2)
  expect(await publishDue(kit.ctx)).toBe(0)
  expect(await put(id)).toMatchObject({ status: 200, body: { status: 'open' } })
  for (const answer of [
    await put(id, inHours(1)),
    await kit.call('DELETE', `/events/${id}/publication`, { headers: hers }),
  ])
    expect(answer).toMatchObject({ status: 409, body: { type: '/problems/events/already-published' } })
})

test('what cannot be published stays a draft, its organizer is told why, and the others are published', async () => {
  const late = await anEvent(kit.ctx, { organizer, draft: true, startsInHours: 2, title: 'Too late' })
  const fine = await anEvent(kit.ctx, { organizer, draft: true, startsInHours: 20 })
  await put(late.id, inHours(1))
  await put(fine.id, inHours(1))
  await advance(3)
  expect(await publishDue(kit.ctx)).toBe(1)
  expect(await get(late.id)).toMatchObject({ status: 'draft', publishAt: null })
  expect(await get(fine.id)).toMatchObject({ status: 'open' })
  expect(await publishDue(kit.ctx)).toBe(0)
  await kit.settle()
  const mails = kit.mails.filter((mail) => mail.to.address === 'olga@example.org')
  expect(mails).toHaveLength(1)
  expect(mails[0]!.subject).toBe('Not published: Too late')
  expect(mails[0]!.text).toContain('The start has passed')
})

test('the draft of somebody who may no longer organize stays one', async () => {
  for (const [column, value, back] of [
    ['suspended_at', kit.ctx.now(), null],
    ['role', 'attendee', 'organizer'],
  ] as const) {
    const { id, organizer } = await anEvent(kit.ctx, { draft: true, startsInHours: 20 })
    await kit.database.query(`update events set publish_at = app_now() where id = $1`, [id])
    await kit.database.query(`update accounts set ${column} = $1 where id = $2`, [value, organizer.id])
    expect(await publishDue(kit.ctx)).toBe(0)
    await kit.database.query(`update accounts set ${column} = $1 where id = $2`, [back, organizer.id])
    expect(await publishDue(kit.ctx)).toBe(1)
  }
})

test('a draft that cannot be published for a reason nobody foresaw does not keep those behind it', async () => {
  const broken = await anEvent(kit.ctx, { organizer, draft: true, startsInHours: 20, title: 'Broken' })
  const fine = await anEvent(kit.ctx, { organizer, draft: true, startsInHours: 20 })
  await put(broken.id, inHours(1))
  await put(fine.id, inHours(2))
  await kit.database.query(
    `alter table events add constraint never check (title <> 'Broken' or published_at is null) not valid`,
  )
  await advance(3)
  expect(await publishDue(kit.ctx)).toBe(1)
  expect(await get(fine.id)).toMatchObject({ status: 'open' })
  await kit.database.query('alter table events drop constraint never')
  expect(await publishDue(kit.ctx)).toBe(1)
})

test('a copy is a draft with everything but history, registrations and invitations', async () => {
  const startsAt = inHours(100)
  const source = await anEvent(kit.ctx, {
    organizer,
    title: 'Again',
    description: '**Same**',
    place: 'Here',
    capacity: 4,
    tags: ['x'],
    visibility: 'unlisted',
    onlineUrl: 'https://meet.example.org/1',
    hasWaitlist: false,
    startsAt,
    endsAt: inHours(103),
    registrationDeadline: inHours(90),
  })
  await aRegistration(kit.ctx, source.id)
  await events.edit(kit.as(organizer), source.id, { capacity: 6 })
  const again = new Date(Date.parse(startsAt) + 7 * 86_400_000).toISOString()
  const answer = await kit.call('POST', `/events/${source.id}/copies`, { headers: hers, payload: { startsAt: again } })
  const { body: original } = await kit.call('GET', `/events/${source.id}`, { headers: hers })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({
    status: 'draft',
    version: 1,
    taken: 0,
    capacity: 6,
    startsAt: again,
    endsAt: new Date(Date.parse(original.endsAt) + 7 * 86_400_000).toISOString(),
    registrationDeadline: new Date(Date.parse(original.registrationDeadline) + 7 * 86_400_000).toISOString(),
  })
  for (const same of ['title', 'description', 'place', 'tags', 'visibility', 'onlineUrl', 'hasWaitlist', 'zone'])
    expect(answer.body[same], same).toEqual(original[same])
  expect(answer.body.slug).not.toBe(original.slug)
  const his = await kit.signIn(rival)
  const copy = await kit.call('POST', `/events/${source.id}/copies`, { headers: his, payload: { startsAt: again } })
  expect(copy.status).toBe(403)
})
