import type { Ctx } from '#kernel/ctx'
import { invalid } from '#kernel/problem'
import * as search from '#search'
import { enveloped, ListQuery, present } from './wire.ts'

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

/** What was asked at an address whose own schema does not know these words. Each may be said once. */
export function readQuery(given: unknown): ListQuery {
  const asked = Object.entries(given as Record<string, unknown>).filter(([name]) => name in ListQuery.properties)
  const faults = asked.filter(([, value]) => typeof value !== 'string')
  if (faults.length > 0)
    throw invalid(Object.fromEntries(faults.map(([name]) => [`/query/${name}`, 'Not a valid string.'])))
  return Object.fromEntries(asked)
}

function wholeOf(text = ''): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}
