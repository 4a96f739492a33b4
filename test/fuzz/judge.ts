import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { Document, Schema } from './document.ts'

/** Whether a value is what the schema allows. `faults` says what is wrong with the last one. */
export type Judge<T = unknown> = ((value: unknown) => value is T) & { faults?: () => string }

// The package's types describe its default export as a module beside the function that it is.
const addFormats = formats as unknown as (ajv: Ajv) => void
const strict = ajvOf(false)
const textual = ajvOf(true)

function ajvOf(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: true, coerceTypes, validateFormats: true })
  addFormats(ajv)
  ajv.addFormat('binary', true)
  return ajv
}

const judges = new WeakMap<Schema, Judge>()

/** By the schema of a body: nothing is taken for something else. */
export function judge(schema: Schema, document?: Document): Judge {
  const known = judges.get(schema)
  if (known) return known
  const validate = strict.compile(document ? { ...schema, components: document.components } : schema)
  const made: Judge = Object.assign((value: unknown): value is unknown => validate(value), {
    faults: () => strict.errorsText(validate.errors),
  })
  judges.set(schema, made)
  return made
}

/** By the schema of what comes as text: queries, parameters, headers. */
export function judgeText(schema: Schema): Judge<Record<string, unknown>> {
  const validate = textual.compile(schema)
  return (value): value is Record<string, unknown> => validate(structuredClone(value))
}
