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
    throw invalid({ '/cursor': 'This cursor does not belong to this list. Begin again without it.' })
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

export const DEFAULT_LIMIT = 20
