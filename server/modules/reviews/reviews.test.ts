import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import * as checkin from '#checkin'
import * as registrations from '#registrations'
import * as search from '#search'
import type { MadeAccount } from '../../../test/kit/factories.ts'
import { anAccount, anEvent, openKit } from '../../../test/kit/kit.ts'
import * as reviews from './reviews.ts'

const kit = await openKit()

// S3-28 S3-46 S3-74
describe('a review', () => {
  test('is written by who was there, after the end: 1 to 5 and a comment', async () => {
    const { event, guests } = await anEvening(1)
    const ann = guests[0]!
    await expect(reviews.write(kit.as(ann), event.id, { rating: 5 })).rejects.toMatchObject({
      slug: 'reviews/not-over-yet',
    })
    await kit.clock.advance({ days: 8 })
    const headers = await kit.signIn(ann)
    const post = (payload: object) => kit.call('POST', `/events/${event.id}/reviews`, { headers, payload })
    for (const payload of [{ rating: 0 }, { rating: 6 }, { rating: 4.5 }, {}, { rating: 5, comment: 'x'.repeat(5001) }])
      expect((await post(payload)).status).toBe(422)
    expect(await post({ rating: 4, comment: ' Good. ' })).toMatchObject({
      status: 201,
      body: { rating: 4, comment: 'Good.', createdAt: expect.stringMatching(/Z$/), author: ann.username },
    })
  })

  test('is not for who was never registered, waited or gave the place back', async () => {
    const { event, guests } = await anEvening(3, { capacity: 2 })
    const [left, , moved] = guests as [MadeAccount, MadeAccount, MadeAccount]
    const [mine] = (await registrations.mine(kit.as(left), left.id, {})).items
    const waiting = await anAccount(kit.ctx)
    await registrations.register(kit.as(waiting), event.id, { accountId: waiting.id })
    await registrations.cancel(kit.as(left), mine!.id)
    await kit.clock.advance({ days: 8 })
    for (const person of [left, waiting, await anAccount(kit.ctx), event.organizer])
      await expect(reviews.write(kit.as(person), event.id, { rating: 1 })).rejects.toMatchObject({
        slug: 'reviews/was-not-there',
      })
    expect(await reviews.write(kit.as(moved), event.id, { rating: 3 })).toMatchObject({ rating: 3 })
    expect((await kit.call('POST', `/events/${event.id}/reviews`, { payload: { rating: 3 } })).status).toBe(401)
  })

  test('is only for who was checked in, where people were checked in', async () => {
    const { event, guests, registered } = await anEvening(2)
    await checkin.checkIn(kit.as(event.organizer), event.id, { registrationId: registered[0]!.id })
    await kit.clock.advance({ days: 8 })
    expect(await reviews.write(kit.as(guests[0]!), event.id, { rating: 5 })).toMatchObject({ rating: 5 })
    await expect(reviews.write(kit.as(guests[1]!), event.id, { rating: 5 })).rejects.toMatchObject({
      slug: 'reviews/was-not-there',
    })
  })

  test('is one per person and event, also when two are sent at once', async () => {
    const { event, guests } = await anEvening(1)
    await kit.clock.advance({ days: 8 })
    const results = await Promise.allSettled(
      [1, 2, 3, 4, 5, 5, 4, 3].map((rating) => reviews.write(kit.as(guests[0]!), event.id, { rating })),
    )
    expect(results.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    for (const each of results)
      if (each.status === 'rejected') expect(each.reason.slug).toBe('reviews/already-reviewed')
    expect(await reviews.ofEvent(kit.ctx, event.id, {})).toMatchObject({ count: 1 })
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from facts where kind = 'review.written' and data ->> 'eventId' = ${event.id}`.execute(
      kit.ctx.db,
    )
    expect(rows[0]!.n).toBe(1)
  })

  test('is changed and deleted by its author only; admins can delete it, too', async () => {
    const { event, guests } = await anEvening(2)
    await kit.clock.advance({ days: 8 })
    const [ann, ben] = guests as [MadeAccount, MadeAccount]
    const { id } = await reviews.write(kit.as(ann), event.id, { rating: 2, comment: 'Cold.' })
    for (const other of [kit.as(ben), kit.as(event.organizer)]) {
      await expect(reviews.edit(other, id, { rating: 5 })).rejects.toMatchObject({ slug: 'forbidden' })
      await expect(reviews.remove(other, id)).rejects.toMatchObject({ slug: 'forbidden' })
    }
    await expect(reviews.edit(kit.as('admin'), id, { rating: 5 })).rejects.toMatchObject({ slug: 'forbidden' })
    expect(await reviews.edit(kit.as(ann), id, { rating: 3 })).toMatchObject({ rating: 3, comment: 'Cold.' })
    await reviews.remove(kit.as(ann), id)
    expect(await reviews.ofEvent(kit.ctx, event.id, {})).toMatchObject({ items: [], average: null, count: 0 })
    const again = await reviews.write(kit.as(ann), event.id, { rating: 1 })
    await reviews.remove(kit.as('admin'), again.id)
  })
})

// S3-28 S3-74
describe('the reviews of an event', () => {
  test('are there for everybody, page by page, newest first, with the average and the number of all', async () => {
    const { event, guests } = await anEvening(5)
    await kit.clock.advance({ days: 8 })
    for (const [n, person] of guests.entries()) {
      await reviews.write(kit.as(person), event.id, { rating: [5, 4, 4, 1, 2][n]!, comment: `${n}` })
      await kit.clock.advance({ seconds: 1 })
    }
    const read = async (query: object) =>
      (await kit.call('GET', `/events/${event.id}/reviews`, { query: query as Record<string, string> })).body
    const first = await read({ limit: '3' })
    const rest = await read({ limit: '3', cursor: first.nextCursor })
    expect([...first.items, ...rest.items].map((each: any) => each.comment)).toEqual(['4', '3', '2', '1', '0'])
    expect(first).toMatchObject({ average: 3.2, count: 5 })
    expect(rest).toMatchObject({ nextCursor: null, average: 3.2, count: 5 })
    expect(JSON.stringify(first)).not.toContain('@')
  })

  test('of a draft or a deleted event are nobody’s to see', async () => {
    const draft = await anEvent(kit.ctx, { draft: true })
    expect((await kit.call('GET', `/events/${draft.id}/reviews`)).status).toBe(404)
    const { event } = await anEvening(0)
    await sql`update events set deleted_at = app_now() where id = ${event.id}`.execute(kit.ctx.db)
    expect((await kit.call('GET', `/events/${event.id}/reviews`)).status).toBe(404)
  })

  test('that are reported come before admins, who alone hide and show them; a hidden one counts no more', async () => {
    const { event, guests } = await anEvening(2)
    await kit.clock.advance({ days: 8 })
    const [ann, ben] = guests as [MadeAccount, MadeAccount]
    await reviews.write(kit.as(ann), event.id, { rating: 5 })
    const rude = await reviews.write(kit.as(ben), event.id, { rating: 1, comment: 'Buy pills.' })
    for (const reason of ['Rude', 'An advertisement']) await reviews.report(kit.as(event.organizer), rude.id, reason)
    await expect(reviews.reported(kit.as(event.organizer), {})).rejects.toMatchObject({ slug: 'forbidden' })
    expect((await reviews.reported(kit.as('admin'), {})).items).toEqual([
      expect.objectContaining({ reason: 'An advertisement', reportedBy: event.organizer.username }),
    ])
    for (const other of [event.organizer, ann, ben])
      await expect(reviews.hide(kit.as(other), rude.id)).rejects.toMatchObject({ slug: 'forbidden' })

    for (let n = 0; n < 2; n++) await reviews.hide(kit.as('admin'), rude.id)
    expect(await reviews.ofEvent(kit.ctx, event.id, {})).toMatchObject({ average: 5, count: 1, items: [{ rating: 5 }] })
    expect((await search.event(kit.ctx, event.id)).averageRating).toBe(5)
    expect((await reviews.ofEvent(kit.as(ben), event.id, {})).items).toHaveLength(2) // its author still sees it
    await expect(reviews.report(kit.as(ann), rude.id, 'x')).rejects.toMatchObject({ slug: 'not-found' })
    await expect(reviews.write(kit.as(ben), event.id, { rating: 1 })).rejects.toMatchObject({
      slug: 'reviews/already-reviewed',
    })
    await reviews.show(kit.as('admin'), rude.id)
    expect(await reviews.ofEvent(kit.ctx, event.id, {})).toMatchObject({ average: 3, count: 2 })
    expect((await search.event(kit.ctx, event.id)).averageRating).toBe(3)
  })

  // S3-28
  test('that are hidden cannot be removed by their author and written again, visible', async () => {
    const { event, guests } = await anEvening(1)
    await kit.clock.advance({ days: 8 })
    const ann = guests[0]!
    const rude = await reviews.write(kit.as(ann), event.id, { rating: 1, comment: 'Buy pills.' })
    await reviews.report(kit.as(event.organizer), rude.id, 'Rude')
    await reviews.hide(kit.as('admin'), rude.id)
    await reviews.edit(kit.as(ann), rude.id, { comment: 'Buy more pills.' })
    expect((await reviews.ofEvent(kit.ctx, event.id, {})).items).toEqual([])

    await reviews.remove(kit.as(ann), rude.id)
    for (const who of [kit.as(ann), kit.as('admin')])
      expect(await reviews.ofEvent(who, event.id, {})).toMatchObject({ items: [], count: 0 })
    expect((await reviews.reported(kit.as('admin'), {})).items.filter(({ review }) => review.id === rude.id)).toEqual(
      [],
    )
    await expect(reviews.write(kit.as(ann), event.id, { rating: 1, comment: 'Buy pills.' })).rejects.toMatchObject({
      slug: 'reviews/already-reviewed',
    })
    const { rows } = await kit.database.query('select comment from reviews where id = $1', [rude.id])
    expect(rows).toEqual([{ comment: '' }])
  })

  test('stay when an account goes, without its name', async () => {
    const { event, guests } = await anEvening(1)
    await kit.clock.advance({ days: 8 })
    await reviews.write(kit.as(guests[0]!), event.id, { rating: 4 })
    await sql`delete from accounts where id = ${guests[0]!.id}`.execute(kit.ctx.db)
    expect(await reviews.ofEvent(kit.ctx, event.id, {})).toMatchObject({
      count: 1,
      items: [{ author: null, rating: 4 }],
    })
  })
})

/** An event a week from now and so many accounts that have a place. */
async function anEvening(people: number, options: { capacity?: number } = {}) {
  const event = await anEvent(kit.ctx, { startsInHours: 5, ...options })
  const guests: MadeAccount[] = []
  const registered = []
  for (let n = 0; n < people; n++) {
    const account = await anAccount(kit.ctx)
    guests.push(account)
    registered.push(await registrations.register(kit.as(account), event.id, { accountId: account.id }))
  }
  return { event, guests, registered }
}
