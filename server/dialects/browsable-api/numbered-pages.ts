import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import type { Slice } from '#kernel/paging'
import { addressOf, noPage } from '#dialects/numbered-pages'

const A_PAGE = 10

export const paging = {
  page: Type.Optional(Type.String({ maxLength: 20, description: 'From 1 on; `last` is one, too.' })),
}

/** The page that is asked for, as it is answered. Refuses one that is not there; the first is, even of nothing. */
export async function numberedPage<T>(
  req: FastifyRequest,
  read: (part: { limit: number; offset: number }) => Promise<Slice<T>>,
  present: (items: T[]) => Promise<object[]>,
) {
  const { page: asked = '1' } = req.query as { page?: string }
  if (!/^(\d{1,9}|last)$/.test(asked)) throw noPage()
  const page = asked === 'last' ? lastOf((await read({ limit: 1, offset: 0 })).total) : Number(asked)
  if (page < 1) throw noPage()
  const { items, total } = await read({ limit: A_PAGE, offset: (page - 1) * A_PAGE })
  if (page > lastOf(total)) throw noPage()
  return {
    count: total,
    next: page < lastOf(total) ? addressOf(req, page + 1) : null,
    previous: page > 1 ? addressOf(req, page - 1) : null,
    results: await present(items),
  }
}

/** How many pages there are of so many. */
export function lastOf(total: number): number {
  return Math.max(1, Math.ceil(total / A_PAGE))
}
