import { sql, type SelectQueryBuilder } from 'kysely'
import type { Ctx, Tx } from './ctx.ts'
import { invalid } from './problem.ts'
import { isSignedBy, sign } from './signing.ts'

/** A page of a list and where the next begins; `nextCursor` is null on the last page. */
export type Page<T> = { items: T[]; nextCursor: string | null }

/** How much of which page is asked for. */
export type PageQuery = { limit?: number; cursor?: string }

type Position = ReadonlyArray<string | number>

/** Where the page begins in a list that is sorted by `Position`: undefined is the front. Refuses another list's cursor. */
export function positionOf(ctx: Ctx | Tx, list: unknown, cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  const [payload = '', signature = ''] = cursor.split('.')
  if (!isSignedBy(ctx.config.secretKey, 'cursor', `${payload}${JSON.stringify(list)}`, signature)) {
    throw invalid({ '/query/cursor': 'This cursor does not belong to this list. Begin again without it.' })
  }
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Position
}

/** Cuts `rows`, of which one more than `limit` was asked for, to a page. */
export function pageOf<T>(
  ctx: Ctx | Tx,
  list: unknown,
  rows: T[],
  limit: number,
  position: (row: T) => Position,
): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || last === undefined) return { items, nextCursor: null }
  const payload = Buffer.from(JSON.stringify(position(last))).toString('base64url')
  return {
    items,
    nextCursor: `${payload}.${sign(ctx.config.secretKey, 'cursor', `${payload}${JSON.stringify(list)}`)}`,
  }
}

/** A part of a list by number, for the interfaces whose pages are numbered, and how many there are in all. */
export type Slice<T> = { items: T[]; total: number }

/** Which part: so many, after so many others. */
export type SliceQuery = { limit: number; offset: number }

/** Beside the rows of a list, how many it has without its limit. */
export const TOTAL = sql<number>`count(*) over ()`

/**
 * Reads a part of a list that is in a total order, and how many there are, in one statement, so that both are of one
 * moment. All of it is counted each time, which a cursor spares: the native lists have none of this.
 */
export async function sliceOf<D, T extends keyof D, R, S>(
  list: SelectQueryBuilder<D, T, R>,
  { limit, offset }: SliceQuery,
  shape: (row: R) => S,
): Promise<Slice<S>> {
  const counted = list.select(TOTAL.as('total'))
  const rows = (await counted.limit(limit).offset(offset).execute()) as (R & { total: number })[]
  return { items: rows.map(shape), total: await totalIn(rows, offset, () => counted.limit(1).execute() as never) }
}

/** What the rows say of the total. Behind the end there is none to say it, and the front is asked. */
export async function totalIn<R extends { total: number }>(
  rows: R[],
  offset: number,
  front: () => Promise<R[]>,
): Promise<number> {
  const [first] = rows.length > 0 || offset === 0 ? rows : await front()
  return first?.total ?? 0
}

export const DEFAULT_LIMIT = 20
