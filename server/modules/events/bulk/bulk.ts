import { sql } from 'kysely'
import { look } from '#events/event'
import * as events from '#events'
import { may } from '#events/policy'
import { RowsRefused, TooMuchAtOnce } from '#events/problems'
import { wordsOf } from '#events/slug'
import { teamRole } from '#events/team/role'
import { attempt, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { sqlState } from '#kernel/database-errors'
import { record, unseenByOthers } from '#kernel/facts'
import { isAdmin } from '#kernel/policy'
import { Internal, invalid, NotFound, Refusal, told } from '#kernel/problem'
import { comparable } from '#kernel/text'

// Each row's own facts say what became of its event.
unseenByOthers('events.changed-together')

type New = { do: 'create' } & events.EventFields
type Change = { do: 'update'; id: string; version?: number } & Partial<events.EventFields>
type Removal = { do: 'delete'; id: string; version?: number }

/** One row: what is to be done, to which event. `version` as in `If-Match`. */
export type Operation = New | Change | Removal

/** What was done: the event, and the version that it has now. */
export type Done = { do: Operation['do']; id: string; slug: string; version: number }

const LONGEST_MS = 20_000

/**
 * Carries out all rows in their order, or none: every row that is refused is told of in one `RowsRefused`. Throws
 * TooMuchAtOnce when it holds others up for too long.
 */
export async function carryOut(ctx: Ctx | Tx, operations: readonly Operation[]): Promise<Done[]> {
  return transaction(ctx, async (tx) => {
    const until = tx.now().getTime() + LONGEST_MS
    await takeTurnsAtNames(tx, operations)
    const held = await holdAll(tx, operations)
    const ids: string[] = []
    const refused: { index: number; refusal: Refusal }[] = []
    for (const [index, operation] of operations.entries()) {
      if (tx.now().getTime() > until) throw TooMuchAtOnce(undefined, { retryAfter: 1 })
      try {
        refuseTwice(operations, index)
        // A row that fails goes on no further, and the rows after it are judged as if it were not there.
        ids.push(await attempt(tx, () => carryOutOne(tx, operation, held)))
      } catch (error) {
        refused.push({ index, refusal: whyNot(tx, index, error) })
      }
    }
    if (refused.length > 0) throw refusalOf(refused)
    return outcomes(tx, operations, ids)
  })
}

async function carryOutOne(tx: Tx, operation: Operation, held: Set<string>): Promise<string> {
  if (operation.do === 'create') {
    const { do: _, ...fields } = operation
    return events.create(tx, fields)
  }
  const { do: what, id, version, ...fields } = operation
  if (!held.has(id)) {
    await look(tx, id, what === 'update' ? may.edit : may.delete) // says why, and locks nothing of somebody else's
    throw NotFound()
  }
  if (what === 'update') await events.edit(tx, id, fields, { version })
  else await events.remove(tx, id, { version })
  return id
}

/**
 * Locks the events that the rows name and the actor helps to run in the order of their ids, then their seats, so that two who name the
 * same ones in another order wait for each other and not in a ring.
 */
async function holdAll(tx: Tx, operations: readonly Operation[]): Promise<Set<string>> {
  const named = operations.flatMap((operation) => (operation.do === 'create' ? [] : [operation]))
  if (named.length === 0 || tx.actor.kind === 'anonymous') return new Set()
  const owner = isAdmin(tx.actor) || tx.actor.kind !== 'account' ? null : tx.actor.id
  const { rows } = await sql<{ id: string }>`
    select id from events e
    where id = any(${named.map(({ id }) => id)}::uuid[]) and deleted_at is null
      and (organizer_id = ${owner}::uuid or ${owner}::uuid is null or ${teamRole(tx)} is not null)
    order by id for no key update`.execute(tx.db)
  const held = new Set(rows.map((row) => row.id))
  const reseated = named.filter((row) => held.has(row.id) && (row.do === 'delete' || row.capacity !== undefined))
  if (held.size > 0)
    await record(tx, 'events.changed-together', { eventIds: [...held], reseated: reseated.map(({ id }) => id) })
  return held
}

/** Any number that no other lock of two numbers has. */
const NAMES = 8876

/**
 * Two who make the same addresses or tags wait for each other where the second one comes to the name, whatever the order
 * of their rows. So they take turns at each of these names before, in one order.
 */
async function takeTurnsAtNames(tx: Tx, operations: readonly Operation[]): Promise<void> {
  const names = operations.flatMap((operation) => [
    ...(operation.do === 'create' ? [wordsOf(operation.title)] : []),
    ...(operation.do === 'delete' ? [] : (operation.tags ?? []).map((tag) => `#${comparable(tag)}`)),
  ])
  if (names.length === 0) return
  await sql`
    select pg_advisory_xact_lock(${NAMES}::int, key)
    from (select distinct hashtext(name) as key from unnest(${names}::text[]) name order by key) k`.execute(tx.db)
}

/** Why the row is not carried out; throws what is wrong with more than this row. */
function whyNot(tx: Tx, index: number, error: unknown): Refusal {
  if (error instanceof Refusal && error.type.status < 500) return error
  // What the tables themselves do not take is our fault, as it would be alone, and still this row's.
  if (!/^2[23]/.test(sqlState(error) ?? '')) throw error
  tx.log.error({ err: error, row: index }, 'the database refused a row')
  return Internal('The database does not take this row.')
}

function refuseTwice(operations: readonly Operation[], index: number): void {
  const operation = operations[index]!
  if (operation.do === 'create') return
  const first = operations.findIndex((other) => other.do !== 'create' && other.id === operation.id)
  if (first < index) throw invalid({ '/id': `Row ${first} is about this event already.` })
}

/** Everything that was refused, as one: each row with its own problem, and the fields of all of them. */
function refusalOf(refused: { index: number; refusal: Refusal }[]): Refusal {
  const rows = refused.map(({ index, refusal }) => {
    const { errors: fields, ...words } = told(refusal) as { errors?: { pointer: string; detail: string }[] }
    const errors = (fields ?? [{ pointer: '', detail: refusal.message }]).map(({ pointer, detail }) => ({
      pointer: `/operations/${index}${pointer}`,
      detail,
    }))
    return { index, ...words, errors }
  })
  const many = rows.length === 1 ? `Row ${rows[0]!.index} was` : `${rows.length} rows were`
  return RowsRefused(`${many} refused. Nothing was changed.`, { errors: rows.flatMap((row) => row.errors), rows })
}

async function outcomes(tx: Tx, operations: readonly Operation[], ids: string[]): Promise<Done[]> {
  const { rows } = await sql<Omit<Done, 'do'>>`
    select id, slug, version from events where id = any(${ids}::uuid[])`.execute(tx.db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return operations.map((operation, index) => ({ do: operation.do, ...byId.get(ids[index]!)! }))
}
