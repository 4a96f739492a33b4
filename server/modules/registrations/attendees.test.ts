import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import * as checkin from '#checkin'
import * as events from '#events'
import { codeFor } from '#checkin/tickets'
import { transaction } from '#kernel/ctx'
import * as registrations from '#registrations'
import { aGuest, anAccount, anEvent as anEventAhead, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { countingStatements } from '../../../test/kit/statements.ts'
import * as attendees from './attendees.ts'
import { csvOf, lineOf } from './attendees-csv.ts'
import { guestToken } from './guest-links.ts'
import * as interest from './interest.ts'

const kit = await openKit()
const system = kit.as('system')
/** Near enough for its door to be open. */
const anEvent: typeof anEventAhead = (ctx, options) => anEventAhead(ctx, { startsInHours: 5, ...options })

// S3-12
describe('interest', () => {
  test('takes no seat, is counted for everybody, and is taken back', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const [ann, ben] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const headers = await kit.signIn(ann)
    for (let n = 0; n < 2; n++)
      expect(await kit.call('PUT', `/events/${event.id}/interest`, { headers })).toMatchObject({
        status: 200,
        body: { going: 0, interested: 1, mine: true },
      })
    await interest.show(kit.as(ben), event.id)
    expect((await kit.call('GET', `/events/${event.id}/attendees/counts`)).body).toEqual({
      going: 0,
      held: 0,
      waitlisted: 0,
      interested: 2,
      mine: false,
    })
    for (let n = 0; n < 2; n++) await interest.withdraw(kit.as(ann), event.id)
    expect(await interest.counts(kit.as(ann), event.id)).toMatchObject({ interested: 1, mine: false })
    expect((await kit.call('PUT', `/events/${event.id}/interest`)).status).toBe(401)
  })

  test('ends when the person registers, and does not come back with a cancellation', async () => {
    const event = await anEvent(kit.ctx)
    const ann = await anAccount(kit.ctx)
    await interest.show(kit.as(ann), event.id)
    const { id } = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    expect(await interest.counts(kit.as(ann), event.id)).toMatchObject({ going: 1, interested: 0, mine: false })
    await expect(interest.show(kit.as(ann), event.id)).rejects.toMatchObject({
      slug: 'registrations/already-registered',
    })
    await kit.settle()
    await registrations.cancel(kit.as(ann), id)
    expect(await interest.counts(kit.as(ann), event.id)).toMatchObject({ going: 0, interested: 0 })
    expect(await interest.show(kit.as(ann), event.id)).toMatchObject({ interested: 1 })
    await kit.settle()
    expect(await interest.counts(kit.as(ann), event.id)).toMatchObject({ interested: 1 })
  })

  test('is seen by the organizer by name, page by page, and by nobody else', async () => {
    const event = await anEvent(kit.ctx)
    const people = [
      await anAccount(kit.ctx, { firstName: 'Ada', lastName: 'Lake', email: 'canary@secret.example' }),
      await anAccount(kit.ctx, { username: 'ben-of-the-hill' }),
      await anAccount(kit.ctx, { firstName: 'Cleo' }),
    ]
    for (const person of people) await interest.show(kit.as(person), event.id)
    await registrations.register(kit.as(people[2]!), event.id, { accountId: people[2]!.id })
    const list = async (query: Record<string, string>, who = event.organizer) =>
      kit.call('GET', `/events/${event.id}/registrations`, { headers: await kit.signIn(who), query })
    const first = await list({ status: 'interested', limit: '1' })
    expect(first.body).toMatchObject({
      items: [{ accountId: people[0]!.id, name: 'Ada Lake', status: 'interested', createdAt: expect.any(String) }],
      counts: { going: 1, waitlisted: 0, cancelled: 0, held: 0, interested: 2 },
    })
    expect(JSON.stringify(first.body)).not.toContain('canary')
    const rest = await list({ status: 'interested', limit: '1', cursor: first.body.nextCursor })
    expect(rest.body).toMatchObject({ items: [{ name: 'ben-of-the-hill' }], nextCursor: null })
    const found = await list({ status: 'interested', text: 'LAKE' })
    expect(found.body.items.map((each: { name: string }) => each.name)).toEqual(['Ada Lake'])
    expect((await list({ status: 'interested', text: 'canary' })).body.items).toEqual([])
    expect((await list({ status: 'interested' }, people[0])).status).toBe(403)
    expect((await list({})).body.items.map((each: { name: string }) => each.name)).toEqual(['Cleo'])
  })

  test('is not for drafts, nor for events that are over or cancelled', async () => {
    const ann = kit.as(await anAccount(kit.ctx))
    await expect(interest.show(ann, (await anEvent(kit.ctx, { draft: true })).id)).rejects.toMatchObject({
      slug: 'not-found',
    })
    const off = await anEvent(kit.ctx)
    await events.cancel(kit.as(off.organizer), off.id)
    await expect(interest.show(ann, off.id)).rejects.toMatchObject({ slug: 'registrations/event-cancelled' })
    const over = await anEvent(kit.ctx, { startsInHours: 1 })
    await kit.clock.advance({ hours: 4 })
    await expect(interest.show(ann, over.id)).rejects.toMatchObject({ slug: 'registrations/event-past' })
  })
})

// S3-14
describe('who else goes', () => {
  test('is for who is registered to see, and only those who let them', async () => {
    const event = await anEvent(kit.ctx)
    const [ann, stranger] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const mine = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    const [shown, hidden] = [await aRegistration(kit.ctx, event.id), await aRegistration(kit.ctx, event.id)]
    const link = `/guest-links/${guestToken(kit.ctx.config, shown.id)}/visibility`
    expect((await kit.call('PUT', link, { payload: { visibleToAttendees: true } })).body.visibleToAttendees).toBe(true)
    const read = async (headers?: Record<string, string>) =>
      kit.call('GET', `/events/${event.id}/attendees`, { headers })
    const seen = await read(await kit.signIn(ann))
    expect(seen).toMatchObject({ status: 200, body: { items: [{ name: shown.name }] } })
    expect(JSON.stringify(seen.body)).not.toContain('@')
    expect(JSON.stringify(seen.body)).not.toContain(hidden.name)
    expect((await read()).status).toBe(401)
    expect((await read(await kit.signIn(stranger))).status).toBe(403)
    await registrations.cancel(kit.as(ann), mine.id)
    expect((await read(await kit.signIn(ann))).status).toBe(403)
    await kit.call('PUT', link, { payload: { visibleToAttendees: false } })
    expect((await read(await kit.signIn(event.organizer))).body.items).toEqual([])
  })

  test('is told by number to who may see it, and otherwise how many go', async () => {
    const event = await anEvent(kit.ctx, { capacity: 2 })
    const [ann, ben, stranger] = [await anAccount(kit.ctx), await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const mine = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    await registrations.register(kit.as(ben), event.id, { accountId: ben.id })
    await aRegistration(kit.ctx, event.id)
    await interest.show(kit.as(stranger), event.id)
    await kit.ctx.db
      .updateTable('registrations')
      .set({ visible_to_attendees: true })
      .where('id', '=', mine.id)
      .execute()
    type Of = Parameters<typeof attendees.sliceForOthers>[2]['status']
    const seen = async (by: { id: string; role?: string }, status: Of) => {
      const { items, total } = await attendees.sliceForOthers(kit.as(by), event.id, { status, limit: 9, offset: 0 })
      return [total, items.map(({ name }) => name)]
    }
    expect(await seen(event.organizer, 'going')).toEqual([2, [ann.username, ben.username]])
    expect(await seen(event.organizer, 'waitlisted')).toEqual([1, [expect.any(String)]])
    expect(await seen(event.organizer, 'interested')).toEqual([1, [stranger.username]])
    expect(await seen(ben, 'going')).toEqual([2, [ann.username]])
    expect(await seen(stranger, 'going')).toEqual([2, []])
    for (const status of ['waitlisted', 'interested'] as const) expect(await seen(ben, status)).toEqual([1, []])
    await expect(seen(ben, 'cancelled')).rejects.toMatchObject({ slug: 'forbidden' })
    expect(await interest.mine(kit.as(stranger), event.id)).toMatchObject({ accountId: stranger.id })
    expect(await interest.mine(kit.as(ann), event.id)).toBeNull()
    await registrations.cancel(kit.as(ben), (await registrations.mine(kit.as(ben), ben.id, {})).items[0]!.id)
    const part = { limit: 9, offset: 0 }
    expect((await attendees.sliceOfEvent(kit.as(event.organizer), event.id, { ...part, live: true })).total).toBe(2)
    expect((await attendees.sliceOfEvent(kit.as(event.organizer), event.id, part)).total).toBe(3)
    expect(await registrations.sliceOfMine(kit.as(ben), ben.id, { ...part, live: true })).toEqual({
      items: [],
      total: 0,
    })
    const draft = await anEvent(kit.ctx, { draft: true })
    await expect(attendees.sliceForOthers(kit.as(ann), draft.id, { status: 'going', ...part })).rejects.toMatchObject({ slug: 'not-found' }) // prettier-ignore
  })

  test('is nobody else’s to choose, not even the organizer’s', async () => {
    const event = await anEvent(kit.ctx)
    const { id } = await aRegistration(kit.ctx, event.id)
    const payload = { visibleToAttendees: true }
    const headers = await kit.signIn(event.organizer)
    expect((await kit.call('PUT', `/registrations/${id}/visibility`, { headers, payload })).status).toBe(403)
  })
})

// S3-14
describe('the list as CSV', () => {
  test('has everybody in the order of arrival, over as many pages as it takes, for the organizer alone', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1200 })
    const people = Array.from({ length: 1205 }, (_, n) => ({ name: `P ${n}`, email: `p${n}@example.org` }))
    await Promise.all(people.map((person) => registrations.register(kit.ctx, event.id, person)))
    const path = `/api/v1/events/${event.id}/registrations.csv`
    const answer = await kit.app.inject({ url: path, headers: await kit.signIn(event.organizer) })
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[a-z0-9-]+\.csv"$/)
    const lines = answer.body.split('\r\n')
    expect(lines[0]).toBe('number,name,email,status,registered_at,promoted_at,cancelled_at,checked_in_at')
    expect(lines.at(-1)).toBe('')
    expect(lines.slice(1, -1).map((line) => line.split(',')[1])).toEqual(people.map(({ name }) => name))
    expect(lines.filter((line) => line.includes(',waitlisted,'))).toHaveLength(5)
    // It is read from the database as it is read from us, a thousand people at a time.
    const { ctx, count } = countingStatements(kit.as(event.organizer))
    const streamed = (await csvOf(ctx, event.id)).lines[Symbol.asyncIterator]()
    const before = count()
    const read = async () => [String((await streamed.next()).value).split('\r\n').length - 1, count() - before]
    expect([await read(), await read(), await read()]).toEqual([
      [1, 0],
      [1_000, 1],
      [205, 2],
    ])
    expect((await kit.app.inject(path)).statusCode).toBe(401)
    const other = await kit.signIn(await anAccount(kit.ctx, { role: 'organizer' }))
    expect((await kit.app.inject({ url: path, headers: other })).statusCode).toBe(403)
  })

  test('every page of it, and of the list, is read by index, and sorts nothing', async () => {
    const { id } = await anEvent(kit.ctx)
    for (let n = 0; n < 50; n++) await aRegistration(kit.ctx, id)
    await kit.database.query('analyze registrations')
    const plan = await transaction(kit.ctx, async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx.db)
      const page = sql`select number from registrations where event_id = ${id} and place > ${0} order by place limit 20`
      return JSON.stringify((await sql`explain ${page}`.execute(tx.db)).rows)
    })
    expect(plan).not.toContain('Sort')
  })

  test('says where each of those who wait is, also on the second page of the list', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    for (let n = 0; n < 4; n++) await aRegistration(kit.ctx, event.id)
    const organizer = kit.as(event.organizer)
    const first = await attendees.ofEvent(organizer, event.id, { limit: 2 })
    const rest = await attendees.ofEvent(organizer, event.id, { limit: 2, cursor: first.nextCursor! })
    expect([...first.items, ...rest.items].map((each) => 'position' in each && each.position)).toEqual([
      ...[null, 1, 2, 3],
    ])
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', '"\'\tx"'],
    // Whatever it takes for a list separator, no cell begins as a formula does.
    ['Ann;=1+1', `"Ann;'=1+1"`],
    ['Ann; "=1+1"', `"Ann;' ""=1+1"""`],
    ['Ann\t@x', `"Ann\t'@x"`],
    ['Ann|-1', `"Ann|'-1"`],
    ['Ann,+1', `"Ann,'+1"`],
    ['Ann;＝1', `"Ann;'＝1"`],
    ['Ann\n=1', `"Ann\n'=1"`],
    [';;=1', `";;'=1"`],
    ['"=1"', `"'""=1"""`],
    ['Ann; Ben', '"Ann; Ben"'],
    ['\rx', '"\'\rx"'],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['  =1', "'  =1"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ['O"Neil, Ann', '"O""Neil, Ann"'],
    ['two\nlines', '"two\nlines"'],
    ['Jean-Luc', 'Jean-Luc'],
    ['Łukasz Ελένη', 'Łukasz Ελένη'],
  ])('%j is written as %j', (cell, written) => {
    expect(lineOf([cell])).toBe(`${written}\r\n`)
  })
})

describe('correcting a guest', () => {
  test('with nothing to change changes nothing: the ticket in their hands stays good', async () => {
    const event = await anEvent(kit.ctx)
    const { id, name, email } = await aRegistration(kit.ctx, event.id)
    const code = codeFor(kit.ctx.config, { registrationId: id, generation: 0 })
    const link = `/guest-links/${guestToken(kit.ctx.config, id)}`
    for (const payload of [{}, { name }, { name, email }])
      expect(await kit.call('PATCH', link, { payload })).toMatchObject({ status: 200, body: { name, email } })
    expect(await checkin.checkIn(kit.as(event.organizer), event.id, { code })).toMatchObject({ name })
  })

  test('mends the name and the address; the old code and the old link end, and the new address gets the new link', async () => {
    const event = await anEvent(kit.ctx)
    const { id, email } = await aRegistration(kit.ctx, event.id)
    const code = codeFor(kit.ctx.config, { registrationId: id, generation: 0 })
    const link = `/guest-links/${guestToken(kit.ctx.config, id)}`
    const answer = await kit.call('PATCH', link, { payload: { name: ' Ann ', email: 'Ann@Example.org' } })
    expect(answer).toMatchObject({ status: 200, body: { name: 'Ann', email: 'Ann@Example.org', status: 'going' } })
    expect(email).not.toBe('Ann@Example.org')
    expect((await kit.call('GET', link)).status).toBe(404)
    expect((await kit.call('GET', `${link}/ticket`)).status).toBe(404)
    await kit.settle()
    const mail = kit.mails.findLast((each) => each.to.address === 'Ann@Example.org')!
    const next = guestToken(kit.ctx.config, id, 1)
    expect(mail.text).toContain(`http://localhost:8000/r/${next}\n`)
    expect((await kit.call('GET', `/guest-links/${next}`)).body.name).toBe('Ann')
    const organizer = kit.as(event.organizer)
    await expect(checkin.checkIn(organizer, event.id, { code })).rejects.toMatchObject({ slug: 'checkin/code-unknown' })
    const ticket = (await kit.call('GET', `/guest-links/${next}/ticket`)).body
    expect(await checkin.checkIn(organizer, event.id, { code: ticket.code })).toMatchObject({ name: 'Ann' })
  })

  test('a name alone keeps the link', async () => {
    const { id } = await aRegistration(kit.ctx, (await anEvent(kit.ctx)).id)
    const link = `/guest-links/${guestToken(kit.ctx.config, id)}`
    await kit.call('PATCH', link, { payload: { name: 'Ann' } })
    expect((await kit.call('GET', link)).body.name).toBe('Ann')
  })

  test('no generation of a link can be guessed from another', async () => {
    const { id } = await aRegistration(kit.ctx, (await anEvent(kit.ctx)).id)
    const [, signature] = guestToken(kit.ctx.config, id).split('.')
    for (const token of [
      `${id}.1.${signature}`,
      `${id}.0.${signature}`,
      `${id}..${signature}`,
      guestToken(kit.ctx.config, id, 1),
    ])
      expect((await kit.call('GET', `/guest-links/${token}`)).status, token).toBe(404)
  })

  test('an address that somebody is registered with is refused, also when many want it at once', async () => {
    const event = await anEvent(kit.ctx)
    const guests = await Promise.all(Array.from({ length: 20 }, () => aRegistration(kit.ctx, event.id)))
    const headers = await kit.signIn(event.organizer)
    const patch = (id: string, email: string) =>
      kit.call('PATCH', `/registrations/${id}`, { headers, payload: { email } })
    expect(await patch(guests[0]!.id, guests[1]!.email.toUpperCase())).toMatchObject({
      status: 409,
      body: { type: '/problems/registrations/already-registered' },
    })
    const answers = await Promise.all(guests.map(({ id }) => patch(id, 'one@example.org')))
    expect(answers.map((each) => each.status).sort()).toEqual([200, ...Array<number>(19).fill(409)])
  })

  test('who has an account, or has cancelled, is not corrected; strangers see nothing to correct', async () => {
    const event = await anEvent(kit.ctx)
    const ann = await anAccount(kit.ctx)
    const mine = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    const guest = await aRegistration(kit.ctx, event.id)
    const payload = { name: 'X' }
    const patch = async (id: string, who: { username: string }) =>
      (await kit.call('PATCH', `/registrations/${id}`, { headers: await kit.signIn(who), payload })).body.type
    expect(await patch(mine.id, event.organizer)).toBe('/problems/registrations/has-account')
    expect(await patch(guest.id, ann)).toBe('/problems/not-found')
    await registrations.cancel(system, guest.id)
    expect(await patch(guest.id, event.organizer)).toBe('/problems/registrations/not-live')
  })
})

describe('passing a ticket on', () => {
  test('gives the seat past the line; the old code is worth nothing at once, and both hear of it', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const ann = await anAccount(kit.ctx)
    const { id } = await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
    const waiting = await aRegistration(kit.ctx, event.id)
    await kit.settle()
    kit.mails.splice(0)
    const code = codeFor(kit.ctx.config, { registrationId: id, generation: 0 })
    const ben = aGuest()
    const headers = await kit.signIn(ann)
    const answer = await kit.call('PUT', `/registrations/${id}/successor`, { headers, payload: ben })
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'cancelled' } })
    expect(await interest.counts(kit.ctx, event.id)).toMatchObject({ going: 1, waitlisted: 1 })
    expect(await registrations.find(system, waiting.id)).toMatchObject({ status: 'waitlisted', position: 1 })
    await kit.settle()
    expect(kit.mails.map((mail) => [mail.to.address, mail.subject.split(':')[0]]).sort()).toEqual(
      [
        [ann.email, 'Your ticket was passed on'],
        [ben.email, 'You have a place'],
      ].sort(),
    )
    const organizer = kit.as(event.organizer)
    await expect(checkin.checkIn(organizer, event.id, { code })).rejects.toMatchObject({ slug: 'checkin/not-going' })
    const token = /\/r\/(\S+)/.exec(kit.mails.find((mail) => mail.to.address === ben.email)!.text)![1]!
    const ticket = (await kit.call('GET', `/guest-links/${token}/ticket`)).body
    expect(await checkin.checkIn(organizer, event.id, { code: ticket.code })).toMatchObject({ name: ben.name })
  })

  test('not to who is registered, not twice, not from the line, and not after coming in', async () => {
    const event = await anEvent(kit.ctx, { capacity: 2 })
    const [ann, ben] = [await aRegistration(kit.ctx, event.id), await aRegistration(kit.ctx, event.id)]
    const waiting = await aRegistration(kit.ctx, event.id)
    const pass = async (id: string, payload: object = aGuest()) =>
      (await kit.call('PUT', `/guest-links/${guestToken(kit.ctx.config, id)}/successor`, { payload })).body
    expect(await pass(ann.id, { name: 'B', email: ben.email })).toMatchObject({
      type: '/problems/registrations/already-registered',
    })
    expect(await pass(waiting.id)).toMatchObject({ type: '/problems/registrations/not-live' })
    const answers = await Promise.all([pass(ann.id), pass(ann.id), pass(ann.id)])
    expect(answers.filter((each) => each.id === ann.id)).toHaveLength(1)
    await checkin.checkIn(kit.as(event.organizer), event.id, { registrationId: ben.id })
    expect(await pass(ben.id)).toMatchObject({ type: '/problems/checkin/already-in' })
    expect(await interest.counts(kit.ctx, event.id)).toMatchObject({ going: 2, waitlisted: 1 })
  })
})

describe('a walk-in', () => {
  test('gets a free seat and is in, also after the beginning, and not beyond the capacity however many are let in at once', async () => {
    const event = await anEvent(kit.ctx, { capacity: 3, startsInHours: 1 })
    await aRegistration(kit.ctx, event.id)
    await kit.clock.advance({ hours: 2 })
    const headers = await kit.signIn(event.organizer)
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => kit.call('POST', `/events/${event.id}/walk-ins`, { headers, payload: aGuest() })),
    )
    expect(answers.filter((each) => each.status === 201)).toHaveLength(2)
    for (const { status, body } of answers)
      if (status !== 201) expect(body.type).toBe('/problems/registrations/event-full')
    expect(await checkin.counts(kit.as(event.organizer), event.id)).toEqual({ going: 3, in: 2 })
  })

  test('comes in beyond a closed registration only when that is said, and once', async () => {
    const event = await anEvent(kit.ctx)
    const organizer = kit.as(event.organizer)
    await events.close(organizer, event.id)
    const ann = aGuest()
    await expect(checkin.walkIn(organizer, event.id, ann)).rejects.toMatchObject({ slug: 'registrations/closed' })
    const entry = await checkin.walkIn(organizer, event.id, ann, { evenIfClosed: true })
    await expect(checkin.walkIn(organizer, event.id, ann, { evenIfClosed: true })).rejects.toMatchObject({
      slug: 'registrations/already-registered',
      extensions: { registrationId: entry.registrationId },
    })
    const { rows } = await sql`select 1 from checkins where event_id = ${event.id}`.execute(kit.ctx.db)
    expect(rows).toHaveLength(1)
    await expect(
      checkin.walkIn(kit.as(await anAccount(kit.ctx, { role: 'organizer' })), event.id, aGuest()),
    ).rejects.toMatchObject({
      slug: 'forbidden',
    })
  })
})
