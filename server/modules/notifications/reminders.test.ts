import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import * as events from '#events'
import { copy } from '#events/copies'
import * as prices from '#payments/prices'
import { relayFacts } from '#kernel/relay'
import * as registrations from '#registrations'
import * as series from '#series'
import { change } from '#series/changing'
import { subscribe } from '#subscriptions'
import { aGuest, anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { remind } from './reminders.ts'

const kit = await openKit()
const system = kit.as('system')
const inHours = (hours: number) => new Date(kit.ctx.now().getTime() + hours * 3_600_000).toISOString()

beforeEach(async () => {
  await kit.settle()
  await sql`update events set deleted_at = app_now() where deleted_at is null`.execute(kit.ctx.db)
  kit.mails.length = 0
})

/** Does what the worker does, and answers who got what since the last time. */
async function work(): Promise<string[]> {
  await kit.settle()
  while ((await remind(system)) > 0);
  await kit.settle()
  return kit.mails.splice(0).map(({ to, subject }) => `${to.address} ${/^[\w ]+/.exec(subject)![0]}`)
}

const marks = async () => {
  const { rows } = await sql<{ minutes_before: number; missed: boolean }>`
    select minutes_before, missed from reminders d join events e on e.id = d.event_id where e.deleted_at is null
    order by d.starts_at, minutes_before desc`.execute(kit.ctx.db)
  return rows.map((row) => `${row.minutes_before}${row.missed ? ' missed' : ''}`)
}

// S3-26 S4-31 S4-33
describe('a reminder', () => {
  test('comes a day and half an hour before, again when the event is moved, and never once it is cancelled', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 25, title: 'Kites' })
    await aRegistration(kit.ctx, event.id, { name: 'Ann', email: 'ann@example.org' })
    expect(await work()).toEqual(['ann@example.org You have a place'])
    await kit.clock.advance({ minutes: 59 })
    expect(await work()).toEqual([])
    await kit.clock.advance({ minutes: 2 })
    expect(await work()).toEqual(['ann@example.org Reminder'])
    expect(await work()).toEqual([])

    await events.edit(kit.as(event.organizer), event.id, { startsAt: inHours(72), endsAt: inHours(74) })
    expect(await work()).toEqual(['ann@example.org Moved'])
    await kit.clock.advance({ hours: 47 })
    expect(await work()).toEqual([])
    await kit.clock.advance({ hours: 2 })
    expect(await work()).toEqual(['ann@example.org Reminder'])

    await events.cancel(kit.as(event.organizer), event.id)
    expect(await work()).toEqual(['ann@example.org Event cancelled'])
    await kit.clock.advance({ hours: 22, minutes: 45 })
    expect(await work()).toEqual([])
    expect(await marks()).toEqual(['1440', '1440'])
  })

  test('says what, when and where, and how to give the place back', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 25, title: 'Kites', place: 'The hill' })
    await aRegistration(kit.ctx, event.id, { name: 'Ann', email: 'ann@example.org' })
    await kit.settle()
    await kit.clock.advance({ hours: 2 })
    await remind(system)
    kit.mails.length = 0
    await kit.settle()
    const [mail] = kit.mails
    expect(mail!.subject).toMatch(/^Reminder: Kites, \w+day, \d+ \w+ \d{4}, \d\d:\d\d \(Europe\/Berlin\)$/)
    expect(mail!.text).toContain('The hill')
    expect(mail!.text).toContain('Hello Ann,')
    expect(mail!.text).toMatch(/\/r\/[\w.-]+/)
    expect(mail!.glance).toMatchObject({ until: new Date(event.startsAt), about: expect.stringContaining('kites') })
  })

  test('is for who is going: not who waits, has still to pay, to confirm, has left, or came after its time', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 30, capacity: 2 })
    const one = await aRegistration(kit.ctx, event.id, { name: 'One', email: 'one@example.org' })
    const two = await aRegistration(kit.ctx, event.id, { name: 'Two', email: 'two@example.org' })
    await aRegistration(kit.ctx, event.id, { name: 'Next', email: 'next@example.org' })
    await aRegistration(kit.ctx, event.id, { name: 'Waits', email: 'waits@example.org' })
    const priced = await anEvent(kit.ctx, { startsInHours: 30 })
    const price = { amount: 100, currency: 'EUR', provider: 'manual' as const, holdMinutes: 1440 }
    await prices.set(kit.as(priced.organizer), priced.id, price)
    await aRegistration(kit.ctx, priced.id, { name: 'Owes', email: 'owes@example.org' })
    const confirming = await anEvent(kit.ctx, { startsInHours: 24.5, confirmsGuests: true })
    await aRegistration(kit.ctx, confirming.id, { name: 'Unsure', email: 'unsure@example.org' })
    await kit.clock.advance({ minutes: 31 })
    const first = await work()
    await registrations.cancel(system, one.id) // the next one moves up, in time
    await kit.clock.advance({ hours: 5, minutes: 30 })
    await registrations.cancel(system, two.id) // and the one after, too late
    const rest = await work()
    expect([...first, ...rest].filter((each) => each.endsWith('Reminder'))).toEqual(['next@example.org Reminder'])
    expect(await marks()).toEqual(['1440', '1440', '1440'])
  })

  test('is not for who registers after its time, who hears of it anyway', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 25 })
    await kit.clock.advance({ hours: 2 }) // no worker was there
    await aRegistration(kit.ctx, event.id, { name: 'Late', email: 'late@example.org' })
    expect(await work()).toEqual(['late@example.org You have a place'])
    await kit.clock.advance({ hours: 22, minutes: 31 })
    expect(await work()).toEqual(['late@example.org Reminder'])
  })

  test('of several that passed while nobody worked, only the nearest is sent', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 25, reminderMinutes: [60, 1440, 600, 30] })
    await aRegistration(kit.ctx, event.id, { name: 'Ann', email: 'ann@example.org' })
    await work()
    await kit.clock.advance({ hours: 24, minutes: 5 })
    expect(await work()).toEqual(['ann@example.org Reminder'])
    expect(await marks()).toEqual(['1440 missed', '600 missed', '60'])
    await kit.clock.advance({ minutes: 26 })
    expect(await work()).toEqual(['ann@example.org Reminder'])
  })

  test('whose time had passed when the event was moved there, or when it was asked for, is not sent', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 72 })
    await aRegistration(kit.ctx, event.id, { name: 'Ann', email: 'ann@example.org' })
    await work()
    await events.edit(kit.as(event.organizer), event.id, { startsAt: inHours(20), endsAt: inHours(21) })
    expect(await work()).toEqual(['ann@example.org Moved'])
    await events.edit(kit.as(event.organizer), event.id, { reminderMinutes: [1300, 30] })
    expect(await work()).toEqual([])
    expect(await marks()).toEqual(['1440 missed', '1300 missed'])
    await kit.clock.advance({ hours: 19, minutes: 31 })
    expect(await work()).toEqual(['ann@example.org Reminder'])
  })

  test('that was written and has not left is dropped when the event moves, is called off or has begun, or the person leaves', async () => {
    const begin = async () => {
      const event = await anEvent(kit.ctx, { startsInHours: 25 })
      const place = await aRegistration(kit.ctx, event.id)
      const follower = `follows.${place.number}@example.org`
      await subscribe(kit.ctx, event.id, { email: follower })
      return { ...event, place, link: (await sql<{ id: string }>`select id from subscriptions where email = ${follower}`.execute(kit.ctx.db)).rows[0]!.id } // prettier-ignore
    }
    const [moved, called, left, begun] = [await begin(), await begin(), await begin(), await begin()]
    await kit.settle()
    await kit.clock.advance({ hours: 2 })
    expect(await remind(system)).toBe(4)
    await events.edit(kit.as(moved.organizer), moved.id, { startsAt: inHours(90), endsAt: inHours(91) })
    await events.cancel(kit.as(called.organizer), called.id)
    await registrations.cancel(system, left.place.id)
    await sql`delete from subscriptions where id = ${left.link}`.execute(kit.ctx.db)
    await relayFacts(system)
    kit.mails.length = 0
    await sql`update notifications set due_at = app_now() + interval '1 day' where topic = 'reminder' and event_id = ${begun.id}`.execute(kit.ctx.db) // prettier-ignore
    await kit.settle()
    expect(kit.mails.filter(({ subject }) => subject.startsWith('Reminder'))).toEqual([])
    await kit.clock.advance({ hours: 25 })
    await kit.settle()
    expect(kit.mails.filter(({ subject }) => subject.startsWith('Reminder'))).toEqual([])
    const { rows } = await sql<{ last_error: string; n: number }>`
      select last_error, count(*) as n from notifications where topic = 'reminder' and failed_at is not null and event_id = any(${[moved, called, left, begun].map(({ id }) => id)}::uuid[])
      group by last_error order by last_error`.execute(kit.ctx.db)
    expect(rows.map(({ last_error, n }) => `${n} ${last_error}`)).toEqual([
      '2 it was not so any more: the event has begun',
      '2 it was not so any more: the event was called off',
      '2 it was not so any more: the event was moved',
      '2 it was not so any more: the person has left',
    ])
  })

  test('is said of an event, of its copies and of a series, and seen in its history', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const headers = await kit.signIn(organizer)
    const startsAt = inHours(200).replace(/\.\d+/, '.000')
    const event = await anEvent(kit.ctx, { organizer, draft: true, startsAt })
    const seen = async (id: string) => (await kit.call('GET', `/events/${id}`, { headers })).body.reminderMinutes
    expect(await seen(event.id)).toEqual([1440, 30])
    const said = (reminderMinutes: unknown) =>
      kit.call('PATCH', `/events/${event.id}`, { headers, payload: { reminderMinutes } as object })
    expect((await said([10, 120])).body.reminderMinutes).toEqual([120, 10])
    for (const wrong of [[4], [20_161], [5, 6, 7, 8, 9, 10], [60, 60], null, ['60']])
      expect((await said(wrong)).status, JSON.stringify(wrong)).toBe(422)
    const history = (await kit.call('GET', `/events/${event.id}/history`, { headers })).body
    expect(history.items[0].changes).toEqual({ reminderMinutes: { from: [1440, 30], to: [120, 10] } })
    expect(await seen(await copy(kit.as(organizer), event.id, { startsAt: inHours(400) }))).toEqual([120, 10])
    const seriesId = await series.repeat(kit.as(organizer), event.id, 'FREQ=WEEKLY;COUNT=3')
    const { rows } = await sql<{ r: number[] }>`select reminder_minutes as r from events where series_id = ${seriesId}`.execute(kit.ctx.db) // prettier-ignore
    expect(rows.map(({ r }) => r)).toEqual([[120, 10], [120, 10], [120, 10]]) // prettier-ignore
    await change(kit.as(organizer), seriesId, { reminderMinutes: [] })
    expect(await seen(event.id)).toEqual([])
  })

  test('is left alone where the organizer wants none, and reaches accounts as they have chosen', async () => {
    const none = await anEvent(kit.ctx, { startsInHours: 25, reminderMinutes: [] })
    await aRegistration(kit.ctx, none.id, aGuest())
    const event = await anEvent(kit.ctx, { startsInHours: 25 })
    const quiet = await anAccount(kit.ctx)
    await sql`update accounts set channels = '{"reminders":[]}' where id = ${quiet.id}`.execute(kit.ctx.db)
    const keen = await anAccount(kit.ctx, { email: 'keen@example.org' })
    for (const { id } of [quiet, keen]) await registrations.register(kit.as({ id }), event.id, { accountId: id })
    await work()
    await kit.clock.advance({ hours: 2 })
    expect(await work()).toEqual(['keen@example.org Reminder'])
  })
})
