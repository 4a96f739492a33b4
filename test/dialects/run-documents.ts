import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PYTHON, run } from './demo-server.ts'
import { examplesOf, moveDates, type Example, type Request } from './documents.ts'

export type Ran = {
  document: string
  example: number
  request: string
  status: number
  said: number | undefined
  text: string
}
export type Report = { ran: Ran[]; changes: string[]; leftOut: string[] }
type Http = Extract<Example, { kind: 'http' }>
type Json = Record<string, any>

const DAY = 86_400_000
const later = (days: number) => new Date(Date.now() + days * DAY).toISOString()
const today = () => later(0).slice(0, 10)

/** What is sent where a document only names the field. */
const VALUES = (): Json => ({
  username: 'booker',
  email: 'booker@example.com',
  password: 'SecurePass123!',
  is_organizer: true,
  title: 'Evening of short talks',
  description: 'Six talks of ten minutes',
  location: 'Ballroom',
  start_time: later(3),
  end_time: later(3.1),
  date: later(3).slice(0, 10),
  popularity: 3,
  max_attendees: 30,
  category_id: 1,
  rating: 5,
  comment: 'Well worth the way',
  bio: 'Comes to everything',
  profile_picture: '',
})

/** Runs the examples of one document in their order; later ones find in earlier answers what they have a placeholder for. */
export async function runDocument(document: string, text: string, home: string): Promise<Report> {
  const report: Report = { ran: [], changes: [], leftOut: [] }
  const { examples, leftOut } = examplesOf(text)
  report.leftOut = leftOut
  const tell = (change: string) => void report.changes.push(`${document}: ${change}`)
  const known = new Known(home, tell)

  const pieces = examples
    .filter(({ kind }) => kind === 'python')
    .map((piece) => at(home, (piece as { code: string }).code, tell))
  const python = pieces.length > 0 ? await runPython(pieces) : []
  let piece = 0
  for (const [index, example] of examples.entries()) {
    const add = (request: string, status: number, answer = '', said?: number) =>
      report.ran.push({ document, example: index + 1, request, status, said, text: answer })
    if (example.kind === 'python') {
      const made = python.filter((each) => each.piece === piece)
      piece++
      for (const { method, url, status } of made) add(`${method} ${url}`, status)
      if (made.length === 0) add('Python that asked nothing', 0, String(python.at(-1)?.text))
    } else if (example.kind === 'curl') {
      const code = known.inText(moveDates(at(home, example.code, tell), today(), tell))
      const { method, url, status, answer } = await runCurl(code)
      add(`${method} ${url}`, status, answer)
      known.learn(url, undefined, answer)
    } else {
      const request = await known.complete(example)
      const { status, answer } = await known.ask(request, example.isLoggedIn)
      add(`${request.method} ${request.path}`, status, answer, example.status)
    }
  }
  return report
}

/** The same program at another port, where the usual one is taken. */
function at(home: string, code: string, tell: (change: string) => void): string {
  const { port } = new URL(home)
  if (port === '8000') return code
  return code.replaceAll(/(localhost|127\.0\.0\.1):8000/g, (said, host: string) => {
    tell(`${said} → ${host}:${port}`)
    return `${host}:${port}`
  })
}

async function runPython(pieces: string[]) {
  const { code, stderr } = await run(PYTHON, ['test/dialects/run-examples.py'], {}, JSON.stringify(pieces))
  const lines = stderr.trim().split('\n')
  const made = lines
    .filter((line) => line.startsWith('{"piece"'))
    .map((line) => ({ ...(JSON.parse(line) as Json), text: '' }))
  const failed = code === 0 ? [] : [{ piece: -1, method: 'Python', url: '', status: 0, text: stderr }]
  return [...made, ...failed] as { piece: number; method: string; url: string; status: number; text: string }[]
}

/** As it is in a shell, with a curl that also tells what it asked and what came. */
async function runCurl(code: string) {
  const folder = await mkdtemp(join(tmpdir(), 'turnout-curl-'))
  try {
    const curl = join(folder, 'curl')
    await writeFile(
      curl,
      `#!/bin/sh\nexec "$(PATH="$PATH_BEFORE" command -v curl)" -sS -w '%{stderr}%{method} %{url} %{http_code}\\n' "$@"\n`,
    )
    await chmod(curl, 0o755)
    const env = { PATH: `${folder}:${process.env.PATH}`, PATH_BEFORE: process.env.PATH ?? '' }
    const { stdout, stderr } = await run('bash', ['-c', code], env)
    const [, method = 'curl', url = '', status = '0'] = /^(\S+) (\S+) (\d{3})$/m.exec(stderr) ?? []
    return { method, url, status: Number(status), answer: stdout || stderr }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What answers have told so far, and placeholders filled with it. */
class Known {
  #home: string
  #tell: (change: string) => void
  #me: Json = {}
  #tokens: Json = {}
  #event: string | number | undefined
  #elsewhere: string | undefined
  #lastMade: unknown

  constructor(home: string, tell: (change: string) => void) {
    this.#home = home
    this.#tell = tell
  }

  inText(code: string): string {
    const values: Json = {
      '<event_id>': this.#event,
      '<your-access-token>': this.#tokens.access,
      '<your-refresh-token>': this.#tokens.refresh,
    }
    return Object.entries(values).reduce((text, [name, value]) => {
      if (!text.includes(name)) return text
      this.#tell(`${name} is filled in`)
      return text.replaceAll(name, String(value))
    }, code)
  }

  async complete({ method, path, body, isSameBody, isLoggedIn }: Http): Promise<Request> {
    const sent = this.#bodyOf(method, path, isSameBody ? this.#lastMade : body)
    if (/\{id\}|<id>/.test(path)) {
      if (path.endsWith('/reviews/') && method === 'POST') await this.#haveBeenSomewhere(isLoggedIn)
      if (this.#event === undefined)
        await this.ask({ method: 'POST', path: '/api/events/', body: this.#lastMade }, true)
    }
    const filled = path
      .replace(/\{id\}|<id>/, String(this.#event))
      .replace('<ext_id>', String(this.#elsewhere))
      .replaceAll('YYYY-MM-DD', later(30).slice(0, 10))
    if (filled !== path) this.#tell(`${method} ${path}: the placeholders are filled in`)
    return { method, path: filled, body: sent }
  }

  #bodyOf(method: string, path: string, body: unknown): unknown {
    if (/^\/events\b/.test(path) && ['POST', 'PUT'].includes(method)) {
      this.#tell(`${method} ${path}: no body is shown, so one is made`)
      const { title, date, location, popularity } = VALUES()
      return { title, date, location, popularity }
    }
    if (body === undefined) return undefined
    const moved = JSON.parse(moveDates(JSON.stringify(body), today(), this.#tell)) as Json
    const fill = (name: string, value: unknown) => {
      if (moved[name] === value) return
      this.#tell(`${method} ${path}: ${name} is filled in`)
      moved[name] = value
    }
    if ('<some>' in moved) {
      delete moved['<some>']
      fill('title', VALUES().title)
    }
    for (const [name, value] of Object.entries(moved)) if (value === '<value>') fill(name, VALUES()[name])
    if (path.endsWith('/login/')) for (const name of ['username', 'password']) fill(name, this.#me[name])
    if ('old_password' in moved) fill('old_password', this.#me.password)
    if ('refresh' in moved) fill('refresh', this.#tokens.refresh)
    return moved
  }

  /** One reviews what is over, so there is an event of a moment, to which one goes. */
  async #haveBeenSomewhere(isLoggedIn = false): Promise<void> {
    const [start_time, end_time] = [6, 7].map((seconds) => new Date(Date.now() + seconds * 1_000).toISOString())
    const body = { ...(this.#lastMade as object), start_time, end_time }
    this.#tell('reviews: the event is one that is over')
    await this.ask({ method: 'POST', path: '/api/events/', body }, isLoggedIn)
    await this.ask({ method: 'POST', path: `/api/events/${this.#event}/rsvp/`, body: { status: 'going' } }, isLoggedIn)
    await new Promise((resolve) => setTimeout(resolve, 8_000))
  }

  async ask({ method, path, body }: Request, isLoggedIn = false): Promise<{ status: number; answer: string }> {
    const headers: Record<string, string> = {}
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (isLoggedIn) headers.authorization = `Bearer ${this.#tokens.access}`
    const answer = await fetch(this.#home + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await answer.text()
    if (answer.ok) await this.#remember(method, path, body, text)
    return { status: answer.status, answer: text }
  }

  async #remember(method: string, path: string, body: unknown, text: string): Promise<void> {
    const sent = body as Json | undefined
    if (path.endsWith('/register/') && sent?.password) this.#me = { username: sent.username, password: sent.password }
    if (path.endsWith('/profile/update/')) this.#me.username = sent?.username
    if (method === 'DELETE') this.#event = undefined
    this.learn(path, method === 'POST' ? body : undefined, text)
    if (sent?.new_password) {
      this.#me.password = sent.new_password // and every token ends with the old one
      await this.ask({ method: 'POST', path: '/api/auth/login/', body: this.#me })
    }
  }

  learn(path: string, sent: unknown, text: string): void {
    const answer = parsed(text)
    if (answer.access) this.#tokens = { ...this.#tokens, ...answer }
    if (path.endsWith('/api/events/')) {
      const id = (answer.data?.id ?? answer.id) as number | undefined
      if (id !== undefined) this.#event = id
      if (id !== undefined && sent) this.#lastMade = sent
    }
    if (path.includes('external-events')) this.#elsewhere ??= answer.results?.[0]?.id as string | undefined
  }
}

function parsed(text: string): Json {
  try {
    return (JSON.parse(text) as Json | null) ?? {}
  } catch {
    return {}
  }
}
