import { Type, type TSchema } from 'typebox'
import type { FastifyRequest } from 'fastify'
import type { Slice } from '#kernel/paging'
import { NotFound } from '#kernel/problem'

const A_PAGE = 10

export const paging = {
  page: Type.Optional(Type.String({ maxLength: 20, description: 'From 1 on; `last` is one, too.' })),
}

export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    count: Type.Integer(),
    next: Type.Union([Type.String(), Type.Null()]),
    previous: Type.Union([Type.String(), Type.Null()]),
    results: Type.Array(item),
  })

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

/** The address that was asked for, with another page; the first is the one without. */
function addressOf(req: FastifyRequest, page: number): string {
  const url = new URL(`${req.ctx.config.baseUrl}${req.url}`)
  if (page === 1) url.searchParams.delete('page')
  else url.searchParams.set('page', String(page))
  return url.href
}

function noPage() {
  return NotFound('Invalid page.')
}
