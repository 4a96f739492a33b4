import { afterAll, expect, test } from 'vitest'
import { freePort } from '../kit/processes.ts'
import { PYTHON, run, startDemo } from './demo-server.ts'

let server: Awaited<ReturnType<typeof startDemo>> | undefined
afterAll(() => server?.stop())

// S0-10 S0-15 S0-16 S0-17 S0-23 S0-24 S0-25 S0-26 S0-27 S0-28 S0-29 S0-30 S0-31 S0-32 S0-45
test('the demo script passes against a fresh demo server, and fails where there is none', async () => {
  const port = await freePort()
  const home = `http://localhost:${port}`
  const demo = async (base: string) => {
    const { stdout, code } = await run(PYTHON, ['demo_scripts.py'], { BASE_URL: base })
    return { code, last: stdout.trim().split('\n').at(-1), stdout }
  }
  expect(await demo(home)).toMatchObject({ code: 1, last: '0 passed, 1 failed' })
  server = await startDemo(port)
  for (const base of [home, home.replace('localhost', '127.0.0.1')]) {
    const { code, last, stdout } = await demo(base)
    expect([code, last], stdout).toEqual([0, expect.stringMatching(/^\d{2} passed, 0 failed$/)])
  }
}, 150_000)

// S0-18 S0-19 S0-20 S0-21 S0-22 S0-30
test('what is named by number is there, and is anybody’s to change, by program and from its page', async () => {
  const root = `${server!.url}/events_api/v1/`
  const origin = server!.url
  const ask = async (
    method: string,
    path: string,
    form?: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    // prettier-ignore
    fetch(`${root}${path}`, { method, redirect: 'manual', headers, ...(form ? { body: new URLSearchParams(form) } : {}) })
  const page = async (path: string) => (await ask('GET', path, undefined, { accept: 'text/html' })).text()
  for (const number of [1, 2, 3, 4, 5]) {
    const moved = await ask('PATCH', `events/${number}/`, { location: `${root}locations/4/` })
    expect([moved.status, await moved.json()]).toMatchObject([200, { id: number, location_name: expect.any(String) }])
    for (const name of ['categories', 'locations']) expect((await ask('GET', `${name}/${number}/`)).status).toBe(200)
  }
  expect(await page('events/')).toMatch(/Extra Actions[\s\S]*Search/)
  for (const method of ['PUT', 'PATCH', 'DELETE']) expect(await page('categories/5/')).toContain(`value="${method}"`)
  expect(await (await ask('PUT', 'categories/5/', { name: 'Open air' })).json()).toMatchObject({ id: 5, name: 'Open air' }) // prettier-ignore
  const put = await ask('POST', 'categories/5/', { _method: 'PUT', name: 'Outside' }, { origin, accept: 'text/html' })
  expect([put.status, await put.text()]).toEqual([200, expect.stringContaining('Outside')])
  const made = await ask('POST', 'categories/', { name: 'Made here' }, { origin, accept: 'text/html' })
  expect([made.status, await made.text()]).toEqual([201, expect.stringContaining('Made here')])
  expect((await ask('POST', 'categories/5/', { _method: 'DELETE' }, { origin, accept: 'text/html' })).status).toBe(303)
  expect((await ask('GET', 'categories/5/')).status).toBe(404)
})
