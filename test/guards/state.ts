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
  const everything = tables
    .flatMap(({ name }) =>
      name in COUNTED
        ? [sumOf(name, name, uncounted(name)), sumOf(name, all(name), 't::text')]
        : [sumOf(name, name, 't::text')],
    )
    .join(' union all ')
  const sums = async () =>
    new Map(
      ((await database.query(everything)).rows as { name: string; sum: string }[]).map((row) => [row.name, row.sum]),
    )
  // Whatever writes takes a number for its transaction; while none was taken there is nothing to compare.
  const clock = async () =>
    (await database.query('select pg_snapshot_xmax(pg_current_snapshot())::text as at')).rows[0]!.at

  const kept = await sums()
  let seenAt = await clock()
  let seen = kept

  async function now(): Promise<Map<string, string>> {
    const at = await clock()
    if (at === seenAt) return seen
    seen = await sums()
    seenAt = at
    return seen
  }
  async function differing(): Promise<string[]> {
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
      await database.query(`begin; set local session_replication_role = replica; ${back.join(' ')} commit`)
      seenAt = await clock()
      seen = kept
      return names.filter(isTable)
    },
    async sum() {
      const lines = [...(await now())].filter(([name]) => isTable(name)).map((each) => each.join(' '))
      return lines.sort().join('\n') // a server that reads several tables at once answers in any order
    },
  }
}
