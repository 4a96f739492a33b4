import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { extendAll } from '#series/horizon'
import { anAccount, openKit } from '../kit/kit.ts'

// One recurring event from its draft to its reviews, over sockets, with a clock that can be put forward: a season of five
// Thursdays in Berlin, over the night on which the clocks change.

const kit = await openKit()
await kit.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = kit.app.server.address() as AddressInfo

async function call(
  method: string,
  path: string,
  { as, body, key }: { as?: { username: string }; body?: object; key?: string } = {},
): Promise<{ status: number; body: any }> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: {
      ...(as ? await kit.signIn(as) : {}),
      ...(key ? { 'idempotency-key': key } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : undefined }
}

/** Days and hours until then, on the clock that the server reads. */
async function until(moment: string, { hours = 0 } = {}) {
  await kit.clock.advance({ seconds: (Date.parse(moment) - kit.ctx.now().getTime()) / 1_000 + hours * 3_600 })
}

// S3-24
test('a season is written down once, people come to it evening by evening, and each evening lives its own life', async () => {
  const olga = await anAccount(kit.ctx, { role: 'organizer', firstName: 'Olga', lastName: 'Marin' })
  const ben = await anAccount(kit.ctx, { firstName: 'Ben' })
  const gwen = await anAccount(kit.ctx, { firstName: 'Gwen' })
  const theo = await anAccount(kit.ctx, { firstName: 'Theo' })

  // The second Thursday before the clocks go forward, next year: two evenings in winter and three in summer.
  const march = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 2, 31))
  const change = 31 - march.getUTCDay() // the last Sunday
  const day = (n: number) => new Date(Date.UTC(march.getUTCFullYear(), 2, change - 10 + n * 7)).toISOString().slice(0, 10)
  const evenings = [0, 1, 2, 3, 4].map((n) => `${day(n)}T${n < 2 ? '18' : '17'}:30:00.000Z`)
  await until(evenings[0]!, { hours: -24 * 7 })

  const rule = 'FREQ=WEEKLY;BYDAY=TH;COUNT=5'
  const asked = `rule=${encodeURIComponent(rule)}&startsAt=${evenings[0]}&zone=Europe/Berlin`
  expect((await call('GET', `/recurrences?${asked}`, { as: olga })).body).toMatchObject({
    sentence: 'Every week on Thursday, 5 times',
    startsAt: evenings,
  })
  const draft = {
    title: 'Ceramics on Thursday',
    description: 'Bring an apron.',
    startsAt: evenings[0]!,
    endsAt: `${day(0)}T20:30:00Z`,
    zone: 'Europe/Berlin',
    capacity: 2,
    rule,
  }
  const begun = await call('POST', '/series', { as: olga, body: draft, key: 'season' })
  expect(begun).toMatchObject({ status: 201, body: { counts: { occurrences: 5 }, publishedAt: null } })
  const season = `/series/${begun.body.id}`
  expect((await call('GET', `/events?text=ceramics`)).body.items).toEqual([])
  expect((await call('PUT', `${season}/publication`, { as: olga, body: {} })).status).toBe(200)

  const found = (await call('GET', `/events?seriesId=${begun.body.id}`)).body.items as { id: string; startsAt: string; endsAt: string }[]
  expect(found.map((each) => each.startsAt)).toEqual(evenings)
  expect(found.map((each) => each.endsAt.slice(11, 16))).toEqual(['20:30', '20:30', '19:30', '19:30', '19:30'])
  const [first, second, third, fourth, fifth] = found.map((each) => each.id) as [string, string, string, string, string]

  // Each evening has seats of its own: two come to the first and a third waits, who has a seat in the second.
  const register = (id: string, as: typeof ben) => call('POST', `/events/${id}/registrations`, { as, body: {} })
  expect((await register(first, ben)).body).toMatchObject({ status: 'going' })
  const hers = (await register(first, gwen)).body
  expect((await register(first, theo)).body).toMatchObject({ status: 'waitlisted', position: 1 })
  for (const [id, who] of [[second, ben], [third, theo], [fourth, gwen], [fifth, ben], [fifth, gwen]] as const)
    expect((await register(id, who)).body).toMatchObject({ status: 'going' })
  await kit.settle()
  kit.mails.length = 0

  // One is called off, and who had a place there hears of it.
  const off = await call('PUT', `/events/${second}/cancellation`, { as: olga, body: { reason: 'The kiln broke.' } })
  expect(off).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  await kit.settle()
  expect(kit.mails.map((mail) => [mail.to.address, mail.text.includes('The kiln broke.')])).toEqual([[ben.email, true]])

  // From the fourth on it is an hour later and has more seats; nobody loses a place.
  const later = `${day(3)}T18:30:00.000Z`
  const split = await call('PATCH', season, { as: olga, body: { from: fourth, startsAt: later, capacity: 4 } })
  expect(split).toMatchObject({ status: 200, body: { counts: { upcoming: 2 }, startsAt: later } })
  const rest = (await call('GET', `/events?seriesId=${split.body.id}`)).body.items
  expect(rest).toMatchObject([
    { id: fourth, startsAt: later, endsAt: `${day(3)}T20:30:00.000Z`, capacity: 4, taken: 1 },
    { id: fifth, startsAt: `${day(4)}T18:30:00.000Z`, capacity: 4, taken: 2 },
  ])
  expect((await call('GET', season)).body).toMatchObject({
    sentence: 'Every week on Thursday, 3 times',
    counts: { occurrences: 3, upcoming: 2, cancelled: 1 },
    next: { id: first },
  })

  // The first evening: Ben is let in, Gwen's place goes to Theo, and what came is past.
  await until(evenings[0]!, { hours: -2 })
  expect((await call('PUT', `/registrations/${hers.id}/cancellation`, { as: gwen, body: {} })).status).toBe(200)
  const going = (await call('GET', `/events/${first}/registrations`, { as: olga })).body.items as { id: string; name: string; status: string }[]
  for (const { id } of going.filter((each) => each.status === 'going'))
    expect((await call('POST', `/events/${first}/check-ins`, { as: olga, body: { registrationId: id } })).status).toBe(201)
  await until(evenings[0]!, { hours: 1 })
  expect(await call('PATCH', season, { as: olga, body: { from: first, title: 'No' } })).toMatchObject({
    status: 409,
    body: { type: '/problems/series/begun' },
  })
  await call('PATCH', season, { as: olga, body: { title: 'Ceramics for all' } })
  expect((await call('GET', `/events/${first}`)).body).toMatchObject({ title: 'Ceramics on Thursday' })
  expect((await call('GET', `/events/${third}`)).body).toMatchObject({ title: 'Ceramics for all', taken: 1 })

  // It ends; who was there says how it was, and nothing is said of the others.
  await until(evenings[0]!, { hours: 3 })
  const review = { rating: 5, comment: 'My first bowl.' }
  expect((await call('POST', `/events/${first}/reviews`, { as: theo, body: review })).status).toBe(201)
  expect((await call('POST', `/events/${first}/reviews`, { as: gwen, body: review })).status).toBe(403)
  expect((await call('POST', `/events/${third}/reviews`, { as: theo, body: review })).status).toBe(409)
  expect((await call('GET', `/events/${first}/reviews`)).body.items).toMatchObject([{ rating: 5, author: 'Theo' }])

  // What was called off does not come back, and the season ends when its last evening is over.
  await extendAll(kit.ctx)
  expect((await call('GET', season)).body).toMatchObject({ counts: { occurrences: 3, upcoming: 1 }, next: { id: third } })
  await until(evenings[4]!, { hours: 4 })
  await extendAll(kit.ctx)
  expect((await call('GET', `/series/${split.body.id}`)).body).toMatchObject({ counts: { upcoming: 0 }, next: null })
  expect(await call('PATCH', season, { as: olga, body: { title: 'Again' } })).toMatchObject({
    status: 409,
    body: { type: '/problems/series/ended' },
  })
}, 60_000) // prettier-ignore
