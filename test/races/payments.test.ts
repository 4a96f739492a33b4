import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { actingAs, type Ctx } from '#kernel/ctx'
import { faultsOfPayments } from '#payments/audit'
import * as payments from '#payments'
import * as prices from '#payments/prices'
import * as registrations from '#registrations'
import * as holds from '#registrations/holds'
import { aGuest, anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'
import { expiredEvent, paidEvent, signed, STRIPE } from '../kit/stripe.ts'
import { seeded, shuffled } from './crowd.ts'

// Money and seats that meet at the same moment, on one PostgreSQL. PAYMENT_ROUNDS for another number of rounds.

const ROUNDS = Number(process.env.PAYMENT_ROUNDS ?? 100)
const PAYMENTS = 200
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)
const STRIPE_ENV = { STRIPE_SECRET_KEY: STRIPE.secretKey, STRIPE_WEBHOOK_SECRET: STRIPE.webhookSecret }

function onPostgres(kit: Kit): string {
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  return kit.databaseUrl
}

/** A sale, and people who hold seats there with a payment of Stripe's open. What Stripe would say of it is made up. */
async function aSale(kit: Kit, buyers: number, capacity = buyers) {
  const organizer = await anAccount(kit.ctx, { role: 'organizer' })
  const event = await anEvent(kit.ctx, { organizer, capacity })
  await prices.set(kit.as(organizer), event.id, { amount: 1_250, currency: 'EUR', provider: 'stripe' })
  const system = kit.as('system')
  const begun = await Promise.all(
    Array.from({ length: buyers }, async () => {
      const { id } = await registrations.register(kit.ctx, event.id, aGuest(`Buyer ${newId()}`))
      return { registrationId: id, payment: await payments.begin(system, id) }
    }),
  )
  return { eventId: event.id, begun }
}

/** Everything that is wrong with the seats and the money of these events; empty when every rule held. */
async function faultsOf(kit: Kit): Promise<string[]> {
  const { rows } = await kit.database.query(`
    select 'the count differs at ' || p.event_id as fault from seat_pools p
    left join (select event_id, count(*) filter (where status = 'going') as going, count(*) filter (where status = 'waitlisted') as waiting
               from registrations group by event_id) r using (event_id)
    where p.taken <> coalesce(r.going, 0) or p.waiting <> coalesce(r.waiting, 0)
    union all
    select 'settled ' || count(*) || ' times: ' || (data ->> 'paymentId') from facts
    where kind in ('payment.paid', 'payment.refund-due') group by data ->> 'paymentId' having count(*) > 1
    union all
    select 'neither paid nor due: ' || id from payments where state in ('open', 'failed')`)
  return [...(await faultsOfPayments(kit.ctx)), ...rows.map((row) => row.fault as string)]
}

/** A provider whose notices need no signature: what is raced for is behind the door. */
function withoutDoor(ctx: Ctx): Ctx {
  const notice = (body: Buffer) => JSON.parse(body.toString()) as { id: string; paymentId: string; happened: 'paid' }
  return {
    ...ctx,
    pay: {
      ...ctx.pay,
      stripe: {
        byHand: false,
        begin: async ({ id }) => ({
          begun: true,
          reference: id,
          redirectUrl: `https://pay.example/${id}`,
          expiresAt: null,
        }),
        read: async (body) => ({ as: 'notice', notice: notice(body) }),
        end: async () => ({ ended: true }),
        refund: async () => ({ refunded: true }),
      },
    },
  }
}

async function openRace(): Promise<{ kit: Kit; ctx: Ctx }> {
  const kit = await openKit()
  onPostgres(kit)
  const ctx = withoutDoor(actingAs(kit.ctx, { kind: 'system', name: 'test' }))
  kit.ctx.pay.stripe = ctx.pay.stripe
  return { kit, ctx }
}

/** The hold is over: it lapses, and its payment arrives, and others stand at the desk, all at once. */
async function lapseWhilePaid(kit: Kit, ctx: Ctx, crowd: boolean): Promise<string> {
  const { eventId, begun } = await aSale(kit, 1)
  const [{ payment, registrationId } = begun[0]!] = begun
  const body = Buffer.from(JSON.stringify({ id: newId(), paymentId: payment.id, happened: 'paid' }))
  await kit.database.query(`update registrations set held_until = app_now() where id = $1`, [registrationId])
  const work = [
    () => holds.lapse(ctx),
    () => holds.lapse(ctx),
    () => payments.takeNotice(ctx, 'stripe', { body, signature: undefined }),
    ...(crowd ? [() => registrations.register(kit.ctx, eventId, aGuest(`Other ${newId()}`))] : []),
  ]
  await Promise.all(
    shuffled(work, random).map(async (each) => {
      await new Promise((resolve) => setTimeout(resolve, random() * 4))
      await each()
    }),
  )
  const { status } = await registrations.find(ctx, registrationId)
  return `${status}, ${(await payments.latest(ctx, registrationId)).state}`
}

// S3-29
describe(`a hold that lapses while its payment arrives (seed ${seed}, ${ROUNDS} rounds)`, () => {
  test('ends with a seat that is paid, or with neither and the money going back', async () => {
    const { kit, ctx } = await openRace()
    const endings = new Map<string, number>()
    for (let round = 0; round < ROUNDS; round++) {
      const ending = await lapseWhilePaid(kit, ctx, round % 2 === 0)
      endings.set(ending, (endings.get(ending) ?? 0) + 1)
    }
    expect(await faultsOf(kit)).toEqual([])
    expect([...endings.keys()].filter((each) => !/^(going, paid|cancelled, refund_due)$/.test(each))).toEqual([])
    expect(endings.size, 'both endings were seen, or nothing raced').toBe(2)
  })

  test('with the seat row unlocked when money is settled, somebody pays and has no seat, or is counted wrongly', async () => {
    const { kit, ctx } = await openRace()
    await kit.database.query(
      'alter table seat_pools drop constraint seat_pools_never_oversold, drop constraint seat_pools_nobody_waits_beside_a_free_seat',
    )
    // The lock is taken out of every statement that would wait for it; what they then do is as before.
    const unlocked: Ctx = { ...ctx, db: withoutSeatLocks(ctx.db) }
    const faults: string[] = []
    for (let round = 0; round < 3 * ROUNDS && faults.length === 0; round++) {
      await lapseWhilePaid(kit, unlocked, round % 2 === 0)
      faults.push(...(await faultsOf(kit)))
    }
    expect(faults).toContainEqual(expect.stringMatching(/^paid without a seat|^the count differs/))
  })
})

/** The same database, whose seat rows are not locked by whoever reads them to change them. */
function withoutSeatLocks(db: Ctx['db']): Ctx['db'] {
  return db.withPlugin({
    transformQuery({ node }) {
      if (node.kind !== 'SelectQueryNode' || !JSON.stringify(node.from).includes('"seat_pools"')) return node
      return { ...node, endModifiers: undefined }
    },
    transformResult: async ({ result }) => result,
  })
}

describe(`the notices of ${PAYMENTS} payments, each five times and shuffled, at two processes (seed ${seed})`, () => {
  let kit: Kit
  let doors: Running[]
  beforeAll(async () => {
    kit = (await openRace()).kit
    const env = { DATABASE_URL: onPostgres(kit), ...STRIPE_ENV }
    doors = await Promise.all([0, 1].map(() => startProcess({ command: ['serve'], env })))
  })
  afterAll(async () => {
    await Promise.all(doors.map((door) => door.stop()))
  })

  async function deliverAll(): Promise<Map<number, number>> {
    const { begun } = await aSale(kit, PAYMENTS)
    const paid = begun.map(({ payment }) => paidEvent(payment))
    const expired = begun.slice(0, PAYMENTS / 10).map(({ payment }) => expiredEvent(payment))
    const deliveries = shuffled(
      [...paid, ...expired].flatMap((event) => Array.from({ length: 5 }, () => signed(event))),
      random,
    )
    const answers = new Map<number, number>()
    const lane = async (door: Running) => {
      for (let next = deliveries.pop(); next; next = deliveries.pop()) {
        const { payload, headers } = next
        const { status } = await fetch(`${door.url}/api/v1/payments/stripe/notices`, {
          method: 'POST',
          headers,
          body: payload,
        })
        answers.set(status, (answers.get(status) ?? 0) + 1)
      }
    }
    await Promise.all(doors.flatMap((door) => Array.from({ length: 10 }, () => lane(door))))
    return answers
  }

  test('have one effect each', async () => {
    const answers = await deliverAll()
    expect([...answers]).toEqual([[200, 5 * (PAYMENTS + PAYMENTS / 10)]])
    expect(await faultsOf(kit)).toEqual([])
    const { rows } = await kit.database.query(`
      select (select count(*)::int from payments where state = 'paid') as paid,
        (select count(*)::int from registrations where status = 'going' and held_until is null) as seated,
        (select count(*)::int from facts where kind = 'registration.going') as told,
        (select count(*)::int from payment_notices) as notices`)
    expect(rows[0]).toEqual({ paid: PAYMENTS, seated: PAYMENTS, told: PAYMENTS, notices: PAYMENTS + PAYMENTS / 10 })
  })

  test('where nobody remembers a notice and the state is not looked at, they have more than one', async () => {
    // Both guards go: the id that is known, and the state that says it is settled.
    await kit.database.query(`
      alter table payment_notices drop constraint payment_notices_pkey;
      create function forget() returns trigger language plpgsql as $$ begin
        if new.state = 'paid' then new.state := 'open'; new.paid_at := null; end if; return new; end $$;
      create trigger forgets before update on payments for each row execute function forget()`)
    await deliverAll()
    expect((await faultsOf(kit)).filter((fault) => fault.startsWith('settled'))).not.toEqual([])
  })
})
