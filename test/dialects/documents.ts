// What documents of other systems show: their examples, in the order in which they are written.

export type Request = { method: string; path: string; body?: unknown; isSameBody?: boolean }
export type Example = { at: number } & (
  | { kind: 'python'; code: string }
  | { kind: 'curl'; code: string }
  | ({ kind: 'http'; isLoggedIn?: boolean; status?: number } & Request)
)
type Block = { language: string; code: string; at: number }

const FENCE = /^([ \t]*)```([\w-]*)[ \t]*\n([\s\S]*?)^[ \t]*```[ \t]*$/gm
const HERE = /https?:\/\/(?:localhost|127\.0\.0\.1):(?:8000|port)/
const METHOD = '(GET|POST|PUT|PATCH|DELETE)'

/** Blocks of code, without what they are indented by. */
export function blocksOf(text: string): Block[] {
  return [...text.matchAll(FENCE)].map(({ 1: indent = '', 2: language = '', 3: code = '', index }) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    at: index,
  }))
}

/** Everything that asks the system something, and the kinds of blocks that do not. */
export function examplesOf(text: string): { examples: Example[]; leftOut: string[] } {
  const blocks = blocksOf(text)
  const inBlocks = blocks.map((block) => [block, requestsIn(block)] as const)
  const examples = [
    ...inBlocks.flatMap(([, found]) => found),
    ...sections(text),
    ...rows(text),
    ...addresses(text.replaceAll(FENCE, (block) => ' '.repeat(block.length))),
  ]
  const leftOut = inBlocks.filter(([, found]) => found.length === 0).map(([block]) => kindOf(block))
  return { examples: examples.toSorted((one, other) => one.at - other.at), leftOut }
}

function requestsIn({ language, code, at }: Block): Example[] {
  if (/\brequests\.(get|post|put|patch|delete)\(/.test(code)) return [{ at, kind: 'python', code }]
  if (/^curl /m.test(code)) return [{ at, kind: 'curl', code }]
  if (language === 'json') return []
  const lines = [...code.matchAll(new RegExp(`^${METHOD}:? (?:${HERE.source})?(/.*?)(?: -> .*)?$`, 'gm'))]
  return lines.map(({ 1: method = '', 2: path = '' }) => ({ at, kind: 'http', method, path }))
}

/** A section on one endpoint: what it is, what is sent, and with which status it is answered. */
function sections(text: string): Example[] {
  const endpoint = new RegExp(`\\*\\*Endpoint\\*\\*: \`${METHOD} (\\S+)\`([\\s\\S]*?)(?=^#|(?![\\s\\S]))`, 'gm')
  return [...text.matchAll(endpoint)].map(({ 1: method = '', 2: path = '', 3: rest = '', index }) => {
    const sent = /Request Body[^\n]*\n```json\n([\s\S]*?)```/.exec(rest)?.[1]
    const status = /Success Response\*\* \((\d{3})/.exec(rest)?.[1]
    return {
      at: index,
      kind: 'http',
      method,
      path,
      isLoggedIn: rest.includes('**Authentication**: Required'),
      ...(sent ? { body: JSON.parse(sent) as unknown } : {}),
      isSameBody: rest.includes('Request Body**: Same'),
      ...(status ? { status: Number(status) } : {}),
    }
  })
}

/** A table of endpoints: address, methods, and in its last cell the query or the names of what is sent. */
function rows(text: string): Example[] {
  return [...text.matchAll(/^\| `(\/\S*)` \| ([A-Z, ]+) \|.*?\| ([^|]*?) \|([^|]*)\|$/gm)].flatMap(
    ({ 1: path = '', 2: methods = '', 3: permissions = '', 4: cell = '', index }) =>
      methods.split(', ').map((method) => {
        const query = method === 'GET' ? (/\?[^\s,]*/.exec(cell)?.[0] ?? '') : ''
        const isLoggedIn = permissions !== 'Open'
        return { at: index, kind: 'http' as const, method, path: path + query, isLoggedIn, ...bodyOf(method, cell) }
      }),
  )
}

function bodyOf(method: string, cell: string): { body?: unknown } {
  if (method === 'GET') return {}
  const fields = /\{([^}]*)\}/.exec(cell)?.[1]
  if (fields === undefined) return cell.includes('Body') ? { body: { '<some>': null } } : {}
  const named = [...fields.matchAll(/(?:^|, )(\w+)(?:: (\[[^\]]*\]|"[^"]*"))?(?=,|$)/g)]
  return { body: Object.fromEntries(named.map(([, name, value]) => [name, value ? JSON.parse(value) : '<value>'])) }
}

/** Addresses that one is told to open; not where the server as such is, for that takes a web app that is built. */
function addresses(text: string): Example[] {
  const found = [...text.matchAll(new RegExp(`(?:${METHOD}: )?${HERE.source}(/[^\\s\`)"]+)`, 'g'))]
  return found.map(({ 1: method = 'GET', 2: path = '', index }) => ({ at: index, kind: 'http', method, path }))
}

function kindOf({ language, code }: Block): string {
  const command = /^(?!#)(?:\$ )?([\w-]+)/m.exec(code)?.[1] ?? ''
  if (['bash', 'sh'].includes(language)) return command
  return language || (/^[A-Z_]+=/m.test(code) ? 'env' : command)
}

const DATE = /\b(\d{4})(-\d\d-\d\d)(?=T|\b)|\b(\d\d\.\d\d\.)(\d{4})\b/g

/** Days that have passed, as many years later as it takes. Tells of each. */
export function moveDates(text: string, today: string, tell: (change: string) => void): string {
  return text.replaceAll(DATE, (said, year: string, rest: string, before: string, after: string) => {
    const isoOf = (each: number) => (year ? `${each}${rest}` : `${each}-${before.slice(0, 2)}-${before.slice(3, 5)}`)
    const isDay = (iso: string) => new Date(`${iso}T00:00Z`).toJSON()?.startsWith(iso)
    let then = Number(year ?? after)
    if (!isDay(isoOf(then))) return said
    while (isoOf(then) <= today || !isDay(isoOf(then))) then++
    const moved = year ? isoOf(then) : `${before}${then}`
    if (moved !== said) tell(`${said} → ${moved}`)
    return moved
  })
}
