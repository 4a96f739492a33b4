import { expect, test } from 'vitest'
import { openDesk } from '#registrations/desk'
import { connectPostgres, type Database } from '#db/connect'
import { transaction, type Ctx } from '#kernel/ctx'
import { isTemporary } from '#kernel/database-errors'
import { Refusal } from '#kernel/problem'
import { relayFacts } from '#kernel/relay'
import { suspend } from '#accounts/administration/suspension'
import * as checkin from '#checkin'
import * as events from '#events'
import * as notifications from '#notifications'
import * as payments from '#payments'
import { faultsOfPayments } from '#payments/audit'
import * as prices from '#payments/prices'
import { eraseGuest, eraseMe } from '#privacy'
import * as registrations from '#registrations'
import * as interest from '#registrations/interest'
import * as reviews from '#reviews'
import * as series from '#series'
import { guestToken } from '#registrations/guest-links'
import type { MadeAccount } from '../kit/factories.ts'
import { anAccount, anEvent, openKit, PASSWORD, type Kit } from '../kit/kit.ts'
import { seeded, shuffled } from './crowd.ts'

// People delete their accounts while they register, move up, come in and pay, each over connections of their own.

const ACCOUNTS = 24
const GUESTS = 12
const EVENTS = 10
const WORD = 'zzcanaryzz'
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)
const moment = (most: number) => new Promise((resolve) => setTimeout(resolve, random() * most))

async function openRace(): Promise<Kit> {
  const kit = await openKit()
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  return kit
}

/** Another process, as far as the database can tell. */
function another(kit: Kit): { ctx: Ctx; close: () => Promise<void> } {
  const database: Database = connectPostgres(kit.databaseUrl!, { connections: 8, onError: () => {} })
  const desk = openDesk(database, () => {})
  return {
    ctx: { ...kit.ctx, database, db: database.kysely, desk },
    close: async () => {
      await desk.drain()
      await database.close()
    },
  }
}

const names = (n: number) => ({ username: `${WORD}${n}`, email: `${WORD}${n}@example.org`, firstName: `${WORD}${n}` })
const acting = (ctx: Ctx, { id, role }: MadeAccount): Ctx => ({ ...ctx, actor: { kind: 'account', id, role, sessionId: id } }) // prettier-ignore

/** What is left of anybody, by table. */
async function left(kit: Kit): Promise<string[]> {
  const { rows: tables } = await kit.database.query(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await kit.database.query(`select t::text as row from ${String(name)} t where strpos(t::text, $1) > 0`, [WORD]) // prettier-ignore
    found.push(...rows.map(({ row }) => `${String(name)}: ${String(row)}`))
  }
  return found
}

async function faultsOf(kit: Kit): Promise<string[]> {
  const { rows } = await kit.database.query(`
    select 'the count differs at ' || p.event_id as fault from seat_pools p
    left join (select event_id, count(*) filter (where status = 'going') as going, count(*) filter (where status = 'waitlisted') as waiting
               from registrations group by event_id) r using (event_id)
    where p.taken <> coalesce(r.going, 0) or p.waiting <> coalesce(r.waiting, 0)
    union all
    select 'in, and without a place: ' || c.registration_id from checkins c join registrations r on r.id = c.registration_id
    where r.status <> 'going'
    union all
    select 'a seat at what is to come that nobody has: ' || r.id from registrations r
    where r.erased_at is not null and r.status <> 'cancelled' and not exists (select from checkins c where c.registration_id = r.id)`)
  return [...(await faultsOfPayments(kit.ctx)), ...rows.map(({ fault }) => String(fault))]
}

/** Does it, and passes over what the program says no to, or not now: that is an answer. Anything else is a fault. */
async function expecting(faults: string[], work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) && !isTemporary(error)) faults.push(String(error))
    return error
  }
}

// S37
test(`deleting loses nothing, keeps every count and brings no name back (seed ${seed})`, async () => {
  const kit = await openRace()
  const [one, two, relay] = [another(kit), another(kit), another(kit)]
  const organizer = await anAccount(kit.ctx, { role: 'organizer' })
  const places: string[] = []
  for (let n = 0; n < EVENTS; n++) {
    const { id } = await anEvent(kit.ctx, { organizer, capacity: 4, startsInHours: 6 }) // the door is open
    if (n % 3 === 0) await prices.set(acting(kit.ctx, organizer), id, { amount: 500, currency: 'EUR', provider: 'manual' }) // prettier-ignore
    places.push(id)
  }
  const accounts = await Promise.all(Array.from({ length: ACCOUNTS }, (_, n) => anAccount(kit.ctx, names(n))))
  const faults: string[] = []
  let tried = 0
  let going = true

  const registering = async (account: MadeAccount, at: Ctx) => {
    for (;;)
      for (const eventId of shuffled(places, random)) {
        const answer = await expecting(
          faults,
          () =>
          registrations.register(acting(at, account), eventId, { accountId: account.id }, { once: { scope: `${account.id} POST x${tried++}`, key: 'k', fingerprint: 'f' } }), // prettier-ignore
        )
        if (answer instanceof Refusal && answer.slug === 'not-found') return
        if (!going) return
        await moment(4)
      }
  }
  const leaving = async (account: MadeAccount, at: Ctx) => {
    await moment(1_500)
    for (let tries = 0; tries < 20; tries++) {
      const answer = await expecting(faults, () => eraseMe(acting(at, account), { password: PASSWORD }))
      if (!(answer instanceof Error)) return
    }
    faults.push('could not leave')
    going = false
  }
  const guests = Array.from({ length: GUESTS }, (_, n) => async (at: Ctx) => {
    for (let tries = 0; tries < 10; tries++) {
      const eventId = places[Math.floor(random() * EVENTS)]!
      const guest = { name: `${WORD} guest ${n}`, email: `${WORD}.guest${n}.${tries}@example.org` }
      const answer = await expecting(faults, () => registrations.register(at, eventId, guest))
      if (answer instanceof Error) continue
      await moment(60)
      const token = guestToken(at.config, (answer as { id: string }).id)
      await Promise.all([
        expecting(faults, () => eraseGuest(at, token)),
        expecting(faults, () => eraseGuest(at, token)),
      ])
    }
  })
  const some = async (which: string) =>
    (await kit.database.query(`select id, event_id from registrations r where ${which} order by random() limit 1`)).rows[0] as { id: string; event_id: string } | undefined // prettier-ignore
  const door = async () => {
    while (going) {
      const found = await some(`status = 'going' and held_until is null and account_id is not null and not exists (select from checkins c where c.registration_id = r.id)`) // prettier-ignore
      if (found) await expecting(faults, () => checkin.checkIn(acting(kit.ctx, organizer), found.event_id, { registrationId: found.id })) // prettier-ignore
      await moment(120)
    }
  }
  const till = async () => {
    while (going) {
      const found = await some(`held_until is not null`)
      if (found)
        await expecting(faults, async () => {
          const payment = await payments.begin(kit.as('system'), found.id)
          await payments.markPaid(acting(kit.ctx, organizer), payment.id)
        })
      await moment(20)
    }
  }
  const relaying = async () => {
    while (going) {
      await relayFacts({ ...relay.ctx, actor: { kind: 'system', name: 'relay' } })
      await moment(2)
    }
  }
  const background = [door(), till(), relaying()]
  await Promise.all([
    ...accounts.flatMap((account, n) => [registering(account, n % 2 ? one.ctx : two.ctx), leaving(account, n % 2 ? two.ctx : one.ctx)]), // prettier-ignore
    ...guests.map((guest, n) => guest(n % 2 ? one.ctx : two.ctx)),
  ])
  going = false
  await Promise.all(background)
  await kit.settle()
  await Promise.all([one.close(), two.close(), relay.close()])

  expect(faults).toEqual([])
  expect(await left(kit)).toEqual([])
  expect(await faultsOf(kit)).toEqual([])
  const counted = (await kit.database.query(`
    select (select count(*) from accounts where erased_at is not null) as accounts,
      (select count(*) from registrations) as registrations, (select count(*) from checkins) as entries,
      (select count(*) from payments where state <> 'open') as paid,
      (select count(*) from registrations where promoted_at is not null) as promoted`)).rows[0]! // prettier-ignore
  expect(counted.accounts).toBe(ACCOUNTS)
  for (const what of ['registrations', 'entries', 'paid', 'promoted']) expect(Number(counted[what]), what).toBeGreaterThan(0) // prettier-ignore
})

// The tests above mean something only if they fail where the guards are gone.
test('without the key that points to live accounts alone, a name comes back with who stands at the desk', async () => {
  const kit = await openRace()
  await kit.database.query(`alter table registrations drop constraint registrations_of_a_live_account`)
  let back = 0
  for (let round = 0; round < 40 && back === 0; round++) {
    const account = await anAccount(kit.ctx, names(1_000 + round))
    const event = await anEvent(kit.ctx)
    const until = { gone: false }
    const registering = async () => {
      // The desk takes what it is told: who asked had read the account before it went.
      while (!until.gone) await moment(1)
      await kit.ctx.desk.seat({ eventId: event.id, accountId: account.id, name: account.username, email: account.email, emailKey: account.email, waitlist: true, letIn: false,
        visible: false, actor: '{"kind":"anonymous"}' }) // prettier-ignore
    }
    await Promise.all([
      registering(),
      eraseMe(acting(kit.ctx, account), { password: PASSWORD }).finally(() => (until.gone = true)),
    ])
    back = (await left(kit)).length
  }
  expect(back).toBeGreaterThan(0)
})

// Of a guest: what is written to an account holds the account's row, for which whoever deletes it waits.
test('a reaction that does not wait for who is leaving writes to an address that is gone', async () => {
  const kit = await openRace()
  const relay = another(kit)
  const event = await anEvent(kit.ctx)
  const guest = { name: `${WORD}2000`, email: `${WORD}2000@example.org` }
  const { id } = await registrations.register(kit.ctx, event.id, guest)
  const facts = [{ id: 1, kind: 'registration.going' as const, data: { registrationId: id, eventId: event.id }, at: new Date() }] // prettier-ignore
  await transaction(relay.ctx, async (tx) => {
    await notifications.confirm(tx, facts)
    await eraseGuest(kit.ctx, guestToken(kit.ctx.config, id))
  })
  expect((await left(kit)).map((row) => row.split(':')[0])).toEqual(['notifications'])
  await relay.close()
})

test('and one that the relay runs is waited for', async () => {
  const kit = await openRace()
  const relay = another(kit)
  const account = await anAccount(kit.ctx, names(3_000))
  const event = await anEvent(kit.ctx)
  await registrations.register(acting(kit.ctx, account), event.id, { accountId: account.id })
  let leaving: Promise<void> | undefined
  const confirm = async (
    tx: Parameters<typeof notifications.confirm>[0],
    facts: Parameters<typeof notifications.confirm>[1],
  ) => {
    // prettier-ignore
    await notifications.confirm(tx, facts)
    leaving = eraseMe(acting(kit.ctx, account), { password: PASSWORD })
    await moment(300)
  }
  await relayFacts({ ...relay.ctx, reactions: { 'registration.going': { later: [confirm] } } })
  await leaving
  expect(await left(kit)).toEqual([])
  await relay.close()
})

test('whoever writes words in a name while it is deleted waits, and is told that there is nobody', async () => {
  const kit = await openRace()
  const other = another(kit)
  const account = await anAccount(kit.ctx, { ...names(4_000), role: 'organizer' })
  const past = await anEvent(kit.ctx)
  await registrations.register(acting(kit.ctx, account), past.id, { accountId: account.id })
  await kit.database.query(`update events set starts_at = app_now() - interval '3 hours', ends_at = app_now() - interval '1 hour' where id = $1`, [past.id]) // prettier-ignore
  const coming = await anEvent(kit.ctx)
  const startsAt = `${coming.startsAt.slice(0, 19)}Z` // a series begins at a full second
  const fields = { title: WORD, startsAt, endsAt: coming.endsAt, zone: 'Europe/Berlin' }
  const asAccount = acting(other.ctx, account)
  const writing: Record<string, () => Promise<unknown>> = {
    review: () => reviews.write(asAccount, past.id, { rating: 1, comment: WORD }),
    event: () => events.create(asAccount, fields),
    series: () => series.create(asAccount, { ...fields, rule: 'FREQ=WEEKLY;COUNT=3' }),
    interest: () => interest.show(asAccount, coming.id),
    registration: () => registrations.register(asAccount, coming.id, { accountId: account.id }),
  }
  let answers: Promise<PromiseSettledResult<unknown>[]> | undefined
  const inBetween = async () => {
    answers = Promise.allSettled(Object.values(writing).map((write) => write()))
    await moment(600)
  }
  const erased = kit.ctx.reactions['account.erased']!
  const reactions = { ...kit.ctx.reactions, 'account.erased': { now: [...erased.now!, inBetween] } }
  await eraseMe({ ...acting(kit.ctx, account), reactions }, { password: PASSWORD })
  const told = (await answers!).map((answer) =>
    answer.status === 'rejected' ? (answer.reason as Refusal).slug : 'done',
  )
  expect(told).toEqual(['sign-in-required', 'sign-in-required', 'sign-in-required', 'sign-in-required', 'not-found'])
  expect(await left(kit)).toEqual([])
  await other.close()
})

test(`of admins who all leave at once one stays (seed ${seed})`, async () => {
  const kit = await openRace()
  const [one, two] = [another(kit), another(kit)]
  for (let round = 0; round < 5; round++) {
    const admins = await Promise.all([0, 1, 2, 3].map(() => anAccount(kit.ctx, { role: 'admin' })))
    const answers = await Promise.allSettled(
      shuffled(admins, random).map((admin, n) =>
        eraseMe(acting(n % 2 ? one.ctx : two.ctx, admin), { password: PASSWORD }),
      ),
    )
    const { rows } = await kit.database.query(
      `select count(*) as n from accounts where role = 'admin' and erased_at is null`,
    )
    expect(rows[0]!.n).toBe(1)
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    await kit.database.query(`update accounts set role = 'organizer' where role = 'admin'`)
  }
  await Promise.all([one.close(), two.close()])
})

test(`of admins who suspend each other at once, and one of whom leaves, one stays (seed ${seed})`, async () => {
  const kit = await openRace()
  const processes = [another(kit), another(kit)]
  const contested = new Set<number>()
  for (let round = 0; round < 12; round++) {
    const admins = await Promise.all([0, 1, 2].map(() => anAccount(kit.ctx, { role: 'admin' })))
    const [ann, bob, cleo] = admins as [MadeAccount, MadeAccount, MadeAccount]
    const deeds = [
      (ctx: Ctx) => suspend(acting(ctx, ann), bob.id),
      (ctx: Ctx) => suspend(acting(ctx, bob), cleo.id),
      (ctx: Ctx) => suspend(acting(ctx, cleo), ann.id),
      ...(round % 2 ? [(ctx: Ctx) => eraseMe(acting(ctx, ann), { password: PASSWORD })] : []),
    ]
    const answers = await Promise.allSettled(shuffled(deeds, random).map((deed, n) => deed(processes[n % 2]!.ctx)))
    const { rows } = await kit.database.query(
      `select count(*) as n from accounts where role = 'admin' and erased_at is null and suspended_at is null`,
    )
    expect(rows[0]!.n).toBe(1)
    contested.add(answers.filter(({ status }) => status === 'rejected').length)
    await kit.database.query(`update accounts set role = 'organizer' where role = 'admin'`)
  }
  expect([...contested]).not.toEqual([0]) // it was a race
  await Promise.all(processes.map(({ close }) => close()))
})

test('an admin who leaves while the only other one is being suspended waits, and stays', async () => {
  const kit = await openRace()
  const other = another(kit)
  const [ann, bob] = [await anAccount(kit.ctx, { role: 'admin' }), await anAccount(kit.ctx, { role: 'admin' })]
  let leaving: Promise<unknown>
  await transaction(acting(other.ctx, ann), async (tx) => {
    await suspend(tx, bob.id)
    leaving = eraseMe(acting(kit.ctx, ann), { password: PASSWORD }).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 1_000)) // long enough to have looked
  })
  expect(await leaving!).toMatchObject({ slug: 'accounts/last-admin' })
  await other.close()
})

test(`nobody leaves an event behind that was published at that moment (seed ${seed})`, async () => {
  const kit = await openRace()
  const [one, two] = [another(kit), another(kit)]
  const faults: string[] = []
  let published = 0
  let gone = 0
  for (let round = 0; round < 30; round++) {
    const organizer = await anAccount(kit.ctx, { role: 'organizer' })
    const drafts: string[] = []
    for (let n = 0; n < 3; n++) drafts.push((await anEvent(kit.ctx, { organizer, draft: true })).id)
    const publishing = async () => {
      await moment(120)
      for (const id of drafts) await expecting(faults, () => events.publish(acting(one.ctx, organizer), id))
    }
    const [, answer] = await Promise.all([
      publishing(),
      expecting(faults, () => eraseMe(acting(two.ctx, organizer), { password: PASSWORD })),
    ])
    if (answer instanceof Error) published++
    else gone++
  }
  const { rows } = await kit.database.query(`
    select e.id from events e join accounts a on a.id = e.organizer_id
    where a.erased_at is not null and e.published_at is not null and e.deleted_at is null`)
  expect(faults).toEqual([])
  expect(rows).toEqual([])
  expect(Math.min(published, gone)).toBeGreaterThan(0) // it was a race
  await Promise.all([one.close(), two.close()])
})
