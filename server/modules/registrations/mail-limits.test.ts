import { describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/problem'
import * as registrations from '#registrations'
import { anEvent, openKit } from '../../../test/kit/kit.ts'

// How often a guest's address is written to: counted where the seats are, when the database counts.

const kit = await openKit({ RATE_LIMITS: 'on', RATE_LIMIT_MAILS: '5', RATE_LIMIT_EVENT_MAILS: '3' })
const ctx = kit.as('anonymous')

type Options = Parameters<typeof registrations.register>[3]
const register = (eventId: string, email: string, options?: Options) =>
  registrations.register(ctx, eventId, { name: 'Ann', email }, options).then(
    (registration) => registration.id,
    (error: unknown) => {
      if (error instanceof Refusal) return error
      throw error
    },
  )
const seated = (answers: (string | Refusal)[]) => answers.filter((each) => typeof each === 'string').length
const events = (count: number) => Promise.all(Array.from({ length: count }, () => anEvent(kit.ctx)))

// S4-14; reliability R27 S28
describe('a mailbox', () => {
  test('is written to five times an hour, however it is spelled and however many ask at once', async () => {
    const all = await events(12)
    const spellings = ['a.nn@gmail.com', 'Ann@gmail.com', 'ann+x@gmail.com', 'a.n.n@googlemail.com']
    const answers = await Promise.all(all.map(({ id }, n) => register(id, spellings[n % 4]!)))
    expect(seated(answers)).toBe(5)
    const refused = answers.find((each) => typeof each !== 'string') as Refusal
    expect(refused.slug).toBe('too-many-requests')
    expect(refused.extensions.retryAfter).toBeGreaterThan(3_500)
    expect(refused.message).toContain('written to too often')
    expect(seated([await register(all[0]!.id, 'somebody.else@gmail.com')])).toBe(1)
    await kit.clock.advance({ minutes: 61 })
    expect(seated([await register((await anEvent(kit.ctx)).id, 'ann@gmail.com')])).toBe(1)
  })

  test('is written to three times about one event, at once or one after the other', async () => {
    const { id } = await anEvent(kit.ctx)
    const burst = await Promise.all([1, 2, 3, 4, 5].map((n) => register(id, `ben+${n}@example.org`)))
    expect(seated(burst)).toBe(3)
    const again = await anEvent(kit.ctx)
    const line = []
    for (const n of [1, 2, 3, 4, 5]) line.push(await register(again.id, `cem+${n}@example.org`))
    expect(line.map((each) => typeof each === 'string')).toEqual([true, true, true, false, false])
    expect(await taken(again.id)).toBe(3)
  })

  test('does not keep a repeated request from its answer', async () => {
    const [first, ...others] = await events(6)
    const once = { scope: 'a guest', key: 'one', fingerprint: 'f' }
    const id = await register(first!.id, 'dee@example.org', { once })
    for (const other of others) await register(other.id, 'dee@example.org')
    for (let n = 0; n < 3; n++) expect(await register(first!.id, 'dee@example.org', { once })).toBe(id)
  })

  test('is not counted for whoever organizes, nor twice for one who is invited', async () => {
    const all = await events(7)
    const organizer = kit.as(all[0]!.organizer)
    for (const { id } of all) await registrations.register(organizer, id, { name: 'Eve', email: 'eve@example.org' })
    const hidden = await anEvent(kit.ctx, { visibility: 'private' })
    for (let n = 0; n < 3; n++) await register(hidden.id, `fay+${n}@example.org`)
    expect(await taken(hidden.id)).toBe(0)
  })

  test('that is refused leaves the others in its batch their places', async () => {
    const all = await events(6)
    for (const { id } of all) await register(id, 'gus@example.org')
    const event = await anEvent(kit.ctx, { capacity: 2 })
    const answers = await Promise.all(
      ['gus', 'hal', 'ivy', 'jon'].map((name) => register(event.id, `${name}@example.org`)),
    )
    expect(answers.map((each) => typeof each === 'string')).toEqual([false, true, true, true])
    expect(await taken(event.id)).toBe(2)
  })
})

async function taken(eventId: string): Promise<number> {
  const { rows } = await kit.database.query('select taken from seat_pools where event_id = $1', [eventId])
  return (rows[0] as { taken: number }).taken
}
