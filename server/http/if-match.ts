import type { FastifyRequest } from 'fastify'

/** The version that `If-Match` names: of our ETags the part before the hyphen. What is none of ours names no version there is. */
export function seenBy(req: FastifyRequest): { version?: number } {
  const given = req.headers['if-match']
  if (given === undefined || given === '*') return {}
  return { version: Number(/^(?:W\/)?"(\d+)(?:-[\w-]*)?"$/.exec(given)?.[1] ?? -1) }
}
