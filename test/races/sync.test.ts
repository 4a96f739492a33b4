import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { transaction } from '#kernel/ctx'
import { holdProvider } from '#sync/announced'
import { bring, prepare } from '#sync/external-events'
import { run } from '#sync'
import { anAccount, openKit } from '../kit/kit.ts'
import { aTicketmasterEvent, startFeed, startTicketmaster } from '../kit/providers.ts'

const [feed, ticketmaster] = await Promise.all([startFeed(), startTicketmaster()])
afterAll(() => Promise.all([feed.stop(), ticketmaster.stop()]))
const kit = await openKit({
  EVENTS_PROVIDER_URL: feed.url,
  TICKETMASTER_URL: ticketmaster.url,
  TICKETMASTER_API_KEY: ticketmaster.key,
  TICKETMASTER_SYNC: 'city=NY',
})
await anAccount(kit.ctx, { role: 'admin' })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const sorts = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.map((each) => (each.status === 'fulfilled' ? 'done' : ((each.reason as { slug?: string }).slug ?? String(each.reason)))).sort() // prettier-ignore

test('of many runs that begin at once one runs, and each event is made once', async () => {
  for (let round = 0; round < 10; round++) {
    feed.items = Array.from({ length: 40 * (round + 1) }, (_, n) => ({ id: n, title: `G ${n}`, starts_at: inDays(5) }))
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => run(kit.as('system'), 'feed', { full: true })),
    )
    expect(sorts(outcomes)).toEqual(['done', ...Array<string>(3).fill('sync/run-under-way')])
    const { rows } = await kit.database.query(
      `select count(*) as n, count(distinct event_id) as events from external_events`,
      [],
    )
    expect(rows).toEqual([{ n: feed.items.length, events: feed.items.length }])
  }
})

test('an import waits while a run has the provider, and not only as long as others wait for a row', async () => {
  const organizer = kit.as(await anAccount(kit.ctx, { role: 'organizer' }))
  ticketmaster.events = [aTicketmasterEvent('late', 'Late')]
  const prepared = await prepare(organizer, 'ticketmaster', 'late')
  let holds = () => {}
  const held = new Promise<void>((resolve) => (holds = resolve))
  const running = transaction(kit.as('system'), async (tx) => {
    await holdProvider(tx, 'ticketmaster')
    holds()
    await delay(3_000)
  })
  await held
  expect(await bring(organizer, 'ticketmaster', prepared)).toMatchObject({ isNew: true })
  await running
})

test('an event that several import while a run brings it in is one event', async () => {
  const organizers = await Promise.all([1, 2, 3].map(() => anAccount(kit.ctx, { role: 'organizer' })))
  for (let round = 0; round < 10; round++) {
    ticketmaster.events = [aTicketmasterEvent(`r${round}`, `Concert ${round}`)]
    const importing = organizers.map(async (each) => {
      const ctx = kit.as(each)
      return bring(ctx, 'ticketmaster', await prepare(ctx, 'ticketmaster', `r${round}`))
    })
    const outcomes = await Promise.allSettled([
      ...importing,
      run(kit.as('system'), 'ticketmaster', { acceptWithdrawals: true }),
    ])
    expect(outcomes[3]).toMatchObject({ status: 'fulfilled', value: { error: null } })
    const { rows } = await kit.database.query(`select count(*) as n from events where title = $1`, [`Concert ${round}`])
    expect(rows, sorts(outcomes).join(' ')).toEqual([{ n: 1 }])
  }
})
