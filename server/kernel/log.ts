import { pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from '#config'

const SECRETS = new Set([
  'password',
  'oldPassword',
  'newPassword',
  'accessToken',
  'refreshToken',
  'token',
  'authorization',
  'cookie',
  'secret',
  'secretKey',
  'set-cookie',
  'currentPassword',
  'challenge',
  'apiKey',
  'key',
  'uri',
  'qrCode',
  'recoveryCodes',
  'clientSecret',
  'client_secret',
  'verifier',
  'code_verifier',
  'access_token',
  'refresh_token',
  'id_token',
  'detail', // of a database error: it quotes the row
])
const DEEPEST = 4
const FLUSH_MS = 200
const BLOCK = 16_000

/** The structured log: JSON lines with secrets taken out by name and by form, at any depth we log at. */
export function openLog(config: Pick<Config, 'logLevel' | 'mode'>): Logger {
  return pino(
    {
      level: config.logLevel,
      serializers: { err: (error: Error) => withoutSecretFields(pino.stdSerializers.err(error), DEEPEST) },
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (level) => ({ level }),
        log: (line) => withoutSecretFields(line, DEEPEST) as Record<string, unknown>,
      },
    },
    inBlocks(pino.destination({ dest: 1, sync: true })),
  )
}

/** What every log of this process still has to write when it ends. */
const open: (() => void)[] = []

/**
 * Gathers lines and writes them together: a write for each costs more than all the rest of an answer from memory.
 * `flush` at the end loses none; who is killed loses a fifth of a second.
 */
function inBlocks(destination: {
  write(text: string): unknown
}): DestinationStream & { flush(done?: () => void): void } {
  let lines: string[] = []
  let length = 0
  const flush = (done?: () => void) => {
    if (length > 0) destination.write(lines.join(''))
    lines = []
    length = 0
    done?.()
  }
  setInterval(() => flush(), FLUSH_MS).unref()
  if (open.length === 0) process.once('exit', () => open.forEach((each) => each())) // the writes are synchronous
  open.push(flush)
  return {
    write(line) {
      lines.push(line)
      length += line.length
      if (length >= BLOCK) flush()
    },
    flush,
  }
}

// An address that needs neither quoting nor hiding: most do not. What might be one of the FORMS below is looked at there.
const PLAIN = /^(?!.*(?:\/guest-links\/|\/r\/|\/calendars\/mine\/|\/verify\/|\/reset\/|\.[\w-]{43}|tk_|eyJ))[\w/.~-]*$/

// What lets somebody in, known by its form wherever it stands: our API keys, JWTs, and what links and cookies hold
// behind a dot, which is a signature of ours; a database's address with its password.
const FORMS =
  /\btk_[\w-]{20,100}|\beyJ[\w-]{1,4000}\.[\w-]{1,4000}\.[\w-]{0,4000}|\b[\w-]{20,200}\.[\w-]{43}(?![\w-])|(?<=:\/\/[^\s:/@]{0,100}:)[^\s/@]{1,500}(?=@)/g

const PLAIN_IP = /^[\da-f.:]+$/i

let lastTime = 0
let lastText = ''
function isoNow(): string {
  const time = Date.now()
  if (time !== lastTime) lastText = new Date((lastTime = time)).toISOString()
  return lastText
}

type Answered = { reqId: string; method: string; url: string; status: number; ms: number; from: string }

/** One line for an answer, put together by hand: it is written for every request, and pino's general way is dearer. */
export function logAnswer(log: Logger, { reqId, method, url, status, ms, from }: Answered): void {
  if (!log.isLevelEnabled('info')) return
  const stream = (log as unknown as Record<symbol, DestinationStream>)[pino.symbols.streamSym]!
  const shown = PLAIN.test(url) ? `"${url}"` : JSON.stringify(withoutSecrets(url))
  stream.write(
    `{"level":"info","time":"${isoNow()}","reqId":"${reqId}","method":"${method}","url":${shown},"status":${status},"ms":${ms.toFixed(1)},"from":${PLAIN_IP.test(from) ? `"${from}"` : JSON.stringify(from)},"msg":"answered"}\n`,
  )
}

/** The log of one request: made only when somebody writes to it, because most requests write nothing. */
export function logOf(log: Logger, bindings: Record<string, unknown>): Logger {
  let made: Logger | undefined
  return new Proxy(log, {
    get: (_log, name) => Reflect.get((made ??= log.child(bindings)), name) as unknown,
  })
}

/** The same value while there is nothing to hide in it, otherwise a copy: most lines are flat and are only looked at. */
function withoutSecretFields(value: unknown, deep: number): unknown {
  if (typeof value === 'string') return value.length < 24 ? value : value.replace(FORMS, '[redacted]')
  if (typeof value !== 'object' || value === null || value instanceof Error || deep === 0) return value
  let copy: Record<string, unknown> | undefined
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key]
    const shown = SECRETS.has(key) ? '[redacted]' : withoutSecretFields(inner, deep - 1)
    if (shown !== inner) (copy ??= { ...value })[key] = shown
  }
  return copy ?? value
}

/** An address as it may stand in a log: links that let people in show no more than where they lead. */
export function withoutSecrets(url: string): string {
  return url
    .replace(/(\/guest-links\/|\/r\/|\/calendars\/mine\/|\/verify\/|\/reset\/)[^/?]+/, '$1[redacted]')
    .replace(/([?&]([^=&]*)=)[^&]+/g, (all, name: string, spelled: string) =>
      SECRET_PARAMETER.test(decoded(spelled)) ? `${name}[redacted]` : all,
    )
    .replace(FORMS, '[redacted]')
}

const SECRET_PARAMETER = /^(?:token|code|key|invitation|state|challenge|password|secret|access_token|id_token)$/i

/** A name as it is read, whatever its spelling in the address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
