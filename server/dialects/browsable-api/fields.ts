import { Type, type TProperties } from 'typebox'
import { NOT_BLANK } from '#http/wire'
import { invalid } from '#kernel/problem'
import { numberIn, type Name } from './links.ts'

/** A field that is written: what it holds, and what a form says of it. */
export type Field = {
  name: string
  label: string
  kind: 'line' | 'text' | 'moment' | 'link'
  required?: true
  /** Of text, in characters. */
  most?: number
  /** Of a link. */
  to?: Name
}

/** What was sent, by field: text as it is kept, moments in ISO 8601, links as numbers; what was not sent is missing. */
export type Sent = Record<string, string | number | null>

/** What a body may have, for the document; anything is let through, so that all that is wrong is told at once and in words. */
export function bodyOf(fields: readonly Field[]) {
  const says = { line: 'Text.', text: 'Text.', moment: 'A moment; without an offset it is in UTC.', link: 'A link.' }
  const properties = fields.map(({ name, kind, most, to }) => {
    const limit = most ? ` At most ${most} characters.` : ''
    const description = to ? `A link to one of \`${to}\`; null or nothing for none.` : `${says[kind]}${limit}`
    return [name, Type.Optional(Type.Unknown({ description }))]
  })
  return Type.Object(Object.fromEntries(properties) as TProperties, { additionalProperties: true })
}

/** Reads what was sent of these fields, and no others. Refuses all that is wrong with it together; with `partial`, nothing is missing. */
export function readFields(fields: readonly Field[], body: Record<string, unknown>, partial: boolean): Sent {
  const faults: Record<string, string> = {}
  const sent: Sent = {}
  for (const field of fields) {
    const value = Object.hasOwn(body, field.name) ? body[field.name] : undefined
    if (value === undefined) {
      if (field.required && !partial) faults[`/${field.name}`] = 'This field is required.'
      continue
    }
    const read = readOne(field, value)
    if (typeof read === 'object' && read !== null) faults[`/${field.name}`] = read.wrong
    else sent[field.name] = read
  }
  if (Object.keys(faults).length > 0) throw invalid(faults)
  return sent
}

type Wrong = { wrong: string }

function readOne(field: Field, value: unknown): string | number | null | Wrong {
  if (field.kind === 'link') return readLink(field.to!, value)
  if (value === null) return { wrong: 'This field may not be null.' }
  if (typeof value !== 'string' && typeof value !== 'number') return { wrong: 'Not a valid string.' }
  if (field.kind === 'moment') return readMoment(String(value))
  const text = String(value).trim()
  if (field.required && !SEEN.test(text)) return { wrong: 'This field may not be blank.' }
  // Characters as people count them, as the database does.
  if (field.most && [...text].length > field.most)
    return { wrong: `Ensure this field has no more than ${field.most} characters.` }
  return text
}

function readLink(to: Name, value: unknown): number | null | Wrong {
  if (value === null || value === '') return null
  if (typeof value !== 'string')
    return { wrong: `Incorrect type. Expected URL string, received ${typeof value === 'number' ? 'int' : 'object'}.` }
  return numberIn(value, to) ?? { wrong: 'Invalid hyperlink - No URL match.' }
}

const SEEN = new RegExp(NOT_BLANK, 'u')
const MOMENT = /^(?!0000)(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** ISO 8601, or what Python makes of a datetime when it is asked for text. */
function readMoment(text: string): string | Wrong {
  const [, day = '', minute = '', seconds = '', offset = 'Z'] = MOMENT.exec(text.trim()) ?? []
  const [, sign = '', hours = '', minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? []
  const at = new Date(`${day}T${minute}${seconds || ':00'}${sign ? `${sign}${hours}:${minutes}` : 'Z'}`)
  if (isDay(day) && !Number.isNaN(at.getTime())) return at.toISOString()
  return {
    wrong:
      'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
  }
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
