import { Type, type TProperties, type TSchema } from 'typebox'

// The vocabulary of our schemas: what goes over the wire, in or out.

/** An object that has these fields and no others. */
export const Fields = <P extends TProperties>(properties: P, options: { description?: string; title?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** Something that can be seen: not only spaces, controls and what is drawn as nothing, like Braille without dots. */
export const NOT_BLANK = '[^\\s\\p{Cc}\\p{Default_Ignorable_Code_Point}\\u2800]'

/** A string of one line or many, at most `max` characters, not blank when `min` is 1. */
export const Text = (max: number, options: { min?: number; description?: string; examples?: string[] } = {}) => {
  const { min = 0, ...rest } = options
  return Type.String({ maxLength: max, ...(min > 0 ? { minLength: min, pattern: NOT_BLANK } : {}), ...rest })
}

/** An id in the one spelling that we give it out in, so that two can be compared as they are. */
export const Uuid = Type.String({
  format: 'uuid',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
})
export const Email = Type.String({ format: 'email', maxLength: 254 })

/** A moment with its offset; answers are in UTC with milliseconds. */
export const Instant = Type.String({
  format: 'date-time',
  // Narrower than the format: what JavaScript and PostgreSQL read alike. No leap seconds, no year 0, offsets in full.
  pattern: '^(?!0000)\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?([Zz]|[+-](0\\d|1[0-5]):[0-5]\\d)$',
  maxLength: 40,
  examples: ['2027-03-20T18:00:00.000Z'],
})

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One of a few words. */
export const OneOf = <const W extends readonly string[]>(
  words: W,
  options: { default?: W[number]; description?: string } = {},
) => Type.Unsafe<W[number]>({ type: 'string', enum: [...words], ...options })

/** A page of a list. */
export const PageOf = <T extends TSchema, P extends TProperties>(item: T, more: P = {} as P) =>
  Fields({ items: Type.Array(item), nextCursor: Nullable(Type.String()), ...more })

/** The two parameters of every list. */
export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: '`nextCursor` of the page before.' })),
}

/** A row's moment as the wire has it. */
export function instant(date: Date): string {
  return date.toISOString()
}

/** The same for a moment that may not have come. */
export function instantOrNull(date: Date | null): string | null {
  return date ? date.toISOString() : null
}
