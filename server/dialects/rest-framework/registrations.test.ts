import { describe, expect, test } from 'vitest'
import * as events from '#events'
import * as interest from '#registrations/interest'
import { anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { page, speaking, told, type Person } from '../../../test/kit/rest-framework.ts'

const kit = await openKit()
const { get, post, numberOf, somebody } = speaking(kit)
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)

describe('coming to an event', () => {
  async function anEventOf(fields: Parameters<typeof anEvent>[1] = {}) {
    const organizer = await somebody('organizer')
    const event = await anEvent(kit.ctx, { organizer, ...fields })
    return { ...event, organizer, number: await numberOf('events', event.id) }
  }
  const to = (event: { number: number }, what: string) => `/api/events/${event.number}/${what}/`

  // S2-03 S2-30 S2-31 S2-35 S2-36
  test('takes a seat, once, and gives it back', async () => {
    const [event, ann] = [await anEventOf(), await somebody()]
    const { status, body } = await post(to(event, 'register'), ann.headers)
    expect(status).toBe(201)
    expect(body).toEqual({ id: expect.any(Number), user: ann.number, event: event.number, registered_at: MOMENT, is_cancelled: false }) // prettier-ignore
    expect(await post(to(event, 'register'), ann.headers)).toEqual({ status: 400, body: told('You are already registered for this event.') }) // prettier-ignore
    expect((await get(`/api/events/${event.number}/`)).body.attendees_count).toBe(1)
    expect(await post(to(event, 'unregister'), ann.headers)).toEqual({ status: 200, body: told('Successfully unregistered from the event.') }) // prettier-ignore
    expect(await post(to(event, 'unregister'), ann.headers)).toEqual({ status: 400, body: told('You are not registered for this event.') }) // prettier-ignore
    expect((await post(to(event, 'register'), ann.headers, {})).status).toBe(201)
    expect(await post('/api/events/999999/unregister/', ann.headers)).toEqual({ status: 404, body: told('Not found.') })
  })

  // S2-32 S2-33 S2-34 S3-13
  test('is refused where it is full, past or not active', async () => {
    const ann = await somebody()
    const refused = (detail: string) => ({ status: 400, body: told(detail) })
    const full = await anEventOf({ capacity: 1 })
    await aRegistration(kit.ctx, full.id)
    expect(await post(to(full, 'register'), ann.headers)).toEqual(refused('This event is full.'))
    const [shut, off] = [await anEventOf(), await anEventOf()]
    await events.close(kit.as(shut.organizer), shut.id)
    await events.cancel(kit.as(off.organizer), off.id)
    for (const event of [shut, off])
      expect(await post(to(event, 'register'), ann.headers)).toEqual(refused('This event is not active.'))
    const past = await anEventOf({ startsInHours: 1 })
    await kit.clock.advance({ hours: 9 })
    expect(await post(to(past, 'register'), await kit.signIn(ann))).toEqual(refused('Cannot register for past events.'))
  })

  // S3-12 S3-25 S3-45 S3-56 S3-57
  test('is said in a word, waits where it is full, and is taken back: C18', async () => {
    const [event, ann, ben] = [await anEventOf({ capacity: 1 }), await somebody(), await somebody()]
    const rsvp = (who: Person, body?: object) => post(to(event, 'rsvp'), who.headers, body)
    const said = (who: Person, status: string, id: unknown = expect.any(Number)) => ({ id, user: who.number, event: event.number, status, created_at: MOMENT }) // prettier-ignore
    expect(await rsvp(ann, { status: 'interested' })).toEqual({ status: 201, body: said(ann, 'interested', null) })
    expect(await rsvp(ann, { status: 'Going' })).toEqual({ status: 201, body: said(ann, 'going') })
    expect(await rsvp(ben)).toEqual({ status: 201, body: said(ben, 'waitlisted') })
    expect(await rsvp(ann, { status: 'perhaps' })).toEqual({ status: 400, body: { status: ['"perhaps" is not a valid choice.'] } }) // prettier-ignore
    await kit.settle() // who goes is not interested any more
    expect(await post(to(event, 'cancel'), ann.headers)).toEqual({ status: 200, body: said(ann, 'cancelled') })
    const attendees = (await get(to(event, 'attendees'), event.organizer.headers)).body
    expect(attendees.results).toMatchObject([{ user: ben.number, status: 'going' }])
    expect(await post(to(event, 'cancel'), ann.headers)).toEqual({ status: 400, body: told('You are not registered for this event.') }) // prettier-ignore
    await interest.show(kit.as(ann), event.id)
    expect(await rsvp(ann, { status: 'cancelled' })).toEqual({ status: 200, body: said(ann, 'cancelled', null) })
  })

  // S2-37 S2-38 S3-14 S3-58
  test('is seen by who organizes it, and as far as people like by others: C6', async () => {
    const [event, ann, ben] = [await anEventOf({ capacity: 1 }), await somebody(), await somebody()]
    await post(to(event, 'rsvp'), ann.headers)
    await post(to(event, 'rsvp'), ben.headers)
    const seen = async (query: string, { headers }: Person) => get(`${to(event, 'attendees')}${query}`, headers)
    const { status, body } = await seen('', event.organizer)
    expect([status, body.count, body.results.length]).toEqual([200, 1, 1])
    expect((await get(`/api/events/${event.number}/`)).body.attendees_count).toBe(body.count)
    expect(body.results[0]).toEqual({
      id: expect.any(Number),
      user: ann.number,
      event: event.number,
      registered_at: MOMENT,
      is_cancelled: false,
      name: ann.username,
      status: 'going',
      created_at: MOMENT,
    })
    expect((await seen('?status=waitlisted', event.organizer)).body).toMatchObject({ count: 1, results: [{ user: ben.number }] }) // prettier-ignore
    const refused = { status: 403, body: told('Only the organizer can view attendees.') }
    expect(await seen('', ann)).toEqual(refused)
    expect(await seen('?status=cancelled', ann)).toEqual(refused)
    expect((await seen('?status=going', ann)).body).toEqual({ ...page([]), count: 1 })
    await kit.ctx.db.updateTable('registrations').set({ visible_to_attendees: true }).execute()
    expect((await seen('?status=going', ben)).body).toMatchObject({ count: 1, results: [{ name: ann.username }] })
    expect((await seen('?status=going', await somebody())).body).toEqual({ ...page([]), count: 1 })
    expect((await seen('?status=waitlisted', ben)).body).toEqual({ ...page([]), count: 1 })
    const cleo = await somebody()
    await interest.show(kit.as(cleo), event.id)
    expect((await seen('?status=interested', event.organizer)).body).toMatchObject({ count: 1, results: [{ id: null, user: cleo.number }] }) // prettier-ignore
    expect((await get(to(event, 'attendees'))).status).toBe(401)
  })

  // S2-39 S2-40 S2-41
  test('is listed with what one is registered for, to come and past', async () => {
    const ann = await somebody()
    const [soon, later, left] = [await anEventOf({ startsInHours: 2 }), await anEventOf(), await anEventOf()]
    for (const event of [soon, later, left]) await post(to(event, 'register'), ann.headers)
    await post(to(left, 'unregister'), ann.headers)
    const list = async (what: string) => (await get(`/api/my-registrations/${what}`, ann.headers)).body
    const all = await list('')
    expect([all.count, all.next, all.previous]).toEqual([3, null, null])
    const { title } = (await get(`/api/events/${soon.number}/`)).body
    expect(all.results.at(-1)).toEqual({
      id: expect.any(Number),
      event: { id: soon.number, title, date: MOMENT },
      registered_at: MOMENT,
      is_cancelled: false,
    })
    expect(all.results.find(({ event }: any) => event.id === left.number).is_cancelled).toBe(true)
    const ids = async (what: string) => (await list(what)).results.map(({ event }: any) => event.id)
    expect(await ids('active/')).toEqual([soon.number, later.number])
    expect(await ids('past/')).toEqual([])
    await kit.clock.advance({ hours: 5 })
    ann.headers = await kit.signIn(ann)
    expect(await ids('active/')).toEqual([later.number])
    expect(await ids('past/')).toEqual([soon.number])
  })

  // S3-28 S3-46 S3-59 S3-60 S3-74
  test('is reviewed by who was there', async () => {
    const [event, ann, ben] = [await anEventOf({ startsInHours: 1 }), await somebody(), await somebody()]
    await post(to(event, 'rsvp'), ann.headers)
    const review = (who: Person, body: object) => post(to(event, 'reviews'), who.headers, body)
    expect((await review(ann, { rating: 5 })).status).toBe(400)
    await kit.clock.advance({ hours: 5 })
    for (const each of [ann, ben]) each.headers = await kit.signIn(each)
    expect(await review(ann, { rating: 6 })).toEqual({ status: 400, body: { rating: ['Ensure this value is less than or equal to 5.'] } }) // prettier-ignore
    expect(await review(ann, {})).toEqual({ status: 400, body: { rating: ['This field is required.'] } })
    const { status, body } = await review(ann, { rating: 5, comment: 'Lovely' })
    expect(status).toBe(201)
    expect(body).toEqual({ id: expect.any(Number), user: ann.number, event: event.number, rating: 5, comment: 'Lovely', created_at: MOMENT }) // prettier-ignore
    expect(await get(to(event, 'reviews'))).toEqual({ status: 200, body: page([body]) })
    expect((await get(`/api/events/${event.number}/`)).body.average_rating).toBe(5)
    expect((await get('/api/events/')).body.results.find(({ id }: any) => id === event.number).average_rating).toBe(5)
    expect((await review(ben, { rating: 1 })).status).toBe(403)
    expect(await review(ann, { rating: 4 })).toEqual({
      status: 400,
      body: told('You have already reviewed this event.'),
    })
  })
})
