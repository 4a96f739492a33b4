import { Type, type TSchema } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { NotFound } from '#kernel/problem'

// Pages by number, with the addresses of those beside them.

export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    count: Type.Integer(),
    next: Type.Union([Type.String(), Type.Null()]),
    previous: Type.Union([Type.String(), Type.Null()]),
    results: Type.Array(item),
  })

/** The address that was asked for, with another page; the first is the one without. */
export function addressOf(req: FastifyRequest, page: number): string {
  const url = new URL(`${req.ctx.config.baseUrl}${req.url}`)
  if (page === 1) url.searchParams.delete('page')
  else url.searchParams.set('page', String(page))
  return url.href
}

/** The refusal of a page that is not there. */
export function noPage() {
  return NotFound('Invalid page.')
}
