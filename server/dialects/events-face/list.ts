import type { Ctx } from '#kernel/ctx'
import * as search from '#search'
import { enveloped, present, type ListQuery } from './wire.ts'

const USUAL = 10
const MOST = 100

/** The events that one can register for; what is not understood of a number or an order is as if it were not there. */
export async function list(ctx: Ctx, { name, order_by: order, ...query }: ListQuery) {
  const limit = Math.min(wholeOf(query.limit) || USUAL, MOST)
  const offset = wholeOf(query.offset)
  const { items, total } = await search.sliceOfEvents(ctx, {
    when: 'all',
    active: true,
    sort: order?.toLowerCase() === 'asc' ? 'startsAt' : '-startsAt',
    limit,
    offset,
    ...(name?.trim() ? { titlePart: name } : {}),
  })
  return { ...enveloped(items.map(present)), pagination: { offset, limit, total } }
}

function wholeOf(text = ''): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}
