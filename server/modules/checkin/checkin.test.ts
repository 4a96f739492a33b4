import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import * as events from '#events'
import { actingAs } from '#kernel/ctx'
import * as registrations from '#registrations'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import * as checkin from './checkin.ts'
import * as tickets from './tickets.ts'

const kit = await openKit()

test('a private event has no door for others, who cannot tell that there is such an event', async () => {
  const event = await anEvent(kit.ctx, { visibility: 'private' })
  const headers = await kit.signIn(await anAccount(kit.ctx, { role: 'organizer' }))
  const known = { headers: await kit.signIn(event.organizer) }
  const payload = { name: 'Ann', email: 'ann@example.org' }
  const code = { code: 'x'.repeat(40) }
  for (const [method, what, body] of [
    ['GET', 'check-ins'],
    ['POST', 'check-ins', code],
    ['POST', 'walk-ins', payload],
    ['GET', 'door'],
  ] as const) {
    const asked = { headers, ...(body ? { payload: body } : {}) }
    expect((await kit.call(method, `/events/${event.id}/${what}`, asked)).status, what).toBe(404)
  }
  expect((await kit.call('GET', `/events/${event.id}/door`, known)).status).toBe(200)
})

// S0-40
describe('at the door', () => {
  test('a ticket lets one person in once; a second time says since when and by whom', async () => {
    const { event, door, register, code } = await anEvening()
    const ann = await register()
    const entry = await door('POST', 'check-ins', { code: code(ann.id), device: 'north' })
    expect(entry).toMatchObject({ status: 201, body: { registrationId: ann.id, name: ann.name } })
    await kit.clock.advance({ minutes: 5 })
    for (const payload of [{ code: code(ann.id) }, { registrationId: ann.id }])
      expect(await door('POST', 'check-ins', payload)).toMatchObject({
        status: 409,
        body: { type: '/problems/checkin/already-in', at: entry.body.at, by: event.organizer.username, name: ann.name },
      })
    expect((await door('GET', 'check-ins')).body).toEqual({ going: 1, in: 1 })
  })

  test('ten devices that scan one ticket at once let one person in, and nine are told when that was', async () => {
    const { door, register, code } = await anEvening()
    const ann = await register()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => door('POST', 'check-ins', { code: code(ann.id) })),
    )
    const entries = answers.filter((each) => each.status === 201)
    expect(entries).toHaveLength(1)
    for (const each of answers.filter((each) => each !== entries[0]))
      expect(each).toMatchObject({ status: 409, body: { at: entries[0]!.body.at } })
  })

  test('an entry is taken back, twice without harm, and the ticket is good again', async () => {
    const { door, register, code, facts } = await anEvening()
    const ann = await register()
    await door('POST', 'check-ins', { code: code(ann.id) })
    for (let n = 0; n < 2; n++) expect(await door('DELETE', `check-ins/${ann.id}`)).toMatchObject({ status: 204 })
    expect((await door('GET', 'check-ins')).body).toEqual({ going: 1, in: 0 })
    expect(await door('POST', 'check-ins', { code: code(ann.id) })).toMatchObject({ status: 201 })
    expect(await facts()).toEqual(['checkin.made', 'checkin.undone', 'checkin.made'])
  })

  test('a scan that is sent again is answered as at first, whatever has happened since', async () => {
    const { door, register, code, facts } = await anEvening()
    const ann = await register()
    const won = { code: code(ann.id), scanId: 'phone 1, scan 7' }
    const lost = { code: code(ann.id), scanId: 'phone 2, scan 3' }
    const first = await door('POST', 'check-ins', won)
    const second = await door('POST', 'check-ins', lost)
    expect([first.status, second.status]).toEqual([201, 409])
    await door('DELETE', `check-ins/${ann.id}`)
    expect(await door('POST', 'check-ins', won)).toMatchObject({ status: 201, body: first.body })
    expect(await door('POST', 'check-ins', lost)).toMatchObject({ status: 409, body: { at: first.body.at } })
    expect((await door('GET', 'check-ins')).body).toMatchObject({ in: 0 })
    expect(await facts()).toEqual(['checkin.made', 'checkin.undone'])
  })

  test('one scan on its way many times is one scan', async () => {
    const { door, register, code, facts } = await anEvening()
    const scan = { code: code((await register()).id), scanId: 'a' }
    const answers = await Promise.all(Array.from({ length: 8 }, () => door('POST', 'check-ins', scan)))
    expect(answers.map((each) => each.status)).toEqual(Array(8).fill(201))
    expect(new Set(answers.map((each) => each.body.at)).size).toBe(1)
    expect(await facts()).toEqual(['checkin.made'])
  })

  test('a scanId is not for two tickets', async () => {
    const { door, register, code } = await anEvening()
    const [ann, ben] = [await register(), await register()]
    await door('POST', 'check-ins', { code: code(ann.id), scanId: 'a' })
    expect(await door('POST', 'check-ins', { code: code(ben.id), scanId: 'a' })).toMatchObject({ status: 422 })
  })

  test('who waits or has cancelled stays outside, and the door says why', async () => {
    const { door, register, code } = await anEvening({ capacity: 1 })
    const [going, waiting] = [await register(), await register()]
    expect(await door('POST', 'check-ins', { code: code(waiting.id) })).toMatchObject({
      status: 409,
      body: { type: '/problems/checkin/not-going', status: 409 },
    })
    await registrations.cancel(kit.as('system'), going.id)
    expect(await door('POST', 'check-ins', { code: code(going.id) })).toMatchObject({
      status: 409,
      body: { type: '/problems/checkin/not-going', registration: 'cancelled' },
    })
    expect(await door('POST', 'check-ins', { code: code(waiting.id) })).toMatchObject({ status: 201 })
  })

  test('a code that is wrong, replaced or not ours is no ticket', async () => {
    const { door, register, code } = await anEvening()
    const ann = await register()
    const good = code(ann.id)
    await sql`update registrations set ticket_generation = 1 where id = ${ann.id}`.execute(kit.ctx.db)
    const forged = tickets.codeFor({ secretKey: 'guessed' }, { registrationId: ann.id, generation: 1 })
    const nobody = tickets.codeFor(kit.ctx.config, {
      registrationId: '01900000-0000-7000-8000-000000000000',
      generation: 0,
    })
    for (const bad of [good, forged, nobody, 'hello', `${good}x`, good.slice(0, -1)])
      expect(await door('POST', 'check-ins', { code: bad }), bad).toMatchObject({
        status: 404,
        body: { type: '/problems/checkin/code-unknown' },
      })
    expect(await door('POST', 'check-ins', { code: code(ann.id, 1) })).toMatchObject({ status: 201 })
  })

  test('a ticket for another event is turned away without a word of whose it is', async () => {
    const { door } = await anEvening()
    const other = await anEvening()
    const ann = await other.register()
    const answer = await door('POST', 'check-ins', { code: other.code(ann.id) })
    expect(answer).toMatchObject({ status: 409, body: { type: '/problems/checkin/wrong-event' } })
    expect(JSON.stringify(answer.body)).not.toContain(ann.name)
    expect(await door('POST', 'check-ins', { registrationId: ann.id })).toMatchObject({ status: 404 })
    expect(await door('DELETE', `check-ins/${ann.id}`)).toMatchObject({ status: 404 })
  })

  // reliability S1
  test('who is in at another event stays in, whatever is taken back here', async () => {
    const [mine, theirs] = [await anEvening(), await anEvening()]
    const ann = await theirs.register()
    await theirs.door('POST', 'check-ins', { code: theirs.code(ann.id) })
    expect(await mine.door('DELETE', `check-ins/${ann.id}`)).toMatchObject({ status: 404 })
    expect(await theirs.door('POST', 'check-ins', { code: theirs.code(ann.id) })).toMatchObject({ status: 409 })
    expect(await theirs.facts()).toEqual(['checkin.made'])
  })

  test('either a code or a registration is shown', async () => {
    const { door, register, code } = await anEvening()
    const { id } = await register()
    for (const payload of [{}, { code: code(id), registrationId: id }])
      expect(await door('POST', 'check-ins', payload)).toMatchObject({ status: 422 })
  })

  test('only its organizer and admins stand there', async () => {
    const { event, register, code } = await anEvening()
    const unseen = [await anEvent(kit.ctx, { draft: true }), await anEvent(kit.ctx, { visibility: 'private' })]
    const { id } = await register()
    const stranger = kit.as(await anAccount(kit.ctx, { role: 'organizer' }))
    for (const act of [
      (ctx: typeof stranger, eventId: string) => checkin.checkIn(ctx, eventId, { code: code(id) }),
      (ctx: typeof stranger, eventId: string) => checkin.undo(ctx, eventId, id),
      (ctx: typeof stranger, eventId: string) => checkin.counts(ctx, eventId),
      (ctx: typeof stranger, eventId: string) => checkin.list(ctx, eventId, {}),
    ]) {
      await expect(act(stranger, event.id)).rejects.toMatchObject({ slug: 'forbidden' })
      for (const { id: hidden } of unseen)
        await expect(act(stranger, hidden)).rejects.toMatchObject({ slug: 'not-found' })
      await expect(act(kit.as('anonymous'), event.id)).rejects.toMatchObject({ slug: 'sign-in-required' })
    }
    expect(await checkin.counts(kit.as('admin'), event.id)).toEqual({ going: 1, in: 0 })
  })

  test('the list finds people by a part of the name or the address, in the order of the names', async () => {
    const { event, door } = await anEvening()
    for (const name of ['Cleo', 'anna', 'Ben', 'Annika'])
      await aRegistration(kit.ctx, event.id, { name, email: `${name.toLowerCase()}@example.org` })
    const names = async (query: string) => (await door('GET', `door${query}`)).body.items.map((each: any) => each.name)
    expect(await names('')).toEqual(['anna', 'Annika', 'Ben', 'Cleo'])
    expect(await names('?text=ANN')).toEqual(['anna', 'Annika'])
    expect(await names('?text=ben@')).toEqual(['Ben'])
    const first = (await door('GET', 'door?limit=3')).body
    const rest = (await door('GET', `door?limit=3&cursor=${first.nextCursor}`)).body
    expect(rest.items.map((each: any) => each.name)).toEqual(['Cleo'])
    expect(rest.nextCursor).toBeNull()
  })

  test('who has come in cannot give the place back, unless the entry is taken back', async () => {
    const { event, register } = await anEvening()
    const ann = await register()
    const organizer = kit.as(event.organizer)
    const guest = actingAs(kit.ctx, { kind: 'guest', registrationId: ann.id })
    await checkin.checkIn(organizer, event.id, { registrationId: ann.id })
    await expect(registrations.cancel(guest, ann.id)).rejects.toMatchObject({ slug: 'checkin/already-in' })
    await checkin.undo(organizer, event.id, ann.id)
    expect(await registrations.cancel(guest, ann.id)).toMatchObject({ status: 'cancelled' })
  })

  test('of an entry and a cancellation at the same moment one happens', async () => {
    const { event, register } = await anEvening()
    const organizer = kit.as(event.organizer)
    for (let n = 0; n < 10; n++) {
      const { id } = await register()
      const results = await Promise.allSettled([
        checkin.checkIn(organizer, event.id, { registrationId: id }),
        registrations.cancel(organizer, id),
      ])
      expect(results.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    }
  })
})

describe('the door', () => {
  test('opens twelve hours before the day of the event in its zone, also for walk-ins', async () => {
    const event = await anEvent(kit.ctx, {
      zone: 'Pacific/Auckland',
      startsAt: '2035-06-10T06:00:00Z', // six in the evening
      endsAt: '2035-06-10T09:00:00Z',
    })
    const { id } = await aRegistration(kit.ctx, event.id)
    const headers = await kit.signIn(event.organizer)
    const scan = () => kit.call('POST', `/events/${event.id}/check-ins`, { headers, payload: { registrationId: id } })
    const early = { status: 409, body: { type: '/problems/checkin/too-early', opensAt: '2035-06-09T00:00:00.000Z' } }
    expect(await scan()).toMatchObject(early)
    const guest = { name: 'Ann', email: 'ann.early@example.org' }
    expect(await kit.call('POST', `/events/${event.id}/walk-ins`, { headers, payload: guest })).toMatchObject(early)
    // The same day, tonight.
    await sql`update events set starts_at = app_now() + interval '11 hours', ends_at = app_now() + interval '13 hours' where id = ${event.id}`.execute(
      kit.ctx.db,
    )
    expect((await scan()).status).toBe(201)
  })
})

// S0-40
describe('after the end', () => {
  test('who was in when the event was called off was there all the same', async () => {
    const { event, register, attended } = await anEvening()
    const [ann, ben] = [await register(), await register()]
    await checkin.checkIn(kit.as(event.organizer), event.id, { registrationId: ann.id })
    await events.cancel(kit.as(event.organizer), event.id)
    await kit.clock.advance({ days: 1 })
    expect(await attended()).toEqual({ [ann.id]: true, [ben.id]: null })
  })

  test('the list of attendees says who was there and who did not come', async () => {
    const { event, register, attended } = await anEvening()
    const [ann, ben] = [await register(), await register()]
    const gone = await register()
    await registrations.cancel(kit.as('system'), gone.id)
    await checkin.checkIn(kit.as(event.organizer), event.id, { registrationId: ann.id })
    expect(await attended()).toEqual({ [ann.id]: null, [ben.id]: null, [gone.id]: null })
    await kit.clock.advance({ days: 8 })
    expect(await attended()).toEqual({ [ann.id]: true, [ben.id]: false, [gone.id]: null })
  })

  test('nobody is said to have stayed away where nobody was checked in', async () => {
    const { register, attended } = await anEvening()
    const { id } = await register()
    await kit.clock.advance({ days: 8 })
    expect(await attended()).toEqual({ [id]: null })
  })
})

/** An event with its door. */
async function anEvening(options: { capacity?: number } = {}) {
  const event = await anEvent(kit.ctx, { startsInHours: 5, ...options })
  const headers = await kit.signIn(event.organizer)
  return {
    event,
    register: () => aRegistration(kit.ctx, event.id),
    code: (registrationId: string, generation = 0) => tickets.codeFor(kit.ctx.config, { registrationId, generation }),
    door: (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
      kit.call(method, `/events/${event.id}/${path}`, { headers, payload }),
    attended: async () =>
      Object.fromEntries(
        (
          await kit.call('GET', `/events/${event.id}/registrations`, { headers: await kit.signIn(event.organizer) })
        ).body.items.map((each: any) => [each.id, each.attended]),
      ),
    facts: async () =>
      (
        await sql<{ kind: string }>`
          select kind from facts where data ->> 'eventId' = ${event.id} and kind like 'checkin.%' order by id`.execute(
          kit.ctx.db,
        )
      ).rows.map((row) => row.kind),
  }
}
