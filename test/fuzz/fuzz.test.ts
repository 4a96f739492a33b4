import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import { cellsOf, requestOf } from '../guards/cells.ts'
import { operations } from '../guards/operations.ts'
import { buildWorld } from '../guards/world.ts'
import { SPOKEN, type Document, type Operation } from './document.ts'
import { explore } from './exploration.ts'
import type { Draft, Target } from './target.ts'

// The program against its own OpenAPI document. Briefly here; for long with `npm run fuzz`, which FUZZ_RUNS, FUZZ_SEED
// and FUZZ_ONLY (a part of the names of operations) steer.

const runs = Number(process.env.FUZZ_RUNS || 6)
// The brief run makes the same requests every time, so that it fails where something was changed.
const seed = Number(process.env.FUZZ_SEED || (process.env.FUZZ_RUNS ? Date.now() % 2 ** 31 : 1))
const only = new RegExp(process.env.FUZZ_ONLY || '.')

const registered: RouteOptions[] = []
subscribe('fastify.initialization', (message) => {
  ;(message as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route) => void registered.push(route))
})

const world = await buildWorld()
const { kit, kinds, state } = world
// Looked at when all is registered: a dialect gives its routes their tag after they are seen.
const routes = registered
  .filter(({ schema }) => !schema?.hide && !SPOKEN.has(schema?.tags?.[0] ?? ''))
  .flatMap(({ method, url }) => [method].flat().map((each) => `${each} ${url.replace(/:(\w+)/g, '{$1}')}`))
  .filter((each) => !each.startsWith('HEAD '))
const document = (await kit.app.inject('/api/schema/')).json<Document>()

/** Whoever is answered 2xx by the lines of the matrix, asking as they do there. */
async function recipes(operation: Operation): Promise<Draft[]> {
  const lines = Object.entries(operations).filter(([name]) => name.split(' · ')[0] === operation.name)
  const drafts: Draft[] = []
  for (const [, line] of lines)
    for (const cell of cellsOf(world, line, operation)
      .filter(({ expected }) => expected < 300)
      .slice(0, 3)) {
      const { url: _, headers, payload, params, query } = await requestOf(world, operation, cell, line)
      const raw = typeof payload === 'string' || Buffer.isBuffer(payload)
      drafts.push({ params, query, headers, ...(raw ? { payload } : { body: payload }) })
    }
  return drafts
}

/** What a parameter or a field may name: things in every state, and nothing. */
const pools = new Map<string, Set<string>>()
for (const kind of Object.values(kinds))
  for (const { params } of Object.values(kind))
    for (const [name, value] of Object.entries<string>(params))
      pools.set(name, (pools.get(name) ?? new Set()).add(value))
pools.set('from', new Set([world.parts.foreignOccurrence]))
pools.set('of', pools.get('from')!)

const target: Target = {
  document,
  routes: [...new Set(routes)],
  async ask({ method, url, headers, payload }) {
    const answer = await kit.app.inject({ method: method as 'GET', url, headers, payload })
    const { statusCode: status, body, rawPayload } = answer
    return { status, headers: answer.headers, body, bytes: rawPayload.length }
  },
  sum: () => state.sum(),
  async restore() {
    await world.restore()
  },
  recipes,
  others: (['nobody', 'stranger', 'owner', 'rival', 'admin'] as const).map((person) => world.headers(person)),
  ids: (name) => [...(pools.get(name) ?? [])],
  secrets: [
    projectFolder,
    kit.ctx.config.dataDir,
    kit.ctx.config.secretKey,
    ...world.secrets.filter(({ readBy }) => readBy.length === 0).map(({ text }) => text),
  ],
}

// S3-37
test(
  'nothing that is sent makes the program fall over, write what it refuses, or answer what is not documented',
  async () => {
    const { findings, requests, operations: all, accepted } = await explore(target, { runs, seed, only })
    process.stdout.write(
      `fuzz: seed ${seed}, ${runs} runs, ${all} operations of which ${accepted} were answered 2xx, ${requests} requests, ${findings.length} findings\n`,
    )
    const told = findings.map(({ property, operation, what, curl }) => `${property} ${operation} ${what}\n    ${curl}`)
    expect(findings.length, `\nFUZZ_SEED=${seed} FUZZ_RUNS=${runs}\n${told.join('\n')}\n`).toBe(0)
  },
  24 * 3_600_000,
)
