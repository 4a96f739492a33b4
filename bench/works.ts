import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { hashPassword } from '#accounts/passwords'
import type { Ctx } from '#kernel/ctx'
import * as search from '#search'
import { PASSWORD, type Data } from './data.ts'
import { get, post, send, sendNowAndThen, type Measured } from './load.ts'
import { pgbench, seatScript } from './pgbench.ts'
import type { Program } from './programs.ts'
import { FORMS, TOPICS } from './words.ts'

/** One line of the table: the same work done by us and by the other side, and what performance.md wants of the ratio. */
export type Work = {
  name: string
  ours: (seconds: number) => Promise<Measured>
  /** What has to be done before each round, unmeasured. */
  prepare?: () => Promise<void>
  /** What is measured `oncePerRound` is compared with every work that names it. */
  other: { name: string; measure: (seconds: number) => Promise<Measured>; oncePerRound?: true }
  goal?: number
  firstPass?: number
  /** Measured only when `--only` names it: it needs a database of another size. */
  alone?: true
}

/** What came of all registrations so far. */
export type Tally = { registered: number; oversold: number; unsold: number; wrong: string[] }

type Setting = { data: Data; turnout: Program; second: Program; hello: Program; hasPages: boolean; tally: Tally }

const CONNECTIONS = 64
const CLIENTS = [1, 4, 10, 32]

export function worksOf({ data, turnout, second, hello, hasPages, tally }: Setting): Work[] {
  const urls = [turnout.url]
  const one = <T>(list: T[]) => list[Math.floor(Math.random() * list.length)]!
  const read =
    (next: () => string, expect = 200) =>
    async (seconds: number): Promise<Measured> => {
      const measured = await send({ urls, connections: CONNECTIONS, seconds, next, expect })
      return { ...measured, note: `${((measured.hits / measured.answered) * 100).toFixed(1)} % from memory` }
    }

  /** Asks for every event once, so that what is measured is the steady state. */
  const readAll = async () => {
    const unread = data.events.values()
    const next = () => get(`/api/v1/events/${(unread.next().value ?? one(data.events)).id}`)
    await send({ urls, connections: CONNECTIONS, seconds: 60, requests: data.events.length, next, expect: 200 })
  }
  const anEvent = () => get(`/api/v1/events/${one(data.events).id}`)
  const filters = [
    '',
    '',
    '',
    ...data.categories.map((id) => `?categoryId=${id}`),
    ...data.venues.map((id) => `?venueId=${id}`),
  ]
  const aSearch = () => get(`/api/v1/events?text=${one(TOPICS)}%20${one(FORMS)}&to=${anotherEnd()}`)

  const helloWorld = {
    name: 'bare Fastify, hello world',
    measure: (seconds: number) =>
      send({ urls: [hello.url], connections: CONNECTIONS, seconds, next: () => get('/'), expect: 200 }),
  }
  const seats = (name: string, events: number) => ({
    name: `pgbench, ${name}, one statement per person`,
    async measure(seconds: number) {
      const ids = await data.openEvents(events, null)
      const measured = await pgbench(data.url, seatScript(ids), CLIENTS, Math.max(1, Math.round(seconds / 2)))
      const [row] = await data.query<{ n: string }>(
        'select count(*) as n from registrations where event_id = any($1)',
        [ids],
      )
      if (Number(row!.n) !== measured.ran)
        tally.wrong.push(`pgbench registered ${measured.ran}, the table has ${row!.n}`)
      return measured
    },
  })
  const hot = { ...seats('one event', 1), oncePerRound: true as const }

  return [
    {
      name: 'one public event of 10,000, by id',
      prepare: readAll,
      ours: read(anEvent),
      other: helloWorld,
      goal: 0.8,
      firstPass: 0.4,
    },
    {
      name: 'the same, asked of the database each time',
      ours: read(() => get(`/api/v1/events/${one(data.events).id}?invitation=${++searches}`)),
      other: helloWorld,
    },
    {
      name: 'first page of events: no filter, category, venue',
      ours: read(() => get(`/api/v1/events${one(filters)}`)),
      other: helloWorld,
      goal: 0.7,
      firstPass: 0.1,
    },
    ...(hasPages
      ? [
          {
            name: 'a public page, server-rendered',
            ours: read(() => get(`/e/${one(data.events).slug}`)),
            other: helloWorld,
            goal: 0.5,
          },
        ]
      : []),
    {
      name: 'search, two words, cold',
      ours: read(aSearch),
      other: {
        name: 'pgbench, the same SQL',
        measure: async (seconds) =>
          pgbench(data.url, await searchScript(), [4, 10], Math.max(1, Math.round(seconds / 2))),
      },
      goal: 0.8,
    },
    {
      name: 'registrations, one event, no limit',
      ours: (seconds) => rush({ events: 1, seconds }),
      other: hot,
      goal: 4,
      firstPass: 2,
    },
    {
      name: 'registrations, one event, seats for half the people',
      ours: (seconds) => rush({ events: 1, seconds: seconds * 5, people: seconds * 5_000 }),
      other: hot,
      goal: 4,
      firstPass: 2,
    },
    {
      name: 'the same, no limit, two processes, 256 connections',
      ours: (seconds) => rush({ events: 1, seconds, doors: [turnout, second], connections: 256 }),
      other: hot,
    },
    {
      name: 'registrations over 1,000 events',
      ours: (seconds) => rush({ events: 1_000, seconds }),
      other: seats('1,000 events', 1_000),
      goal: 1.2,
      firstPass: 0.8,
    },
    {
      name: 'log-in, 8 at once',
      ours: logIns,
      other: { name: 'the hash alone, two at once', measure: bareHashes },
      goal: 0.85,
    },
    ...[
      { of: 'the instance', path: async () => '/analytics' },
      { of: 'one organizer with a fifth of them', path: async () => '/me/analytics' },
      { of: 'one event with 100,000 of them', path: async () => `/events/${await biggest(data)}/analytics` },
    ].map(analytics),
  ]

  /** Answers over HTTP, to one who asks again and again. */
  function analytics({ of, path }: { of: string; path: () => Promise<string> }): Work {
    return {
      name: `analytics of ${of}, a million registrations (goal: p95 300 ms)`,
      alone: true,
      prepare: async () => void (admin ??= await aMillion(data, turnout)),
      ours: async (seconds) => {
        const latencies: number[] = []
        admin ??= await aMillion(data, turnout)
        const url = `${turnout.url}/api/v1${await path()}`
        for (const end = performance.now() + seconds * 1_000; performance.now() < end;) {
          const begun = performance.now()
          const answer = await fetch(url, { headers: { authorization: admin } })
          if (!answer.ok) throw new Error(`answered ${answer.status}: ${await answer.text()}`)
          await answer.arrayBuffer()
          latencies.push(performance.now() - begun)
        }
        latencies.sort((a, b) => a - b)
        const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)]!
        return { perSecond: 1_000 / at(0.5), p50: at(0.5), p99: at(0.99), note: `p95 ${at(0.95).toFixed(0)} ms` }
      },
      other: {
        name: 'counting the registrations',
        async measure() {
          const begun = performance.now()
          await data.query('select count(*) from registrations')
          return { perSecond: 1_000 / (performance.now() - begun), p50: null, p99: null }
        },
      },
    }
  }

  /** People register, each with an address and an Idempotency-Key of their own; then the books are checked. */
  async function rush(options: {
    events: number
    seconds: number
    people?: number
    doors?: Program[]
    connections?: number
  }): Promise<Measured> {
    const capacity = options.people ? options.people / 2 : null
    const ids = await data.openEvents(options.events, capacity)
    const told = { going: 0, waitlisted: 0 }
    const measured = await send({
      urls: (options.doors ?? [turnout]).map((door) => door.url),
      connections: options.connections ?? CONNECTIONS,
      seconds: options.seconds,
      requests: options.people,
      expect: 201,
      next() {
        const n = ++people
        return post(
          `/api/v1/events/${one(ids)}/registrations`,
          { name: `Person ${n}`, email: `person.${n}@example.org` },
          `idempotency-key: key-${n}\r\n`,
        )
      },
      hear(body) {
        if (body.includes('"status":"going"')) told.going++
        else if (body.includes('"status":"waitlisted"')) told.waitlisted++
      },
    })
    await check(ids, told, measured.answered)
    return measured
  }

  async function check(ids: string[], told: { going: number; waitlisted: number }, answered: number): Promise<void> {
    const [books] = await data.query<{
      oversold: number
      unsold: number
      differ: number
      going: number
      waitlisted: number
    }>(
      `select sum(greatest(going - capacity, 0))::int as oversold, sum(least(capacity - going, waitlisted))::int as unsold,
         sum((p.taken <> going or p.waiting <> waitlisted)::int)::int as differ, sum(going)::int as going, sum(waitlisted)::int as waitlisted
       from seat_pools p join lateral (
         select count(*) filter (where status = 'going') as going, count(*) filter (where status = 'waitlisted') as waitlisted
         from registrations r where r.event_id = p.event_id) counted on true
       where p.event_id = any($1)`,
      [ids],
    )
    const { oversold, unsold, differ, going, waitlisted } = books!
    tally.registered += answered
    tally.oversold += oversold ?? 0
    tally.unsold += unsold ?? 0
    if (differ > 0) tally.wrong.push(`the counts of ${differ} events differ from their registrations`)
    if (going !== told.going || waitlisted !== told.waitlisted || going + waitlisted !== answered) {
      tally.wrong.push(
        `told ${told.going} going and ${told.waitlisted} waiting in ${answered} answers, the table has ${going} and ${waitlisted}`,
      )
    }
  }

  async function logIns(seconds: number): Promise<Measured> {
    const next = () => post('/api/v1/sessions', { username: one(data.usernames), password: PASSWORD })
    const load = send({ urls, connections: 8, seconds, next, expect: 201 })
    const [measured, others] = await Promise.all([load, sendNowAndThen(turnout.url, anEvent, load)])
    return {
      ...measured,
      note: `meanwhile an event takes p50 ${others.p50.toFixed(1)}, p99 ${others.p99.toFixed(1)} ms`,
    }
  }
}

let admin: string | undefined

/** Makes it a million registrations over two years, with entries and reviews, and logs an admin in. */
async function aMillion(data: Data, turnout: Program): Promise<string> {
  await data.query(`set synchronous_commit = off`)
  await data.query(
    `update events set starts_at = starts_at - interval '300 days', ends_at = ends_at - interval '300 days'`,
  )
  await data.query(`
    insert into registrations (id, event_id, name, email, email_key, status, created_at)
    select gen_random_uuid(), e.id, 'Old ' || n, 'old.' || n || '@example.com', 'old.' || n || '@example.com', 'going',
      now() - interval '2 years' + n * interval '2 years' / 900000
    from generate_series(1, 900000) n
      join events e on e.slug = 'event-' || case when n <= 100000 then 100 else 1 + n::bigint * 7919 % 10000 end`)
  // The admin organizes a fifth of all events, and the one that a tenth of all people go to.
  await data.query(`
    update events set organizer_id = (select id from accounts where username = 'person1')
    where slug = 'event-100' or organizer_id in (select id from accounts where username = any (select 'person' || n from generate_series(2, 20) n))`)
  await data.query(`
    insert into checkins (registration_id, event_id)
    select r.id, r.event_id from registrations r join events e on e.id = r.event_id where e.ends_at < now() and r.number % 5 > 0`)
  await data.query(`insert into doors (event_id, came) select event_id, count(*) from checkins group by 1`)
  await data.query(`
    update seat_pools p set capacity = null, taken = (select count(*) from registrations r where r.event_id = p.event_id)`)
  await data.query(`
    insert into reviews (id, event_id, account_id, rating)
    select gen_random_uuid(), e.id, a.id, 1 + a.number % 5 from events e join accounts a on a.number <= 10 where e.ends_at < now()`)
  await data.query(`update accounts set role = 'admin' where username = 'person1'`)
  await data.query(`
    insert into registration_months (event_id, month, registered)
    select event_id, to_char(created_at at time zone 'UTC', 'YYYY-MM'), count(*) from registrations where created_at < now() - interval '1 hour' group by 1, 2`)
  await data.query(`update registrations_counted set until = now() - interval '1 hour'`)
  await data.query(`vacuum analyze`)
  const answer = await fetch(`${turnout.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'person1', password: PASSWORD }),
  })
  return `Bearer ${((await answer.json()) as { accessToken: string }).accessToken}`
}

/** The event that most go to. */
async function biggest(data: Data): Promise<string> {
  const [row] = await data.query<{ event_id: string }>('select event_id from seat_pools order by taken desc limit 1')
  return row!.event_id
}

let people = 0
let searches = 0

/** Far away and never the same, so that no search is answered from what another has found. */
function anotherEnd(): string {
  return new Date(Date.UTC(2099, 0) + ++searches).toISOString()
}

/** Whether every registration that was answered has its fact and its answer kept. */
export async function checkFacts(data: Data, tally: Tally): Promise<void> {
  const [row] = await data.query<{ facts: number; keys: number }>(`
    select (select count(*)::int from facts where kind in ('registration.going', 'registration.waitlisted')) as facts,
      (select count(*)::int from idempotency_keys) as keys`)
  const { facts, keys } = row!
  if (facts !== tally.registered || keys !== tally.registered) {
    tally.wrong.push(`${tally.registered} registrations, but ${facts} facts and ${keys} idempotency keys`)
  }
}

async function bareHashes(seconds: number): Promise<Measured> {
  const begun = performance.now()
  const end = begun + seconds * 1_000
  let done = 0
  const loop = async () => {
    for (; performance.now() < end; done++) await hashPassword(PASSWORD)
  }
  await Promise.all([loop(), loop()])
  return { perSecond: (done / (performance.now() - begun)) * 1_000, p50: null, p99: null }
}

/** The statement of our own search as pgbench takes it, with the same words by chance. */
async function searchScript(): Promise<string> {
  const captured: { sql: string; parameters: readonly unknown[] }[] = []
  const db = new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (inner) => new PostgresIntrospector(inner),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => void captured.push(query),
  })
  const text = 'the words'
  await search.events({ db } as unknown as Ctx, { text, to: anotherEnd() })
  const word = (words: string[], n: string) => `(array[${words.map((each) => `'${each}'`).join(',')}])[:${n}::int]`
  const { sql, parameters } = captured[0]!
  const statement = sql.replace(/\$(\d+)/g, (_, n: string) => {
    const value = parameters[Number(n) - 1]
    if (value === text) return `(${word(TOPICS, 'topic')} || ' ' || ${word(FORMS, 'form')})`
    return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`
  })
  return `\\set topic random(1, ${TOPICS.length})\n\\set form random(1, ${FORMS.length})\n${statement.replace(/\s+/g, ' ')};\n`
}
