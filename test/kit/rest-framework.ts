import { sql } from 'kysely'
import { anAccount, type Kit } from './kit.ts'

// Programs that were written for the systems on Django REST Framework, and the people who use them.

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Headers = Record<string, string>
export type Person = Awaited<ReturnType<ReturnType<typeof speaking>['somebody']>>

export const told = (detail: string) => ({ detail })
export const page = (results: unknown[]) => ({ count: results.length, next: null, previous: null, results })

let made = 0

/** How that kit's server is asked in their words. */
export function speaking(kit: Kit) {
  const ask = async (method: Method, url: string, headers: Headers = {}, body?: object) => {
    const answer = await kit.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) })
    return { status: answer.statusCode, body: answer.body === '' ? '' : answer.json<any>() }
  }
  const numberOf = async (table: 'events' | 'accounts' | 'categories', id: string) => {
    const { rows } = await sql<{ number: number }>`select number from ${sql.table(table)} where id = ${id}`.execute(kit.ctx.db) // prettier-ignore
    return rows[0]!.number
  }
  /** So many days from now, as it is written there. */
  const at = (days: number, hour = 9) => {
    const day = new Date(kit.ctx.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
    return `${day}T${String(hour).padStart(2, '0')}:00:00Z`
  }
  return {
    ask,
    get: (url: string, headers?: Headers) => ask('GET', url, headers),
    post: (url: string, headers?: Headers, body?: object) => ask('POST', url, headers, body),
    numberOf,
    at,
    day: (days: number) => at(days).slice(0, 10),
    /** Somebody who is logged in. */
    async somebody(role: 'attendee' | 'organizer' = 'attendee', names: { firstName?: string; lastName?: string } = {}) {
      const n = ++made
      const account = await anAccount(kit.ctx, { role, username: `user${n}`, email: `user${n}@example.com`, ...names })
      return { ...account, number: await numberOf('accounts', account.id), headers: await kit.signIn(account) }
    },
  }
}
