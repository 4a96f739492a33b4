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
    accounts: {
      calls: [],
      writes: [
        'accounts',
        'sessions',
        'account_links',
        'mail_requests',
        'favourite_categories',
        'accepted_terms',
        'second_factors',
        'recovery_codes',
        'challenges',
        'identities',
        'provider_returns',
        'api_keys',
        'known_places',
        'phone_codes',
      ],
      doors: {
        'addresses/verification': 'what reaches other people may want a confirmed address',
        'phone/codes': 'the text carries the code, which is kept nowhere',
        'profile/preferences': 'mail is turned off by the link in it, which is in what was written',
        leaving: 'an account goes last of all that is kept of a person, and one module sees to the whole',
        'public-organizer': 'what nobody in particular has named is anybody’s to change',
        proof: 'an event is given away by whom it belongs to, who shows that again',
        tokens: 'who has left takes the browser’s cookie along',
      },
    },
    venues: { calls: ['accounts'], writes: ['venues'] },
    events: {
      calls: ['accounts', 'venues'],
      writes: [
        'events',
        'categories',
        'tags',
        'event_tags',
        'event_invitations',
        'event_versions',
        'team_members',
        'team_invitations',
      ],
      doors: {
        arriving: 'synchronisation brings in and changes thousands of events in a few statements',
        erasing: 'an organizer goes when no event needs them, and a guest’s invitation goes with the guest',
        markdown: 'calendars show an organizer’s text as words, which only its one reading can say',
        event: 'a banner and a price are part of their event, and a change of them is a version of it',
        history: 'how many seats there were is part of an event’s history, and registrations keeps the seats',
        occurrences: 'a series puts its events into their places, and says what is theirs alone',
        schedule: 'a series has the times of an event, and the same limits',
        tags: 'what is made later is marked with the tags by their ids, which outlive their names',
        wire: 'a series says of its occurrences what an event says of itself',
        'team/role': 'what the policies judge by is what the actor is on the event’s team, read in one way',
        'team/standing': 'a series has a team as an event has, and keeps it when it is cut in two',
        'invitation-links': 'who was invited is let in at the desk and to the page, and mails carry the link',
      },
    },
    registrations: {
      calls: ['accounts', 'venues', 'events'],
      writes: ['registrations', 'seat_pools', 'interests'],
      doors: {
        erasing: 'places are held before the account is, and what is past loses its names in time',
        'guest-links': 'mails carry the link that registrations will judge',
        holds: 'who takes the money says when a seat has to be paid for and when it is',
        registration: 'what is paid is for a registration, and judged as that is',
        visibility: 'what is said of an event afterwards is seen where the event is',
        'walk-ins': 'the door gives a seat and lets in, in one transaction',
      },
    },
    series: {
      calls: ['accounts', 'venues', 'events', 'registrations'],
      writes: ['series'],
      doors: {
        erasing: 'series are locked before their events, so before anything else of who leaves',
        'team/team': 'the routes of a team are the same for an event and for a series',
      },
    },
    pictures: {
      calls: ['accounts', 'venues', 'events'],
      writes: ['files'],
      doors: {
        cleaning: 'a picture that was erased leaves the store at once',
        wire: 'what has a picture shows it: events their banner, accounts theirs',
      },
    },
    checkin: {
      calls: ['accounts', 'venues', 'events', 'registrations'],
      writes: ['checkins', 'checkin_scans', 'doors'],
    },
    reviews: {
      calls: ['accounts', 'venues', 'events', 'registrations', 'checkin'],
      writes: ['reviews', 'review_reports'],
    },
    payments: {
      calls: ['accounts', 'venues', 'events', 'registrations'],
      writes: ['prices', 'series_prices', 'hold_prices', 'payments', 'payment_notices'],
    },
    subscriptions: {
      calls: ['accounts', 'venues', 'events', 'registrations'],
      writes: ['subscriptions', 'push_subscriptions'],
      doors: {
        browsers:
          'what is pushed goes to the browser that its row names, and a browser that is gone takes its row along',
      },
    },
    notifications: {
      calls: ['accounts', 'venues', 'events', 'registrations', 'subscriptions'],
      writes: ['notifications', 'channel_pauses', 'channel_breakers', 'unsubscriptions', 'reminders'],
      doors: { erasing: 'messages lose their words when they were kept for long enough' },
    },
    sync: { calls: ['accounts', 'events'], writes: ['external_events', 'sync_runs', 'sync_cursors'] },
    search: { calls: ['accounts', 'venues', 'events', 'pictures', 'registrations', 'notifications'], writes: [] },
    calendars: {
      calls: ['accounts', 'venues', 'events', 'registrations', 'notifications', 'search'],
      writes: ['calendar_links'],
    },
    privacy: {
      calls: ['accounts', 'events', 'registrations', 'series', 'pictures', 'notifications'],
      writes: [],
    },
    audit: { calls: ['accounts', 'events'], writes: [] },
    schedules: { calls: [], writes: ['schedules', 'job_runs'] },
    doctor: { calls: ['schedules', 'notifications'], writes: [] },
    analytics: {
      calls: ['accounts', 'venues', 'events', 'registrations', 'notifications'],
      writes: ['registration_months', 'registrations_counted'],
    },
  },
  tables: {
    'server/kernel/': ['facts', 'rate_counts'],
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
      tables: ['idempotency_keys', 'challenges', 'provider_returns', 'rate_counts', 'known_places'],
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
