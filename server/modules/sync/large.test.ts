import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { connectEmbedded } from '#db/connect'
import { migrate } from '#db/migrate'
import { anAccount, openKit } from '../../../test/kit/kit.ts'
import { startProcess } from '../../../test/kit/processes.ts'
import { startFeed, type FeedItem } from '../../../test/kit/providers.ts'
import { run } from './sync.ts'

// A large feed: what it comes to, how long it takes, and what is left of a process that was killed over it. Two thousand
// events in passing; ten thousand where FEED_ITEMS says so, as CI does.

const MANY = Number(process.env.FEED_ITEMS || 2_000)
const feed = await startFeed()
const kit = await openKit({ EVENTS_PROVIDER_URL: feed.url, SYNC_ORGANIZER: 'curator' })
const folder = await mkdtemp(join(tmpdir(), 'turnout-sync-'))
afterAll(() => Promise.all([feed.stop(), rm(folder, { recursive: true, force: true })]))
await anAccount(kit.ctx, { role: 'organizer', username: 'curator' })
const inDays = (days: number) => new Date(kit.ctx.now().getTime() + days * 86_400_000).toISOString()
const manyItems = (): FeedItem[] =>
  Array.from({ length: MANY }, (_, n) => ({
    id: n,
    title: `Gathering number ${n}`,
    description: 'What it is about, in a few sentences. '.repeat(10),
    starts_at: inDays(10 + (n % 300)),
    ends_at: inDays(10.1 + (n % 300)),
    venue: { name: `Hall ${n % 50}`, address: `${n % 90} River Road` },
    changed_at: inDays(-1),
  }))

async function synced(what: string, wish = {}) {
  const begun = performance.now()
  const done = await run(kit.as('system'), 'feed', { full: true, ...wish })
  const { newEventsCount, updatedEventsCount, withdrawnEventsCount, unchangedEventsCount, error } = done
  const counts = [newEventsCount, updatedEventsCount, withdrawnEventsCount, unchangedEventsCount]
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1)
  process.stdout.write(`sync of ${MANY} on ${kit.database.engine}, ${what}: ${counts.join(' ')} (new, updated, withdrawn, unchanged) in ${seconds} s${error ? `: ${error}` : ''}\n`) // prettier-ignore
  return error ?? counts
}
const shown = async () => (await kit.database.query('select count(*) as n from events', [])).rows[0]!.n

test(
  'thousands of events are cut off, read, read again, reordered, edited and gone',
  { timeout: 300_000 },
  async () => {
    feed.items = manyItems()
    const whole = JSON.stringify(feed.items)
    for (let tries = 0; tries < 3; tries++)
      feed.tricks.push((_req, res) => {
        res.writeHead(200, { 'content-length': String(Buffer.byteLength(whole)) })
        res.write(whole.slice(0, whole.length / 2), () => res.destroy())
      })
    expect(await synced('cut off in the middle')).toMatch(/broke off/)
    expect(await shown()).toBe(0)
    feed.pageSize = MANY / 20
    feed.failsFrom = 11
    expect(await synced('half of its pages')).toMatch(/^Page 11: It answered 500/)
    feed.failsFrom = null
    expect(await shown()).toBe(0)

    expect(await synced('20 pages')).toEqual([MANY, 0, 0, 0])
    expect(await synced('again')).toEqual([0, 0, 0, MANY])
    feed.items.reverse()
    feed.pageSize = null
    expect(await synced('reordered, in one page')).toEqual([0, 0, 0, MANY])
    feed.items = feed.items.map((item, n) =>
      n % 2 === 0 ? { ...item, title: `Renamed ${n}`, starts_at: inDays(9) } : item,
    )
    expect(await synced('half of it edited and moved')).toEqual([0, MANY / 2, 0, MANY / 2])
    feed.items = feed.items.slice(0, MANY * 0.8)
    expect(await synced('a fifth gone')).toEqual([0, 0, MANY / 5, MANY * 0.8])
    expect(await synced('again')).toEqual([0, 0, 0, MANY * 0.8])
  },
)

// S1-46 S1-48 S1-77 S1-78; reliability R26
test(
  'a process that is killed while it reconciles leaves nothing half, and the next begins anew',
  { timeout: 300_000 },
  async () => {
    await kit.database.query('delete from external_events; delete from sync_runs; delete from sync_cursors')
    feed.items = manyItems().map((item) => ({ ...item, id: `crash-${item.id}` }))
    const env = { EVENTS_PROVIDER_URL: feed.url, SYNC_ORGANIZER: 'curator', LOG_LEVEL: 'info', ...(await aDatabase()) }
    for (const part of [0, 0.03, 0.1]) {
      const child = await startProcess({ command: ['sync', '--all'], env, until: /"reconciling"/ })
      await delay(part * MANY) // no state to wait for: somewhere in its one transaction
      await child.kill()
      expect(child.output()).not.toMatch(/new, /)
      if (kit.databaseUrl) {
        const { rows } = await kit.database.query(
          `select count(*) as n from external_events where external_id like 'crash-%'`,
          [],
        )
        expect(rows).toEqual([{ n: 0 }])
        await kit.clock.advance({ seconds: 61 }) // until nobody takes it for alive
      }
    }
    const child = await startProcess({
      command: ['run_sync_events', '--all', '--accept-withdrawals'],
      env,
      until: /"reconciling"/,
    })
    expect(await child.ended).toBe(0)
    expect(child.output()).toContain(`feed: full: ${MANY} new, 0 updated, `)
  },
)

/** A database that another process can open: ours on PostgreSQL, else one in a folder with somebody in it. */
async function aDatabase(): Promise<Record<string, string>> {
  if (kit.databaseUrl) return { DATABASE_URL: kit.databaseUrl }
  const database = await connectEmbedded({ folder: join(folder, 'database') })
  await migrate(database)
  await anAccount({ ...kit.ctx, db: database.kysely }, { role: 'organizer', username: 'curator' })
  await database.close()
  return { DATA_DIR: folder }
}
