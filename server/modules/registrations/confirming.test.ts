import { describe, expect, test } from 'vitest'
import { aGuest, anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import * as events from '#events'
import * as payments from '#payments'
import * as prices from '#payments/prices'
import * as registrations from '#registrations'
import { confirm as confirmHere } from './confirming.ts'
import * as holds from './holds.ts'
import { guestToken } from './guest-links.ts'

const kit = await openKit({ LOG_LEVEL: 'error' })
const system = kit.as('system')
const find = (id: string) => registrations.find(system, id)
const linkOf = ({ id }: { id: string }) => `/guest-links/${guestToken(kit.ctx.config, id)}`
const confirm = (registration: { id: string }) => kit.call('PUT', `${linkOf(registration)}/confirmation`)
const minutesLeft = (until: Date | string | null) =>
  Math.round((new Date(until!).getTime() - kit.ctx.now().getTime()) / 60_000)
const topicsTo = async (email: string) => {
  await kit.settle()
  const { rows } = await kit.database.query(
    'select topic from notifications where recipient = $1 order by created_at',
    [email],
  )
  return rows.map((row) => row.topic)
}
const seats = async (eventId: string) =>
  (await kit.database.query('select taken, waiting from seat_pools where event_id = $1', [eventId])).rows[0]
const anAskingEvent = (fields: Parameters<typeof anEvent>[1] = {}) =>
  anEvent(kit.ctx, { confirmsGuests: true, ...fields })

describe('a guest of an event that asks for it', () => {
  test('holds a seat for an hour until they confirm, and gets one mail that says so', async () => {
    const event = await anAskingEvent({ capacity: 1 })
    const guest = aGuest('Mallory Buy-Now')
    const answer = await kit.call('POST', `/events/${event.id}/registrations`, { payload: guest })
    expect(answer).toMatchObject({ status: 201, body: { status: 'going', mustConfirm: true } })
    expect(minutesLeft(answer.body.heldUntil)).toBe(60)
    expect(await seats(event.id)).toEqual({ taken: 1, waiting: 0 })
    expect(await topicsTo(guest.email)).toEqual(['to-confirm'])
    const mail = kit.mails.findLast((each) => each.to.address === guest.email)!
    expect(mail.text).toContain(`http://localhost:8000/r/${guestToken(kit.ctx.config, answer.body.id)}\n`)
    expect(`${mail.text} ${mail.to.name}`).not.toContain('Mallory') // words that whoever typed the address chose
    expect((await kit.call('GET', `${linkOf(answer.body)}/ticket`)).status).toBe(409)
    expect(await confirm(answer.body)).toMatchObject({
      status: 200,
      body: { status: 'going', mustConfirm: false, heldUntil: null },
    })
    expect((await kit.call('GET', `${linkOf(answer.body)}/ticket`)).status).toBe(200)
    expect(await topicsTo(guest.email)).toEqual(['to-confirm', 'confirmed'])
    expect((await confirm(answer.body)).status, 'twice').toBe(200)
    expect(await topicsTo(guest.email)).toEqual(['to-confirm', 'confirmed'])
  })

  test('confirms nothing by opening the link, which mail scanners do', async () => {
    const registration = await aRegistration(kit.ctx, (await anAskingEvent()).id)
    for (const method of ['GET', 'HEAD', 'OPTIONS'] as const)
      for (const path of [linkOf(registration), `${linkOf(registration)}/confirmation`])
        await kit.app.inject({ method, url: `/api/v1${path}` })
    expect(await find(registration.id)).toMatchObject({ mustConfirm: true })
  })

  test('loses it when they do not; the head of the line has it at once, and no further mail comes', async () => {
    const event = await anAskingEvent({ capacity: 1 })
    const victim = aGuest()
    const first = await aRegistration(kit.ctx, event.id, victim)
    const account = await anAccount(kit.ctx)
    const second = await registrations.register(kit.as(account), event.id, { accountId: account.id })
    expect(second).toMatchObject({ status: 'waitlisted', mustConfirm: false, heldUntil: null })
    await kit.settle()
    await kit.clock.advance({ minutes: 59 })
    await holds.lapse(system)
    expect(await find(first.id)).toMatchObject({ status: 'going' })
    await kit.clock.advance({ minutes: 2 })
    await Promise.all([holds.lapse(system), holds.lapse(system)])
    expect(await find(first.id)).toMatchObject({ status: 'cancelled', mustConfirm: false })
    expect(await find(second.id)).toMatchObject({ status: 'going', heldUntil: null })
    expect(await seats(event.id)).toEqual({ taken: 1, waiting: 0 })
    const answer = await confirm(first)
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/registrations/not-live'])
    expect(await topicsTo(victim.email)).toEqual(['to-confirm'])
    expect(await topicsTo(account.email)).toEqual(['waitlisted', 'promoted'])
  })

  test('has the seat or has lost it, never both, when confirming and lapsing meet', async () => {
    const event = await anAskingEvent({ capacity: 10 })
    const all = await Promise.all(Array.from({ length: 10 }, () => aRegistration(kit.ctx, event.id)))
    await Promise.all(Array.from({ length: 5 }, () => aRegistration(kit.ctx, event.id)))
    await kit.clock.advance({ minutes: 61 })
    const [answers] = await Promise.all([Promise.all(all.map(confirm)), holds.lapse(system), holds.lapse(system)])
    const { rows } = await kit.database.query(
      `select count(*) filter (where status = 'going' and held_until is null) as theirs, count(*) filter (where status <> 'cancelled') as live
       from registrations where event_id = $1`,
      [event.id],
    )
    expect(rows[0]!.theirs).toBe(answers.filter(({ status }) => status === 200).length)
    expect(await seats(event.id)).toEqual({ taken: rows[0]!.live, waiting: 0 })
  })

  test('waits in line as they would without, but leaves it when they do not confirm', async () => {
    const event = await anAskingEvent({ capacity: 1 })
    const organizer = await anAccount(kit.ctx)
    await registrations.register(kit.as(organizer), event.id, { accountId: organizer.id })
    const [kept, gone] = [aGuest(), aGuest()]
    const second = await aRegistration(kit.ctx, event.id, gone)
    const third = await aRegistration(kit.ctx, event.id, kept)
    await kit.settle()
    expect(third).toMatchObject({ status: 'waitlisted', position: 2, mustConfirm: true })
    expect(await confirm(third)).toMatchObject({ body: { status: 'waitlisted', mustConfirm: false, heldUntil: null } })
    expect(await topicsTo(kept.email)).toEqual(['to-confirm', 'waitlisted'])
    await kit.clock.advance({ minutes: 61 })
    await holds.lapse(system)
    expect(await find(second.id)).toMatchObject({ status: 'cancelled' })
    expect(await find(third.id)).toMatchObject({ status: 'waitlisted', position: 1 })
    expect(await seats(event.id)).toEqual({ taken: 1, waiting: 1 })
    expect(await topicsTo(gone.email)).toEqual(['to-confirm'])
  })

  test('who moves up to a seat before they confirm still has to', async () => {
    const event = await anAskingEvent({ capacity: 1 })
    const guest = aGuest()
    const first = await aRegistration(kit.ctx, event.id)
    const second = await aRegistration(kit.ctx, event.id, guest)
    await registrations.cancel(system, first.id)
    expect(await find(second.id)).toMatchObject({ status: 'going', mustConfirm: true })
    expect(await topicsTo(guest.email)).toEqual(['to-confirm'])
    expect(await confirm(second)).toMatchObject({ body: { status: 'going', mustConfirm: false } })
    expect(await topicsTo(guest.email)).toEqual(['to-confirm', 'confirmed'])
  })

  test('is confirmed by nobody but the link: not by the organizer, nor by another’s link', async () => {
    const event = await anAskingEvent()
    const registration = await aRegistration(kit.ctx, event.id)
    const other = await aRegistration(kit.ctx, event.id)
    await confirm(other)
    expect((await kit.call('PUT', `/registrations/${registration.id}/confirmation`)).status).toBe(404)
    expect((await kit.call('PUT', `/guest-links/${registration.id}.x/confirmation`)).status).toBe(404)
    for (const actor of [kit.as(event.organizer), kit.as('admin')])
      await expect(confirmHere(actor, registration.id)).rejects.toMatchObject({ slug: 'forbidden' })
    expect(await find(registration.id)).toMatchObject({ mustConfirm: true })
  })

  test('confirms by the newest link when the organizer mends the address', async () => {
    const event = await anAskingEvent()
    const registration = await aRegistration(kit.ctx, event.id)
    const email = 'mended.address@example.net'
    const headers = await kit.signIn(event.organizer)
    await kit.settle()
    await kit.call('PATCH', `/registrations/${registration.id}`, { payload: { email }, headers })
    expect(await topicsTo(email)).toEqual(['to-confirm'])
    expect((await confirm(registration)).status, 'the old link').toBe(404)
    const link = `/guest-links/${guestToken(kit.ctx.config, registration.id, 1)}`
    expect((await kit.call('PUT', `${link}/confirmation`)).body).toMatchObject({ mustConfirm: false })
  })

  test('cannot pass on what is not confirmed', async () => {
    const registration = await aRegistration(kit.ctx, (await anAskingEvent()).id)
    const answer = await kit.call('PUT', `${linkOf(registration)}/successor`, { payload: aGuest() })
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/registrations/not-live'])
  })

  test('gets the same answer again for the same Idempotency-Key', async () => {
    const event = await anAskingEvent()
    const post = () =>
      kit.call('POST', `/events/${event.id}/registrations`, {
        payload: { name: 'Ann', email: 'ann.again@example.org' },
        headers: { 'idempotency-key': 'confirm-once' },
      })
    const [first, second] = [await post(), await post()]
    expect(second.body).toEqual(first.body)
    expect(second.body).toMatchObject({ mustConfirm: true, heldUntil: expect.any(String) })
  })

  test('hears nothing of an event that is called off before they confirm', async () => {
    const event = await anAskingEvent()
    const [silent, told] = [aGuest(), aGuest()]
    await aRegistration(kit.ctx, event.id, silent)
    await confirm(await aRegistration(kit.ctx, event.id, told))
    await kit.settle()
    await events.cancel(kit.as(event.organizer), event.id)
    expect(await topicsTo(silent.email)).toEqual(['to-confirm'])
    expect(await topicsTo(told.email)).toContain('event-cancelled')
  })
})

describe('where a seat costs something too', () => {
  const aPricedEvent = async () => {
    const event = await anAskingEvent({ capacity: 1 })
    await prices.set(kit.as(event.organizer), event.id, { amount: 1200, currency: 'EUR', holdMinutes: 30 })
    return event
  }

  test('a guest confirms first; only then is it held for the money, and can be paid for', async () => {
    const event = await aPricedEvent()
    const guest = aGuest()
    const registration = await aRegistration(kit.ctx, event.id, guest)
    expect(minutesLeft(registration.heldUntil)).toBe(60)
    expect(await topicsTo(guest.email)).toEqual(['to-confirm'])
    expect((await kit.call('POST', `${linkOf(registration)}/payment`)).body.type).toBe(
      '/problems/payments/nothing-to-pay',
    )
    await kit.clock.advance({ minutes: 50 })
    const { body } = await confirm(registration)
    expect(body).toMatchObject({ status: 'going', mustConfirm: false })
    expect(minutesLeft(body.heldUntil)).toBe(30)
    expect(await topicsTo(guest.email)).toEqual(['to-confirm', 'held'])
    const payment = (await kit.call('POST', `${linkOf(registration)}/payment`)).body
    await payments.markPaid(kit.as(event.organizer), payment.id)
    expect(await find(registration.id)).toMatchObject({ status: 'going', heldUntil: null })
  })

  test('a guest who does neither loses it at the end of either time', async () => {
    const event = await aPricedEvent()
    const first = await aRegistration(kit.ctx, event.id)
    const second = await aRegistration(kit.ctx, event.id)
    await confirm(second)
    await confirm(first)
    await kit.clock.advance({ minutes: 31 })
    await holds.lapse(system)
    expect(await find(first.id)).toMatchObject({ status: 'cancelled' })
    expect(minutesLeft((await find(second.id)).heldUntil)).toBe(24 * 60)
  })

  test('a guest who has not confirmed gets no seat by the price going away', async () => {
    const event = await aPricedEvent()
    const registration = await aRegistration(kit.ctx, event.id)
    await prices.remove(kit.as(event.organizer), event.id)
    expect(await find(registration.id)).toMatchObject({ mustConfirm: true, heldUntil: expect.any(Date) })
    expect((await confirm(registration)).body).toMatchObject({ mustConfirm: false, heldUntil: null })
  })
})

describe('whether guests have to confirm', () => {
  test('is the organizer’s to say, shown to everybody, kept in history and copied', async () => {
    const event = await anEvent(kit.ctx)
    expect((await kit.call('GET', `/events/${event.id}`)).body.confirmsGuests).toBe(false)
    expect(await aRegistration(kit.ctx, event.id)).toMatchObject({ mustConfirm: false, heldUntil: null })
    const headers = await kit.signIn(event.organizer)
    await kit.call('PATCH', `/events/${event.id}`, { payload: { confirmsGuests: true }, headers })
    expect((await kit.call('GET', `/events/${event.id}`)).body.confirmsGuests).toBe(true)
    expect(await aRegistration(kit.ctx, event.id)).toMatchObject({ mustConfirm: true })
    const history = (await kit.call('GET', `/events/${event.id}/history`, { headers })).body
    expect(JSON.stringify(history)).toContain('"confirmsGuests":{"from":false,"to":true}')
    const startsAt = new Date(kit.ctx.now().getTime() + 30 * 86_400_000).toISOString()
    const copy = await kit.call('POST', `/events/${event.id}/copies`, { payload: { startsAt }, headers })
    expect(copy.body).toMatchObject({ confirmsGuests: true })
  })

  test('makes no difference to who is logged in', async () => {
    const event = await anAskingEvent()
    const account = await anAccount(kit.ctx)
    expect(await registrations.register(kit.as(account), event.id, { accountId: account.id })).toMatchObject({
      mustConfirm: false,
      heldUntil: null,
    })
  })
})
