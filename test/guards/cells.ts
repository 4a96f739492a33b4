import { addressOf, type Operation } from '../fuzz/document.ts'
import type { Line, Sent } from './operations.ts'
import { everybody, LIKE, PEOPLE, readerOf, type Column, type Person, type PersonKind } from './people.ts'
import type { Thing, World } from './world.ts'

// What a line of operations.ts comes to: for each person, on each thing, which answer.

const NOTHING: Thing = { params: {}, seenBy: everybody, as: {} }

export type Cell = { person: Person; state: string; thing: Thing; expected: number; seen: boolean }

/** Every cell of a line. Who is turned away is so before anything is looked up: for them the first and the last thing will do. */
export function cellsOf({ kinds }: World, line: Line, operation: Operation): Cell[] {
  const things = Object.entries(line.to ? (kinds[line.to] as Record<string, Thing>) : { '': NOTHING })
  return things.flatMap(([state, thing], at) =>
    everybody
      .filter((person) => at === 0 || at === things.length - 1 || !('turnedAway' in PEOPLE[person]))
      .map((person) => cellFor(line, operation, person, state, thing)),
  )
}

function cellFor(line: Line, { method, tags }: Operation, person: Person, state: string, thing: Thing): Cell {
  const { reads }: PersonKind = PEOPLE[person]
  if (!reads) return cellOf(line, person, state, thing)
  const opened = method === 'GET' && reads.tags.includes(tags[0] ?? '')
  return opened
    ? { ...cellOf(line, readerOf(person), state, thing), person }
    : { person, state, thing, seen: false, expected: 403 }
}

function cellOf(line: Line, person: Person, state: string, thing: Thing): Cell {
  const { role, ...who } = PEOPLE[person]
  const cell = { person, state, thing, seen: false }
  if ('turnedAway' in who) return { ...cell, expected: 401 }
  if (line.who !== 'anyone' && role === null) return { ...cell, expected: 401 }
  if (line.who === 'organizers' && role === 'attendee') return { ...cell, expected: 403 }
  if (line.who === 'admins' && role !== 'admin') return { ...cell, expected: 403 }
  let column: Column | undefined = thing.as[person] ?? (role === 'admin' ? 'admin' : role === null ? 'nobody' : 'any')
  while (column !== 'any' && line[column] === undefined) column = LIKE[column]
  const answer = line[column]
  if (!thing.seenBy.includes(person)) {
    const despite = typeof answer === 'object' ? answer[state] : undefined
    return { ...cell, expected: despite ?? line.unseen ?? 404, seen: despite !== undefined }
  }
  const expected = typeof answer === 'object' ? (answer[state] ?? answer.else) : answer
  if (expected === undefined) throw new Error(`the line does not say what "${column}" is answered for "${state}"`)
  return { ...cell, expected, seen: true }
}

/** What this person sends. */
export async function requestOf(world: World, { method, path }: Operation, { person, thing }: Cell, line: Line) {
  const sent: Sent = (await line.send?.({ world, thing, person })) ?? {}
  const params = { ...thing.params, ...sent.params }
  for (const [, name] of path.matchAll(/\{(\w+)\}/g))
    if (!(name! in params))
      throw new Error(
        `${method} ${path}: what its line is done \`to\` has no ${name}: name another kind of thing, or add it in world.ts`,
      )
  return {
    method: method as 'GET',
    params,
    query: sent.query ?? {},
    url: addressOf(path, params, sent.query),
    headers: { ...sent.headers, ...world.headers(person) },
    payload: (sent.payload ?? sent.body) as string | Buffer | object | undefined,
  }
}
