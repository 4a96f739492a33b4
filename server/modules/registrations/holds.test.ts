import { describe, expect, test } from 'vitest'
import { aGuest, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { countingStatements } from '../../../test/kit/statements.ts'
import * as events from '#events'
import { transaction, type Ctx } from '#kernel/ctx'
import * as registrations from '#registrations'
import * as attendees from './attendees.ts'
import * as holds from './holds.ts'

const kit = await openKit({ LOG_LEVEL: 'error' })
const system = kit.as('system')
const TERMS = { holdMinutes: 30, offerMinutes: 24 * 60 }
type Options = Parameters<typeof anEvent>[1]

async function aPricedEvent(options: Options = {}) {
  const event = await anEvent(kit.ctx, options)
  await transaction(system, (tx) => holds.charge(tx, event.id, TERMS))
  return event
}
const minutesLeft = (until: Date | null) => Math.round((until!.getTime() - kit.ctx.now().getTime()) / 60_000)
const find = (id: string) => registrations.find(system, id)
const paid = (registration: { id: string; eventId: string }) =>
  transaction(system, (tx) => holds.confirmPaid(tx, { registrationId: registration.id, eventId: registration.eventId }))
const again = (registration: { id: string; eventId: string }) =>
  transaction(system, (tx) => holds.seatAgain(tx, { registrationId: registration.id, eventId: registration.eventId }))
const topicsTo = async (email: string) => {
  await kit.settle()
  const { rows } = await kit.database.query(
    'select topic from notifications where recipient = $1 order by created_at',
    [email],
  )
  return rows.map((row) => row.topic)
}

// S3-29
describe('a seat that must be paid for', () => {
  test('is held for a while and taken; only with the money is it confirmed', async () => {
    const event = await aPricedEvent({ capacity: 1 })
    const guest = aGuest()
    const registration = await aRegistration(kit.ctx, event.id, guest)
    expect(registration.status).toBe('going')
    expect(minutesLeft(registration.heldUntil)).toBe(30)
    expect(await aRegistration(kit.ctx, event.id)).toMatchObject({ status: 'waitlisted', heldUntil: null })
    expect(await topicsTo(guest.email)).toEqual(['held'])
    expect(await paid(registration)).toBe(true)
    expect(await paid(registration), 'once').toBe(false)
    expect(await find(registration.id)).toMatchObject({ status: 'going', heldUntil: null })
    expect(await topicsTo(guest.email)).toEqual(['held', 'confirmed'])
  })

  test('costs nothing where there is no price: it is confirmed at once', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const guest = aGuest()
    expect(await aRegistration(kit.ctx, event.id, guest)).toMatchObject({ status: 'going', heldUntil: null })
    expect(await topicsTo(guest.email)).toEqual(['confirmed'])
  })

  test.each([
    ['lapse', (ctx: Ctx) => holds.lapse(ctx)],
    ['cost nothing any more', (ctx: Ctx, eventId: string) => transaction(ctx, (tx) => holds.charge(tx, eventId, null))],
  ] as const)('is one of however many that %s with as many statements as one', async (_, end) => {
    const statementsFor = async (many: number) => {
      await kit.clock.advance({ days: 2 })
      await holds.lapse(system) // of other tests
      const event = await aPricedEvent({ capacity: 10 })
      for (let n = 0; n < many; n++) await aRegistration(kit.ctx, event.id)
      await kit.clock.advance({ minutes: 31 })
      const counting = countingStatements(system)
      await end(counting.ctx, event.id)
      return counting.count()
    }
    const one = await statementsFor(1)
    expect(one).toBeGreaterThan(2)
    expect(await statementsFor(7)).toBe(one)
  })

  test('lapses when the money does not come; the head of the line is offered it, for longer', async () => {
    const event = await aPricedEvent({ capacity: 1 })
    const [late, next, last] = [aGuest(), aGuest(), aGuest()]
    const first = await aRegistration(kit.ctx, event.id, late)
    const second = await aRegistration(kit.ctx, event.id, next)
    const third = await aRegistration(kit.ctx, event.id, last)
    await kit.clock.advance({ minutes: 29 })
    expect(await holds.lapse(system)).toBe(0)
    await kit.clock.advance({ minutes: 2 })
    expect((await Promise.all([holds.lapse(system), holds.lapse(system)])).sort()).toEqual([0, 1])
    expect(await find(first.id)).toMatchObject({ status: 'cancelled', heldUntil: null })
    const offered = await find(second.id)
    expect(offered).toMatchObject({ status: 'going' })
    expect(minutesLeft(offered.heldUntil)).toBe(24 * 60)
    expect(await find(third.id)).toMatchObject({ status: 'waitlisted', position: 1 })
    expect(await topicsTo(late.email)).toEqual(['lapsed'])
    expect(await topicsTo(next.email)).toContain('offered')
    expect(await paid(second)).toBe(true)
    expect(await topicsTo(next.email)).toContain('confirmed')
  })

  test('cannot be kept longer than the event lasts, and a line is not moved after it', async () => {
    const event = await aPricedEvent({ capacity: 1, startsInHours: 0.1 })
    const first = await aRegistration(kit.ctx, event.id)
    const second = await aRegistration(kit.ctx, event.id)
    await kit.clock.advance({ hours: 3 })
    expect(await holds.lapse(system)).toBe(1)
    expect(await find(first.id)).toMatchObject({ status: 'cancelled' })
    expect(await find(second.id)).toMatchObject({ status: 'waitlisted' })
    expect(await holds.lapse(system)).toBe(0)
  })

  test('is theirs without money once the event becomes free of charge', async () => {
    const event = await aPricedEvent({ capacity: 1 })
    const guest = aGuest()
    const registration = await aRegistration(kit.ctx, event.id, guest)
    await transaction(system, (tx) => holds.charge(tx, event.id, null))
    expect(await find(registration.id)).toMatchObject({ status: 'going', heldUntil: null })
    await kit.clock.advance({ hours: 1 })
    expect(await holds.lapse(system)).toBe(0)
    expect(await topicsTo(guest.email)).toEqual(['confirmed'])
  })

  test('given back or lost with the event it is held no more', async () => {
    const event = await aPricedEvent({ capacity: 2 })
    const first = await aRegistration(kit.ctx, event.id)
    const second = await aRegistration(kit.ctx, event.id)
    expect(await registrations.cancel(system, first.id)).toMatchObject({ status: 'cancelled', heldUntil: null })
    await events.cancel(kit.as(event.organizer), event.id)
    expect(await find(second.id)).toMatchObject({ status: 'cancelled', heldUntil: null })
  })

  test('the same Idempotency-Key gets the same hold again', async () => {
    const event = await aPricedEvent()
    const guest = aGuest()
    const send = () =>
      kit.call('POST', `/events/${event.id}/registrations`, { payload: guest, headers: { 'idempotency-key': 'h' } })
    const first = await send()
    expect(first.body.heldUntil).toMatch(/Z$/)
    expect((await send()).body).toEqual(first.body)
  })
})

describe('seating again whose hold had lapsed', () => {
  async function lapsed(options: Options = {}) {
    const event = await aPricedEvent({ capacity: 1, ...options })
    const guest = aGuest()
    const registration = await aRegistration(kit.ctx, event.id, guest)
    await kit.clock.advance({ minutes: 31 })
    await holds.lapse(system)
    return { event, guest, registration }
  }

  test('works once while a seat is free', async () => {
    const { event, guest, registration } = await lapsed()
    expect(await again(registration)).toBe(true)
    expect(await again(registration)).toBe(false)
    expect(await find(registration.id)).toMatchObject({ status: 'going', heldUntil: null })
    expect(await attendees.ofEvent(kit.as(event.organizer), event.id, {})).toMatchObject({ counts: { going: 1 } })
    expect(await topicsTo(guest.email)).toContain('confirmed')
  })

  test('does not go ahead of anybody, nor into a seat that is taken', async () => {
    const { event, registration } = await lapsed()
    await aRegistration(kit.ctx, event.id)
    expect(await again(registration)).toBe(false)
  })

  test('leaves alone who has registered again, whoever gave the place back, and a cancelled event', async () => {
    const { event, guest, registration } = await lapsed({ capacity: 3 })
    const second = await aRegistration(kit.ctx, event.id, guest)
    expect(await again(registration)).toBe(false)
    await registrations.cancel(system, second.id)
    expect(await again(second)).toBe(false)
    await events.cancel(kit.as(event.organizer), event.id)
    expect(await again(registration)).toBe(false)
  })
})

test('seats that are not paid for are counted among those that are taken, and by themselves', async () => {
  const event = await aPricedEvent({ capacity: 3 })
  const [ann] = [await aRegistration(kit.ctx, event.id), await aRegistration(kit.ctx, event.id)]
  await paid(ann)
  const { counts } = await attendees.ofEvent(kit.as(event.organizer), event.id, {})
  expect(counts).toEqual({ going: 2, held: 1, waitlisted: 0, cancelled: 0, interested: 0 })
  expect((await kit.call('GET', `/events/${event.id}/attendees/counts`)).body).toMatchObject({ going: 2, held: 1 })
})
