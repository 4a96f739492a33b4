import { describe, expect, test } from 'vitest'
import { aGuest, anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import * as events from '#events'
import * as registrations from '#registrations'
import type { Database } from '#db/connect'
import { newId } from '#kernel/ids'
import * as attendees from './attendees.ts'
import { openDesk } from './desk.ts'

const kit = await openKit({ LOG_LEVEL: 'error' })

// S1-05 S2-03 S3-13 S3-25
describe('registering', () => {
  test('the last seat goes to exactly one of many who race for it; the others stand in line 1, 2, 3 …', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, n) => registrations.register(kit.ctx, event.id, aGuest(`Racer ${n}`))),
    )
    expect(results.filter((each) => each.status === 'going')).toHaveLength(1)
    const line = results.filter((each) => each.status === 'waitlisted').map((each) => each.position)
    expect(line.sort((a, b) => a! - b!)).toEqual(Array.from({ length: 29 }, (_, n) => n + 1))
  })

  // S2-66
  test('one person has one place, however the address is written', async () => {
    const event = await anEvent(kit.ctx, { capacity: 5 })
    const spellings = ['Ann@Example.org', 'ann@example.org', 'ANN@EXAMPLE.ORG', 'ann@EXAMPLE.org']
    const results = await Promise.allSettled(
      spellings.map((email) => registrations.register(kit.ctx, event.id, { name: 'Ann', email })),
    )
    expect(results.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    for (const each of results)
      if (each.status === 'rejected') expect(each.reason.slug).toBe('registrations/already-registered')
  })

  test('who declines the line is refused when the event is full', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    await aRegistration(kit.ctx, event.id)
    await expect(registrations.register(kit.ctx, event.id, aGuest(), { waitlist: false })).rejects.toMatchObject({
      slug: 'registrations/event-full',
      extensions: { waitlistOffered: true },
    })
  })

  test('an event without a waitlist is simply full', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1, hasWaitlist: false })
    await aRegistration(kit.ctx, event.id)
    await expect(aRegistration(kit.ctx, event.id)).rejects.toMatchObject({
      slug: 'registrations/event-full',
      extensions: { waitlistOffered: false },
    })
  })

  test('after the deadline, by the database’s clock, nobody registers', async () => {
    const event = await anEvent(kit.ctx, { registrationDeadline: new Date(Date.now() + 3_600_000).toISOString() })
    await aRegistration(kit.ctx, event.id)
    await kit.clock.advance({ hours: 1 })
    await expect(aRegistration(kit.ctx, event.id)).rejects.toMatchObject({ slug: 'registrations/closed' })
  })

  test('an event that is published after its deadline is closed from the start', async () => {
    const registrationDeadline = new Date(kit.ctx.now().getTime() + 3_600_000).toISOString()
    const event = await anEvent(kit.ctx, { draft: true, registrationDeadline })
    await kit.clock.advance({ hours: 2 })
    await events.publish(kit.as(event.organizer), event.id)
    expect((await kit.call('GET', `/events/${event.id}`)).body).toMatchObject({
      status: 'closed',
      can: { register: false },
    })
    await expect(aRegistration(kit.ctx, event.id)).rejects.toMatchObject({ slug: 'registrations/closed' })
  })

  test('who is refused wakes nobody', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1, hasWaitlist: false })
    const woken: string[][] = []
    const hear = (about: string[]) => void woken.push(about)
    kit.ctx.wakers.add(hear)
    const guest = aGuest()
    await registrations.register(kit.ctx, event.id, guest)
    expect(woken).toEqual([[event.id]])
    for (const who of [guest, aGuest()]) await expect(registrations.register(kit.ctx, event.id, who)).rejects.toThrow()
    expect(woken).toEqual([[event.id]])
    kit.ctx.wakers.delete(hear)
  })

  test('a name that is longer than a registration takes is shortened', async () => {
    const account = await anAccount(kit.ctx, { firstName: 'A'.repeat(150), lastName: '🎭'.repeat(150) })
    const event = await anEvent(kit.ctx)
    const { name } = await registrations.register(kit.as(account), event.id, { accountId: account.id })
    expect(name).toBe(`${'A'.repeat(150)} ${'🎭'.repeat(49)}`)
  })

  test('somebody who came in by a door that holds no seats is seen at the second look, and nobody suffers for it', async () => {
    const event = await anEvent(kit.ctx, { capacity: 10 })
    let looks = 0
    const database: Database = {
      ...kit.database,
      inOneBreath: (statements) =>
        looks++ === 0
          ? Promise.reject(Object.assign(new Error('duplicate key'), { code: '23505' }))
          : kit.database.inOneBreath(statements),
    }
    const ctx = { ...kit.ctx, desk: openDesk(database, () => {}) }
    const all = await Promise.all(Array.from({ length: 5 }, () => registrations.register(ctx, event.id, aGuest())))
    expect(all.map(({ status }) => status)).toEqual(Array(5).fill('going'))
    expect(looks).toBe(2) // together again, and not one by one
  })

  // S1-33 S1-34 S1-35
  test('is for an event that there is, and that is open', async () => {
    const event = await anEvent(kit.ctx)
    expect(await aRegistration(kit.ctx, event.id)).toMatchObject({ eventId: event.id, status: 'going' })
    await expect(aRegistration(kit.ctx, newId())).rejects.toMatchObject({ slug: 'not-found' })
    await events.close(kit.as(event.organizer), event.id)
    await expect(aRegistration(kit.ctx, event.id)).rejects.toMatchObject({ slug: 'registrations/closed' })
    await events.reopen(kit.as(event.organizer), event.id)
    expect(await aRegistration(kit.ctx, event.id)).toMatchObject({ status: 'going' })
  })

  test('a draft is not there, a cancelled event says so', async () => {
    const draft = await anEvent(kit.ctx, { draft: true })
    await expect(aRegistration(kit.ctx, draft.id)).rejects.toMatchObject({ slug: 'not-found' })
    const event = await anEvent(kit.ctx)
    await events.cancel(kit.as(event.organizer), event.id)
    await expect(aRegistration(kit.ctx, event.id)).rejects.toMatchObject({ slug: 'registrations/event-cancelled' })
  })

  test('the same Idempotency-Key gets the first answer again, also from requests side by side', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const guest = aGuest()
    const send = () =>
      kit.call('POST', `/events/${event.id}/registrations`, { payload: guest, headers: { 'idempotency-key': 'abc' } })
    const answers = await Promise.all([send(), send(), send()])
    expect(answers.map((each) => each.status)).toEqual([201, 201, 201])
    expect(new Set(answers.map((each) => JSON.stringify(each.body))).size).toBe(1)
    const other = await kit.call('POST', `/events/${event.id}/registrations`, {
      payload: aGuest(),
      headers: { 'idempotency-key': 'abc' },
    })
    expect(other).toMatchObject({ status: 422, body: { type: '/problems/idempotency-key-reused' } })
  })

  test('a repeated Idempotency-Key gets the place that was given, whatever became of the event and the person since', async () => {
    const event = await anEvent(kit.ctx, { title: 'Before' })
    const account = await anAccount(kit.ctx)
    const headers = { ...(await kit.signIn(account)), 'idempotency-key': 'given' }
    const send = () => kit.call('POST', `/events/${event.id}/registrations`, { payload: {}, headers })
    const { id, number, name, email, status, createdAt } = (await send()).body
    const given = { id, number, name, email, status, createdAt }
    await kit.database.query(`update accounts set first_name = 'Renamed', email = 'new@example.org' where id = $1`, [
      account.id,
    ])
    const organizer = kit.as(event.organizer)
    await events.edit(organizer, event.id, { title: 'After' })
    expect(await send()).toMatchObject({
      status: 201,
      body: { ...given, event: { title: 'After', cancelledAt: null } },
    })
    await events.cancel(organizer, event.id)
    expect(await send()).toMatchObject({
      status: 201,
      body: { ...given, event: { cancelledAt: expect.any(String) as string } },
    })
    await events.remove(organizer, event.id)
    expect(await send()).toMatchObject({ status: 201, body: given })
  })

  test('an answer that was lost on the way back is told to everybody all the same', async () => {
    const event = await anEvent(kit.ctx)
    const lossy: Database = {
      ...kit.database,
      async inOneBreath(statements) {
        await kit.database.inOneBreath(statements)
        throw new Error('Connection terminated unexpectedly')
      },
    }
    const told: string[][] = []
    const desk = openDesk(lossy, (about) => told.push(about))
    await expect(aRegistration({ ...kit.ctx, desk }, event.id)).rejects.toThrow('terminated')
    expect(told).toEqual([[event.id]])
  })

  test('callers with one and the same Idempotency-Key, each from an address of their own, are seated together', async () => {
    const event = await anEvent(kit.ctx)
    let batches = 0
    const counting: Database = {
      ...kit.database,
      inOneBreath: (statements) => (batches++, kit.database.inOneBreath(statements)),
    }
    const desk = openDesk(counting, () => {})
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        registrations.register({ ...kit.ctx, desk }, event.id, aGuest(), {
          once: { scope: `10.0.0.${n}`, key: 'register', fingerprint: 'x' },
        }),
      ),
    )
    expect(batches).toBe(1)
  })
})

describe('cancelling', () => {
  test('gives the seat to the head of the line, and the others move up', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const [first, second, third] = [
      await aRegistration(kit.ctx, event.id),
      await aRegistration(kit.ctx, event.id),
      await aRegistration(kit.ctx, event.id),
    ]
    await registrations.cancel(kit.as(event.organizer), first.id)
    expect(await registrations.find(kit.as('system'), second.id)).toMatchObject({ status: 'going', position: null })
    expect(await registrations.find(kit.as('system'), third.id)).toMatchObject({ status: 'waitlisted', position: 1 })
  })

  test('twice is not an error and frees one seat', async () => {
    const event = await anEvent(kit.ctx, { capacity: 2 })
    const [first] = [await aRegistration(kit.ctx, event.id), await aRegistration(kit.ctx, event.id)]
    const by = kit.as(event.organizer)
    await Promise.all([registrations.cancel(by, first.id), registrations.cancel(by, first.id)])
    expect(await attendees.ofEvent(by, event.id, {})).toMatchObject({
      counts: { going: 1, waitlisted: 0, cancelled: 1 },
    })
  })

  test('is nobody else’s to do, and they cannot tell that there is anything', async () => {
    const event = await anEvent(kit.ctx)
    const registration = await aRegistration(kit.ctx, event.id)
    const stranger = await anAccount(kit.ctx, { role: 'organizer' })
    await expect(registrations.cancel(kit.as(stranger), registration.id)).rejects.toMatchObject({ slug: 'not-found' })
  })

  // S2-66 S3-45
  test('lets the person register again', async () => {
    const event = await anEvent(kit.ctx)
    const guest = aGuest()
    const first = await aRegistration(kit.ctx, event.id, guest)
    await registrations.cancel(kit.as('system'), first.id)
    expect(await aRegistration(kit.ctx, event.id, guest)).toMatchObject({ status: 'going' })
  })
})

describe('who comes', () => {
  // S2-57
  test('is counted by the database, however few are fetched and whatever is looked for', async () => {
    const event = await anEvent(kit.ctx, { capacity: 3 })
    const people = []
    for (let n = 0; n < 6; n++) people.push(await aRegistration(kit.ctx, event.id, aGuest(`Visitor ${n}`)))
    await registrations.cancel(kit.as('system'), people[5]!.id)
    const counts = { going: 3, held: 0, waitlisted: 2, cancelled: 1, interested: 0 }
    for (const query of [
      { limit: 1 },
      { limit: 100 },
      { text: 'Visitor 4' },
      { status: 'waitlisted' as const, limit: 1 },
    ])
      expect((await attendees.ofEvent(kit.as(event.organizer), event.id, query)).counts).toEqual(counts)
    expect((await kit.call('GET', `/events/${event.id}`)).body).toMatchObject({ taken: 3, waiting: 2, seatsLeft: 0 })
  })
})

describe('changing how many seats there are', () => {
  test('more seats go to the line in order', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const people = []
    for (let n = 0; n < 4; n++) people.push(await aRegistration(kit.ctx, event.id))
    await events.edit(kit.as(event.organizer), event.id, { capacity: 3 })
    const after = await Promise.all(people.map((person) => registrations.find(kit.as('system'), person.id)))
    expect(after.map((each) => each.status)).toEqual(['going', 'going', 'going', 'waitlisted'])
  })

  // S3-25
  test('many more seats go to a long line at once, who are told in its order, and have the time that takes', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    await aRegistration(kit.ctx, event.id)
    const line = 1_200
    await kit.database.query(
      `insert into registrations (id, event_id, name, email, email_key, status)
       select gen_random_uuid(), $1, 'Waits ' || n, n || '@line.example', n || '@line.example', 'waitlisted' from generate_series(1, ${line}) n`,
      [event.id],
    )
    await kit.database.query('update seat_pools set waiting = $2 where event_id = $1', [event.id, line])
    // The rows lie in another order than the line's.
    await kit.database.query(`update registrations set name = name where event_id = $1 and place % 3 = 0`, [event.id])
    await kit.database.query(`
      create table testing.allowed (seconds text);
      create function testing.see() returns trigger language plpgsql as $$
      begin insert into testing.allowed values (current_setting('statement_timeout')); return null; end $$;
      create trigger sees after update on seat_pools for each statement execute function testing.see()`)
    await events.edit(kit.as(event.organizer), event.id, { capacity: line })
    await kit.database.query('drop trigger sees on seat_pools')
    expect((await kit.database.query('select seconds from testing.allowed')).rows).toEqual([{ seconds: '1min' }])
    const { rows } = await kit.database.query(
      `select r.place from facts f join registrations r on r.id = (f.data ->> 'registrationId')::uuid
       where f.kind = 'registration.promoted' and r.event_id = $1 order by f.id`,
      [event.id],
    )
    const places = rows.map((row) => Number(row.place))
    expect(places).toHaveLength(line - 1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  test('fewer than are taken is refused and changes nothing', async () => {
    const event = await anEvent(kit.ctx, { capacity: 3, title: 'Before' })
    for (let n = 0; n < 2; n++) await aRegistration(kit.ctx, event.id)
    await expect(events.edit(kit.as(event.organizer), event.id, { capacity: 1, title: 'After' })).rejects.toMatchObject(
      { slug: 'registrations/capacity-below-taken', extensions: { taken: 2 } },
    )
    const row = await kit.ctx.db
      .selectFrom('events')
      .select('title')
      .where('id', '=', event.id)
      .executeTakeFirstOrThrow()
    expect(row.title).toBe('Before')
  })
})
