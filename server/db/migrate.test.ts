import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'prettier'
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { onServer, withDatabase } from '../../test/kit/global-setup.ts'
import { openKit } from '../../test/kit/kit.ts'
import { connectEmbedded, connectPostgres, type Database } from '#db/connect'
import { describeSchema } from '#db/describe-schema'
import { migrate, MIGRATIONS, MigrationsDiffer, pendingMigrations } from '#db/migrate'

const kit = await openKit()
const folder = await mkdtemp(join(tmpdir(), 'turnout-migrations-'))
const template = inject('template')
const name = `turnout_migrate_${process.pid}_${Date.now()}`
const opened: Database[] = []
/** An empty database, as another process would open it too: on PostgreSQL with connections of its own. */
async function open(): Promise<Database> {
  if (template.engine === 'embedded' && opened[0]) return opened[0]
  const database =
    template.engine === 'embedded'
      ? await connectEmbedded({})
      : connectPostgres(withDatabase(template.server, name), { connections: 2, onError: () => {} })
  opened.push(database)
  return database
}
if (template.engine === 'postgres') await onServer(template.server, `create database ${name}`)
const database = await open()
const another = await open()

afterAll(async () => {
  for (const each of opened) await each.close()
  if (template.engine === 'postgres') await onServer(template.server, `drop database if exists ${name} with (force)`)
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await database.query('drop schema public cascade; create schema public')
  for (const file of await readdir(folder)) await rm(join(folder, file))
})

const file = (name: string, text: string) => writeFile(join(folder, name), text)
const tables = async () =>
  (
    await database.query(
      `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
      [],
    )
  ).rows.map((row) => row.relname)
const applied = async () =>
  (await database.query('select name from migrations order by name', [])).rows.map((row) => row.name)

describe('migrating', () => {
  // S0-13 S0-34
  test('applies what is there in the order of its numbers, and the next time only what is new', async () => {
    await file('0002_b.sql', 'alter table a add column second int; create table b (n int);')
    await file('0001_a.sql', 'create table a (n int);')
    await file('notes.txt', 'create table notes ();')
    await file('1_short.sql', 'create table short ();')
    expect(await migrate(database, folder)).toEqual(['0001_a.sql', '0002_b.sql'])
    expect(await migrate(database, folder)).toEqual([])
    await file('0003_c.sql', 'create table c (n int)')
    expect(await pendingMigrations(database, folder)).toContain('0003_c.sql')
    expect(await migrate(another, folder)).toEqual(['0003_c.sql'])
    expect(await tables()).toEqual(['a', 'b', 'c', 'migrations'])
  })

  test('refuses when a file that was applied reads otherwise now', async () => {
    await file('0001_a.sql', 'create table a (n int);')
    await migrate(database, folder)
    await file('0001_a.sql', 'create table a (n int); ')
    await file('0002_b.sql', 'create table b (n int);')
    await expect(migrate(database, folder)).rejects.toThrow(/^0001_a\.sql was changed/)
    await expect(migrate(database, folder)).rejects.toBeInstanceOf(MigrationsDiffer)
    expect(await tables()).toEqual(['a', 'migrations'])
  })

  test('refuses a database that a newer program has been at', async () => {
    await file('0001_a.sql', 'create table a (n int);')
    await file('0002_b.sql', 'create table b (n int);')
    await migrate(database, folder)
    await rm(join(folder, '0002_b.sql'))
    await file('0003_c.sql', 'create table c (n int);')
    await expect(migrate(database, folder)).rejects.toThrow(/0002_b\.sql.*older than the database/)
    expect(await tables()).toEqual(['a', 'b', 'migrations'])
  })

  // reliability R16
  test('of a file that fails leaves nothing of it, says what failed, and keeps nobody waiting', async () => {
    await file('0001_a.sql', 'create table a (n int);')
    await file(
      '0002_b.sql',
      'create table b (n int); insert into b values (1); select * from nowhere; create table c (n int);',
    )
    await file('0003_d.sql', 'create table d (n int);')
    await expect(migrate(database, folder)).rejects.toThrow(/"nowhere" does not exist/)
    expect([await tables(), await applied()]).toEqual([['a', 'migrations'], ['0001_a.sql']])
    await file('0002_b.sql', 'create table b (n int);')
    const begun = performance.now()
    expect(await migrate(another, folder)).toEqual(['0002_b.sql', '0003_d.sql'])
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  test('by several at once applies each file once', async () => {
    for (let n = 1; n <= 5; n++) await file(`000${n}_t.sql`, `create table t${n} (n int); select pg_sleep(0.02);`)
    const done = await Promise.all([
      migrate(database, folder),
      migrate(another, folder),
      migrate(database, folder),
      migrate(another, folder),
    ])
    expect(done.flat().sort()).toEqual([1, 2, 3, 4, 5].map((n) => `000${n}_t.sql`))
    expect(await applied()).toHaveLength(5)
  })

  test('gives the connection its time limits back', async () => {
    const limits = async () =>
      (
        await database.borrow((client) =>
          client.query({
            text: `select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`,
            values: [],
          }),
        )
      ).rows
    const before = await limits()
    await migrate(database, folder)
    expect(await limits()).toEqual(before)
  })
})

describe('the schema', () => {
  test('is made by the files and described by schema.ts, word for word', async () => {
    await migrate(database)
    expect(await pendingMigrations(database)).toEqual([])
    const described = await format(await describeSchema(database), {
      parser: 'typescript',
      semi: false,
      singleQuote: true,
      printWidth: 120,
    })
    expect(described).toBe(await readFile(join(MIGRATIONS, '../schema.ts'), 'utf8'))
  })

  test('says of every table what a row of it is', async () => {
    await migrate(database)
    const { rows } = await database.query(
      `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and obj_description(oid) is null`,
      [],
    )
    expect(rows).toEqual([])
  })

  // S2-56 S3-34 S3-47
  test('has an index for what events are searched and listed by', async () => {
    await migrate(database)
    const { rows } = await database.query(
      `select substring(indexdef from 'USING (.*)') as on from pg_indexes where tablename = 'events'`,
      [],
    )
    const indexes = rows.map((row) => String(row.on))
    for (const found of [
      /^gin \(search\)/,
      /^btree \(starts_at, id\)/,
      /^btree \(lower\(unaccented\(title\)\), id\)/,
      /^btree \(created_at, id\)/,
    ])
      expect(indexes, String(found)).toContainEqual(expect.stringMatching(found))
  })

  // S2-08
  test('has an index for every foreign key that something is deleted or listed by', async () => {
    await migrate(database)
    const { rows } = await database.query(
      `select c.conrelid::regclass::text || '.' || a.attname as key from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'f' and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]) order by 1`,
      [],
    )
    // Who made a category or a venue is only looked up when an account goes for good.
    expect(rows.map((row) => row.key)).toEqual(['categories.created_by', 'venues.created_by'])
  })
})

test('the database of the tests differs from the program’s in its clock alone', async () => {
  await migrate(database)
  const describe = async (of: Database) =>
    (
      await of.query(
        `select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) as def
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
       where c.relkind in ('r', 'i') and c.relnamespace = 'public'::regnamespace order by 1, 2`,
        [],
      )
    ).rows
  expect(await describe(kit.database)).toEqual(await describe(database))
  expect(await migrate(kit.database)).toEqual([])
})
