import fc, { type Arbitrary } from 'fast-check'
import type { Operation, Schema } from './document.ts'
import { judge, judgeText } from './judge.ts'
import type { Draft } from './target.ts'

// Makes a wrong request of a right one, in one place. It has to be proved: where ajv finds that the result is still
// right, there is nothing to be said of it and it is dropped.

/** A request with one fault. `pointer`: where; nothing, where the whole body cannot be read. */
export type Wrong = { draft: Draft; fault: string; pointer?: string }

/** A choice out of what there is to choose from, so that it can be made again and shrunk. */
export type Spoiling = { way: number; place: number; value: unknown }

const WRONG_VALUES: unknown[] = [
  null,
  true,
  '',
  ' ',
  'x',
  'not-a-date',
  '2026-02-30T00:00:00Z',
  'X'.repeat(30_000),
  0,
  -1,
  1.5,
  101,
  2 ** 31,
  2 ** 53,
  [],
  ['x'],
  {},
  { $ne: null },
]
const WRONG_TEXTS = ['', 'abc', '-1', '0', '101', '1e9', 'NaN', '1.5', 'x'.repeat(600), "' or 1=1", 'true']
const EXTRA_FIELDS = [
  'role',
  'isAdmin',
  'ownerId',
  'organizerId',
  'taken',
  'status',
  'emailVerified',
  'id',
  'createdAt',
  'constructor',
]

export const spoilings: Arbitrary<Spoiling> = fc.record({
  way: fc.nat(999),
  place: fc.nat(999),
  value: fc.oneof(fc.constantFrom(...WRONG_VALUES), fc.jsonValue({ maxDepth: 1 })),
})

/** The request with the fault that was chosen; undefined where that is none. */
export function mutate(operation: Operation, draft: Draft, spoiling: Spoiling): Wrong | undefined {
  const ways = waysOf(operation, draft)
  return ways.length === 0 ? undefined : ways[spoiling.way % ways.length]!(spoiling)
}

/** Whether there is anything in it that could be wrong. */
export function canBeWrong(operation: Operation, draft: Draft): boolean {
  return waysOf(operation, draft).length > 0
}

type Way = (spoiling: Spoiling) => Wrong | undefined

function waysOf(operation: Operation, draft: Draft): Way[] {
  const { body } = operation
  const ways: Way[] = []
  if (body?.type === 'application/json' && draft.body !== undefined)
    ways.push(
      ...Array<Way>(6).fill((spoiling) => inBody(body.schema, draft, spoiling)),
      ...Array<Way>(3).fill((spoiling) => asText(draft, spoiling)),
    )
  if (operation.parameters.some((each) => each.in === 'query'))
    ways.push(...Array<Way>(3).fill((spoiling) => inQuery(operation, draft, spoiling)))
  if (operation.parameters.some((each) => each.in === 'path'))
    ways.push((spoiling) => inPath(operation, draft, spoiling))
  if (operation.parameters.some((each) => each.name === 'Idempotency-Key'))
    ways.push(() => ({
      draft: { ...draft, headers: { ...draft.headers, 'idempotency-key': 'k'.repeat(256) } },
      fault: 'a key that is too long',
      pointer: '/headers/idempotency-key',
    }))
  return ways
}

/** Leaves out, puts in or replaces one thing in the body. */
function inBody(schema: Schema, draft: Draft, { way, place, value }: Spoiling): Wrong | undefined {
  const body = structuredClone(draft.body)
  const places = placesIn(body)
  const chosen = places[place % places.length]!
  let pointer: string
  if (way % 3 === 0 && chosen.path.length > 0) {
    // What is missing is told of as missing.
    const [parent, key] = [at(body, chosen.path.slice(0, -1)), chosen.path.at(-1)!]
    if (Array.isArray(parent)) return undefined
    delete (parent as Record<string, unknown>)[key]
    pointer = pointerOf(chosen.path)
  } else if (way % 3 === 1) {
    const objects = places.filter(
      ({ value: each }) => each !== null && typeof each === 'object' && !Array.isArray(each),
    )
    const object = objects[place % objects.length]!
    const name = EXTRA_FIELDS[way % EXTRA_FIELDS.length]!
    if (Object.hasOwn(object.value as object, name)) return undefined
    ;(object.value as Record<string, unknown>)[name] = value ?? 'x'
    pointer = pointerOf([...object.path, name])
  } else if (chosen.path.length > 0) {
    const parent = at(body, chosen.path.slice(0, -1)) as Record<string, unknown>
    parent[chosen.path.at(-1)!] = value
    pointer = pointerOf(chosen.path)
  } else return undefined
  if (judge(schema)(body)) return undefined
  return { draft: { ...draft, body }, fault: `not as the schema of the body has it at ${pointer}`, pointer }
}

const UNREADABLE: [fault: string, spoil: (text: string, draft: Draft) => Partial<Draft>][] = [
  ['broken JSON', (text) => ({ payload: text.slice(0, -1) || '{' })],
  ['a key that is there twice', (text) => ({ payload: text.replace('{', '{"title":1,"title":2,') })],
  ['too deep', () => ({ payload: `${'['.repeat(40)}${']'.repeat(40)}` })],
  ['__proto__', (text) => ({ payload: text.replace('{', text === '{}' ? '{"__proto__":{}' : '{"__proto__":{},') })],
  ['NUL in a text', () => ({ payload: '{"title":"a\\u0000b"}' })],
  ['half of a surrogate pair', () => ({ payload: '{"title":"\\ud800"}' })],
  ['larger than what is read', () => ({ payload: JSON.stringify({ title: 'x'.repeat(1_200_000) }) })],
  [
    'another kind of content',
    (text, { headers }) => ({ payload: text, headers: { ...headers, 'content-type': 'text/plain' } }),
  ],
  [
    'another character set',
    (text, { headers }) => ({
      payload: text,
      headers: { ...headers, 'content-type': 'application/json; charset=utf-16' },
    }),
  ],
  [
    'said to be compressed',
    (text, { headers }) => ({
      payload: text,
      headers: { ...headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    }),
  ],
  ['an array', (text) => ({ payload: `[${text}]` })],
]

/** Spoils the body as a text. */
function asText(draft: Draft, { place }: Spoiling): Wrong {
  const [fault, spoil] = UNREADABLE[place % UNREADABLE.length]!
  return { draft: { ...draft, body: undefined, ...spoil(JSON.stringify(draft.body), draft) }, fault }
}

function inQuery({ parameters }: Operation, draft: Draft, { way, place, value }: Spoiling): Wrong | undefined {
  const declared = parameters.filter((each) => each.in === 'query')
  const names = [...declared.map((each) => each.name), 'unknown']
  const name = names[place % names.length]!
  const text = typeof value === 'string' && value.length < 2_000 ? value : WRONG_TEXTS[way % WRONG_TEXTS.length]!
  const query: Draft['query'] = { ...draft.query, [name]: way % 7 === 0 ? [text, text] : text }
  const allows = judgeText({
    type: 'object',
    additionalProperties: false,
    required: declared.filter((each) => each.required).map((each) => each.name),
    properties: Object.fromEntries(declared.map((each) => [each.name, each.schema])),
  })
  if (allows(query)) return undefined
  return { draft: { ...draft, query }, fault: `not as the query may be`, pointer: `/query/${name}` }
}

function inPath({ parameters }: Operation, draft: Draft, { way, place }: Spoiling): Wrong | undefined {
  const declared = parameters.filter((each) => each.in === 'path')
  const { name, schema } = declared[place % declared.length]!
  const texts = [
    'x',
    '0',
    '-1',
    '1.5',
    'X'.repeat(210),
    (draft.params[name] ?? '').toUpperCase(),
    `{${draft.params[name] ?? ''}}`,
  ]
  const text = texts[way % texts.length]!
  if (judgeText({ type: 'object', properties: { [name]: schema } })({ [name]: text })) return undefined
  return {
    draft: { ...draft, params: { ...draft.params, [name]: text } },
    fault: 'not an address',
    pointer: `/params/${name}`,
  }
}

type Place = { path: string[]; value: unknown }

function placesIn(value: unknown, path: string[] = []): Place[] {
  const inner = value !== null && typeof value === 'object' ? Object.entries(value) : []
  return [{ path, value }, ...inner.flatMap(([key, each]) => placesIn(each, [...path, key]))]
}

function at(value: unknown, path: string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value)
}

function pointerOf(path: string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
