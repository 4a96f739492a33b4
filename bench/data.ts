import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { hashPassword } from '#accounts/passwords'
import { connectPostgres } from '#db/connect'
import { migrate } from '#db/migrate'
import { onServer, withDatabase } from '../test/kit/global-setup.ts'
import { FORMS, MANNERS, SENTENCES, TOPICS } from './words.ts'

/** The bench's own database with a year of events in it. */
export type Data = {
  url: string
  version: string
  events: { id: string; slug: string }[]
  categories: string[]
  venues: string[]
  usernames: string[]
  query<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>
  /** Published events that nobody is registered for yet; their ids end in 1, 2, … `capacity` null: as many as come. */
  openEvents(count: number, capacity: number | null): Promise<string[]>
  drop(): Promise<void>
}

export const PASSWORD = 'tulips in the rain 7'
const SIZES = { accounts: 1_000, venues: 200, categories: 12, events: 10_000, registrations: 100_000 }

/** Makes the database on this server, migrates and fills it. */
export async function openData(server: string): Promise<Data> {
  const name = `turnout_bench_${process.pid}_${Date.now()}`
  await onServer(server, `create database ${name}`)
  const url = withDatabase(server, name)
  const drop = () => onServer(server, `drop database if exists ${name} with (force)`)
  try {
    const database = connectPostgres(url, { connections: 1, onError: () => {} })
    await migrate(database).finally(() => database.close())
    const pool = new pg.Pool({ connectionString: url, max: 1 })
    pool.on('error', () => {})
    const query = async <T extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await pool.query<T>(text, values)).rows
    await fill(query)
    const ids = async (text: string) => (await query<{ id: string }>(text)).map((row) => row.id)
    return {
      url,
      query,
      version: (await query<{ server_version: string }>('show server_version'))[0]!.server_version.split(' ')[0]!,
      events: await query<{ id: string; slug: string }>('select id, slug from events'),
      categories: await ids('select id from categories'),
      venues: await ids('select id from venues order by number limit 20'),
      usernames: await ids('select username as id from accounts'),
      openEvents: (count, capacity) => openEvents(query, count, capacity),
      async drop() {
        await pool.end()
        await drop()
      },
    }
  } catch (error) {
    await drop()
    throw error
  }
}

type Query = Data['query']

async function fill(query: Query): Promise<void> {
  const pick = (words: string[], at: string) =>
    `(array[${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(',')}])[1 + (${at}) % ${words.length}]`
  await query(`set synchronous_commit = off`)
  await query(`select setseed(0.5)`)
  await query(
    `insert into accounts (id, username, username_key, email, email_key, password_hash, first_name, last_name, role)
     select gen_random_uuid(), 'person' || n, 'person' || n, 'person' || n || '@example.org', 'person' || n || '@example.org', $1, 'Person', n::text,
       case when n <= 100 then 'organizer' else 'attendee' end
     from generate_series(1, ${SIZES.accounts}) n`,
    [await hashPassword(PASSWORD)],
  )
  await query(`insert into venues (id, name, name_key, address) select gen_random_uuid(), 'Hall ' || n, 'hall ' || n, n || ' Harbour Road'
    from generate_series(1, ${SIZES.venues}) n`)
  await query(
    `insert into categories (id, name, name_key) select gen_random_uuid(), 'Kind ' || n, 'kind ' || n from generate_series(1, ${SIZES.categories}) n`,
  )
  await query(`
    with numbered as (
      select n, (random() * 1e6)::int as a, (random() * 1e6)::int as b, (random() * 1e6)::int as c, interval '1 minute' * (1440 + random() * 500000)::int as ahead
      from generate_series(1, ${SIZES.events}) n
    )
    insert into events (id, organizer_id, slug, title, description, starts_at, ends_at, zone, venue_id, category_id, published_at)
    select gen_random_uuid(), (select id from accounts where username = 'person' || 1 + n % 100), 'event-' || n,
      ${pick(MANNERS, 'a')} || ' ' || ${pick(TOPICS, 'b')} || ' ' || ${pick(FORMS, 'c')},
      '## About this ' || ${pick(FORMS, 'c')} || E'\\n\\n' || ${[0, 1, 2].map((n) => pick(SENTENCES, `a / ${7 ** n} + b`)).join(` || ' ' || `)}
        || E'\\n\\n- ' || ${pick(SENTENCES, 'c + a')} || E'\\n- ' || ${pick(SENTENCES, 'c / 11 + b')} || E'\\n\\n' || ${pick(TOPICS, 'c / 7')} || ' and '
        || ${pick(TOPICS, 'a / 13')} || '. ' || ${[1, 2, 3].map((n) => pick(SENTENCES, `c / ${5 ** n} + a`)).join(` || ' ' || `)},
      now() + ahead, now() + ahead + interval '3 hours', 'Europe/Berlin',
      (select id from venues where name_key = 'hall ' || 1 + (b % ${SIZES.venues})), (select id from categories where name_key = 'kind ' || 1 + (c % ${SIZES.categories})), now()
    from numbered`)
  // Some events are much better known than others.
  await query(`
    insert into registrations (id, event_id, name, email, email_key, status)
    select gen_random_uuid(), e.id, 'Guest ' || n, 'guest.' || n || '@example.com', 'guest.' || n || '@example.com', 'going'
    from (select n, 1 + floor(random() ^ 2 * ${SIZES.events})::int as number from generate_series(1, ${SIZES.registrations}) n) r
    join events e on e.slug = 'event-' || r.number`)
  await query(`
    insert into seat_pools (event_id, capacity, taken)
    select e.id, case when e.number % 5 > 0 then greatest(20 + e.number % 300, count(r.id)) end, count(r.id)
    from events e left join registrations r on r.event_id = e.id group by e.id`)
  await query(`vacuum analyze`)
  await query(`checkpoint`).catch(() => {}) // only a superuser may
  await query(`reset synchronous_commit`)
}

async function openEvents(query: Query, count: number, capacity: number | null): Promise<string[]> {
  const prefix = `${randomBytes(4).toString('hex')}-0000-7000-8000-`
  const ids = Array.from({ length: count }, (_, n) => prefix + (n + 1).toString(16).padStart(12, '0'))
  await query(
    `insert into events (id, organizer_id, slug, title, starts_at, ends_at, zone, published_at)
     select id, (select id from accounts where username = 'person1'), 'rush-' || id, 'The rush', now() + interval '2 years',
       now() + interval '2 years 1 hour', 'Europe/Berlin', now()
     from unnest($1::uuid[]) id`,
    [ids],
  )
  await query(`insert into seat_pools (event_id, capacity) select unnest($1::uuid[]), $2`, [ids, capacity])
  return ids
}
