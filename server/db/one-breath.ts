import pg from 'pg'
import type { NamedStatement, QueryResult } from './connect.ts'

// PostgreSQL carries out everything up to a Sync as one transaction. Sent like that, a short transaction costs one write
// and one answer instead of one for each of its statements and for BEGIN and COMMIT.

/** The wire of a `pg.Client`, as its own queries use it. */
type Connection = {
  stream: { cork(): void; uncork(): void }
  /** What the client believes to be parsed, by name. */
  parsedStatements: Record<string, string>
  bind(bound: { statement: string; values: unknown[]; valueMapper: (value: unknown) => unknown }): void
  execute(portal: object): void
  sync(): void
}
type Column = { name: string; parse: (text: string) => unknown }

const { utils } = pg as unknown as { utils: { prepareValue(value: unknown): unknown } }
/** Of each client the statements that it has parsed, with their columns, as far as they came last. */
const known = new WeakMap<pg.ClientBase, Map<string, Column[]>>()

const FORGOTTEN = '26000' // a statement of that name does not exist: after DISCARD or DEALLOCATE ALL, or behind a pooler

/**
 * Carries out these statements as one transaction and answers the last one's rows. The same names always come with the
 * same texts. Each statement sees what was committed before it began, as between BEGIN and COMMIT.
 */
export async function inOneBreath(client: pg.ClientBase, statements: NamedStatement[]): Promise<QueryResult> {
  try {
    const columns = known.get(client)?.get(statements.at(-1)!.name)
    return columns ? await breathe(client, statements, columns) : await oneByOne(client, statements)
  } catch (error) {
    known.delete(client)
    if ((error as { code?: string }).code !== FORGOTTEN) throw error
    // Nothing of it has happened, so it may be done again, with the statements parsed anew.
    await client.query('rollback')
    const { parsedStatements } = (client as unknown as { connection: Connection }).connection
    for (const { name } of statements) delete parsedStatements[name]
    return await oneByOne(client, statements)
  }
}

/** A value as PostgreSQL reads it. Arrays of plain values are most of what a batch sends, and `pg`'s own way is dear. */
function textOf(value: unknown): unknown {
  return Array.isArray(value) ? arrayOf(value as (string | boolean | null)[]) : utils.prepareValue(value)
}

function arrayOf(values: (string | boolean | null)[]): string {
  let text = '{'
  for (const value of values) {
    if (text.length > 1) text += ','
    if (value === null) text += 'NULL'
    else if (typeof value === 'string') text += `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`
    else if (typeof value === 'boolean') text += String(value)
    else throw new TypeError('only strings, booleans and null are sent in arrays here')
  }
  return `${text}}`
}

function breathe(client: pg.ClientBase, statements: NamedStatement[], columns: Column[]): Promise<QueryResult> {
  return new Promise<QueryResult>((resolve, reject) => {
    const breath = new Breath(statements, columns, (error, result) => (error ? reject(error) : resolve(result!)))
    client.query(breath as unknown as pg.Submittable)
  })
}

/** The plain way, which leaves the client with the statements parsed and named. */
async function oneByOne(client: pg.ClientBase, statements: NamedStatement[]): Promise<QueryResult> {
  await client.query('begin')
  let last: pg.QueryResult<Record<string, unknown>> | undefined
  for (const statement of statements) last = await client.query<Record<string, unknown>>(statement)
  await client.query('commit')
  const { fields, rows, rowCount } = last!
  const columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(client, dataTypeID) }))
  known.set(client, (known.get(client) ?? new Map<string, Column[]>()).set(statements.at(-1)!.name, columns))
  return { rows, rowCount: rowCount ?? 0 }
}

const parserOf = (client: pg.ClientBase, type: number) =>
  (client as unknown as { getTypeParser(type: number, format: 'text'): Column['parse'] }).getTypeParser(type, 'text')

/** What `client.query` takes instead of its own queries, and tells what comes back. */
class Breath {
  private readonly rows: Record<string, unknown>[] = []
  private executed = 0
  private error: Error | undefined

  constructor(
    private readonly statements: NamedStatement[],
    private readonly columns: Column[],
    readonly callback: (error: Error | null, result?: QueryResult) => void,
  ) {}

  submit(connection: Connection): null {
    connection.stream.cork()
    try {
      for (const { name, values } of this.statements) {
        connection.bind({ statement: name, values, valueMapper: textOf })
        connection.execute({})
      }
      connection.sync()
    } finally {
      connection.stream.uncork()
    }
    return null
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.executed < this.statements.length - 1) return
    const row: Record<string, unknown> = {}
    this.columns.forEach(({ name, parse }, index) => {
      const text = fields[index]!
      row[name] = text === null ? null : parse(text)
    })
    this.rows.push(row)
  }

  handleCommandComplete(): void {
    this.executed++
  }

  /** Before the end: nothing of it has happened. */
  handleError(error: Error): void {
    this.error ??= error
    this.callback(error)
  }

  handleReadyForQuery(): void {
    if (!this.error) this.callback(null, { rows: this.rows, rowCount: this.rows.length })
  }
}
