import { describe, expect, test } from 'vitest'
import * as events from '#events'
import * as checkin from '#checkin'
import * as registrations from '#registrations'
import * as corrections from '#registrations/corrections'
import * as reviews from '#reviews'
import { aGuest, anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { countMonths } from './counted-months.ts'
import { daysBetween, lastMonths } from './periods.ts'

const kit = await openKit()

const of = async (account: { username: string }, path: string) =>
  kit.call('GET', path, { headers: await kit.signIn(account) })

describe('the numbers of an event', () => {
  test('are who goes, waits, left and moved up, by the days of its zone', async () => {
    // Six in the evening in UTC is the next morning in Auckland.
    const event = await anEvent(kit.ctx, { capacity: 2, zone: 'Pacific/Auckland' })
    const people: { id: string }[] = []
    for (let n = 0; n < 4; n++) people.push(await aRegistration(kit.ctx, event.id))
    await registrations.cancel(kit.as('system'), people[0]!.id)
    const at = (moment: string, n: number) =>
      kit.database.query('update registrations set created_at = $1 where id = $2', [moment, people[n]!.id])
    await at('2026-06-01T11:59:59Z', 0)
    await at('2026-06-01T12:00:00Z', 1)
    await at('2026-06-01T18:00:00Z', 2)
    await at('2026-06-04T00:00:00Z', 3)
    await kit.database.query(`update registrations set cancelled_at = '2026-06-03T12:00:00Z' where id = $1`, [
      people[0]!.id,
    ])

    expect((await of(event.organizer, `/events/${event.id}/analytics`)).body).toEqual({
      zone: 'Pacific/Auckland',
      capacity: 2,
      going: 2,
      waiting: 1,
      cancelled: 1,
      promoted: 1,
      attended: 0,
      noShow: 0,
      rating: { average: null, count: 0 },
      days: [
        { day: '2026-06-01', registered: 1, cancelled: 0 },
        { day: '2026-06-02', registered: 2, cancelled: 0 },
        { day: '2026-06-04', registered: 1, cancelled: 1 },
      ],
    })
  })

  test('have a seat that is passed on once', async () => {
    const event = await anEvent(kit.ctx)
    const { id } = await aRegistration(kit.ctx, event.id)
    await corrections.passOn(kit.as(event.organizer), id, aGuest())
    const { body } = await of(event.organizer, `/events/${event.id}/analytics`)
    expect(body).toMatchObject({ going: 1, cancelled: 0, days: [{ registered: 1, cancelled: 0 }] })
    expect((await of(event.organizer, '/me/analytics')).body.months.at(-1).registered).toBe(1)
  })

  test('are nothing where nobody came', async () => {
    const event = await anEvent(kit.ctx)
    expect((await of(event.organizer, `/events/${event.id}/analytics`)).body).toMatchObject({
      capacity: null,
      going: 0,
      cancelled: 0,
      days: [],
    })
  })

  test('of a private event are not there for others, who cannot tell that there is such an event', async () => {
    const event = await anEvent(kit.ctx, { visibility: 'private' })
    const stranger = await anAccount(kit.ctx, { role: 'organizer' })
    expect((await of(stranger, `/events/${event.id}/analytics`)).status).toBe(404)
    expect((await of(event.organizer, `/events/${event.id}/analytics`)).status).toBe(200)
  })

  test('are for its organizer and admins alone', async () => {
    const [event, draft] = [await anEvent(kit.ctx), await anEvent(kit.ctx, { draft: true })]
    const hidden = await anEvent(kit.ctx, { visibility: 'private' })
    const stranger = await anAccount(kit.ctx, { role: 'organizer' })
    const admin = await anAccount(kit.ctx, { role: 'admin' })
    const path = `/events/${event.id}/analytics`
    expect((await kit.call('GET', path)).status).toBe(401)
    expect((await of(stranger, path)).status).toBe(403)
    expect((await of(admin, path)).status).toBe(200)
    expect((await of(stranger, `/events/${draft.id}/analytics`)).status).toBe(404)
    expect((await of(stranger, `/events/${hidden.id}/analytics`)).status).toBe(404)
    expect((await of(draft.organizer, `/events/${draft.id}/analytics`)).status).toBe(200)
    expect((await of(event.organizer, `/events/${stranger.id}/analytics`)).status).toBe(404)
  })
})

describe('the numbers of an organizer', () => {
  test('are totals, the most popular first, and registrations by month, of their own events alone', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const small = await anEvent(kit.ctx, { organizer, title: 'Small', capacity: 1 })
    const large = await anEvent(kit.ctx, { organizer, title: 'Large' })
    const off = await anEvent(kit.ctx, { organizer, title: 'Called off' })
    const gone = await anEvent(kit.ctx, { organizer, title: 'Deleted' })
    const other = await anEvent(kit.ctx)
    for (const [event, people] of [
      [small, 2],
      [large, 3],
      [off, 1],
      [gone, 1],
      [other, 5],
    ] as const)
      for (let n = 0; n < people; n++) await aRegistration(kit.ctx, event.id)
    await events.cancel(kit.as(organizer), off.id)
    await events.remove(kit.as(organizer), gone.id)
    const [old] = [await registrations.register(kit.ctx, large.id, aGuest())]
    await kit.database.query(
      `update registrations set created_at = date_trunc('month', app_now(), 'UTC') - interval '1 second' where id = $1`,
      [old.id],
    )

    const { body } = await of(organizer, '/me/analytics')
    expect(body.totals).toEqual({
      events: 3,
      upcoming: 2,
      going: 5,
      waiting: 1,
      attended: 0,
      noShow: 0,
      rating: { average: null, count: 0 },
    })
    expect(body.popular).toMatchObject([
      { id: large.id, title: 'Large', going: 4, waiting: 0, capacity: null },
      { id: small.id, title: 'Small', going: 1, waiting: 1, capacity: 1 },
    ])
    expect(body.months).toHaveLength(12)
    expect(body.months.slice(-2).map((each: { registered: number }) => each.registered)).toEqual([1, 6])
    expect((await of(await anAccount(kit.ctx), '/me/analytics')).status).toBe(403)
    expect((await of(await anAccount(kit.ctx, { role: 'organizer' }), '/me/analytics')).body).toMatchObject({
      totals: { events: 0, going: 0 },
      popular: [],
    })
  })

  test('of the whole instance are for admins', async () => {
    const admin = await anAccount(kit.ctx, { role: 'admin' })
    const event = await anEvent(kit.ctx)
    const before = (await of(admin, '/analytics')).body
    await aRegistration(kit.ctx, event.id)
    const after = (await of(admin, '/analytics')).body
    expect(after).toMatchObject({
      accounts: before.accounts,
      totals: { ...before.totals, going: before.totals.going + 1 },
    })
    expect(after.months.at(-1).registered).toBe(before.months.at(-1).registered + 1)
    expect((await of(event.organizer, '/analytics')).status).toBe(403)
    expect((await kit.call('GET', '/analytics')).status).toBe(401)
  })
})

// S3-30
test('an event, its organizer and the instance have who was there, who was not, and how they liked it', async () => {
  const [organizer, admin] = [
    await anAccount(kit.ctx, { role: 'organizer' }),
    await anAccount(kit.ctx, { role: 'admin' }),
  ]
  const event = await anEvent(kit.ctx, { organizer })
  const before = (await of(admin, '/analytics')).body.totals
  const people = await Promise.all([1, 2, 3, 4].map(() => anAccount(kit.ctx)))
  const claims = []
  for (const { id } of people) claims.push(await registrations.register(kit.ctx, event.id, { accountId: id }))
  await kit.database.query(
    `update events set starts_at = app_now() - interval '1 hour', ends_at = app_now() + interval '1 hour' where id = $1`,
    [event.id],
  )
  for (const { id } of claims.slice(0, 3)) await checkin.checkIn(kit.as(organizer), event.id, { registrationId: id })
  const path = `/events/${event.id}/analytics`
  expect((await of(organizer, path)).body).toMatchObject({ attended: 3, noShow: 0 }) // one may still come

  await kit.database.query(`update events set ends_at = app_now() where id = $1`, [event.id])
  for (const [n, rating] of [5, 4, 1].entries()) await reviews.write(kit.as(people[n]!), event.id, { rating })
  const worst = (await reviews.ofEvent(kit.ctx, event.id, {})).items.find((each) => each.rating === 1)!
  await reviews.hide(kit.as(admin), worst.id)
  const numbers = { attended: 3, noShow: 1, rating: { average: 4.5, count: 2 } }
  expect((await of(organizer, path)).body).toMatchObject(numbers)
  expect((await of(organizer, '/me/analytics')).body.totals).toMatchObject(numbers)
  const after = (await of(admin, '/analytics')).body.totals
  expect([after.attended - before.attended, after.noShow - before.noShow]).toEqual([3, 1])
  expect(after.rating.count - before.rating.count).toBe(2)
})

// S3-30
test('registrations are counted once, by the job or when somebody asks', async () => {
  const organizer = await anAccount(kit.ctx, { role: 'organizer' })
  const event = await anEvent(kit.ctx, { organizer })
  const at = async (...moments: string[]) => {
    for (const moment of moments)
      await kit.database.query(`update registrations set created_at = ${moment} where id = $1`, [
        (await aRegistration(kit.ctx, event.id)).id,
      ])
  }
  const months = async () =>
    (await of(organizer, '/me/analytics')).body.months.slice(-3).map((each: { registered: number }) => each.registered)
  const month = `date_trunc('month', app_now(), 'UTC')`
  await at(`${month} - interval '1 second'`, `${month} - interval '40 days'`, `${month} - interval '40 days'`)
  expect(await months()).toEqual([2, 1, 0])
  await Promise.all([countMonths(kit.ctx), countMonths(kit.ctx)])
  expect(await months()).toEqual([2, 1, 0])
  // What the job has counted is not read again.
  await kit.database.query(`update registrations set created_at = app_now() - interval '5 years' where event_id = $1`, [
    event.id,
  ])
  expect(await months()).toEqual([2, 1, 0])

  await at('app_now()', 'app_now()')
  expect(await months()).toEqual([2, 1, 2])
  await countMonths(kit.ctx)
  expect(await months()).toEqual([2, 1, 2])
})

describe('days and months', () => {
  const between = (first: string, last: string, zone: string, most = 400) =>
    daysBetween(new Date(first), new Date(last), zone, most)

  test('are as long as they are where the clocks change', () => {
    expect(between('2027-03-27T12:00:00Z', '2027-03-29T12:00:00Z', 'Europe/Berlin')).toEqual([
      { name: '2027-03-27', from: '2027-03-26T23:00:00Z', until: '2027-03-27T23:00:00Z' },
      { name: '2027-03-28', from: '2027-03-27T23:00:00Z', until: '2027-03-28T22:00:00Z' },
      { name: '2027-03-29', from: '2027-03-28T22:00:00Z', until: '2027-03-29T22:00:00Z' },
    ])
    // There is no midnight on this day.
    expect(between('2024-04-26T12:00:00Z', '2024-04-26T12:00:00Z', 'Africa/Cairo')[0]).toMatchObject({
      from: '2024-04-25T22:00:00Z',
      until: '2024-04-26T21:00:00Z',
    })
  })

  test('are the latest, where they are many', () => {
    const days = between('2020-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'UTC')
    expect([days.length, days[0]!.name, days.at(-1)!.name]).toEqual([400, '2025-11-28', '2027-01-01'])
  })

  test('are of UTC where nobody knows the zone', () => {
    expect(between('2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'Mars/Base')[0]!.from).toBe('2027-01-01T00:00:00Z')
  })

  test('go back over the turn of the year', () => {
    expect(lastMonths(new Date('2027-02-28T23:59:59Z'), 3)).toEqual([
      { name: '2026-12', from: '2026-12-01T00:00:00Z', until: '2027-01-01T00:00:00Z' },
      { name: '2027-01', from: '2027-01-01T00:00:00Z', until: '2027-02-01T00:00:00Z' },
      { name: '2027-02', from: '2027-02-01T00:00:00Z', until: '2027-03-01T00:00:00Z' },
    ])
  })
})
