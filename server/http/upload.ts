import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { BadRequest, invalid, Refusal, TooLarge, Unavailable, UnsupportedMediaType } from '#kernel/problem'
import { takeTurns } from '#kernel/turns'
import type { App } from './app.ts'

const MOST_BYTES = 10 * 1024 * 1024
const MOST_AROUND = 64 * 1024 // boundaries, headers and a few words beside the file
/** What is being read lies in memory until it is judged: so many files at once, whoever sends them. */
const AT_ONCE = 8
/** Of one account one at a time, so that slow senders hold up themselves; a few more wait for their turn. */
const IN_LINE = 4

/** Lets the routes of this scope read forms, beside JSON. Elsewhere a form stays a kind of content that is not read. */
export async function readForms(app: App): Promise<void> {
  await app.register(multipart, {
    limits: {
      fileSize: MOST_BYTES,
      files: 1,
      fields: 1,
      parts: 2,
      fieldSize: 4 * 1024,
      fieldNameSize: 64,
      headerPairs: 16,
    },
    throwFileSizeLimit: true,
  })
}

/** What came: the file's bytes, and the words if there were any. */
type Form<F extends string, T extends string> = Record<F, Buffer> & Partial<Record<T, string>>

let reading = 0
type Turns = { take: ReturnType<typeof takeTurns>; wanted: number }
const turns = new Map<string, Turns>()
const tooMany = () => Unavailable('Too many files are being sent at this moment.', { retryAfter: 5 })

/** One after the other of those that one account sends. */
async function inTurn<T>(req: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const { actor } = req.ctx
  const sender = actor.kind === 'account' ? actor.id : req.ip
  const theirs = turns.get(sender) ?? {
    take: takeTurns({ atOnce: 1, inLine: IN_LINE, refusal: tooMany }),
    wanted: 0,
  }
  turns.set(sender, theirs)
  theirs.wanted++
  try {
    return await theirs.take(work)
  } finally {
    if (--theirs.wanted === 0) turns.delete(sender)
  }
}

/**
 * Reads a form with one file and at most one text field. What the sender says of the file, its name and kind, is not
 * even handed on. Throws UnsupportedMediaType, TooLarge, BadRequest, Invalid, and Unavailable when too many are sent at once.
 */
export async function readUpload<F extends string, T extends string = never>(
  req: FastifyRequest,
  names: { file: F; text?: T; longest?: number },
): Promise<Form<F, T>> {
  if (!req.isMultipart()) throw UnsupportedMediaType(`Send multipart/form-data with the file as "${names.file}".`)
  if (!/^(identity)?$/i.test(req.headers['content-encoding'] ?? ''))
    throw UnsupportedMediaType('Send the form as it is, not compressed.')
  if (Number(req.headers['content-length'] ?? 0) > MOST_BYTES + MOST_AROUND) throw TooLarge('At most 10 MB.')
  return inTurn(req, async () => {
    if (reading === AT_ONCE) throw tooMany()
    reading++
    try {
      return await readParts(req, names)
    } catch (error) {
      throw refusalOf(error)
    } finally {
      reading--
    }
  })
}

async function readParts<F extends string, T extends string>(
  req: FastifyRequest,
  names: { file: F; text?: T; longest?: number },
): Promise<Form<F, T>> {
  let file: Buffer | undefined
  let text: string | undefined
  const faults: Record<string, string> = {}
  for await (const part of req.parts()) {
    const bytes = part.type === 'file' ? await part.toBuffer() : undefined // read to its end, or nothing behind it comes
    if (bytes && part.fieldname === names.file) file = bytes
    else if (part.type === 'field' && part.fieldname === names.text) text = wordsOf(part, names.longest ?? 300, faults)
    else if ([names.file, names.text].includes(part.fieldname as F))
      faults[`/${part.fieldname}`] = bytes ? 'This is text, not a file.' : 'This has to be a file.'
    else faults[`/${part.fieldname.replaceAll('~', '~0').replaceAll('/', '~1')}`] = 'This field is not known here.'
  }
  if (!file) faults[`/${names.file}`] ??= 'This field is required.'
  else if (file.length === 0) faults[`/${names.file}`] = 'The file is empty.'
  if (Object.keys(faults).length > 0) throw invalid(faults)
  return { [names.file]: file, ...(text === undefined ? {} : { [names.text!]: text }) } as unknown as Form<F, T>
}

type Words = { fieldname: string; value: unknown; valueTruncated: boolean; fieldnameTruncated: boolean }

function wordsOf(field: Words, longest: number, faults: Record<string, string>): string | undefined {
  const { value } = field
  if (typeof value !== 'string') faults[`/${field.fieldname}`] = 'This is text.'
  else if (field.valueTruncated || [...value].length > longest)
    faults[`/${field.fieldname}`] = `At most ${longest} characters.`
  else if (value.includes('\0')) throw BadRequest('Text may not contain NUL.')
  else return value
  return undefined
}

/** Whatever the reader of forms stumbles over is the sender's doing. */
function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_REQ_FILE_TOO_LARGE') return TooLarge('At most 10 MB.')
  if (statusCode === 413) return TooLarge('One file at a time, with nothing else but what describes it.')
  return BadRequest('The form could not be read.')
}
