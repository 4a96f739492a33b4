import { isIP } from 'node:net'
import { canonicalZone } from './dates.ts'

// How the words of a setting are read. Each throws what the words must be, to be told with the setting's name.

/** Words, without the space around them. */
export function text(raw: string): string {
  return raw.trim()
}

/** A few words, to tell one thing from another. */
export function short(raw: string): string {
  const words = raw.trim()
  if (words.length > 100 || !/^[\x21-\x7e]+$/.test(words))
    throw new Error('must be up to 100 characters without spaces')
  return words
}

/** A page of the web. */
export function webAddress(raw: string): string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new Error('must be an address like https://example.org/terms')
  return url.href
}

/** A zone of the IANA database. */
export function zone(raw: string): string {
  const name = canonicalZone(raw.trim())
  if (!name) throw new Error('must be a time zone like Europe/Berlin')
  return name
}

/** True or false, in the usual words. */
export function flag(raw: string): boolean {
  if (/^(true|yes|on|1)$/i.test(raw)) return true
  if (/^(false|no|off|0)$/i.test(raw)) return false
  throw new Error('must be true or false')
}

/** A whole number within these bounds. */
export function integer(least: number, most: number) {
  return (raw: string): number => {
    const number = Number(raw)
    if (!/^\d+$/.test(raw.trim()) || number < least || number > most)
      throw new Error(`must be a whole number from ${least} to ${most}`)
    return number
  }
}

/** One of these words. */
export function oneOf<const W extends readonly string[]>(...words: W) {
  return (raw: string): W[number] => {
    if (!words.includes(raw)) throw new Error(`must be one of ${words.join(', ')}`)
    return raw
  }
}

/** How much is logged; other programs say it in capitals, and have two words of their own. */
export function logLevel(raw: string): 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent' {
  const theirs = { warning: 'warn', critical: 'error' }[raw.toLowerCase()]
  return oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent')(theirs ?? raw.toLowerCase())
}

/** How mail is encrypted on its way; other programs say true and false. */
export function smtpTls(raw: string): 'starttls' | 'implicit' | 'off' {
  if (/^true$/i.test(raw)) return 'starttls'
  if (/^false$/i.test(raw)) return 'off'
  return oneOf('starttls', 'implicit', 'off')(raw)
}

/** Addresses and networks, separated by commas. */
export function networks(raw: string): string[] {
  const given = list(raw)
  const wrong = given.find((each) => {
    const [address = '', bits] = each.split('/')
    const version = isIP(address)
    return (
      version === 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)))
    )
  })
  if (wrong !== undefined)
    throw new Error(`must be addresses or networks like 10.0.0.0/8, which ${JSON.stringify(wrong)} is none of`)
  return given
}

/** Names or addresses of hosts, without a port, separated by commas; as they stand in a URL. */
export function hosts(raw: string): string[] {
  return list(raw).map((each) => {
    const name = isIP(each) === 6 ? `[${each}]` : each.toLowerCase()
    if (isIP(each) === 6 || /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) return new URL(`http://${name}`).hostname
    throw new Error(`must be names of hosts like events.example.org, which ${JSON.stringify(each)} is none of`)
  })
}

/** Schemes and hosts, separated by commas. */
export function origins(raw: string): string[] {
  return list(raw).map(origin)
}

/** Words separated by commas. */
function list(raw: string): string[] {
  return raw
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

/** Scheme and host, nothing behind them. */
export function origin(raw: string): string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new Error('must be scheme and host, like https://events.example.org')
  }
  return url.origin
}

/** Who vouches for people: an address with nothing behind its path, spelled as they spell it. */
export function issuer(raw: string): string {
  const url = URL.canParse(raw.trim()) ? new URL(raw.trim()) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new Error('must be an address like https://login.example.org/realms/main')
  }
  return raw.trim()
}

/** Where a Redis is. */
export function redisUrl(raw: string): string {
  if (!/^rediss?:\/\//.test(raw) || !URL.canParse(raw)) throw new Error('must be a URL like redis://host:6379/0')
  return raw
}

/** Where a PostgreSQL database is. */
export function postgresUrl(raw: string): string {
  if (!/^postgres(ql)?:\/\//.test(raw) || !URL.canParse(raw))
    throw new Error('must be a URL like postgres://user:password@host/database')
  return raw
}

/** Least and most of minute, hour, day, month and weekday. */
const CRON_FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Five fields of a crontab, in numbers: a star, or numbers and ranges with commas; stars and ranges with a step, too. */
export function cron(raw: string): string {
  const fields = raw.trim().split(/\s+/)
  const numbers = CRON_FIELDS.map((bounds, at) => numbersIn(fields[at] ?? '', bounds))
  const [, , days = [], months = []] = numbers
  const comes = months.some((month) => days.some((day) => day <= LONGEST_MONTHS[month - 1]!))
  if (fields.length !== 5 || !comes || numbers.some((each) => each.length === 0))
    throw new Error('must be five fields of a crontab in numbers, of days that there are, like 42 2 * * *')
  return fields.join(' ')
}

/** The numbers that one field of a crontab stands for; none where it is not in form or out of bounds. */
function numbersIn(field: string, [least, most]: readonly [number, number]): number[] {
  const numbers = field.split(',').map((part) => {
    const [, star, from, to, step] = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? []
    const [first, last] = star ? [least, most] : [Number(from), Number(to ?? from)]
    const by = Number(step ?? 1)
    const good = first >= least && last <= most && by > 0 && !(step && from && !to)
    return good
      ? Array.from({ length: Math.max(0, Math.floor((last - first) / by) + 1) }, (_, n) => first + n * by)
      : []
  })
  return numbers.every((each) => each.length > 0) ? numbers.flat() : []
}
