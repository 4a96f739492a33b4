import type { Database } from '#db/connect'

// What the database holds, so that a test can say "nothing has changed", and go back to it when something has.

export type State = {
  /** The tables that are not as they were kept. */
  changed(): Promise<string[]>
  /** Everything as it was kept. Answers the tables that were not. */
  restore(): Promise<string[]>
  /** A line for each table, which is another when something in it is. */
  sum(): Promise<string>
}

/** Written beside what happens, also when it is refused: none of these says that something was done. */
const LOGS = ['migrations', 'limits', 'rate_limits', 'rate_counts', 'login_failures']
/**
 * The same, where it is a column: tries are counted before anything is compared, and who comes with a session or a key is
 * noted every few minutes, whatever they ask for. Put back with everything else.
 */
const COUNTED: Record<string, string[]> = {
  second_factors: ['tries', 'tries_since'],
  challenges: ['tries'],
  phone_codes: ['tries'],
  sessions: ['last_used_at'],
  api_keys: ['last_used_at'],
}

/** Keeps a copy of every table as it is now. */
export async function keepState(database: Database, logs: readonly string[] = LOGS): Promise<State> {
  const { rows } = await database.query(`
    select c.relname as name, string_agg(quote_ident(a.attname), ', ') filter (where a.attgenerated = '') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname order by c.relname`)
  const tables = (rows as { name: string; columns: string }[]).filter(({ name }) => !logs.includes(name))
  await database.query('drop schema if exists kept cascade')
  await database.query('create schema kept')
  for (const { name } of tables) await database.query(`create table kept."${name}" as table public."${name}"`)

  const sumOf = (name: string, as: string, row: string) =>
    `select '${as}' as name, md5(coalesce(string_agg(md5(${row}), '' order by md5(${row})), '')) as sum from public."${name}" t`
  const uncounted = (name: string) => `(to_jsonb(t) - '{${COUNTED[name]!.join()}}'::text[])::text`
  // A table that counts has a second sum, of all of it, which says what is to be put back but not that something was done.
  const all = (name: string) => `${name} with what it counts`
  const sumsOf = (name: string) =>
    name in COUNTED
      ? [sumOf(name, name, uncounted(name)), sumOf(name, all(name), 't::text')]
      : [sumOf(name, name, 't::text')]
  const sums = async (names: string[]) => {
    if (names.length === 0) return new Map<string, string>()
    const { rows } = await database.query(names.flatMap(sumsOf).join(' union all '))
    return new Map((rows as { name: string; sum: string }[]).map((row) => [row.name, row.sum]))
  }

  const kept = await sums(tables.map(({ name }) => name))
  const touched = await watch(
    database,
    tables.map(({ name }) => name),
  )
  const now = async () => new Map([...kept, ...(await sums(await touched()))])
  const differing = async () => {
    const sumsNow = await now()
    return [...kept].flatMap(([name, sum]) => (sumsNow.get(name) === sum ? [] : [name]))
  }

  const isTable = (name: string) => tables.some((each) => each.name === name)
  const changed = async () => (await differing()).filter(isTable)

  return {
    changed,
    async restore() {
      const names = await differing()
      if (names.length === 0) return names
      const back = tables
        .filter(({ name }) => names.includes(name) || names.includes(all(name)))
        .map(
          ({ name, columns }) =>
            `delete from public."${name}"; insert into public."${name}" (${columns}) overriding system value select ${columns} from kept."${name}";`,
        )
      // Without triggers and foreign keys, which hold again when everything is back.
      await database.query(
        `begin; set local session_replication_role = replica; ${back.join(' ')} delete from kept.touched; commit`,
      )
      return names.filter(isTable)
    },
    async sum() {
      const lines = [...(await now())].filter(([name]) => isTable(name)).map((each) => each.join(' '))
      return lines.sort().join('\n') // a server that reads several tables at once answers in any order
    },
  }
}

/** Answers the tables that were written to since they were last put back, so that the others need not be read. */
async function watch(database: Database, names: string[]): Promise<() => Promise<string[]>> {
  // No key: who writes waits for nobody here.
  await database.query(`
    create table kept.touched (name text not null);
    create function kept.touch() returns trigger language plpgsql as
      'begin insert into kept.touched values (tg_table_name); return null; end'`)
  for (const name of names)
    await database.query(`
      drop trigger if exists "touched, for tests" on public."${name}";
      create trigger "touched, for tests" after insert or update or delete or truncate on public."${name}"
        for each statement execute function kept.touch()`)
  return async () => {
    const { rows } = await database.query('select distinct name from kept.touched')
    return (rows as { name: string }[]).map(({ name }) => name)
  }
}
