import { Type } from 'typebox'
import { NOT_BLANK } from '#http/wire'
import { invalid } from '#kernel/problem'

// What all of its routes share: how moments and numbers are written, and what has to be there.

/** Fields that nobody knows here are not looked at. */
export const Anything = { additionalProperties: true }
export const Detail = Type.Object({ detail: Type.String() })
export const One = Type.Object({ id: Type.String({ maxLength: 40, description: 'The number; a UUID does, too.' }) })
export const Moment = Type.String({ examples: ['2027-06-15T09:00:00Z'] })
export const NullableNumber = Type.Union([Type.Integer(), Type.Null()])
const MOST = 1e15 // what the database has room for, and more than there is of anything
export const Int = Type.Integer({ minimum: -MOST, maximum: MOST })
/** As a form has it, too. */
export const Whole = Type.Union([Int, Type.String({ pattern: '^\\s*\\d{0,15}\\s*$' })])
export const Words = (max: number) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))

/** A moment as it is written there: without fractions where there are none. */
export function moment(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z')
}

const MOMENT =
  /^(?!0000)(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)(Z|[+-](?:0\d|1[0-5]):?[0-5]\d)?)?$/i

/** Reads one; without an offset it is in UTC, and a day is its beginning. Refuses anything else at that field. */
export function readMoment(field: string, text: string): string {
  const [, day, time = '00:00', offset = 'Z'] = MOMENT.exec(text.trim()) ?? []
  if (!day || !isDay(day))
    throw invalid({
      [`/${field}`]:
        'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
    })
  const spelled = offset.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2').toUpperCase()
  return new Date(`${day}T${time}${spelled}`).toISOString()
}

/** The beginning of a day in UTC, and so many days after it. Refuses what is none. */
export function readDay(field: string, text: string, later = 0): string {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text) || !isDay(text)) throw invalid({ [`/${field}`]: 'Enter a valid date.' })
  return new Date(Date.parse(`${text}T00:00:00Z`) + later * 86_400_000).toISOString()
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Refuses what is missing, null or blank of these, all at once. */
export function demandFields<F extends string, B extends { [N in F]?: unknown }>(
  body: B,
  ...fields: F[]
): asserts body is B & { [N in F]: NonNullable<B[N]> } {
  const faults: Record<string, string> = {}
  for (const field of fields) {
    const value = body[field]
    if (value === undefined) faults[`/${field}`] = 'This field is required.'
    else if (value === null) faults[`/${field}`] = 'This field may not be null.'
    else if (isBlank(value)) faults[`/${field}`] = 'This field may not be blank.'
  }
  if (Object.keys(faults).length > 0) throw invalid(faults)
}

const SEEN = new RegExp(NOT_BLANK, 'u')

/** Whether it is text of which nothing is to be seen. */
export function isBlank(value: unknown): boolean {
  return typeof value === 'string' && !SEEN.test(value)
}

/** `true` and `false` as addresses and forms have them; undefined for anything else. */
export function readYes(text: string | boolean | undefined): boolean | undefined {
  if (typeof text === 'boolean') return text
  return { true: true, '1': true, false: false, '0': false }[text?.toLowerCase() ?? '']
}
