import type { App } from './app.ts'
import { BadRequest, UnsupportedMediaType } from '#kernel/problem'

const DEEPEST = 32

/** Reads JSON bodies strictly: what two readers could take for two things, or the database would choke on, is a 400. */
export function readJsonStrictly(app: App): void {
  app.addHook('onRequest', (req, _reply, done) => {
    done(req.url.includes('%00') ? BadRequest('An address may not contain NUL.') : undefined) // no text in the database can
  })
  app.removeAllContentTypeParsers()
  // Fastify puts parameters into quotes before it compares.
  app.addContentTypeParser(/^application\/json(;\s*charset="?utf-8"?)?$/i, { parseAs: 'string' }, (req, body, done) => {
    try {
      if (!/^(identity)?$/i.test(req.headers['content-encoding'] ?? ''))
        throw UnsupportedMediaType('Send application/json in UTF-8, not compressed.')
      done(null, parseStrictly(body as string))
    } catch (error) {
      done(error as Error)
    }
  })
}

/** Parses JSON and refuses broken, too deep, doubled keys, `__proto__`, NUL and lone surrogates. */
export function parseStrictly(text: string): unknown {
  if (text.trim() === '') return undefined
  let value: unknown
  try {
    checkShape(text)
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw BadRequest('The body is not valid JSON.')
    throw error
  }
  // Escapes are the only way in for both: a lone surrogate cannot be sent as UTF-8, and a raw NUL is not valid JSON.
  if (
    /\\u(0000|d[89a-f])/i.test(text) &&
    !everyString(value, (string) => string.isWellFormed() && !string.includes('\0'))
  ) {
    throw BadRequest('Text may not contain NUL or half of a surrogate pair.')
  }
  return value
}

/** One pass over the text before anything is built from it: depth, doubled keys and the key that would be a prototype. */
function checkShape(text: string): void {
  const open: (Set<string> | null)[] = [] // the keys of each open object; null for an array
  let keyExpected = false
  for (let at = 0; at < text.length; at++) {
    const c = text[at]
    if (c === '{' || c === '[') {
      if (open.length === DEEPEST) throw BadRequest(`The body is nested deeper than ${DEEPEST} levels.`)
      open.push(c === '{' ? new Set() : null)
      keyExpected = c === '{'
    } else if (c === '}' || c === ']') {
      open.pop()
      keyExpected = false
    } else if (c === ',') {
      keyExpected = open.at(-1) instanceof Set
    } else if (c === '"') {
      const end = endOfString(text, at)
      if (keyExpected) {
        const written = text.slice(at + 1, end)
        const key = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written
        const keys = open.at(-1)!
        if (keys.has(key)) throw BadRequest(`The key ${JSON.stringify(key)} is there twice.`)
        if (key === '__proto__') throw BadRequest('The key "__proto__" is not accepted.')
        keys.add(key)
        keyExpected = false
      }
      at = end
    }
  }
}

function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return at
  }
  throw new SyntaxError('unterminated string')
}

function everyString(value: unknown, good: (string: string) => boolean): boolean {
  if (typeof value === 'string') return good(value)
  if (value === null || typeof value !== 'object') return true
  return Object.entries(value).every(([key, inner]) => good(key) && everyString(inner, good))
}
