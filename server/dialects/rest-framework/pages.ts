import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import type { Slice } from '#kernel/paging'
import { addressOf, noPage } from '#dialects/numbered-pages'

const LARGEST = 100
const Word = Type.Optional(Type.String({ maxLength: 20 }))

/** What is not understood of it is as if it were not there, but for the number of the page. */
export const paging = {
  page: Type.Optional(Type.String({ maxLength: 20, description: 'From 1 on.' })),
  page_size: Type.Optional(Type.String({ maxLength: 20, description: 'At most 100; 20 unless said.' })),
  limit: Word,
}

export type PageQuery = { page?: string; page_size?: string; limit?: string }

/** Which part of a list is asked for; `usual` is how much where nobody says. Refuses what is no page. */
export function partOf({ page = '1', page_size: size, limit }: PageQuery, usual = limit === undefined ? 20 : 10) {
  if (!/^\d{1,9}$/.test(page) || Number(page) < 1) throw noPage()
  const wanted = size ?? limit ?? ''
  const most = /^\d{1,9}$/.test(wanted) && Number(wanted) > 0 ? Math.min(Number(wanted), LARGEST) : usual
  return { limit: most, offset: (Number(page) - 1) * most }
}

/** The page as it is answered. Refuses one behind the last; the first is there even of nothing. */
export function pageOf<T, W>(
  req: FastifyRequest,
  { limit, offset }: { limit: number; offset: number },
  { items, total }: Slice<T>,
  present: (item: T) => W,
) {
  if (offset > 0 && offset >= total) throw noPage()
  const page = offset / limit + 1
  return {
    count: total,
    next: offset + limit < total ? addressOf(req, page + 1) : null,
    previous: page > 1 ? addressOf(req, page - 1) : null,
    results: items.map(present),
  }
}
