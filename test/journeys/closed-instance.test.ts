import { describe, expect, test } from 'vitest'
import { render } from '../../web/server.tsx'
import { anAccount, anEvent, openKit } from '../kit/kit.ts'

// An instance whose events are for who is logged in: REQUIRE_LOGIN.

const kit = await openKit({ REQUIRE_LOGIN: 'true', ANONYMOUS_WRITES: 'loopback' })
const open = await openKit()
const ann = await anAccount(kit.ctx)
const event = await anEvent(kit.ctx, { title: 'Night of strings' })
const toRead = { status: 401, type: '/problems/sign-in-required' }

type Operation = { security?: unknown; parameters?: { in: string; name: string; required?: boolean }[] }

/** Everything that can be read without a log-in, as the document has it. */
async function readable(): Promise<string[]> {
  const { paths } = (await kit.app.inject('/api/schema/')).json<{ paths: Record<string, { get?: Operation }> }>()
  return Object.entries(paths)
    .filter(([, { get }]) => get && !get.security)
    .map(([path]) => path)
    .sort()
}

// S3-48; the rule of C2
describe('where reading takes a log-in', () => {
  test('nothing of events is read without one, in any system’s words', async () => {
    const left: string[] = []
    for (const path of await readable()) {
      const url = path.replaceAll(/\{\w+\}/g, event.id)
      const { statusCode, headers } = await kit.app.inject(url)
      if (statusCode !== 401) left.push(path)
      else expect(headers['www-authenticate'], path).toContain('Bearer')
    }
    // What needs a link or shows one's own registration, and what a log-in and a sign-up need.
    expect(left).toEqual([
      '/api/v1/accounts/{accountId}/profile',
      '/api/v1/calendars/mine/{token}.ics',
      '/api/v1/guest-links/{token}',
      '/api/v1/guest-links/{token}/data',
      '/api/v1/guest-links/{token}/ticket',
      '/api/v1/guest-links/{token}/ticket.pdf',
      '/api/v1/guest-links/{token}/ticket.png',
      '/api/v1/guest-links/{token}/ticket.svg',
      '/api/v1/log-in-providers',
      '/api/v1/push-key',
      '/api/v1/registrations/{registrationId}',
      '/api/v1/registrations/{registrationId}/payment',
      '/api/v1/registrations/{registrationId}/ticket',
      '/api/v1/registrations/{registrationId}/ticket.pdf',
      '/api/v1/registrations/{registrationId}/ticket.png',
      '/api/v1/registrations/{registrationId}/ticket.svg',
      '/api/v1/subscription-links/{token}',
      '/api/v1/team-invitations/{invitation}',
      '/api/v1/terms',
      '/api/v1/unsubscriptions/{token}',
      '/events_api/v1/', // the addresses of what there is
      '/health/live',
      '/health/ready',
    ])
    expect((await kit.call('GET', `/events/${event.id}`)).body).toMatchObject({ ...toRead, reading: true })
    // Pages say no more, neither what there is nor whether there is something of that number.
    const { organizer } = await anEvent(kit.ctx, { title: 'Of the public', place: 'Secret garden' })
    expect(organizer).toBeDefined()
    const pageOf = async (path: string) => {
      const answer = await kit.app.inject({ url: `/events_api/v1/${path}`, headers: { accept: 'text/html' } })
      expect(answer.statusCode, path).toBe(401)
      return answer.body.replaceAll(/\d+/g, '#')
    }
    const missing = await pageOf('events/999999/')
    expect(await pageOf('events/1/')).toBe(missing)
    expect(await pageOf('events/2/')).toBe(missing)
    for (const path of ['events/', 'locations/', 'categories/', 'events/search/?search_term=night'])
      expect(await pageOf(path), path).not.toMatch(/Night of strings|Secret garden|<select/)
    expect((await kit.app.inject({ method: 'HEAD', url: '/api/v1/events' })).statusCode).toBe(401)
    expect((await kit.app.inject('/api/events/')).json()).toEqual({ detail: 'Authentication credentials were not provided.' }) // prettier-ignore
  })

  test('an interface that was closed but for signing up and logging in is that again', async () => {
    const { paths } = (await kit.app.inject('/api/schema/')).json<{ paths: Record<string, Record<string, { tags: string[] }>> }>() // prettier-ignore
    const left: string[] = []
    for (const [path, operations] of Object.entries(paths))
      for (const [method, { tags }] of Object.entries(operations)) {
        if (tags[0] !== 'rest-framework') continue
        const url = path.replaceAll(/\{\w+\}/g, '1')
        const payload = method === 'get' ? undefined : {}
        const { statusCode } = await kit.app.inject({ method: method.toUpperCase() as 'GET', url, payload })
        if (statusCode !== 401) left.push(path)
      }
    expect(left.sort()).toEqual([
      '/api/auth/login/',
      '/api/auth/refresh/',
      '/api/auth/register/',
      '/api/auth/token/refresh/',
      '/api/login/',
      '/api/register/',
    ])
  })

  test('all of it is with one, and what is written is not asked for more than before', async () => {
    const headers = await kit.signIn(ann)
    for (const url of [
      '/api/v1/events',
      `/api/v1/events/${event.id}`,
      '/api/events/',
      '/api/events/list',
      '/events',
      '/api/v1/calendars/all.ics',
    ])
      // prettier-ignore
      expect((await kit.app.inject({ url, headers })).statusCode, url).toBe(200)
    const guest = { name: 'Ben', email: 'ben@example.org' }
    expect((await kit.call('POST', `/events/${event.id}/registrations`, { payload: guest })).status).toBe(201)
    expect((await open.call('GET', '/events')).status).toBe(200)
  })

  test('a page of events leads to the log-in and from there back, and shows them then', async () => {
    const page = (url: string, headers: Record<string, string> = {}) =>
      render({
        url,
        nonce: 'n',
        origin: 'http://localhost:8000',
        async fetch(path) {
          const answer = await kit.app.inject({ url: path, headers })
          return { status: answer.statusCode, body: answer.json<unknown>() }
        },
      })
    const { slug } = (await kit.call('GET', `/events/${event.id}`, { headers: await kit.signIn(ann) })).body
    for (const url of ['/', '/?when=past', `/e/${slug}`])
      expect(await page(url)).toMatchObject({ status: 302, redirect: `/login?${new URLSearchParams({ next: url })}` })
    for (const url of ['/login', '/signup', '/forgot']) expect(await page(url)).toMatchObject({ status: 200 })
    const shown = await page(`/e/${slug}`, await kit.signIn(ann))
    expect([shown.status, shown.html]).toEqual([200, expect.stringContaining('Night of strings')])
  })
})
