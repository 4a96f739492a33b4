import { expect, test } from 'vitest'
import { aVenue, openKit } from '../../../test/kit/kit.ts'
import { browsing, HOME, ROOT } from '../../../test/kit/browsable-api.ts'

const kit = await openKit({ ANONYMOUS_WRITES: 'loopback' })
const { ask, made } = browsing(kit)

// S0-41 S0-45
test('updates are embedded in their event, listed and had by their address', async () => {
  await aVenue(kit.ctx, 'Hall')
  const [hall] = (await ask('GET', `${ROOT}locations/`)).body.results
  const event = await made({ location: hall.detail_url })
  await ask('PATCH', event.detail_url, { form: { title: 'Second' } })
  const { body } = await ask('PATCH', event.detail_url, { form: { title: 'Third', location: '' } })
  expect(body.updates).toHaveLength(2)
  const [last, first] = body.updates
  const url = expect.stringMatching(new RegExp(`^${HOME}${ROOT}updates/\\d+/$`))
  expect(last).toEqual({ created_at: expect.stringMatching(/Z$/), previous_values: expect.any(String), detail_url: url }) // prettier-ignore
  const { title, description, start_time, end_time, location, category } = event
  const was = { title, description, start_time, end_time, location, category }
  expect(JSON.parse(first.previous_values)).toEqual(was)
  expect(JSON.parse(last.previous_values)).toEqual({ ...was, title: 'Second' })
  const { body: listed } = await ask('GET', `${ROOT}updates/`)
  const id = Number(/(\d+)\/$/.exec(last.detail_url)![1])
  expect(listed).toMatchObject({ count: 2, next: null, results: [{ ...last, id, event: event.detail_url }, first] })
  expect(await ask('GET', last.detail_url)).toEqual({ status: 200, body: listed.results[0] })
  expect((await ask('GET', `${ROOT}updates/${id}`)).status).toBe(301)
  for (const none of ['999999', 'x', '1e1', '9'.repeat(20)])
    expect(await ask('GET', `${ROOT}updates/${none}/`)).toEqual({ status: 404, body: { detail: 'Not found.' } })
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
    expect((await ask(method, `${ROOT}updates/${id}/`, { form: {} })).status).toBe(405)
  await ask('DELETE', event.detail_url)
  expect((await ask('GET', `${ROOT}updates/`)).body.count).toBe(0)
})
