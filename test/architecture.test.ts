import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import { ownersOf, rules, type House } from './architecture/rules.ts'
import { readSource, readSources } from './architecture/source.ts'

// The rules that ARCHITECTURE.md draws, looked for in the sources. What is here is the decision; how it is seen is in
// architecture/. A deviation that is right belongs into these tables, with its reason.

const house: House = {
  modules: {
    accounts: { calls: [], writes: ['accounts', 'sessions'] },
    venues: { calls: ['accounts'], writes: ['venues'] },
    events: { calls: ['accounts', 'venues'], writes: ['events', 'categories'] },
    registrations: {
      calls: ['accounts', 'venues', 'events'],
      writes: ['registrations', 'seat_pools'],
      doors: { 'guest-links': 'mails carry the link that registrations will judge' },
    },
    notifications: { calls: ['accounts', 'venues', 'events', 'registrations'], writes: ['notifications'] },
    search: { calls: ['accounts', 'venues', 'events', 'registrations', 'notifications'], writes: [] },
  },
  tables: {
    'server/kernel/': ['facts'],
    'server/http/': ['idempotency_keys'],
    'server/db/': ['migrations'],
  },
  alsoWrites: {
    'server/modules/registrations/seats.sql.ts': {
      tables: ['facts', 'idempotency_keys'],
      because:
        'a batch at the desk is one round trip: seats, facts and kept answers of two hundred people in one statement',
    },
    'server/modules/registrations/seats.ts': {
      tables: ['facts'],
      because: 'everybody who moves up is told of in the statement that moves them',
    },
    'server/demo/demo.ts': {
      tables: ['facts'],
      because:
        'its people never were there: their facts are marked as delivered, or hundreds of mails would go to them',
    },
    'server/housekeeping.ts': {
      tables: ['idempotency_keys', 'sessions'],
      because: 'rows that have expired mean nothing any more; removing them is upkeep of the database, not business',
    },
  },
}

const sources = readSources(['server', 'web', 'test', 'bench', 'scripts'])

// S0-35 S1-10 S3-70 S3-71 S4-19
describe('in these sources', () => {
  test('there is something to look at', () => {
    expect(sources.filter((source) => source.path.startsWith('server/modules/')).length).toBeGreaterThan(20)
    expect(sources.flatMap((source) => source.writes).length).toBeGreaterThan(20)
  })

  test.each(Object.entries(rules))('%s', (_name, rule) => {
    expect(sources.flatMap((source) => rule(source, house))).toEqual([])
  })

  test('every module is in the table, has its own file and a public name', () => {
    const folders = readdirSync(join(projectFolder, 'server/modules'))
    expect(Object.keys(house.modules).sort()).toEqual(folders.sort())
    const { imports } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
      imports: Record<string, string>
    }
    for (const module of folders) {
      expect(sources.map((source) => source.path)).toContain(`server/modules/${module}/${module}.ts`)
      expect(imports[`#${module}`]).toBe(`./server/modules/${module}/${module}.ts`)
    }
  })

  test('the modules form no ring', () => {
    const upstream = (module: string, seen: string[] = []): string[] => {
      expect(seen, `${[...seen, module].join(' → ')} is a ring`).not.toContain(module)
      return (house.modules[module]?.calls ?? []).flatMap((other) => [other, ...upstream(other, [...seen, module])])
    }
    for (const module of Object.keys(house.modules)) upstream(module)
  })

  test('every table that the migrations make has one owner', () => {
    const folder = join(projectFolder, 'server/db/migrations')
    const made = readdirSync(folder)
      .flatMap((name) => [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /^\s*create (?:unlogged )?table (?:if not exists )?(\w+)/gim,
        ),
      ])
      .map((match) => match[1])
    expect([...ownersOf(house).keys()].filter((table) => table !== 'migrations').sort()).toEqual(made.sort())
  })

  test('no exception outlives its reason', () => {
    for (const [path, { tables }] of Object.entries(house.alsoWrites)) {
      const written = sources.find((source) => source.path === path)?.writes.map((write) => write.table) ?? []
      for (const table of tables) expect(written, `${path} no longer writes ${table}`).toContain(table)
    }
  })
})

describe('the rules notice', () => {
  const operation = 'server/modules/events/events.ts'
  const routes = 'server/modules/events/routes.ts'

  const bad: [rule: keyof typeof rules, path: string, text: string][] = [
    ['modules and dialects import nothing with ../', operation, `import { may } from '../venues/policy.ts'`],
    [
      'modules and dialects import nothing with ../',
      'server/dialects/drf/routes.ts',
      `const a = await import('../app.ts')`,
    ],
    [
      'modules and dialects import nothing with ../',
      'server/modules/events/events.test.ts',
      `import { x } from '../venues/venues.ts'`,
    ],
    ['a layer imports only what is below it', 'server/kernel/clock.ts', `import { findEvent } from '#events'`],
    ['a layer imports only what is below it', 'server/kernel/clock.ts', `import type { App } from '#http/app'`],
    [
      'a layer imports only what is below it',
      'server/kernel/clock.ts',
      `import { connectPostgres } from '#db/connect'`,
    ],
    ['a layer imports only what is below it', 'server/http/limits.ts', `import { actorOf } from '#accounts/sessions'`],
    ['a layer imports only what is below it', 'server/db/connect.ts', `import type { Role } from '#accounts'`],
    ['a layer imports only what is below it', operation, `import { reactions } from '#reactions'`],
    ['a layer imports only what is below it', operation, `type Table = typeof import('#reactions')`],
    ['a layer imports only what is below it', routes, `import { page } from '#kernel/../../web/routes.tsx'`],
    [
      'a layer imports only what is below it',
      'server/dialects/drf/routes.ts',
      `import { connectEmbedded } from '#db/connect'`,
    ],
    ['a layer imports only what is below it', 'server/http/app.ts', `import { drf } from '../dialects/drf/routes.ts'`],
    [
      'a layer imports only what is below it',
      'web/events/event-page.tsx',
      `import { settings } from '../../server/config'`,
    ],
    ['only edges know HTTP', operation, `import { Uuid } from '#http/wire'`],
    ['only edges know HTTP', operation, `import type { FastifyRequest } from 'fastify'`],
    ['edges never query', routes, `import type { DB } from '#db/schema'`],
    ['edges never query', 'server/modules/events/wire.ts', `import { sql } from 'kysely'`],
    ['edges never query', 'server/dialects/drf/events.ts', `import pg from 'pg'`],
    ['operations do not look back at their edges', operation, `import { present } from './wire.ts'`],
    ['operations do not look back at their edges', operation, `import { VenueWire } from '#venues/wire'`],
    ['downstream calls upstream, never the other way', operation, `import { resize } from '#registrations'`],
    ['downstream calls upstream, never the other way', operation, `import type { Registration } from '#registrations'`],
    [
      'downstream calls upstream, never the other way',
      'server/modules/registrations/seats.ts',
      `export { tell } from '#notifications'`,
    ],
    [
      'downstream calls upstream, never the other way',
      'server/modules/accounts/channels/email.ts',
      `import { x } from '#venues'`,
    ],
    ['a module is entered through its doors', operation, `import { hashPassword } from '#accounts/passwords'`],
    ['a module is entered through its doors', routes, `import { openDesk } from '#registrations/desk'`],
    ['nobody imports the program itself', 'server/worker.ts', `import { buildApp } from './app.ts'`],
    ['nobody imports the program itself', 'server/app.ts', `import './main.ts'`],
    ['who writes a table owns it', operation, `await tx.db.insertInto('seat_pools').values(x).execute()`],
    ['who writes a table owns it', operation, `await tx.db.updateTable('venues as v').set(x).execute()`],
    [
      'who writes a table owns it',
      operation,
      'await sql`with a as (select 1) DELETE\n FROM registrations where id = ${id}`.execute(tx.db)',
    ],
    [
      'who writes a table owns it',
      operation,
      'await sql`update registrations r set status = ${status}`.execute(tx.db)',
    ],
    ['who writes a table owns it', operation, 'await sql`update only accounts set role = 1`.execute(tx.db)'],
    ['who writes a table owns it', operation, 'await sql`insert into facts (kind) values (${kind})`.execute(tx.db)'],
    ['who writes a table owns it', operation, `await ctx.database.query('truncate notifications')`],
    ['who writes a table owns it', operation, `await tx.db.deleteFrom(table).execute()`],
    ['who writes a table owns it', operation, 'await sql`delete from ${sql.table(name)}`.execute(tx.db)'],
    [
      'who writes a table owns it',
      'server/modules/search/search.ts',
      `await ctx.db.updateTable('events').set(x).execute()`,
    ],
    ['who writes a table owns it', 'server/http/limits.ts', `await ctx.db.deleteFrom('sessions').execute()`],
    ['who writes a table owns it', 'server/worker.ts', `await ctx.db.deleteFrom('facts').execute()`],
    ['process.env is read in config.ts alone', operation, `const key = process.env.KEY`],
    ['process.env is read in config.ts alone', 'server/main.ts', `const key = process['env']['KEY']`],
    ['process.env is read in config.ts alone', 'server/kernel/log.ts', `const { env } = process`],
    ['nothing is exported as default', operation, `export default function publish() {}`],
    ['nothing is exported as default', operation, `const a = 1\nexport default a`],
    ['nothing is exported as default', 'test/kit/kit.ts', `const a = 1\nexport { a as default }`],
    ['there are no barrels', 'server/modules/events/index.ts', `export const a = 1`],
    ['there are no barrels', operation, `export * from './publishing.ts'`],
    ['there are no barrels', 'web/ui/shell.tsx', `export { Pill } from './pill'`],
    ['files are named after the business', 'server/modules/events/event-service.ts', ''],
    ['files are named after the business', 'server/modules/events/utils.ts', ''],
    ['files are named after the business', 'server/modules/events/helpers/dates.ts', ''],
    ['files are named after the business', 'server/kernel/common.ts', ''],
    ['files are named after the business', 'server/modules/events/eventSeries.ts', ''],
    ['files are named after the business', 'web/ui/string-utils.ts', ''],
  ]
  test.each(bad)('where %s: %s with %s', (rule, path, text) => {
    expect(rules[rule](readSource(path, text), house)).toHaveLength(1)
  })

  const good: [path: string, text: string][] = [
    [
      operation,
      `import { findVenue } from '#venues'\nimport { may } from './policy.ts'\nimport { NotFound } from '#venues/problems'`,
    ],
    [
      routes,
      `import * as search from '#search'\nimport { may } from '#registrations/policy'\nimport { Uuid } from '#http/wire'`,
    ],
    [
      operation,
      'await sql`insert into events (id) values (${id}) on conflict (id) do update set title = excluded.title`.execute(tx.db)',
    ],
    [operation, 'await sql`select id from seat_pools where event_id = ${id} for update`.execute(tx.db)'],
    [
      operation,
      `const description = 'Delete from the list what is not wanted, or update it; insert into it what is missing.'`,
    ],
    [
      'server/modules/events/events.test.ts',
      `import { openKit } from '../../../test/kit/kit.ts'\nawait kit.ctx.db.deleteFrom('accounts').execute()`,
    ],
    ['server/kernel/ctx.ts', `import type { DB } from '#db/schema'`],
    ['server/modules/accounts/common-passwords.ts', `export const common = new Set(['123456'])`],
    ['web/events/event-page.tsx', `export default function EventPage() {}`],
  ]
  test.each(good)('nothing wrong in %s with %s', (path, text) => {
    expect(Object.values(rules).flatMap((rule) => rule(readSource(path, text), house))).toEqual([])
  })

  test('where and why', () => {
    const source = readSource(operation, `\nimport { resize } from '#registrations'`)
    expect(rules['downstream calls upstream, never the other way'](source, house)).toEqual([
      'server/modules/events/events.ts:2 events imports #registrations: registrations is not upstream of events: record a fact and let it react (server/reactions.ts)',
    ])
  })
})
