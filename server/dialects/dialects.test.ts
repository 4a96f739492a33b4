import { expect, test } from 'vitest'
import fastify from 'fastify'
import type { App } from '#http/app'
import * as problem from '#kernel/problem'
import { TooManyRequests } from '#kernel/limiter'
import { InvalidToken } from '#accounts/problems'
import { speak } from '#dialects/dialect'
import { dialects } from '#dialects/dialects'

// What any route can meet, whatever it does.
const EVERYWHERE = [
  problem.BadRequest,
  problem.Invalid,
  problem.NotFound,
  problem.SignInRequired,
  problem.Forbidden,
  problem.TooLarge,
  problem.UnsupportedMediaType,
  problem.Unavailable,
  problem.Internal,
  TooManyRequests,
  InvalidToken,
]

test.each(dialects.map(([dialect, routes]) => [dialect.tag, dialect, routes] as const))(
  '%s has words for every refusal that its routes can meet, and none for others',
  async (_tag, dialect, routes) => {
    const app = fastify() as unknown as App
    const met = new Set<string>(EVERYWHERE.map(({ slug }) => slug))
    app.addHook('onRoute', ({ config }) => config?.refuses?.forEach(({ slug }) => met.add(slug)))
    await speak(app, dialect, routes)
    await app.ready()
    for (const shared of Object.values(dialect.shares ?? {}))
      if ('refuses' in shared) shared.refuses.forEach(({ slug }) => met.add(slug))
    expect(Object.keys(dialect.words).sort()).toEqual([...met].sort())
    for (const slug of met) expect(problem.problems().has(slug), slug).toBe(true)
  },
)
