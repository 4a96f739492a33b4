import { judge, judgeText } from './judge.ts'
import type { Document } from './document.ts'
import type { Answer, Draft, Request, Target } from './target.ts'

// A small server that does what its document says, and with one bug of each sort what no server should: what the
// exploration has to find, or it finds nothing.

export const BUGS = {
  'F1 falls over a character': 'F1',
  'F2 answers a status that is not documented': 'F2',
  'F2 answers a field that is not documented': 'F2',
  'F2 answers another kind of content': 'F2',
  'F2 refuses without WWW-Authenticate': 'F2',
  'F4 takes fields that it does not know': 'F4',
  'F4 does not say where the fault is': 'F4',
  'F4 takes a limit that is too large': 'F4',
  'F5 writes before it refuses': 'F5',
  'F6 counts who reads': 'F6',
  'F6 does not know HEAD': 'F6',
  'F7 takes any token': 'F7',
  'F7 takes no token': 'F7',
  'F13 answers too much': 'F13',
  'F14 tells where it fell over': 'F14',
  'F14 tells what the database said': 'F14',
  'F14 tells a secret': 'F14',
  'F15 does what another method says': 'F15',
  'F16 has a route that is not documented': 'F16',
  'F16 documents a route that there is not': 'F16',
  'F17 is never right': 'F17',
} as const

export type Bug = keyof typeof BUGS

const problem = {
  description: 'No.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}
const Note = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'stars'],
  properties: { id: { type: 'string', format: 'uuid' }, title: { type: 'string' }, stars: { type: 'integer' } },
}
const NewNote = {
  type: 'object',
  additionalProperties: false,
  required: ['title'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 20 },
    stars: { type: 'integer', minimum: 1, maximum: 5 },
  },
}
const Query = {
  type: 'object',
  additionalProperties: false,
  properties: { limit: { type: 'integer', minimum: 1, maximum: 100 } },
}
const json = (schema: object) => ({ description: 'Yes.', content: { 'application/json': { schema } } })
const one = [{ name: 'noteId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }]
const refuses = (...statuses: number[]) => Object.fromEntries(statuses.map((status) => [status, problem]))
const takes = { content: { 'application/json': { schema: NewNote } }, required: true }
const security = [{ token: [] }]

const DOCUMENT: Document = {
  paths: {
    '/notes': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: Query.properties.limit }],
        responses: {
          200: json({
            type: 'object',
            additionalProperties: false,
            required: ['items'],
            properties: { items: { type: 'array', items: Note } },
          }),
          ...refuses(401, 422),
        },
      },
      post: { security, requestBody: takes, responses: { 201: json(Note), ...refuses(400, 401, 409, 413, 415, 422) } },
    },
    '/notes/{noteId}': {
      get: { parameters: one, responses: { 200: json(Note), ...refuses(401, 404, 422) } },
      put: {
        security,
        parameters: one,
        requestBody: takes,
        responses: { 200: json(Note), ...refuses(400, 401, 404, 409, 413, 415, 422) },
      },
      delete: { security, parameters: one, responses: { 204: { description: 'Gone.' }, ...refuses(401, 404, 422) } },
    },
  },
  components: {
    schemas: {
      Problem: {
        type: 'object',
        required: ['status'],
        properties: {
          status: { type: 'integer' },
          errors: { type: 'array', items: { type: 'object', required: ['pointer'] } },
        },
      },
    },
  },
}

const ID = '01900000-0000-7000-8000-000000000001'
const RIGHT = { authorization: 'Bearer right' }

type Note = { id: string; title: string; stars: number }

/** The server, with the bug. */
export function notes(bug?: Bug): Target {
  const has = (name: Bug) => name === bug
  let kept: Map<string, Note>
  let made = 1
  const restore = async () => {
    kept = new Map([[ID, { id: ID, title: 'first', stars: 3 }]])
  }
  void restore()

  const answer = (
    status: number,
    value?: unknown,
    type = status < 400 ? 'application/json' : 'application/problem+json',
  ): Answer => {
    const body = value === undefined ? '' : JSON.stringify(value)
    const challenge =
      status === 401 && !has('F2 refuses without WWW-Authenticate') ? { 'www-authenticate': 'Bearer' } : {}
    return { status, body, bytes: Buffer.byteLength(body), headers: { 'content-type': type, ...challenge } }
  }
  const refuse = (status: number, more: object = {}) => answer(status, { status, ...more })
  const invalid = (pointer: string) =>
    refuse(422, { errors: [{ pointer: has('F4 does not say where the fault is') ? '/somewhere' : pointer }] })

  function serve({ method, url, headers, payload }: Request): Answer {
    const { pathname, searchParams } = new URL(url, 'http://notes.example')
    const id = /^\/notes\/([^/]+)$/.exec(pathname)?.[1]
    if (pathname !== '/notes' && id === undefined) return refuse(404)
    const methods = id === undefined ? ['GET', 'POST'] : ['GET', 'PUT', 'DELETE']
    if (!methods.includes(method)) {
      if (has('F15 does what another method says')) kept.delete(ID)
      return { ...refuse(405), headers: { allow: methods.join(', '), 'content-type': 'application/problem+json' } }
    }
    const token = headers.authorization
    if (token !== undefined && token !== RIGHT.authorization && !has('F7 takes any token')) return refuse(401)
    if (token === undefined && method !== 'GET' && !has('F7 takes no token')) return refuse(401)
    if (id !== undefined && !judge(one[0]!.schema)(id)) return invalid('/params/noteId')

    if (method === 'GET') {
      if (has('F6 counts who reads')) made++
      if (id === undefined) return list(Object.fromEntries(searchParams))
      const note = kept.get(id)
      if (note) return answer(200, note, has('F2 answers another kind of content') ? 'text/plain' : undefined)
      if (has('F14 tells where it fell over'))
        return refuse(404, { detail: 'Error: x\n    at find (/srv/app/notes.ts:12:3)' })
      if (has('F14 tells what the database said')) return refuse(404, { detail: 'duplicate key value of notes' })
      return refuse(404, has('F14 tells a secret') ? { detail: 'the second note is canary' } : {})
    }
    if (method === 'DELETE') return kept.delete(id!) ? answer(204) : refuse(404)
    return write(id, headers, String(payload ?? ''))
  }

  function list(query: Record<string, string>): Answer {
    const tooMuch = has('F4 takes a limit that is too large') && Number(query.limit) > 100
    if (!tooMuch && !judgeText(Query)(query))
      return invalid(`/query/${'limit' in query ? 'limit' : Object.keys(query)[0]}`)
    const items = [...kept.values()]
    return answer(200, { items: has('F13 answers too much') ? Array(30_000).fill(items[0]) : items })
  }

  function write(id: string | undefined, headers: Record<string, string>, text: string): Answer {
    if (!/^application\/json$/.test(headers['content-type'] ?? '') || headers['content-encoding']) return refuse(415)
    if (text.length > 1_000_000) return refuse(413)
    let body: Record<string, unknown>
    try {
      body = JSON.parse(text) as Record<string, unknown>
    } catch {
      return refuse(400)
    }
    if (/__proto__|\\u0000|\\ud800|"title":1,"title":2/.test(text) || text.startsWith('[[')) return refuse(400)
    if (has('F4 takes fields that it does not know') && typeof body === 'object')
      body = Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(NewNote.properties, name)))
    if (has('F5 writes before it refuses')) kept.set('refused', { id: 'refused', title: text, stars: 1 })
    if (!judge(NewNote)(body)) return invalid(placeOf(body))
    if (id !== undefined && !kept.has(id)) return refuse(404)
    const { title, stars = 3 } = body as { title: string; stars?: number }
    if (has('F1 falls over a character') && title.includes('%')) return refuse(500)
    if (has('F2 answers a status that is not documented') && stars === 5) return refuse(418)
    if (has('F17 is never right')) return refuse(409)
    const note = { id: id ?? `01900000-0000-7000-8000-${String(++made).padStart(12, '0')}`, title, stars }
    kept.delete('refused')
    kept.set(note.id, note)
    const more = has('F2 answers a field that is not documented') ? { owner: 1 } : {}
    return answer(id === undefined ? 201 : 200, { ...note, ...more })
  }

  function placeOf(body: Record<string, unknown>): string {
    if (typeof body !== 'object' || Array.isArray(body)) return ''
    const unknown = Object.keys(body).find((name) => !Object.hasOwn(NewNote.properties, name))
    if (unknown !== undefined) return `/${unknown}`
    return judge(NewNote)({ ...body, title: 'right' }) ? '/title' : '/stars'
  }

  const routes = operations().filter(
    (route) => !has('F16 documents a route that there is not') || route !== 'DELETE /notes/{noteId}',
  )
  if (has('F16 has a route that is not documented')) routes.push('GET /debug')
  return {
    document: DOCUMENT,
    routes,
    async ask(request) {
      if (request.method !== 'HEAD' || has('F6 does not know HEAD')) return serve(request)
      return { ...serve({ ...request, method: 'GET' }), body: '', bytes: 0 }
    },
    sum: async () => JSON.stringify([[...kept.values()], has('F6 counts who reads') ? made : 0]),
    restore,
    recipes: async ({ body, method, path }): Promise<Draft[]> => [
      {
        params: path.includes('{') ? { noteId: ID } : {},
        query: {},
        headers: method === 'GET' ? {} : RIGHT,
        ...(body ? { body: { title: 'second', stars: 2 } } : {}),
      },
    ],
    others: [{}],
    ids: (name) => (name === 'noteId' ? [ID] : []),
    secrets: ['canary'],
  }

  function operations(): string[] {
    return Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
  }
}
