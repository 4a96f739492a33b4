import type { Kit } from './kit.ts'

// Programs that were written for the browsable API, and browsers that look at it.

export const ROOT = '/events_api/v1/'
export const HOME = 'http://localhost:8000'
export const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const MINUTE = 60_000

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Asked = {
  json?: unknown
  form?: Record<string, string>
  payload?: Buffer | string
  headers?: Record<string, string>
}

/** How that kit's server is asked by them. */
export function browsing(kit: Kit) {
  const send = async (method: Method, url: string, { json, form, payload, headers = {} }: Asked = {}) =>
    kit.app.inject({
      method,
      url: url.startsWith('http') ? new URL(url).pathname + new URL(url).search : url,
      headers: {
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
      ...(json === undefined ? {} : { payload: JSON.stringify(json) }),
      ...(payload === undefined ? {} : { payload }),
    })
  const ask = async (method: Method, url: string, asked?: Asked) => {
    const answer = await send(method, url, asked)
    return { status: answer.statusCode, body: answer.body === '' ? '' : answer.json<any>() }
  }
  /** What a browser shows, and sends from there. */
  const look = async (url: string, headers: Record<string, string> = {}) =>
    send('GET', url, { headers: { accept: BROWSER, ...headers } })
  const submit = async (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    send('POST', url, { form, headers: { accept: BROWSER, origin: HOME, 'sec-fetch-site': 'same-origin', ...headers } })
  /** So many minutes after a day from now, as Python writes a datetime out, in this offset. */
  const python = (minutes: number, offset = '-06:00') => {
    const at = Math.floor(kit.ctx.now().getTime() / MINUTE) * MINUTE + (24 * 60 + minutes) * MINUTE
    const [, sign, hours, rest] = /^([+-])(\d\d):(\d\d)$/.exec(offset)!
    const local = at + (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest)) * MINUTE
    return `${new Date(local).toISOString().slice(0, 19).replace('T', ' ')}.123456${offset}`
  }
  /** The same as the field of a browser has it, which is in UTC. */
  const typed = (minutes: number) => python(minutes, '+00:00').slice(0, 16).replace(' ', 'T')
  const talk = (more: Record<string, string> = {}) => ({
    title: 'API talk',
    description: 'What it should do',
    start_time: python(0),
    end_time: python(60),
    ...more,
  })
  /** An event that a program makes, as it is answered. */
  const made = async (more: Record<string, string> = {}) => {
    const { status, body } = await ask('POST', `${ROOT}events/`, { form: talk(more) })
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body as Record<string, any> & { id: number; detail_url: string }
  }
  return { send, ask, look, submit, python, typed, talk, made }
}
