import type { Database } from './connect.ts'

const TYPES: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  int8: 'number',
  int4: 'number',
  _int4: 'number[]',
  bool: 'boolean',
  timestamptz: 'Date',
  timestamp: 'string',
  _text: 'string[]',
  jsonb: 'Json',
  tsvector: 'string',
}

/** The tables of the migrated database as TypeScript for Kysely, with what the comments on them say. */
export async function describeSchema(database: Database): Promise<string> {
  const { rows } = await database.borrow((client) =>
    client.query({
      text: `
        select c.relname as "table", obj_description(c.oid) as meaning, a.attname as "column", t.typname as type,
               a.attnotnull as required, a.attidentity <> '' or a.attgenerated <> '' as made, d.oid is not null as has_default,
               col_description(c.oid, a.attnum) as note
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where c.relkind in ('r', 'p') and not c.relispartition
        order by c.relname, a.attnum`,
      values: [],
    }),
  )
  const tables = new Map<string, typeof rows>()
  for (const row of rows) tables.set(row.table as string, [...(tables.get(row.table as string) ?? []), row])

  const body = [...tables].map(([table, columns]) => {
    const lines = columns.map((column) => {
      const known = TYPES[column.type as string]
      if (!known) throw new Error(`${table}.${String(column.column)}: no TypeScript type for ${String(column.type)}`)
      const type = column.required ? known : `${known} | null`
      const note = typeof column.note === 'string' ? `/** ${column.note} */\n` : ''
      if (column.made) return `${note}${String(column.column)}: GeneratedAlways<${type}>`
      return `${note}${String(column.column)}: ${column.has_default ? `Generated<${type}>` : type}`
    })
    return `/** ${String(columns[0]!.meaning)} */\nexport interface ${pascal(table)} {\n${lines.join('\n')}\n}`
  })
  const index = [...tables.keys()].map((table) => `${table}: ${pascal(table)}`).join('\n')
  return `// Generated from the migrations by \`npm run schema\`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** Read as a value, written as its text. */
type Json = ColumnType<unknown, string, string>

${body.join('\n\n')}

export interface DB {\n${index}\n}\n`
}

function pascal(name: string): string {
  return name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
}
