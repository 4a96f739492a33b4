import fastify from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import * as events from '#events'
import type { App } from '#http/app'
import type { About, Ctx } from '#kernel/ctx'
import * as registrations from '#registrations'
import { aGuest, anEvent, aVenue, openKit } from '../../test/kit/kit.ts'
import { shareAnswers } from './shared-answers.ts'

const kit = await openKit()

// S3-04 S3-31
describe('what everybody sees alike', () => {
  const read = async (path: string, headers = {}) => (await kit.call('GET', path, { headers })).body

  test('is new as soon as somebody registers, cancels, edits or renames', async () => {
    const event = await anEvent(kit.ctx, { capacity: 5, title: 'Before' })
    const path = `/events/${event.id}`
    expect(await read(path)).toMatchObject({ taken: 0 })
    const registration = await registrations.register(kit.ctx, event.id, aGuest())
    expect(await read(path)).toMatchObject({ taken: 1 })
    expect((await read('/events?limit=100')).items).toContainEqual(expect.objectContaining({ id: event.id, taken: 1 }))
    await registrations.cancel(kit.as('system'), registration.id)
    expect(await read(path)).toMatchObject({ taken: 0 })
    await events.edit(kit.as(event.organizer), event.id, { title: 'After' })
    expect(await read(path)).toMatchObject({ title: 'After' })
    expect((await read('/events?limit=100')).items).toContainEqual(expect.objectContaining({ title: 'After' }))

    const venue = await aVenue(kit.ctx, 'Old name', { createdBy: event.organizer.id })
    await events.edit(kit.as(event.organizer), event.id, { venueId: venue.id })
    expect(await read(path)).toMatchObject({ venue: { name: 'Old name' } })
    const headers = await kit.signIn(event.organizer)
    await kit.call('PATCH', `/venues/${venue.id}`, { payload: { name: 'New name' }, headers })
    expect(await read(path)).toMatchObject({ venue: { name: 'New name' } })
  })

  test('is not asked of the database again while nothing happens', async () => {
    const event = await anEvent(kit.ctx, { title: 'Kept' })
    await read(`/events/${event.id}`)
    await kit.database.query(`update events set title = 'behind our back' where id = $1`, [event.id])
    expect(await read(`/events/${event.id}`)).toMatchObject({ title: 'Kept' })
    await registrations.register(kit.ctx, event.id, aGuest())
    expect(await read(`/events/${event.id}`)).toMatchObject({ title: 'behind our back' })
  })

  test('is never what was made for somebody who is logged in, nor given to them', async () => {
    const event = await anEvent(kit.ctx)
    const headers = await kit.signIn(event.organizer)
    expect(await read(`/events/${event.id}`, headers)).toMatchObject({ can: { edit: true } })
    expect(await read(`/events/${event.id}`)).toMatchObject({ can: { edit: false } })
    expect(await read(`/events/${event.id}`, headers)).toMatchObject({ can: { edit: true } })
  })

  test('outlives that somebody else logs in or signs up', async () => {
    const event = await anEvent(kit.ctx)
    const path = `/events/${event.id}`
    await read(path)
    await kit.signIn(event.organizer)
    await kit.call('POST', '/accounts', {
      payload: { username: 'newcomer', email: 'newcomer@example.org', password: 'a quiet harbour 9' },
    })
    expect((await kit.call('GET', path)).headers['cache-status']).toBe('Turnout; hit')
  })

  test('is given to who names its tag among others or weakly, and only then without a body', async () => {
    const event = await anEvent(kit.ctx)
    const url = `/api/v1/events/${event.id}`
    const { etag } = (await kit.app.inject(url)).headers
    for (const given of [`W/${String(etag)}`, `"other", ${String(etag)}`, '*'])
      expect((await kit.app.inject({ url, headers: { 'if-none-match': given } })).statusCode, given).toBe(304)
    expect((await kit.app.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200)
  })

  test('is remembered only under an address that somebody could have been given', async () => {
    const event = await anEvent(kit.ctx)
    const path = `/events/${event.id}`
    for (const odd of [`${path}?x=1`, `/events?${'&'.repeat(600)}`]) {
      await kit.call('GET', odd)
      expect((await kit.call('GET', odd)).headers['cache-status'], odd).toBeUndefined()
    }
    await kit.call('GET', path)
    expect((await kit.call('GET', path)).headers['cache-status']).toBe('Turnout; hit')
  })

  test('is not kept while its status is changing by one clock and not yet by the other', async () => {
    const event = await anEvent(kit.ctx, {
      registrationDeadline: new Date(kit.ctx.now().getTime() + 60_000).toISOString(),
    })
    const { now } = kit.ctx
    const path = `/events/${event.id}`
    await kit.clock.advance({ seconds: 57 })
    kit.ctx.now = () => new Date(now().getTime() + 4_000) // the process is ahead of the database
    const answers = [await kit.call('GET', path), await kit.call('GET', path)]
    kit.ctx.now = now
    for (const { body, headers } of answers) {
      expect(body).toMatchObject({ status: 'open' })
      expect(headers['cache-status']).toBeUndefined()
    }
  })

  test('says so in a 304 to who has it already', async () => {
    const first = await kit.app.inject('/api/v1/categories')
    const again = await kit.app.inject({
      url: '/api/v1/categories',
      headers: { 'if-none-match': first.headers.etag as string },
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  test('closes at its deadline, whatever was kept', async () => {
    const event = await anEvent(kit.ctx, {
      registrationDeadline: new Date(kit.ctx.now().getTime() + 700).toISOString(),
    })
    expect(await read(`/events/${event.id}`)).toMatchObject({ status: 'open' })
    await expect.poll(async () => (await read(`/events/${event.id}`)).status, { timeout: 3_000 }).toBe('closed')
  })
})

describe('keeping', () => {
  let app: App
  let happen: (about: About) => void
  let made: number
  let finish: (() => void)[]

  beforeEach(async () => {
    made = 0
    finish = []
    const ctx = {
      actor: { kind: 'anonymous' },
      now: () => new Date(),
      wakers: new Set(),
      log: { isLevelEnabled: () => false },
    } as unknown as Ctx
    app = fastify()
    shareAnswers(app, ctx, () => true)
    app.decorateRequest('ctx')
    app.addHook('onRequest', async (req) => void (req.ctx = ctx))
    happen = (about) => ctx.wakers.forEach((wake) => wake(about))
    const answer = async () => {
      const mine = ++made
      await new Promise<void>((resolve) => finish.push(resolve))
      return { made: mine }
    }
    app.get('/one/:id', { config: { shared: () => ({ milliseconds: 1_000, eventId: 'one' }) } }, answer)
    app.get('/all', { config: { shared: () => ({ milliseconds: 1_000 }) } }, answer)
    await app.ready()
  })

  async function get(url: string, meanwhile?: About): Promise<number> {
    const answer = app.inject(url)
    await new Promise((resolve) => setImmediate(resolve))
    if (meanwhile) happen(meanwhile)
    finish.forEach((each) => each())
    finish = []
    return (await answer).json<{ made: number }>().made
  }

  test('an answer about one event outlives what happens to another; a list does not', async () => {
    await get('/one/a')
    await get('/all')
    happen(['two'])
    expect(await get('/one/a')).toBe(1)
    expect(await get('/all')).toBe(3)
    happen(['one'])
    expect(await get('/one/a')).toBe(4)
    happen(['*'])
    expect(await get('/one/a')).toBe(5)
  })

  test('what was begun before a fact and finished after it is not kept', async () => {
    for (const [url, about] of [
      ['/one/a', ['one']],
      ['/one/a', ['*']],
      ['/all', ['two']],
    ] as const) {
      const before = made
      await get(url, [...about])
      await get(url)
      expect(made, url).toBe(before + 2)
      happen(['*'])
    }
  })
})
