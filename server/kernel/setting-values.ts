import { isIP } from 'node:net'

// How the words of a setting are read. Each throws what the words must be, to be told with the setting's name.

/** Words, without the space around them. */
export function text(raw: string): string {
  return raw.trim()
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
