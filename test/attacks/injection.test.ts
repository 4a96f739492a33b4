import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import { anEvent, aVenue, openKit } from '../kit/kit.ts'
import { readSources } from '../architecture/source.ts'

// What is meant to be read as SQL, or as too much to read.

const kit = await openKit()
const organizer = (await anEvent(kit.ctx, { title: 'Percy’s 100% _plain_ \\ talk' })).organizer
const headers = await kit.signIn(organizer)
await aVenue(kit.ctx, 'Hall')

const SQL = [
  `'`,
  `"`,
  `";--`,
  `' or '1'='1`,
  `'; drop table events; --`,
  `%' or 1=1 --`,
  `pg_sleep(3)`,
  `'||pg_sleep(3)||'`,
  `1;select pg_sleep(3)`,
  `$1`,
  `$$;select 1$$`,
  `{"$ne":null}`,
  `%`,
  `_`,
  `\\`,
  `\\'`,
  `a & `,
  `:*`,
  `!(`,
  `<->`,
  `U&'\\0027'`,
  `\u02bc`,
]

/** Every place where text is read, by the route and the name: what of it may change an answer is not more than words. */
const READS: [path: string, name: string][] = [
  ['/events', 'text'],
  ['/events', 'sort'],
  ['/events', 'location'],
  ['/events', 'tags'],
  ['/events', 'from'],
  ['/events', 'cursor'],
  ['/events', 'venueId'],
  ['/events', 'when'],
  ['/events', 'hasSeats'],
  ['/venues', 'text'],
  ['/venues', 'cursor'],
  ['/me/events', 'cursor'],
  ['/me/registrations', 'when'],
  ['/calendars/all.ics', 'text'],
]

describe('SQL that somebody writes', () => {
  // reliability S23
  test.each(READS)('in %s?%s is words or refused, in no more time than other words take', async (path, name) => {
    const before = await kit.database.query('select count(*) as n from events')
    for (const text of SQL) {
      const begun = performance.now()
      const answer = await kit.app.inject({ url: `/api/v1${path}`, query: { [name]: text }, headers })
      expect(performance.now() - begun, text).toBeLessThan(2_500) // all of the sleeps are longer
      expect([200, 400, 422], `${text}: ${answer.body}`).toContain(answer.statusCode)
      expect(answer.body).not.toMatch(/syntax error|SQLSTATE|pg_catalog|unterminated/i)
    }
    expect(await kit.database.query('select count(*) as n from events')).toEqual(before)
  })

  // reliability S23
  test('in a path, or as the name of a parameter, is nothing that there is', async () => {
    for (const text of SQL) {
      const part = encodeURIComponent(text)
      for (const path of [`/events/${part}`, `/venues/${part}`, `/guest-links/${part}`, `/registrations/${part}`]) {
        const { statusCode } = await kit.app.inject({ url: `/api/v1${path}`, headers })
        expect([404, 422], `${path}: ${statusCode}`).toContain(statusCode)
      }
      const { statusCode } = await kit.app.inject({ url: `/api/v1/events?${part}=1`, headers })
      expect([200, 422], text).toContain(statusCode) // 200 for what a URL ends before
    }
  })

  // reliability S23
  test('is kept as it was written', async () => {
    for (const text of SQL) {
      const { body, status } = await kit.call('POST', '/venues', {
        payload: { name: `v ${text}`, address: text },
        headers,
      })
      expect([status, body.name, body.address.trim()], text).toEqual([201, `v ${text}`.trim(), text.trim()])
    }
  })

  // reliability S23
  test('finds by % and _ and \\ only what has them', async () => {
    const find = async (location: string) =>
      (await kit.app.inject({ url: '/api/v1/events', query: { location } })).json().items.length as number
    await anEvent(kit.ctx, { place: '50%_off\\ street' })
    await anEvent(kit.ctx, { place: 'plain street' })
    for (const [location, found] of [
      ['street', 2],
      ['%', 1],
      ['_', 1],
      ['\\', 1],
      ['%_off\\', 1],
      ['5__', 0],
    ] as const)
      expect(await find(location), location).toBe(found)
  })

  // reliability S23
  test('has no place to be put together: what is not a constant of the program is a parameter', () => {
    const raw = readSources(['server']).flatMap(({ path }) =>
      path.includes('.test.')
        ? []
        : [...readFileSync(join(projectFolder, path), 'utf8').matchAll(/sql\.(?:raw|lit)\(.*/g)].map(
            ([found]) => `${path}: ${found}`,
          ),
    )
    expect(raw.sort()).toEqual([
      'server/kernel/ctx.ts: sql.raw(`set local statement_timeout = ${Math.round(seconds * 1_000)}`).execute(tx.db)', // a number
      'server/kernel/relay.ts: sql.raw(`set local lock_timeout = ${PATIENCE_MS}`).execute(tx.db)', // a constant
      // the name of a column beside it
      'server/modules/notifications/stops.ts: sql.raw(failures)} - ${MOST_FAILURES}::int, 10))) else 0 end)) end`',
      'server/modules/notifications/stops.ts: sql.raw(failures)} >= ${MOST_FAILURES}::int or ${retryAfter}::float8 > 0 then',
      'server/modules/notifications/stops.ts: sql.raw(failures)} >= ${MOST_FAILURES}::int then',
      // words and truths of the program, quoted by it
      'server/modules/notifications/ways.ts: sql.lit(group)',
      'server/modules/notifications/ways.ts: sql.lit(kept)} or ${takesMail(topics, account, email)}`',
      'server/modules/notifications/ways.ts: sql.lit(mailOf(channels))} as channel, ${email} as recipient',
      'server/modules/search/search.ts: sql.raw(type)}`', // one of the words beside it
    ])
  })
})

describe('a body that is too much', () => {
  const post = (payload: string, url = '/api/v1/events') =>
    kit.app.inject({ method: 'POST', url, payload, headers: { ...headers, 'content-type': 'application/json' } })

  // reliability S25
  test.each([
    ['objects, five thousand deep', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 400],
    ['lists, sixty thousand deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 400],
    [
      'a hundred thousand keys',
      JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, 0]))),
      413,
    ],
    ['a number of a hundred thousand digits', `{"capacity":${'9'.repeat(100_000)}}`, 422],
    ['a list of ten thousand', JSON.stringify({ tags: Array.from({ length: 10_000 }, () => 'a') }), 422],
    ['more than a mebibyte', `"${'a'.repeat(1_048_577)}"`, 413],
    ['a key twice', '{"title":"a","title":"b"}', 400],
    ['NUL', '{"title":"a\\u0000"}', 400],
    ['half of a surrogate pair', '{"title":"\\udc00"}', 400],
    ['a byte order mark', '\ufeff{}', 400],
    ['__proto__', '{"__proto__":{"polluted":true}}', 400],
    ['constructor.prototype', '{"constructor":{"prototype":{"polluted":true}}}', 422],
    ['a list for a text', '{"title":["a"]}', 422],
  ])('%s is refused before it has cost much', async (_, payload, status) => {
    const begun = process.cpuUsage()
    const answer = await post(payload)
    const { user, system } = process.cpuUsage(begun)
    expect(answer.statusCode, answer.body).toBe(status)
    expect((user + system) / 1_000, 'ms of work').toBeLessThan(400) // this machine's own work, whoever else is at it
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})
