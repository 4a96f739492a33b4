import type { InjectOptions } from 'fastify'
import type { Kit } from './kit.ts'

export type Browser = ReturnType<typeof aBrowser>

/** Somebody's browser, as far as it keeps cookies and says which page it is on. */
export function aBrowser(kit: Kit) {
  const cookies = new Map<string, string>()
  const origin = kit.ctx.config.baseUrl
  async function ask(method: InjectOptions['method'], address: string, payload?: object) {
    const { pathname, search } = new URL(address, origin)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie && { cookie }), ...(method === 'GET' ? {} : { origin }) }
    const answer = await kit.app.inject({ method, url: `${pathname}${search}`, headers, ...(payload && { payload }) })
    for (const { name, value, expires } of answer.cookies)
      if (expires && expires.getTime() <= 0) cookies.delete(name)
      else cookies.set(name, value)
    const body = answer.headers['content-type']?.toString().includes('json') ? answer.json<any>() : undefined
    return {
      status: answer.statusCode,
      location: answer.headers.location?.toString() ?? '',
      body,
      cookies: answer.cookies,
    }
  }
  return {
    cookies,
    ask,
    get: (address: string) => ask('GET', address),
    api: (method: InjectOptions['method'], path: string, payload?: object) => ask(method, `/api/v1${path}`, payload),
    /** The username of whoever is logged in. */
    async who(): Promise<string | null> {
      const { status, body } = await ask('GET', '/api/v1/me')
      return status === 200 ? (body as { username: string }).username : null
    },
  }
}
