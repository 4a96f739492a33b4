import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { anEvent, aRegistration, openKit } from '../../test/kit/kit.ts'
import type { Ctx, Tx } from '#kernel/ctx'
import { transaction } from '#kernel/ctx'
import { record, type Fact, type Reactions } from '#kernel/facts'
import { pauseReactions, relayFacts, startRelay } from '#kernel/relay'
import { openDesk } from '#registrations/desk'

declare module '#kernel/facts' {
  interface Facts {
    'test.rang': { bell: number }
    'test.fell': { tree: number }
  }
}

const kit = await openKit()
/** The kit's surroundings with reactions of our own. */
const reacting = (reactions: Reactions): Ctx => ({ ...kit.ctx, reactions })
const ring = (ctx: Ctx, ...bells: number[]) =>
  transaction(ctx, async (tx) => {
    for (const bell of bells) await record(tx, 'test.rang', { bell })
  })
const facts = async () => (await kit.database.query('select * from facts order by id', [])).rows as any[]
const heard = async () =>
  (await kit.database.query('select bell from heard order by n', [])).rows.map((row) => row.bell as number)
/** A reaction that writes down what it was handed, in its transaction. */
const listen = async (tx: Tx, rung: ReadonlyArray<Fact<'test.rang'>>) => {
  for (const { data } of rung) await sql`insert into heard (bell) values (${data.bell})`.execute(tx.db)
}

await kit.database.query('create table heard (n bigint generated always as identity, bell int not null)')
beforeEach(() => kit.database.query('truncate facts, heard'))

describe('facts', () => {
  // S1-06 S0-41
  test('are written with what makes them happen, or not at all', async () => {
    const ctx = kit.as({ id: '01a1fb8e-356e-7288-bcaf-48bd3d3ea178' })
    await expect(
      transaction(ctx, async (tx) => {
        await record(tx, 'test.rang', { bell: 1 })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await facts()).toEqual([])
    await ring(ctx, 2)
    expect(await facts()).toMatchObject([
      {
        kind: 'test.rang',
        data: { bell: 2 },
        actor: { kind: 'account', id: '01a1fb8e-356e-7288-bcaf-48bd3d3ea178' },
        delivered_at: null,
        attempts: 0,
      },
    ])
  })

  test('wake the relay after the commit and only then', async () => {
    const seen: number[] = []
    const ctx = { ...kit.ctx, wake: () => void facts().then((rows) => seen.push(rows.length)) }
    await expect(
      transaction(ctx, async (tx) => {
        await record(tx, 'test.rang', { bell: 1 })
        throw new Error('no')
      }),
    ).rejects.toThrow()
    await transaction(ctx, async () => {})
    await ring(ctx, 1, 2)
    await expect.poll(() => seen).toEqual([2])
  })

  test('take what must be true with them along: a reaction that refuses undoes everything', async () => {
    const ctx = reacting({
      'test.rang': {
        now: [
          async (tx, { bell }) => {
            await sql`insert into heard (bell) values (${bell})`.execute(tx.db)
            if (bell > 1) throw new Error('too loud')
          },
        ],
      },
    })
    await expect(ring(ctx, 1, 2)).rejects.toThrow('too loud')
    expect([await facts(), await heard()]).toEqual([[], []])
    await ring(ctx, 1)
    expect(await heard()).toEqual([1])
  })
})

// S3-04
describe('the relay', () => {
  test('hands every fact over in order, once, together with the note that it did', async () => {
    const ctx = reacting({ 'test.rang': { later: [listen] } })
    await ring(ctx, 1, 2, 3)
    await transaction(ctx, (tx) => record(tx, 'test.fell', { tree: 1 })) // nobody reacts to this one
    expect(await relayFacts(ctx)).toBe(4)
    expect(await heard()).toEqual([1, 2, 3])
    expect((await facts()).every((fact) => fact.delivered_at !== null)).toBe(true)
    expect(await relayFacts(ctx)).toBe(0)
    expect(await heard()).toEqual([1, 2, 3])
  })

  test('of two at once, neither delivers what the other does, however many there are', async () => {
    const ctx = reacting({ 'test.rang': { later: [listen] } })
    const bells = Array.from({ length: 450 }, (_, n) => n)
    await ring(ctx, ...bells)
    const drain = async () => {
      while ((await relayFacts(ctx)) > 0);
    }
    await Promise.all([drain(), drain(), drain()])
    expect((await heard()).sort((a, b) => a - b)).toEqual(bells)
  })

  // reliability R12
  test('does not let one poisonous fact hold up the others, and tries it again after ever longer', async () => {
    let cured = false
    const ctx = reacting({
      'test.rang': {
        later: [
          listen,
          async (_tx, rung) => {
            if (!cured && rung.some(({ data }) => data.bell === 13)) throw new Error('bell 13 is cracked')
          },
        ],
      },
    })
    await ring(ctx, ...Array.from({ length: 30 }, (_, n) => n))
    await relayFacts(ctx)
    expect(await heard()).toEqual(Array.from({ length: 30 }, (_, n) => n).filter((bell) => bell !== 13))
    const poison = async () => (await facts()).find((fact) => fact.data.bell === 13)
    expect(await poison()).toMatchObject({ delivered_at: null, attempts: 1, last_error: 'bell 13 is cracked' })

    const pauses: number[] = []
    for (let attempt = 2; attempt <= 6; attempt++) {
      expect(await relayFacts(ctx), 'before its time').toBe(0)
      const { rows } = await kit.database.query(
        `select extract(epoch from retry_at - app_now())::float8 as pause from facts where delivered_at is null`,
        [],
      )
      pauses.push(rows[0]!.pause as number)
      await kit.clock.advance({ seconds: Math.ceil(pauses.at(-1)!) + 1 })
      await ring(ctx, 100 + attempt)
      await relayFacts(ctx)
      expect(await poison()).toMatchObject({ attempts: attempt })
      expect((await heard()).at(-1)).toBe(100 + attempt)
    }
    for (const [n, pause] of pauses.entries()) if (n > 0) expect(pause).toBeGreaterThan(pauses[n - 1]! * 1.3)

    cured = true
    await kit.clock.advance({ hours: 1 })
    await relayFacts(ctx)
    expect(await poison()).toMatchObject({ delivered_at: expect.any(Date) })
    expect((await heard()).filter((bell) => bell === 13)).toEqual([13])
  })

  test('survives a reaction that breaks its transaction in the database', async () => {
    const ctx = reacting({
      'test.fell': { later: [async (tx) => void (await sql`select 1 / 0`.execute(tx.db))] },
      'test.rang': { later: [listen] },
    })
    await transaction(ctx, (tx) => record(tx, 'test.fell', { tree: 1 }))
    await ring(ctx, 1)
    await relayFacts(ctx)
    expect(await heard()).toEqual([1])
    expect(await facts()).toMatchObject([
      { kind: 'test.fell', attempts: 1, last_error: expect.stringContaining('division by zero') },
      { attempts: 0 },
    ])
  })

  // The embedded database has one connection, so there nobody waits for whoever pauses.
  const testWithOthers = kit.databaseUrl ? test : () => {}
  testWithOthers('has nothing to do while reactions are paused, which no fact is blamed for', async () => {
    const warned: unknown[] = []
    const log = { ...kit.ctx.log, warn: (...said: unknown[]) => warned.push(said) } as unknown as Ctx['log']
    const ctx = { ...reacting({ 'test.rang': { later: [listen] } }), log }
    await ring(ctx, 1, 2)
    await transaction(kit.ctx, async (tx) => {
      await pauseReactions(tx)
      expect(await relayFacts(ctx)).toBe(0)
    })
    expect(warned).toEqual([])
    expect(await facts()).toMatchObject([
      { attempts: 0, retry_at: null, last_error: null, delivered_at: null },
      { attempts: 0, retry_at: null, last_error: null, delivered_at: null },
    ])
    expect(await relayFacts(ctx)).toBe(2)
    expect(await heard()).toEqual([1, 2])
  })

  test('running, delivers soon after it is woken, and finishes its round before it stops', async () => {
    const ctx = reacting({ 'test.rang': { later: [listen] } })
    const relay = startRelay(ctx)
    ctx.wakers.add(relay.wake)
    await ring({ ...ctx, wake: () => relay.wake() }, 1)
    await expect.poll(heard, { timeout: 5_000 }).toEqual([1])
    await ring({ ...ctx, wake: () => relay.wake() }, 2)
    await relay.stop()
    ctx.wakers.delete(relay.wake)
    const after = await heard()
    await ring(ctx, 3)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await heard()).toEqual(after)
  })
})

test('what was written by somebody who died before telling it is told by whoever relays it', async () => {
  const told: string[][] = []
  const silent = { ...kit.ctx, wake: () => {} }
  const relaying = { ...kit.ctx, wake: (about: string[]) => void told.push(about) }
  const event = await anEvent(silent)
  await relayFacts(silent)
  await aRegistration({ ...silent, desk: openDesk(kit.database, () => {}) }, event.id)
  await ring(silent, 2) // about no event
  await relayFacts(relaying)
  expect(told.flat().sort()).toEqual(['*', event.id])
})

test('what a registration tells is told once, however often the relay is interrupted before its note', async () => {
  const event = await anEvent(kit.ctx)
  await aRegistration(kit.ctx, event.id)
  let crashes = 2
  const { later = [] } = kit.ctx.reactions['registration.going']!
  const ctx = reacting({
    ...kit.ctx.reactions,
    'registration.going': {
      later: [
        ...later,
        async () => {
          if (crashes-- > 0) throw new Error('killed')
        },
      ],
    },
  })
  for (let n = 0; n < 3; n++) {
    await relayFacts(ctx)
    await kit.clock.advance({ minutes: 1 })
  }
  expect((await kit.database.query(`select topic from notifications where event_id = $1`, [event.id])).rows).toEqual([
    { topic: 'confirmed' },
  ])
})
