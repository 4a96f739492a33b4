import { describe, expect, test } from 'vitest'
import * as registrations from '#registrations'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { privacyJobs } from './jobs.ts'
import { retain } from './retention.ts'

const kit = await openKit({ RETAIN_REGISTRATIONS_DAYS: '30', RETAIN_FACTS_DAYS: '365' })
const system = kit.as('system')
const all = (text: string, values: unknown[] = []) => kit.database.query(text, values).then(({ rows }) => rows)
const counts = async (options: Parameters<typeof retain>[1]) =>
  Object.fromEntries((await retain(system, options)).map(({ kind, count }) => [kind, count]))
const end = (eventId: string, daysAgo: number) =>
  all(
    `update events set starts_at = app_now() - make_interval(days => $2, hours => 2), ends_at = app_now() - make_interval(days => $2, mins => 1) where id = $1`,
    [eventId, daysAgo],
  )
const everything = async () => {
  const state: Record<string, unknown> = {}
  for (const table of ['registrations', 'notifications', 'sessions', 'facts', 'seat_pools', 'events'])
    state[table] = await all(`select * from ${table} t order by t::text`)
  return state
}

describe('what was kept for long enough', () => {
  test('is counted by a dry run that changes nothing, goes by the run, and is then no more', async () => {
    const [old, recent] = [await anEvent(kit.ctx, { capacity: 9 }), await anEvent(kit.ctx)]
    const ann = await anAccount(kit.ctx)
    const place = await registrations.register(kit.as(ann), old.id, { accountId: ann.id })
    const guest = await aRegistration(kit.ctx, old.id, { name: 'Old Guest', email: 'old@example.org' })
    const young = await aRegistration(kit.ctx, recent.id, { name: 'Young Guest', email: 'young@example.org' })
    await kit.signIn(ann)
    await kit.settle()
    await end(old.id, 31)
    await end(recent.id, 29)
    const about = `payload->>'registrationId' = any($1)`
    await all(`update notifications set created_at = app_now() - interval '91 days' where ${about}`, [[place.id, guest.id]]) // prettier-ignore
    await all(`update sessions set expires_at = app_now() - interval '31 days' where account_id = $1`, [ann.id])
    await all(`insert into facts (kind, data, actor, at, delivered_at) values
      ('account.created', '{}', '{}', app_now() - interval '400 days', app_now()), ('account.created', '{}', '{}', app_now() - interval '400 days', null)`) // prettier-ignore

    const before = await everything()
    const foreseen = await counts({ dryRun: true })
    expect(foreseen).toEqual({ registrations: 2, messages: 2, sessions: 1, facts: 1 })
    expect(await everything()).toEqual(before)

    expect(await counts({})).toEqual({ ...foreseen, messages: 0 }) // the registrations' messages went with them
    expect(await counts({ dryRun: true })).toEqual({ registrations: 0, messages: 0, sessions: 0, facts: 0 })
    const rows = await all('select id, name, status, account_id from registrations order by name')
    expect(rows).toHaveLength(3)
    expect(rows.filter(({ name }) => name === 'Deleted person')).toEqual([
      expect.objectContaining({ status: 'going', account_id: null }),
      expect.objectContaining({ status: 'going', account_id: null }),
    ])
    expect(rows.find(({ id }) => id === young.id)!.name).toBe('Young Guest')
    expect(await all('select taken from seat_pools where event_id = $1', [old.id])).toEqual([{ taken: 2 }])
    expect(await all(`select recipient from notifications where ${about}`, [[place.id, guest.id]])).toEqual([]) // prettier-ignore
    expect(await all('select id from sessions where account_id = $1', [ann.id])).toEqual([])
    expect(await all(`select id from facts where data = '{}'`)).toHaveLength(1) // what was not delivered stays
    expect(await all(`select data from facts where kind = 'retention.applied'`)).toEqual([
      { data: { registrations: 2, messages: 0, sessions: 1, facts: 1 } },
    ])
  })

  test('messages lose their words after ninety days, where nobody says otherwise, and those that are due do not', async () => {
    await all(`update notifications set created_at = app_now() - interval '91 days'`)
    await counts({})
    const event = await anEvent(kit.ctx)
    const { id } = await aRegistration(kit.ctx, event.id, { name: 'Mia', email: 'mia@example.org' })
    await kit.settle()
    await all(`update notifications set created_at = app_now() - interval '89 days'`)
    expect((await counts({})).messages).toBe(0)
    await all(`update notifications set created_at = app_now() - interval '91 days'`)
    await all(`update notifications set sent_at = null where recipient = 'mia@example.org'`)
    expect((await counts({})).messages).toBe(0)
    await all(`update notifications set sent_at = app_now() where recipient = 'mia@example.org'`)
    expect((await counts({})).messages).toBe(1)
    expect(await all(`select recipient, payload from notifications where dedupe_key like '%' || $1`, [id])).toEqual([
      { recipient: '', payload: {} },
    ])
  })

  test('goes in batches, and what is more than was asked for is said', async () => {
    const event = await anEvent(kit.ctx)
    for (let n = 0; n < 5; n++) await aRegistration(kit.ctx, event.id)
    await end(event.id, 40)
    const [kept] = await retain(system, { most: 2 })
    expect(kept).toEqual({ kind: 'registrations', days: 30, count: 2, more: true })
    await privacyJobs[0]!.run(system, new AbortController().signal)
    expect(await all('select id from registrations where event_id = $1 and erased_at is null', [event.id])).toEqual([])
  })

  test('is previewed by admins alone, for other periods too', async () => {
    await counts({ periods: { registrations: 7 } })
    const event = await anEvent(kit.ctx)
    await aRegistration(kit.ctx, event.id)
    await end(event.id, 10)
    const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
    const preview = await kit.call('POST', '/retention', {
      headers: admin,
      payload: { dryRun: true, registrations: 7 },
    })
    expect(preview.status).toBe(200)
    expect(preview.body.kinds).toContainEqual({ kind: 'registrations', days: 7, count: 1, more: false })
    expect(preview.body.kinds).toContainEqual(expect.objectContaining({ kind: 'messages', days: 90 }))
    expect((await kit.call('POST', '/retention', { headers: admin, payload: { registrations: 0 } })).status).toBe(422)
    const organizer = await kit.signIn(await anAccount(kit.ctx, { role: 'organizer' }))
    expect((await kit.call('POST', '/retention', { headers: organizer, payload: {} })).status).toBe(403)
    expect((await kit.call('POST', '/retention', { payload: {} })).status).toBe(401)
  })
})
