import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { anAccount, aVenue, openKit, PASSWORD } from '../../../test/kit/kit.ts'
import { browsing, BROWSER, HOME, ROOT } from '../../../test/kit/browsable-api.ts'

const kit = await openKit({ ANONYMOUS_WRITES: 'loopback' })
const closed = await openKit()
const { send, ask, look, submit, talk, typed, made } = browsing(kit)

beforeEach(() => sql`truncate events, event_versions, venues, categories cascade`.execute(kit.ctx.db))

/** What a page has of forms: for each what it does, and its fields. */
function formsIn(page: string): Record<string, string[]> {
  const forms = [...page.matchAll(/<form method="post" action="([^"]*)">([\s\S]*?)<\/form>/g)]
  return Object.fromEntries(
    forms.map(([, action, inner]) => {
      const method = /name="_method" value="(\w+)"/.exec(inner!)?.[1] ?? 'POST'
      const names = [...inner!.matchAll(/<(?:input|select|textarea)[^>]* name="(\w+)"/g)].map(([, name]) => name!)
      return [`${method} ${action}`, names.filter((name) => name !== '_method')]
    }),
  )
}

const EVENT = ['title', 'description', 'start_time', 'end_time', 'location', 'category']

describe('a browser', () => {
  // S0-15 S0-17 S0-18 S0-19
  test('gets a page of each list, with a form to add to it and the search among the extra actions', async () => {
    const root = await look(ROOT)
    expect([root.statusCode, root.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    for (const name of ['events', 'categories', 'locations', 'updates']) {
      expect(root.body).toContain(`href="${ROOT}${name}/"`)
      const { statusCode, body } = await look(`${ROOT}${name}/`)
      expect([statusCode, body]).toEqual([200, expect.stringContaining('HTTP 200 OK')])
      const fields = { events: EVENT, updates: undefined }[name] ?? ['name', 'description']
      expect(formsIn(body)).toEqual(name === 'updates' ? {} : { [`POST ${ROOT}${name}/`]: fields })
    }
    const { body } = await look(`${ROOT}events/`)
    expect(body).toMatch(/Extra Actions[\s\S]*href="\/events_api\/v1\/events\/search\/">Search</)
    const search = await look(`${ROOT}events/search/`)
    expect([search.statusCode, search.body]).toEqual([400, expect.stringContaining('name="search_term"')])
  })

  // S0-18
  test('adds by the form of a list', async () => {
    const answer = await submit(`${ROOT}events/`, { ...talk(), start_time: typed(0), end_time: typed(60), location: '', category: '' }) // prettier-ignore
    expect([answer.statusCode, answer.body]).toEqual([201, expect.stringContaining('HTTP 201 Created')])
    const { body } = await ask('GET', `${ROOT}events/`)
    expect(body.results).toMatchObject([{ title: 'API talk', start_time: `${typed(0)}:00Z`, location: null }])
    expect(answer.body).toContain(`href="${ROOT}events/${body.results[0].id}/"`)
  })

  // S0-20 S0-21 S0-22 S0-23
  test('changes and deletes by the forms of a thing’s page', async () => {
    const event = await made()
    const url = `${ROOT}events/${event.id}/`
    const page = await look(url)
    expect(formsIn(page.body)).toEqual({ [`PUT ${url}`]: EVENT, [`PATCH ${url}`]: EVENT, [`DELETE ${url}`]: [] })
    const [start_time, end_time] = [event.start_time, event.end_time].map((at) => at.slice(0, 16) as string) as [string, string] // prettier-ignore
    expect(page.body).toContain(`value="${start_time}`)
    const form = { title: 'New', description: '', start_time, end_time, location: '', category: '' }
    const put = await submit(url, { _method: 'PUT', ...form })
    expect([put.statusCode, put.body]).toEqual([200, expect.stringContaining('Changed.')])
    await submit(url, { _method: 'PATCH', title: '', description: 'Only this', start_time: '', end_time: '', location: '', category: '' }) // prettier-ignore
    expect((await ask('GET', url)).body).toMatchObject({ title: 'New', description: 'Only this' })
    const gone = await submit(url, { _method: 'DELETE' })
    expect([gone.statusCode, gone.headers.location]).toEqual([303, `${ROOT}events/`])
    expect((await look(url)).statusCode).toBe(404)
    for (const name of ['locations', 'categories']) {
      const { body } = await ask('POST', `${ROOT}${name}/`, { form: { name: 'Old' } })
      const at = `${ROOT}${name}/${body.id}/`
      expect(Object.keys(formsIn((await look(at)).body))).toEqual([`DELETE ${at}`, `PUT ${at}`, `PATCH ${at}`])
      expect((await submit(at, { _method: 'PUT', name: 'New', description: '' })).statusCode).toBe(200)
      expect((await ask('GET', at)).body.name).toBe('New')
      expect((await submit(at, { _method: 'DELETE' })).statusCode).toBe(303)
    }
  })

  test('is shown what was wrong beside the field, and keeps what was typed', async () => {
    const answer = await submit(`${ROOT}events/`, { ...talk({ title: '' }), description: 'Typed <b>before</b>' })
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toMatch(/id="post-title"[^>]*aria-invalid="true"[^>]*aria-describedby="post-title-wrong"/)
    expect(answer.body).toContain('id="post-title-wrong">This field may not be blank.')
    expect(answer.body).toMatch(/<textarea[^>]*>\nTyped &#60;b&#62;before/)
    const event = await made()
    const early = await submit(`${ROOT}events/${event.id}/`, { _method: 'PUT', title: 'Kept', start_time: typed(60), end_time: typed(0) }) // prettier-ignore
    expect([early.statusCode, early.body]).toEqual([400, expect.stringContaining('Start time must come before end time')]) // prettier-ignore
    expect(early.body).toMatch(/value="Kept"/)
  })

  test('can tell it apart from a program by what it asks for, and say which it wants', async () => {
    const kind = async (url: string, accept?: string) =>
      (await send('GET', url, { headers: accept === undefined ? {} : { accept } })).headers['content-type']
    const [json, html] = [expect.stringMatching(/^application\/json/), 'text/html; charset=utf-8']
    expect(await kind(ROOT)).toEqual(json)
    for (const accept of [
      '*/*',
      'application/json',
      'application/json, text/html',
      'text/*;q=0.5, application/json',
      'text/html;q=x',
    ])
      // prettier-ignore
      expect(await kind(ROOT, accept), accept).toEqual(json)
    for (const accept of [BROWSER, 'text/html', 'TEXT/HTML;level=1']) expect(await kind(ROOT, accept)).toEqual(html)
    expect(await kind(`${ROOT}?format=json`, BROWSER)).toEqual(json)
    expect(await kind(`${ROOT}?format=api`)).toEqual(html)
    expect(await ask('GET', `${ROOT}?format=xml`)).toEqual({ status: 404, body: { detail: 'Not found.' } })
    expect((await look(ROOT)).headers.vary).toMatch(/accept/)
  })

  test('is let in by its cookie, and offered what its owner may do', async () => {
    const organizer = await anAccount(kit.ctx, { role: 'organizer', username: 'olga' })
    const payload = { username: organizer.username, password: PASSWORD }
    const logIn = await kit.app.inject({ method: 'POST', url: '/api/v1/web-sessions', payload, headers: { origin: HOME } }) // prettier-ignore
    const hers = { cookie: logIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
    expect((await ask('POST', `${ROOT}events/`, { form: talk(), headers: hers })).status).toBe(403) // from nowhere
    const { statusCode } = await submit(`${ROOT}events/`, talk(), hers)
    expect(statusCode).toBe(201)
    const [event] = (await ask('GET', `${ROOT}events/`)).body.results
    const page = async (headers: Record<string, string>) => (await look(event.detail_url, headers)).body
    expect(formsIn(await page(hers))).toHaveProperty(`PUT ${ROOT}events/${event.id}/`)
    expect(await page(hers)).toContain('olga')
    expect(formsIn(await page({}))).toEqual({}) // nobody in particular may not change hers
    const there = browsing(closed)
    const reading = (await there.look(`${ROOT}events/`)).body
    expect(formsIn(reading)).toEqual({})
    expect(reading).toContain('href="/login"')
  })

  test('runs nothing of what anybody wrote', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`
    const { body: place } = await ask('POST', `${ROOT}locations/`, { form: { name: evil.slice(0, 75), description: evil } }) // prettier-ignore
    const event = await made({ title: evil, description: `</textarea>${evil}`, location: place.detail_url })
    await submit(event.detail_url, { _method: 'PATCH', title: `${evil}!` })
    const pages = [
      await look(`${ROOT}events/`),
      await look(event.detail_url),
      await look(`${ROOT}locations/`),
      await look(`${ROOT}updates/`),
      await look(`${ROOT}events/search/?search_term=${encodeURIComponent(evil)}`),
      await look(`${ROOT}events/?x=${evil.replaceAll(/[ <>]/g, '')}&format=api`),
      await submit(`${ROOT}events/`, { title: evil, start_time: evil, location: evil }),
      await submit(event.detail_url, { _method: 'PUT', title: evil, start_time: evil, category: evil }),
    ]
    for (const { body, headers } of pages) {
      expect(body).not.toMatch(/<script|<img src=x|<\/textarea>"/)
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'/)
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(body).not.toMatch(/ style="| on\w+="[^"]*"[^>]*>(?!.*&#)/)
    }
  })

  test('finds the style of the pages, and more of a list on other pages', async () => {
    const css = await send('GET', '/events_api/pages.css')
    expect([css.statusCode, css.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8'])
    expect((await look(ROOT)).body).toContain('href="/events_api/pages.css"')
    for (let n = 0; n < 11; n++) await aVenue(kit.ctx, `Room ${n}`)
    const first = await look(`${ROOT}locations/`)
    expect(first.body).toContain('Page 1 of 2')
    expect(first.body).toContain(`href="${ROOT}locations/?page=2"`)
    expect((await look(`${ROOT}locations/?page=2`)).body).toContain('Page 2 of 2')
    expect(HOME).not.toBe('') // links that are shown name the server, those that are followed stay where the browser is
    expect(first.body).not.toContain(`href="${HOME}`)
  })
})

// S0-10
test('/health_check is a simple page', async () => {
  for (const url of ['/health_check', '/health_check/']) {
    const { statusCode, headers, body } = await send('GET', url)
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body).toContain('All is well')
  }
})
