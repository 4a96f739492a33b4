/** The five-character code PostgreSQL gave the error, on either engine; undefined where it is not a database's error. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** The constraint that was violated, by its name. */
export function violated(error: unknown): string | undefined {
  const constraint = (error as { constraint?: unknown } | null)?.constraint
  return typeof constraint === 'string' ? constraint : undefined
}

/** Serialization failure or deadlock: nothing happened, and the same work may succeed at the next try. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlState(error) ?? '')
}

const TEMPORARY = new Set([
  '25006', // read-only: a standby, until the new primary is found
  '53300', // too many connections
  '55P03', // lock_timeout
  '57014', // statement_timeout
  '57P01', // terminated by an administrator
  '57P02',
  '57P03', // starting up
])
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'ENOENT'])

/** The database is not there, overloaded or busy: the caller may try again in a moment. */
export function isTemporary(error: unknown): boolean {
  const state = sqlState(error)
  if (state) return TEMPORARY.has(state) || state.startsWith('08') || isRetryable(error)
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  return (
    (code !== undefined && UNREACHABLE.has(code)) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/.test(
      message ?? '',
    )
  )
}

/** The database itself said that the statement failed, so nothing of the transaction happened. A lost connection tells nothing. */
export function isCertain(error: unknown): boolean {
  const state = sqlState(error)
  return state !== undefined && !state.startsWith('57P') && !state.startsWith('08')
}
