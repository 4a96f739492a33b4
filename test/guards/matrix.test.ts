import type { LightMyRequestResponse } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { operationsOf, type Operation } from '../fuzz/document.ts'
import { cellsOf, requestOf } from './cells.ts'
import { operations } from './operations.ts'
import { everybody, readerOf } from './people.ts'
import { buildWorld } from './world.ts'

// Every operation that the document has, for everybody who may knock, on a thing in every state: the answer is the one
// that operations.ts says, what is refused has changed nothing, what may not be seen is answered as what is missing, and
// no answer holds a word that its reader may not read.

const world = await buildWorld()
const { kit, secrets } = world
const documented = operationsOf((await kit.app.inject('/api/schema/')).json())
const named = new Map(documented.map((operation) => [operation.name, operation]))
const lines = Object.entries(operations).map(([name, line]) => ({ name, line, of: name.split(' · ')[0]! }))

const count = { cells: 0, requests: 0 }
const readSecrets = new Set<string>()

/** All that an answer says, in the order in which it says it: long lines of a calendar and what a cursor holds included. */
function wordsOf({ headers, body }: LightMyRequestResponse): string {
  const told = String(headers['content-type']).includes('json') ? withoutAddress(body) : body
  const cursors = [...body.matchAll(/"nextCursor":"([^"]+)"/g)].map((match) =>
    Buffer.from(match[1]!.split('.')[0]!, 'base64url').toString(),
  )
  return [JSON.stringify(headers), told, told.replaceAll(/\r\n[ \t]/g, ''), ...cursors].join('\n')
}

/** Without the address that was asked for, which whoever asked knows. */
function withoutAddress(body: string): string {
  return body.replace(/"instance":"[^"]*"/, '"instance":""')
}

const sameWords = (answer: LightMyRequestResponse) => withoutAddress(answer.body).replace(/"requestId":"[^"]*"/, '')

describe('who may do what', () => {
  test('is said of every operation that there is', () => {
    const missing = documented.filter(({ name }) => !(name in operations)).map(({ name }) => name)
    expect(
      missing,
      `these operations have no line in test/guards/operations.ts; say there who may do them:\n${missing.map((name) => `  '${name}': { who: …, any: … },`).join('\n')}`,
    ).toEqual([])
    const gone = lines.filter(({ of }) => !named.has(of)).map(({ name }) => name)
    expect(gone, `these lines of test/guards/operations.ts are about no operation: ${gone.join(', ')}`).toEqual([])
    const silent = documented.filter(({ name, body }) => body && operations[name] && !operations[name].send)
    expect(
      silent.map(({ name }) => name),
      'these operations take a body, and their line has no `send`',
    ).toEqual([])
  })

  // S0-39, reliability S1, S4
  test.each(lines.filter(({ of }) => named.has(of)))('$name', async ({ line, of }) => {
    const operation = named.get(of)!
    const faults: string[] = []
    const unseen = new Map<string, { first: string; words: string }>()
    for (const cell of cellsOf(world, line, operation)) {
      count.cells++
      count.requests++
      const where = `${cell.person}${cell.state ? ` on ${cell.state}` : ''}`
      const { params: _, query: __, ...request } = await requestOf(world, operation, cell, line)
      const answer = await kit.app.inject(request)
      if (answer.statusCode !== cell.expected)
        faults.push(`${where}: expected ${cell.expected}, was ${answer.statusCode} ${answer.body.slice(0, 200)}`)

      const words = wordsOf(answer)
      for (const { text, where: place, readBy } of secrets)
        if (words.includes(text)) {
          if (readBy.includes(readerOf(cell.person)) || (cell.thing.opens && readBy.includes(cell.thing.opens)))
            readSecrets.add(text)
          else faults.push(`${where}: was shown ${place} (${text})`)
        }

      // What is there and may not be seen is answered as what is not there, by the same person.
      if (line.to && !cell.seen && answer.statusCode === (line.unseen ?? 404)) {
        const told = sameWords(answer)
        const known = unseen.get(cell.person)
        if (!known) unseen.set(cell.person, { first: where, words: told })
        else if (known.words !== told)
          faults.push(`${where}: is told ${told}, and ${known.first} is told ${known.words}`)
      }

      const changed = await world.restore()
      if (changed.length > 0 && (answer.statusCode >= 400 || operation.method === 'GET'))
        faults.push(`${where}: was answered ${answer.statusCode}, and changed ${changed.join(', ')}`)
      if (operation.method === 'GET') {
        count.requests++
        const head = await kit.app.inject({ ...request, method: 'HEAD' })
        if (head.statusCode !== answer.statusCode || head.body !== '')
          faults.push(`${where}: HEAD is answered ${head.statusCode} with ${head.body.length} bytes`)
      }
    }
    expect(faults, `\n${faults.join('\n')}\n`).toEqual([])
  })

  test('and every secret is read by somebody who may read it, so that it is one', () => {
    const unread = secrets.filter(({ text, readBy }) => readBy.length > 0 && !readSecrets.has(text))
    expect(unread).toEqual([])
  })
})

/** A request that is right in itself, by somebody who is answered 2xx. */
async function rightRequest(operation: Operation) {
  for (const { line } of lines.filter(({ of }) => of === operation.name))
    for (const cell of cellsOf(world, line, operation).filter(({ expected }) => expected < 300))
      return requestOf(world, operation, cell, line)
  throw new Error(`no line of ${operation.name} says that anybody is answered 2xx`)
}

type Sending = { method: string; url: string; headers: Record<string, string>; payload?: unknown }

async function asks({ method, url, headers, payload }: Sending) {
  count.requests++
  const answer = await kit.app.inject({ method: method as 'GET', url, headers, payload: payload as object })
  const { errors = [] } = answer.statusCode === 422 ? answer.json<{ errors?: { pointer: string }[] }>() : {}
  return { status: answer.statusCode, pointers: errors.map(({ pointer }) => pointer) }
}

// reliability S3
const FIELDS_THAT_ARE_NOT_ASKED_FOR = [
  ...['role', 'isAdmin', 'is_organizer', 'ownerId', 'organizerId', 'orgId', 'accountId', 'taken', 'capacity', 'price'],
  ...['status', 'emailVerified', 'suspendedAt', 'publishedAt', 'version', 'id', 'number', 'createdAt'],
]
test.each(documented.filter(({ body }) => body?.type === 'application/json'))(
  '$name takes no field that it does not ask for',
  async (operation) => {
    const request = await rightRequest(operation)
    const known = Object.keys((operation.body!.schema.properties ?? {}) as object)
    for (const field of FIELDS_THAT_ARE_NOT_ASKED_FOR.filter((each) => !known.includes(each))) {
      const { status, pointers } = await asks({ ...request, payload: { ...(request.payload as object), [field]: 'x' } })
      expect([status, pointers], field).toEqual([422, expect.arrayContaining([`/${field}`])])
    }
    expect(await world.restore()).toEqual([])
  },
)

// reliability S26
test.each(documented.filter(({ parameters }) => parameters.some(({ name }) => name === 'limit')))(
  '$name gives pages of at most a hundred, and only by its own cursors',
  async (operation) => {
    const request = await rightRequest(operation)
    const elsewhere = operation.name === 'GET /venues' ? '/events' : '/venues'
    const foreign = (await kit.call('GET', `${elsewhere}?limit=1`, { headers: world.headers('admin') })).body
    expect(foreign.nextCursor).toEqual(expect.any(String))
    for (const [name, value] of [
      ...['0', '-1', '101', '1e9', 'NaN', '1.5', ''].map((limit) => ['limit', limit] as const),
      ...['x', 'x'.repeat(501), foreign.nextCursor as string].map((cursor) => ['cursor', cursor] as const),
      ['everything', 'true'],
    ] as const) {
      const url = new URL(request.url, 'http://localhost')
      url.searchParams.set(name, value)
      const { status, pointers } = await asks({ ...request, url: url.pathname + url.search })
      expect([status, pointers], `${name}=${value.slice(0, 20)}`).toEqual([422, [`/query/${name}`]])
    }
  },
)

// reliability S2
test('another spelling of an address, or of the method, opens nothing', async () => {
  for (const operation of documented.filter(({ secured }) => secured)) {
    const { url, method, payload } = await rightRequest(operation)
    for (const spelled of [
      url.replace(/(?=\?|$)/, '/'),
      url.replace('/api/', '//api/'),
      url.replace('/api/v1', '/API/V1'),
      url.replace('/v1/', '/v1/%2e/'),
      url.replace('/v1/', '/v1/x/%2e%2e/'),
      url.replace('/v1/', '/v1;x/'),
    ]) {
      const { status } = await asks({ method, url: spelled, headers: {}, payload })
      expect([401, 404], `${method} ${spelled}`).toContain(status)
    }
    const carriers = ['GET', 'POST'].filter((each) => each !== operation.method && operation.method !== 'GET')
    for (const carrier of carriers) {
      const headers = world.headers('owner')
      const plain = await asks({ method: carrier, url, headers })
      await world.restore()
      for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override'])
        expect(
          await asks({ method: carrier, url, headers: { ...headers, [header]: operation.method } }),
          `${carrier} ${url} with ${header}: ${operation.method}`,
        ).toEqual(plain)
      await world.restore()
    }
  }
})

afterAll(() => {
  process.stdout.write(
    `matrix: ${documented.length} operations in ${lines.length} lines, ${everybody.length} roles, ${count.cells} cells, ${count.requests} requests, ${secrets.length} secrets\n`,
  )
})
