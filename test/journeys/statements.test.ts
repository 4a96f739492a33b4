import { afterAll, expect, test } from 'vitest'
import { buildApp } from '#app'
import * as checkin from '#checkin'
import * as registrations from '#registrations'
import * as attendees from '#registrations/attendees'
import * as reviews from '#reviews'
import { aCategory, anAccount, anEvent, aRegistration, aVenue, openKit } from '../kit/kit.ts'
import { countingStatements } from '../kit/statements.ts'

// What a page costs does not grow with what is on it: asked for through HTTP, with all that is said of each row.

const MANY = 8
const kit = await openKit()
const counting = countingStatements(kit.ctx)
const app = await buildApp(counting.ctx, { pages: false })
afterAll(() => app.close())

const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const people = await Promise.all(Array.from({ length: MANY }, () => anAccount(kit.ctx)))
const over = await anEvent(kit.ctx, { organizer, startsInHours: 1 })
for (const person of people) await registrations.register(kit.as(person), over.id, { accountId: person.id })
const { items: came } = await attendees.sliceOfEvent(kit.as(organizer), over.id, { limit: MANY, offset: 0 })
for (const { id } of came) await checkin.checkIn(kit.as(organizer), over.id, { registrationId: id })
await kit.clock.advance({ hours: 5 })
for (const person of people) await reviews.write(kit.as(person), over.id, { rating: 4, comment: 'Good.' })
const full = await anEvent(kit.ctx, { organizer, capacity: 2 })
for (let n = 0; n < MANY; n++) {
  await aRegistration(kit.ctx, full.id)
  const [venue, category] = [await aVenue(kit.ctx), await aCategory(kit.ctx)]
  const { id } = await anEvent(kit.ctx, {
    organizer,
    venueId: venue.id,
    categoryId: category.id,
    tags: [`tag ${n}`, 'all'],
    capacity: 5,
  })
  await registrations.register(kit.as(people[0]!), id, { accountId: people[0]!.id })
}
await kit.database.query('update registrations set visible_to_attendees = true')
await kit.settle()
const headers = {
  nobody: {},
  organizer: await kit.signIn(organizer),
  ann: await kit.signIn(people[0]!),
  admin: await kit.signIn(await anAccount(kit.ctx, { role: 'admin' })),
}

// S2-08
test.each([
  ['/events?', 'nobody'],
  ['/events?text=event&', 'ann'],
  ['/me/events?', 'organizer'],
  ['/events/:full/registrations?', 'organizer'],
  ['/events/:over/attendees?', 'ann'],
  ['/me/registrations?', 'ann'],
  ['/events/:over/reviews?', 'nobody'],
  ['/events/:full/notifications?', 'organizer'],
  ['/venues?', 'nobody'],
  ['/accounts?', 'admin'],
  ['/audit?', 'admin'],
] as const)('%s as %s takes as many statements for many as for two', async (path, who) => {
  const statementsFor = async (limit: number) => {
    const before = counting.count()
    const answer = await app.inject({
      url: `/api/v1${path.replace(':over', over.id).replace(':full', full.id)}limit=${limit}`,
      headers: headers[who],
    })
    expect(answer.json().items, answer.body).toHaveLength(limit)
    return counting.count() - before
  }
  await statementsFor(1) // also finds out who asks, which is then known
  const few = await statementsFor(2)
  expect(few).toBeGreaterThan(0)
  expect(await statementsFor(MANY)).toBe(few)
})
