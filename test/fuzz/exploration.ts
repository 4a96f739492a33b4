import fc, { type Arbitrary, type RunDetails } from 'fast-check'
import { schemaToArb } from './arbitrary.ts'
import { addressOf, operationsOf, type Operation } from './document.ts'
import { judge } from './judge.ts'
import { canBeWrong, mutate, spoilings, type Spoiling } from './negation.ts'
import type { Answer, Draft, Request, Target } from './target.ts'

// The properties of docs/decisions/0019-matrix-and-fuzz.md, looked for with requests that are made from the document:
// right ones, ones with a single fault that is proved, and whole journeys in which ids come from earlier answers.

export type Property = 'F1' | 'F2' | 'F4' | 'F5' | 'F6' | 'F7' | 'F13' | 'F14' | 'F15' | 'F16' | 'F17'

export type Finding = { property: Property; operation: string; what: string; seed: number; curl: string }
export type Explored = { findings: Finding[]; requests: number; operations: number; accepted: number }

const MOST_BYTES = 2_000_000
const LEAKS = [
  /\n\s+at .+:\d+:\d+/,
  /node_modules|\.(ts|mjs|js):\d+/,
  /\b(syntax error at|duplicate key value|violates \S+ constraint|SQLSTATE|invalid input syntax|unterminated quoted)\b/i,
  /\b(select|insert into|update|delete from) .+ (from|values|set|where) .+\$\d/i,
]
const REFUSALS_OF_FAULTS = [400, 413, 415, 422]

class Violation extends Error {
  constructor(
    readonly property: Property,
    readonly what: string,
    readonly request: Request,
  ) {
    super(`${property}: ${what}`)
  }
}

/** Looks for violations, `runs` requests of each sort per operation. The same seed makes the same requests. */
export async function explore(
  target: Target,
  options: { runs: number; seed: number; only?: RegExp },
): Promise<Explored> {
  const { runs, seed, only = /./ } = options
  const operations = operationsOf(target.document)
  const findings: Finding[] = []
  const count = { requests: 0, accepted: 0 }
  const found = (property: Property, operation: string, what: string, request?: Request) =>
    findings.push({ property, operation, what, seed, curl: request ? curlOf(request) : '' })

  const paths = operations.map(({ method, path }) => `${method} ${path}`)
  for (const route of target.routes.filter((each) => !paths.includes(each)))
    found('F16', route, 'is registered and not in the document')
  for (const path of paths.filter((each) => !target.routes.includes(each)))
    found('F16', path, 'is in the document and not registered')

  /** Asks and checks what holds of every request. */
  async function ask(operation: Operation, request: Request): Promise<Answer> {
    count.requests++
    const before = await target.sum()
    const answer = await target.ask(request)
    const violate = (property: Property, what: string) => new Violation(property, what, request)
    if (answer.status >= 500 && answer.status !== 503)
      throw violate('F1', `is answered ${answer.status}: ${answer.body.slice(0, 300)}`)
    const undocumented = faultOf(target, operation, answer)
    if (undocumented) throw violate('F2', undocumented)
    const told = `${JSON.stringify(answer.headers)}\n${answer.body}`
    for (const leak of [...LEAKS, ...target.secrets]) {
      // Who sends a secret has it.
      const match =
        typeof leak === 'string' ? told.includes(leak) && !request.url.includes(leak) && leak : leak.exec(told)?.[0]
      if (match) throw violate('F14', `says ${JSON.stringify(match)}`)
    }
    if (answer.bytes > MOST_BYTES) throw violate('F13', `is answered with ${answer.bytes} bytes`)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const after = isRead || answer.status >= 400 ? await target.sum() : before
    if (after !== before)
      throw violate(isRead ? 'F6' : 'F5', `has changed ${linesIn(after, before)}, with an answer of ${answer.status}`)
    return answer
  }

  async function sameHead(request: Request, answer: Answer): Promise<void> {
    if (request.method !== 'GET') return
    count.requests++
    const head = await target.ask({ ...request, method: 'HEAD' })
    const differs = ['content-type', 'etag'].filter((name) => head.headers[name] !== answer.headers[name])
    if (head.status !== answer.status || head.bytes > 0 || differs.length > 0)
      throw new Violation(
        'F6',
        `HEAD is answered ${head.status} with ${head.bytes} bytes, GET ${answer.status}; ${differs.join(', ')} differ`,
        request,
      )
  }

  /** Runs a property; what falsifies it first is made as small as it can be. */
  async function seek<T>(
    operation: string,
    arbitrary: Arbitrary<T>,
    times: number,
    holds: (value: T) => Promise<void>,
  ) {
    let smallest: Violation | undefined
    const property = fc.asyncProperty(arbitrary, async (value) => {
      await target.restore()
      try {
        await holds(value)
      } catch (error) {
        if (!(error instanceof Violation)) throw error
        smallest = error
        throw error
      }
    })
    const details: RunDetails<[T]> = await fc.check(property, { seed, numRuns: times, maxSkipsPerRun: 1_000 })
    await target.restore()
    if (smallest) return found(smallest.property, operation, smallest.what, smallest.request)
    if (details.failed)
      throw new Error(`${operation}: no property of it could be looked for`, { cause: details.errorInstance })
  }

  const reached: { operation: Operation; draft: Draft }[] = []
  for (const operation of operations.filter(({ name }) => only.test(name))) {
    const recipe = await firstAccepted(operation)
    if (recipe) reached.push({ operation, draft: recipe })
    if (!recipe) continue
    await seek(operation.name, rightOnes(operation, recipe, target), runs, async (draft) => {
      const request = requestOf(operation, draft)
      const answer = await ask(operation, request)
      await sameHead(request, answer)
    })
    if (canBeWrong(operation, recipe))
      await seek(operation.name, spoilings, runs, async (spoiling: Spoiling) => {
        const wrong = mutate(operation, recipe, spoiling)
        fc.pre(wrong !== undefined)
        const request = requestOf(operation, wrong.draft)
        const answer = await ask(operation, request)
        const fault = toldOf(answer, wrong.pointer)
        if (fault) throw new Violation('F4', `${wrong.fault}: ${fault}`, request)
      })
    await once(operation.name, async () => {
      const request = requestOf(operation, {
        ...recipe,
        headers: { ...recipe.headers, authorization: 'Bearer garbled' },
      })
      const answer = await ask(operation, request)
      if (answer.status !== 401) throw new Violation('F7', `a token that is none is answered ${answer.status}`, request)
    })
    if (operation.secured)
      await once(operation.name, async () => {
        const { authorization: _, ...headers } = recipe.headers
        const request = requestOf(operation, { ...recipe, headers })
        const answer = await ask(operation, request)
        if (answer.status !== 401) throw new Violation('F7', `without a token it is answered ${answer.status}`, request)
      })
    await once(operation.name, async () => {
      const request = { ...requestOf(operation, { ...recipe, body: undefined, payload: undefined }), method: 'TRACE' }
      const before = await target.sum()
      const answer = await target.ask(request)
      count.requests++
      const allowed = textOf(answer, 'allow')
      if (![404, 405].includes(answer.status) || (answer.status === 405 && !allowed.includes(operation.method)))
        throw new Violation(
          'F15',
          `TRACE is answered ${answer.status}, and that ${allowed || 'nothing'} is allowed`,
          request,
        )
      const after = await target.sum()
      if (after !== before) throw new Violation('F15', `TRACE has changed ${linesIn(after, before)}`, request)
    })
  }
  if (reached.length > 0) {
    const steps = fc.array(
      fc.record({
        at: fc.nat(reached.length - 1),
        who: fc.nat(99),
        picks: fc.array(fc.nat(99), { minLength: 4, maxLength: 4 }),
      }),
      {
        minLength: 2,
        maxLength: 10,
      },
    )
    await seek('a journey', steps, runs * 2, async (journey) => {
      const lately = new Map<string, string[]>()
      for (const step of journey) {
        const { operation, draft } = reached[step.at]!
        const request = requestOf(operation, onTheWay(target, operation, draft, step, lately))
        harvest(target, operation, await ask(operation, request), lately)
      }
    })
  }
  return { findings, ...count, operations: operations.length }

  async function once(name: string, holds: () => Promise<void>): Promise<void> {
    await target.restore()
    try {
      await holds()
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      found(error.property, name, error.what, error.request)
    }
    await target.restore()
  }

  /** F17: the recipe that is answered 2xx. */
  async function firstAccepted(operation: Operation): Promise<Draft | undefined> {
    const answers: string[] = []
    for (const draft of await target.recipes(operation)) {
      await target.restore()
      const request = requestOf(operation, draft)
      try {
        const answer = await ask(operation, request)
        if (answer.status < 300) {
          count.accepted++
          return draft
        }
        answers.push(`${answer.status} ${answer.body.slice(0, 200)}`)
      } catch (error) {
        if (!(error instanceof Violation)) throw error
        found(error.property, operation.name, error.what, error.request)
        return undefined
      }
    }
    found('F17', operation.name, `is never answered 2xx: ${answers[0] ?? 'there is no recipe'}`)
    return undefined
  }
}

/** Requests that the document allows: the recipe with some of it made anew, by anybody. */
function rightOnes(operation: Operation, recipe: Draft, target: Target): Arbitrary<Draft> {
  const { body, parameters } = operation
  const ids = (name: string) => target.ids(name)
  const within = (place: 'path' | 'query') =>
    Object.fromEntries(
      parameters
        .filter((each) => each.in === place)
        .map((each) => [each.name, schemaToArb(each.schema, ids, each.name).map(asWritten)]),
    )
  const path = fc.record(within('path'), { noNullPrototype: true })
  const wanted = parameters.filter((each) => each.in === 'query' && each.required).map((each) => each.name)
  const query = fc.record(within('query'), { requiredKeys: wanted, noNullPrototype: true })
  const json = body?.type === 'application/json'
  const made = json ? schemaToArb(body.schema, ids) : fc.constant(undefined)
  // With a part of the recipe's body, so that what is rare gets behind the first rule that it breaks.
  const mixed = made.map((value) =>
    value !== null && typeof value === 'object' && recipe.body !== null && typeof recipe.body === 'object'
      ? { ...recipe.body, ...takeSome(value as Record<string, unknown>) }
      : value,
  )
  const bodies = json
    ? fc.oneof({ weight: 1, arbitrary: made }, { weight: 2, arbitrary: mixed.filter(judge(body.schema)) })
    : made
  const headers = fc.oneof(
    { weight: 3, arbitrary: fc.constant(recipe.headers) },
    ...target.others.map((other) => ({
      weight: 1,
      arbitrary: fc.constant({ ...without(recipe.headers, 'authorization'), ...other }),
    })),
  )
  return fc
    .record({
      params: fc.oneof({ weight: 2, arbitrary: fc.constant(recipe.params) }, { weight: 1, arbitrary: path }),
      query: fc.oneof({ weight: 1, arbitrary: fc.constant(recipe.query) }, { weight: 2, arbitrary: query }),
      headers,
      body: bodies,
    })
    .map((draft) => ({ ...draft, ...(json ? {} : { body: recipe.body, payload: recipe.payload }) }) as Draft)
}

/** What is said in `after` and was not in `before`, by the first word of each line. */
function linesIn(after: string, before: string): string {
  const was = new Set(before.split('\n'))
  const lines = after.split('\n').filter((line) => !was.has(line))
  return lines.map((line) => line.split(' ')[0]!.slice(0, 100)).join(', ')
}

function takeSome(value: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(value)
  return Object.fromEntries(names.slice(0, Math.ceil(names.length / 3)).map((name) => [name, value[name]]))
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
}

/** A value as a query or an address has it: something that stays itself on the way. */
function asWritten(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.map((each) => asWritten(each) as string)
  const text = String(value).toWellFormed()
  return text === '' || text === '.' || text === '..' ? '-' : text
}

function requestOf({ method, path }: Operation, { params, query, headers, body, payload }: Draft): Request {
  const url = addressOf(path, params, query)
  if (body === undefined)
    return { method, url, headers, ...(payload === undefined ? {} : { payload, headers: typed(headers) }) }
  return { method, url, headers: typed(headers), payload: JSON.stringify(body) }
}

function typed(headers: Record<string, string>): Record<string, string> {
  return { 'content-type': 'application/json', ...headers }
}

/** F2: what is not as the document says; undefined where all of it is. */
function faultOf(
  { document }: Target,
  { responses }: Operation,
  { status, headers, body }: Answer,
): string | undefined {
  const response = responses[String(status)]
  if (!response) return `is answered ${status}, which the document does not know: ${body.slice(0, 300)}`
  if (status === 401 && !headers['www-authenticate']) return 'a 401 says nothing of WWW-Authenticate'
  if ((status === 429 || status === 503) && !headers['retry-after']) return `a ${status} says nothing of Retry-After`
  const types = Object.keys(response.content ?? {})
  if (types.length === 0) return body === '' ? undefined : `a ${status} is to have no body, and has one`
  const type = textOf({ headers }, 'content-type').split(';')[0]!
  if (!types.includes(type)) return `is ${type}, where the document says ${types.join(' or ')}`
  if (!type.includes('json')) return undefined
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return 'is no JSON'
  }
  const says = response.content![type]!.schema
  if (says) {
    const allows = judge(says, document)
    if (!allows(value)) return `is not of the documented shape: ${allows.faults?.()} in ${body.slice(0, 300)}`
  }
  const slug = (value as { type?: string }).type
  if (status >= 400 && response.description.includes('/problems/') && !response.description.includes(`\`${slug}\``))
    return `a ${status} is ${slug}, which the document does not name there`
  return undefined
}

/** F4: how a fault is told; what is wrong about that, or undefined. */
function toldOf({ status, body }: Answer, pointer: string | undefined): string | undefined {
  if (!REFUSALS_OF_FAULTS.includes(status)) return `is answered ${status}: ${body.slice(0, 200)}`
  if (pointer === undefined || status !== 422) return undefined
  const { errors = [] } = JSON.parse(body) as { errors?: { pointer: string }[] }
  const told = errors.map((each) => each.pointer)
  if (told.some((each) => each === pointer || pointer.startsWith(`${each}/`) || each.startsWith(`${pointer}/`)))
    return undefined
  return `the fault is at ${pointer}, and is told of at ${told.join(', ') || 'no place'}`
}

type Step = { who: number; picks: number[] }

/** The recipe with ids that came up on the way, by who comes next. */
function onTheWay(
  target: Target,
  operation: Operation,
  recipe: Draft,
  { who, picks }: Step,
  lately: Map<string, string[]>,
): Draft {
  const params = { ...recipe.params }
  operation.parameters
    .filter((each) => each.in === 'path')
    .forEach(({ name }, n) => {
      const known = [
        ...(lately.get(name) ?? []),
        ...(lately.get(name) ?? []),
        recipe.params[name]!,
        ...target.ids(name),
      ]
      params[name] = known[picks[n % picks.length]! % known.length]!
    })
  const other = target.others[who % (target.others.length * 3)]
  return {
    ...recipe,
    params,
    headers: other ? { ...without(recipe.headers, 'authorization'), ...other } : recipe.headers,
  }
}

/** Ids in an answer, under the names of the parameters that they are for. */
function harvest(
  target: Target,
  { path, method }: Operation,
  { status, body, headers }: Answer,
  lately: Map<string, string[]>,
): void {
  if (status >= 300 || body === '' || method === 'GET' || !textOf({ headers }, 'content-type').includes('json')) return
  const below = Object.keys(target.document.paths).find((each) => each.startsWith(`${path}/{`))
  const parameter = /\/\{(\w+)\}/.exec(below?.slice(path.length) ?? '')?.[1]
  const value = JSON.parse(body) as Record<string, unknown>
  const ids = [value, ...((value.items as Record<string, unknown>[] | undefined) ?? [])]
  const put = (name: string, id: unknown) => {
    if (typeof id === 'string') lately.set(name, [...(lately.get(name) ?? []), id])
  }
  for (const each of ids) {
    if (parameter) put(parameter, each.id)
    for (const [name, id] of Object.entries(each)) if (name.endsWith('Id')) put(name, id)
  }
}

function textOf({ headers }: Pick<Answer, 'headers'>, name: string): string {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

/** The request as somebody can send it again. */
export function curlOf({ method, url, headers, payload }: Request): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const named = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const body = payload === undefined ? [] : ['--data-binary', quoted(payload.toString().slice(0, 2_000))]
  return ['curl', '-X', method, ...named, ...body, quoted(`http://localhost:8000${url}`)].join(' ')
}
