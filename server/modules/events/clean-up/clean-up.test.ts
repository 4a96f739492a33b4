import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as events from '#events'
import { invite } from '#events/invitations/invitations'
import { eventJobs } from '#events/jobs'
import { publishAt } from '#events/publishing'
import * as registrations from '#registrations'
import { guestToken } from '#registrations/guest-links'
import { anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../../test/kit/kit.ts'
import { aForm, aPicture } from '../../../../test/kit/pictures.ts'
import { removeDiscarded } from '#pictures/cleaning'
import { cleanUp, type Cleaned, type Wanted } from './clean-up.ts'

const kit = await openKit({ CLEANUP_EVENTS_AFTER_DAYS: '7' })
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const admin = await anAccount(kit.ctx, { role: 'admin' })
const system = kit.as('system')
/** What was done, by the event's title. */
const run = async (wanted: Wanted = {}) => {
  const cleaned: Cleaned[] = []
  const done = await cleanUp(system, { ...wanted, each: (event) => cleaned.push(event) })
  return { ...done, cleaned: Object.fromEntries(cleaned.map(({ title, outcome }) => [title, outcome])) }
}
const all = (text: string, values: unknown[] = []) => kit.database.query(text, values).then(({ rows }) => rows)
const exists = async (id: string) => (await all('select id from events where id = $1', [id])).length === 1
const get = (path: string, headers = {}, query = {}) => kit.call('GET', path, { headers, query })
const TABLES =
  'events event_versions event_tags event_invitations seat_pools files facts registrations reviews interests checkins notifications'
const everything = async () => {
  const state: Record<string, unknown> = {}
  for (const table of TABLES.split(' ')) state[table] = await all(`select * from ${table} t order by t::text`)
  return state
}
/** Events of every kind, on the same day. */
async function aMixture(name: string) {
  const of = (kind: string, more: object = {}) => anEvent(kit.ctx, { organizer, title: `${name} ${kind}`, ...more })
  const used = await of('used')
  await aRegistration(kit.ctx, used.id)
  const left = await of('left')
  const { id } = await aRegistration(kit.ctx, left.id)
  await registrations.cancel(kit.as('admin'), id)
  const liked = await of('liked')
  const fan = await anAccount(kit.ctx)
  await kit.call('PUT', `/events/${liked.id}/interest`, { headers: await kit.signIn(fan) })
  const calledOff = await of('called off')
  await aRegistration(kit.ctx, calledOff.id)
  await events.cancel(kit.as(organizer), calledOff.id)
  const quiet = await of('called off quietly')
  await events.cancel(kit.as(organizer), quiet.id)
  const draft = await of('draft', { draft: true, tags: ['old'] })
  const unused = await of('unused', { tags: ['old'], visibility: 'private' })
  await invite(kit.as(organizer), unused.id, ['ina@example.org'])
  const deleted = await of('deleted')
  await events.remove(kit.as(organizer), deleted.id)
  const missed = await of('deleted and missed')
  await aRegistration(kit.ctx, missed.id)
  await events.remove(kit.as(organizer), missed.id)
  await kit.settle()
  return { used, left, liked, calledOff, quiet, draft, unused, deleted, missed }
}
const WHAT_BECOMES_OF_IT = {
  used: 'archived',
  left: 'archived',
  liked: 'archived',
  'called off': 'archived',
  'called off quietly': 'erased',
  draft: 'erased',
  unused: 'erased',
  deleted: 'erased',
}
const named = (name: string, what: Record<string, string>) =>
  Object.fromEntries(Object.entries(what).map(([kind, outcome]) => [`${name} ${kind}`, outcome]))
const ITS_END_PLUS = (days: number) => ({ days: 7 + days, hours: 2 }) // factories' events start in a week and last two hours

// S1-08 S1-50 S1-82; C13: archived first, and nothing is erased that reviews or invoices need
describe('old events', () => {
  test('that nobody ever used are erased a week after their end, the others are archived, and not before', async () => {
    const made = await aMixture('A')
    await kit.clock.advance(ITS_END_PLUS(6))
    expect(await run()).toMatchObject({ erased: 0, archived: 0, cleaned: {} })
    await kit.clock.advance({ days: 1, minutes: 1 })
    const registered = await all('select * from registrations order by id')
    const liked = await all('select * from interests')
    expect(await run()).toMatchObject({
      days: 7,
      erased: 4,
      archived: 4,
      left: 0,
      cleaned: named('A', WHAT_BECOMES_OF_IT),
    })

    for (const { id } of [made.quiet, made.draft, made.unused, made.deleted]) {
      for (const table of ['event_versions', 'event_tags', 'event_invitations', 'seat_pools'])
        expect(await all(`select * from ${table} where event_id = $1`, [id]), table).toEqual([])
      expect(await exists(id)).toBe(false)
    }
    for (const { id } of [made.used, made.left, made.liked, made.calledOff, made.missed])
      expect(await exists(id)).toBe(true)
    expect(await all('select * from registrations order by id')).toEqual(registered)
    expect(await all('select * from interests')).toEqual(liked)
    expect(await all('select archived_at from events where id = $1', [made.missed.id])).toEqual([{ archived_at: null }])

    const told = await all(
      `select kind, data from facts where kind like 'event.erased' or kind = 'events.cleaned-up' order by id`,
    )
    expect(told.map((fact) => fact.kind)).toEqual([...Array<string>(4).fill('event.erased'), 'events.cleaned-up'])
    expect(told[0]!.data).toMatchObject({ organizerId: organizer.id, title: expect.stringMatching(/^A /) })
    expect(told[4]!.data).toEqual({ days: 7, erased: 4, archived: 4, left: 0 })
    expect(await run()).toMatchObject({ erased: 0, archived: 0 }) // once
  })

  test('are told of by a dry run, which changes nothing, as the run then does it', async () => {
    await aMixture('B')
    await kit.clock.advance(ITS_END_PLUS(8))
    const before = await everything()
    const { dryRun, ...foreseen } = await run({ dryRun: true })
    expect(dryRun).toBe(true)
    expect(foreseen.cleaned).toEqual(named('B', WHAT_BECOMES_OF_IT))
    expect(await everything()).toEqual(before)
    expect(await run({ dryRun: true, days: 9 })).toMatchObject({ erased: 0, archived: 0, cleaned: {} })
    expect(await run()).toEqual({ ...foreseen, dryRun: false })
  })

  test('are done a few at a time: each batch is kept, and two at once do each of them once', async () => {
    const ids: string[] = []
    for (let n = 0; n < 130; n++) {
      const { id } = await anEvent(kit.ctx, { organizer, title: `C ${n}`, draft: true })
      if (n % 2 === 0) await all(`insert into interests (event_id, account_id) values ($1, $2)`, [id, admin.id])
      ids.push(id)
    }
    await kit.clock.advance(ITS_END_PLUS(8))
    expect(await run({ most: 60 })).toMatchObject({ erased: 30, archived: 30, more: true })
    const both = await Promise.all([run(), run()])
    expect(both.reduce((sum, { erased, archived }) => sum + erased + archived, 0)).toBe(70)
    expect(await run({ most: 60 })).toMatchObject({ erased: 0, archived: 0, more: false })
    const facts = await all(
      `select data->>'eventId' as id, count(*) as n from facts where kind in ('event.erased', 'event.archived') and data->>'eventId' = any($1) group by 1`,
      [ids],
    )
    expect(facts).toHaveLength(130)
    expect(new Set(facts.map((fact) => fact.n))).toEqual(new Set([1]))
    expect(await all('select count(*) as n from interests where event_id = any($1::uuid[])', [ids])).toEqual([
      { n: 65 },
    ])
  })

  test('that cannot be cleaned hold up no others, and are kept by whatever still points to them', async () => {
    const [broken, kept, fine] = await Promise.all(
      ['D broken', 'D kept', 'D fine'].map((title) => anEvent(kit.ctx, { organizer, title })),
    )
    await aRegistration(kit.ctx, broken!.id)
    await kit.settle()
    await all('create table ledger (event_id uuid not null references events on delete restrict)')
    await all('insert into ledger values ($1)', [kept!.id])
    await kit.database.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$;
      create trigger refuse before update on events for each row when (old.id = '${broken!.id}') execute function refuse()`)
    await kit.clock.advance(ITS_END_PLUS(8))
    expect(await run()).toMatchObject({ left: 1, cleaned: { 'D kept': 'archived', 'D fine': 'erased' } })
    expect([await exists(kept!.id), await exists(fine!.id)]).toEqual([true, false])
    expect(
      await all(`select kind from facts where kind = 'event.erased' and data->>'eventId' = $1`, [kept!.id]),
    ).toEqual([])
    await kit.database.query('drop trigger refuse on events')
    expect(await run()).toMatchObject({ left: 0, cleaned: { 'D broken': 'archived' } })
  })

  test('leave the store with their pictures', async () => {
    const { id } = await anEvent(kit.ctx, { organizer })
    const form = aForm({ name: 'picture', value: await aPicture(), filename: 'banner.jpg' })
    const headers = { ...form.headers, ...(await kit.signIn(organizer)) }
    const { jpeg } = (await kit.call('PUT', `/events/${id}/banner`, { ...form, headers })).body
    const stored = () => readdirSync(join(kit.ctx.config.dataDir, 'files'), { recursive: true, encoding: 'utf8' })
    const file = jpeg.split('/')[2] as string
    expect(stored().some((name) => name.includes(file))).toBe(true)
    await kit.clock.advance(ITS_END_PLUS(8))
    expect(await run()).toMatchObject({ erased: 1 })
    expect((await kit.app.inject(jpeg as string)).statusCode).toBe(404)
    await removeDiscarded(system)
    expect(stored().some((name) => name.includes(file))).toBe(false)
    expect(await all('select id from files where id = $1', [file])).toEqual([])
  })
})

// S1-50; C13
describe('an archived event', () => {
  test('is in no list, and still there for who had a place, its organizer and admins', async () => {
    const venue = await aVenue(kit.ctx)
    const [ann, bob, ina] = await Promise.all([
      anAccount(kit.ctx),
      anAccount(kit.ctx),
      anAccount(kit.ctx, { email: 'invited@example.org' }),
    ])
    const { id } = await anEvent(kit.ctx, { organizer, title: 'Remember the heron', venueId: venue.id })
    await registrations.register(kit.as(ann), id, { accountId: ann.id })
    const bobs = await registrations.register(kit.as(bob), id, { accountId: bob.id })
    await registrations.cancel(kit.as(bob), bobs.id)
    const guest = await aRegistration(kit.ctx, id)
    await invite(kit.as(organizer), id, ['invited@example.org'])
    await kit.settle()
    await kit.clock.advance({ days: 8, hours: 3 })
    const [anns, bobs_, inas, hers, above] = await Promise.all([ann, bob, ina, organizer, admin].map(kit.signIn))
    const review = await kit.call('POST', `/events/${id}/reviews`, { headers: anns, payload: { rating: 5 } })
    expect(review.status).toBe(201)
    const analytics = async () => (await get('/me/analytics', hers)).body
    const lists = async () => ({
      page: (await get(`/events/${id}`)).status,
      reviews: (await get(`/events/${id}/reviews`)).status,
      past: (await get('/events', {}, { when: 'past', text: 'heron' })).body.items.length,
      ofOrganizer: (await get('/events', {}, { when: 'all', organizerId: organizer.id, text: 'heron' })).body.items
        .length,
      atVenue: (await get(`/venues/${venue.id}`)).body.events,
    })
    const before = await analytics()
    expect(await lists()).toMatchObject({ page: 200, reviews: 200, past: 1, ofOrganizer: 1 })
    expect(await run({ days: 1 })).toMatchObject({ archived: 1 })
    // The answers above were kept, and are forgotten.
    expect(await lists()).toMatchObject({ page: 404, reviews: 404, past: 0, ofOrganizer: 0 })

    for (const headers of [anns, hers, above]) {
      expect(await get(`/events/${id}`, headers)).toMatchObject({
        status: 200,
        body: { status: 'past', archivedAt: expect.any(String) },
      })
      expect(await get(`/events/${id}/reviews`, headers)).toMatchObject({ status: 200, body: { count: 1, average: 5 } })
    }
    const pass = guestToken(kit.ctx.config, guest.id)
    expect((await get(`/events/${id}`, {}, { invitation: pass })).status).toBe(200)
    for (const headers of [bobs_, inas]) {
      expect((await get(`/events/${id}`, headers)).status).toBe(404)
      expect((await get(`/events/${id}/reviews`, headers)).status).toBe(404)
    }
    const mine = (await get('/me/registrations', anns, { when: 'past' })).body.items
    expect(mine).toMatchObject([{ status: 'going', event: { title: 'Remember the heron' } }])
    expect(
      (await get('/me/events', hers, { when: 'past' })).body.items.map((each: { id: string }) => each.id),
    ).toContain(id)
    expect(await analytics()).toEqual(before)
    expect((await get(`/events/${id}/history`, hers)).body.items[0]).toMatchObject({
      actor: { kind: 'system' },
      changes: { archivedAt: { from: null, to: expect.any(String) } },
    })
    expect(
      await kit.call('PATCH', `/reviews/${review.body.id}`, { headers: anns, payload: { rating: 4 } }),
    ).toMatchObject({ status: 200 })
  })

  test('that never was published stays as it is', async () => {
    const { id } = await anEvent(kit.ctx, { organizer, draft: true })
    await all(`insert into interests (event_id, account_id) values ($1, $2)`, [id, organizer.id])
    await kit.clock.advance(ITS_END_PLUS(8))
    expect(await run()).toMatchObject({ archived: 1 })
    const later = new Date(kit.ctx.now().getTime() + 86_400_000).toISOString()
    for (const change of [
      () => events.edit(kit.as(organizer), id, { endsAt: later }),
      () => events.publish(kit.as(organizer), id),
      () => publishAt(kit.as(organizer), id, later),
    ])
      await expect(change()).rejects.toMatchObject({ slug: 'events/over' })
  })
})

describe('who may have it done', () => {
  const post = async (payload: object, headers: Record<string, string>) =>
    kit.call('POST', '/events/clean-up', { payload, headers })

  test('is an admin, who is told what was done', async () => {
    await aMixture('E')
    await kit.clock.advance(ITS_END_PLUS(8))
    const [above, hers] = [await kit.signIn(admin), await kit.signIn(organizer)]
    expect((await post({}, {})).status).toBe(401)
    expect((await post({}, hers)).status).toBe(403)
    await expect(cleanUp(kit.as(organizer))).rejects.toMatchObject({ slug: 'forbidden' })
    for (const [payload, pointer] of [
      [{ days: 0 }, '/days'],
      [{ days: -7 }, '/days'],
      [{ days: 36_501 }, '/days'],
      [{ days: '7' }, '/days'],
      [{ days: 1.5 }, '/days'],
      [{ dryRun: 'yes' }, '/dryRun'],
      [{ archive: false }, '/archive'],
    ] as const)
      expect(await post(payload, above)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
    const foreseen = await post({ dryRun: true, days: 7 }, above)
    expect(foreseen).toMatchObject({
      status: 200,
      body: { days: 7, dryRun: true, erased: 4, archived: 4, more: false },
    })
    expect(foreseen.body.events).toHaveLength(8)
    expect((await post({}, above)).body).toEqual({ ...foreseen.body, dryRun: false })
    expect((await post({}, above)).body).toMatchObject({ erased: 0, archived: 0, events: [] })
  })

  test('is nobody, where nobody has said after how many days', async () => {
    const off = { ...system, config: { ...kit.ctx.config, cleanUp: null } }
    await expect(cleanUp(off)).rejects.toMatchObject({
      slug: 'invalid',
      extensions: { errors: [{ pointer: '/days' }] },
    })
    const names = (cleanUpAs: typeof kit.ctx.config.cleanUp) =>
      eventJobs({ cleanUp: cleanUpAs }).map(({ name, cron }) => [name, cron])
    expect(names(null)).toEqual([['publish-due-events', '* * * * *']])
    expect(names({ afterDays: 7, schedule: '5 4 * * 0' })).toContainEqual(['clean-up-old-events', '5 4 * * 0'])
    expect(kit.ctx.config.cleanUp).toEqual({ afterDays: 7, schedule: '42 2 * * *' })
  })
})
