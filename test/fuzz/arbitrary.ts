import fc, { type Arbitrary } from 'fast-check'
import type { Schema } from './document.ts'
import { judge, type Judge } from './judge.ts'

// Values that a schema allows, a third of them at its edges. What is made is shown to ajv before it is used.

const DEEPEST = 4
/** Text that programs stumble over. */
const AWKWARD = [
  ' ',
  '%',
  "'; drop table events; --",
  '" or 1=1',
  '\\',
  '%_',
  'a & ',
  ':*',
  '<script>alert(1)</script>',
  '=cmd()',
  'x\r\nBcc: y@example.org',
  'שלום',
  '👩‍👩‍👧',
  'e\u0301',
  '\u200b',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  '{{7*7}}',
  '../../etc/passwd',
  'null',
  'NaN',
]
const MOMENTS = [
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2028-02-29T12:00:00+14:00',
  '2027-03-28T02:30:00+01:00',
  '1969-12-31T23:59:59Z',
]

/** `ids`: what an identifier may be, by the name of the field. */
export type Ids = (name: string) => readonly string[]

/** Values that the schema allows. */
export function schemaToArb(schema: Schema, ids: Ids = () => [], name = ''): Arbitrary<unknown> {
  const allows = judge(schema)
  return chosen(make(schema, { ids, name, depth: 0 }), allows, name)
}

/** Chooses from what is made; says so where nearly nothing of it is allowed, instead of making for ever. */
function chosen<T>(made: Arbitrary<T>, allows: Judge<T>, name: string): Arbitrary<T> {
  let misses = 0
  return made.filter((value): value is T => {
    misses = allows(value) ? 0 : misses + 1
    if (misses > 10_000)
      throw new Error(`nothing that is made for "${name}" is allowed, such as ${JSON.stringify(value)}`)
    return misses === 0
  })
}

type Where = { ids: Ids; name: string; depth: number }

function make(schema: Schema, where: Where): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]))
  const branches = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined
  if (branches) return fc.oneof(...branches.map((branch) => make(branch, where)))
  if (schema.allOf) return make(Object.assign({}, ...(schema.allOf as Schema[])) as Schema, where)
  const type = [schema.type].flat() as (string | undefined)[]
  if (type.length > 1) return fc.oneof(...type.map((each) => make({ ...schema, type: each }, where)))
  switch (type[0]) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return numberOf(schema, type[0] === 'integer')
    case 'array':
      return fc.array(deeper(schema.items ?? {}, where), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, Math.max(schema.minItems ?? 0, 3)),
      })
    case 'object':
      return objectOf(schema, where)
    default:
      return textOf(schema, where)
  }
}

function deeper(schema: Schema, where: Where, name = where.name): Arbitrary<unknown> {
  if (where.depth >= DEEPEST) return fc.constant(null)
  return make(schema, { ...where, name, depth: where.depth + 1 })
}

function objectOf(schema: Schema, where: Where): Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  return fc.record(Object.fromEntries(properties.map(([name, inner]) => [name, deeper(inner, where, name)])), {
    requiredKeys: (schema.required ?? []) as string[],
    noNullPrototype: true,
  })
}

function numberOf({ minimum, maximum, multipleOf = 1 }: Schema, whole: boolean): Arbitrary<number> {
  const [least, most] = [minimum ?? -(2 ** 53 - 1), maximum ?? 2 ** 53 - 1] as [number, number]
  const edges = [least, most, 0, 1, 2 ** 31 - 1, 2 ** 31].filter((edge) => edge >= least && edge <= most)
  const inside = whole ? fc.integer({ min: least, max: most }) : fc.double({ min: least, max: most, noNaN: true })
  return fc.oneof(
    { weight: 2, arbitrary: inside.map((value) => (multipleOf === 1 ? value : value - (value % multipleOf))) },
    { weight: 1, arbitrary: fc.constantFrom(...edges) },
  )
}

function textOf(schema: Schema, { ids, name }: Where): Arbitrary<string> {
  const { minLength = 0, maxLength = 200, format, pattern, examples = [] } = schema
  const known = [...ids(name), ...(examples as unknown[]).filter((each) => typeof each === 'string')]
  const likely = known.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...known) }] : []
  const made = byFormat(format as string) ?? byPattern(pattern as string | undefined, { minLength, maxLength })
  return chosen(fc.oneof(...likely, { weight: 2, arbitrary: made }), judge(schema) as Judge<string>, name)
}

function byFormat(format: string | undefined): Arbitrary<string> | undefined {
  switch (format) {
    case 'uuid':
      return fc.uuid()
    case 'date-time':
      return fc.oneof(
        fc
          .date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        fc.constantFrom(...MOMENTS),
      )
    case 'date':
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
    case 'email':
      return fc.oneof(fc.emailAddress(), fc.constantFrom('UPPER@EXAMPLE.ORG', "o'neill@example.org", 'a+b@example.org'))
    case 'uri':
      return fc.webUrl({ validSchemes: ['https'] })
    default:
      return undefined
  }
}

function byPattern(pattern: string | undefined, length: { minLength: number; maxLength: number }): Arbitrary<string> {
  const longest = length.maxLength > 2_000 ? 2_000 : length.maxLength
  const free = fc.oneof(
    {
      weight: 2,
      arbitrary: fc.string({
        ...length,
        maxLength: Math.max(length.minLength, Math.min(longest, 60)),
        unit: 'grapheme',
      }),
    },
    { weight: 1, arbitrary: fc.constantFrom(...AWKWARD) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x'.repeat(length.minLength), 'y'.repeat(longest), 'z'.repeat(Math.min(longest, 40))),
    },
  )
  if (pattern === undefined || /\\p\{|\(\?/.test(pattern)) return free // what matches is chosen from it
  // As long as it has to be: of what matches otherwise, nearly all is too short.
  const most = Math.max(length.minLength, longest - 2)
  return fc.stringMatching(
    new RegExp(length.minLength > 1 ? pattern.replace(']+', `]{${length.minLength},${most}}`) : pattern),
  )
}
