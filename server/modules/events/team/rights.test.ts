import { beforeAll, describe, expect, test } from 'vitest'
import * as invitations from '#events/invitations/invitations'
import type { Of } from '#events/team/standing'
import { newId } from '#kernel/ids'
import * as payments from '#payments'
import * as prices from '#payments/prices'
import * as registrations from '#registrations'
import * as series from '#series'
import { aGuest, anAccount, anEvent, openKit } from '../../../../test/kit/kit.ts'
import { addToTeam } from '../../../../test/kit/teams.ts'
import * as team from './team.ts'

// Who may do what with an event: every operation that concerns one, by everybody there is. What a line of a policy
// lets in or keeps out more than is written here fails a cell.

const kit = await openKit({ RATE_LIMITS: 'off' })
const WHO = ['owner', 'co-organizer', 'check-in', 'admin', 'attendee', 'stranger', 'anonymous'] as const
type Who = (typeof WHO)[number]

const people = {
  owner: await anAccount(kit.ctx, { role: 'organizer' }),
  'co-organizer': await anAccount(kit.ctx, { role: 'organizer' }), // may begin events, and yet not copy this one
  'check-in': await anAccount(kit.ctx),
  admin: await anAccount(kit.ctx, { role: 'admin' }),
  attendee: await anAccount(kit.ctx),
  stranger: await anAccount(kit.ctx, { role: 'organizer' }),
}
const helper = await anAccount(kit.ctx)
const owner = kit.as(people.owner)
const headers = {} as Record<Who, Record<string, string>>
beforeAll(async () => {
  for (const who of WHO) headers[who] = who === 'anonymous' ? {} : await kit.signIn(people[who])
})

type State = 'published' | 'draft' | 'private' | 'paid'
type Row = [what: string, request: string, state: State, expected: string, payload?: object]

const asked = () => ({ email: `asked.${newId()}@example.org` })
const soon = (days: number) => new Date(Math.floor(Date.now() / 1_000) * 1_000 + days * 86_400_000).toISOString()
const dave = { name: 'Dave', email: 'dave@example.org' }

// 401: log in first. 403: it is to be seen and not theirs. 404: as if it were not there. 409, 415 and 422 let them in and
// refuse for another reason.
// prettier-ignore
const OF_EVENTS: Row[] = [
  //                                                               owner co  door admin att str anon
  ['see it', 'GET /events/:event', 'published', '                  200 200 200 200 200 200 200'],
  ['see a draft', 'GET /events/:event', 'draft', '                 200 200 404 200 404 404 404'],
  ['see a private one', 'GET /events/:event', 'private', '         200 200 200 200 200 404 404'],
  ['change it', 'PATCH /events/:event', 'published', '             200 200 403 200 403 403 401', { title: 'Another' }],
  ['change a draft', 'PATCH /events/:event', 'draft', '            200 200 404 200 404 404 401', { title: 'Another' }],
  ['publish it', 'PUT /events/:event/publication', 'draft', '      200 200 404 200 404 404 401', {}],
  ['plan that', 'PUT /events/:event/publication', 'draft', '       200 200 404 200 404 404 401', { at: soon(1) }],
  ['unplan that', 'DELETE /events/:event/publication', 'draft', '  200 200 404 200 404 404 401'],
  ['close it', 'PUT /events/:event/closure', 'published', '        200 200 403 200 403 403 401'],
  ['open it again', 'DELETE /events/:event/closure', 'published', '200 200 403 200 403 403 401'],
  ['cancel it', 'PUT /events/:event/cancellation', 'published', '  200 403 403 200 403 403 401', {}],
  ['delete it', 'DELETE /events/:event', 'published', '            204 403 403 204 403 403 401'],
  ['delete a draft', 'DELETE /events/:event', 'draft', '           204 403 404 204 404 404 401'],
  ['copy it', 'POST /events/:event/copies', 'published', '         201 403 403 201 403 403 401', { startsAt: soon(9) }],
  ['repeat it', 'POST /events/:event/series', 'published', '       201 403 403 201 403 403 401', { rule: 'FREQ=DAILY;COUNT=2' }],
  ['put a banner up', 'PUT /events/:event/banner', 'published', '  415 415 403 415 403 403 401', {}],
  ['describe it', 'PATCH /events/:event/banner', 'published', '    404 404 403 404 403 403 401', { alt: 'a' }],
  ['take it down', 'DELETE /events/:event/banner', 'published', '  204 204 403 204 403 403 401'],
  ['see its history', 'GET /events/:event/history', 'published', ' 200 200 403 200 403 403 401'],
  ['see a version', 'GET /events/:event/history/1', 'published', ' 200 200 403 200 403 403 401'],
  ['see its numbers', 'GET /events/:event/analytics', 'published', '200 200 403 200 403 403 401'],

  ['see who is invited', 'GET /events/:event/invitations', 'published', '        200 200 403 200 403 403 401'],
  ['invite', 'POST /events/:event/invitations', 'published', '                   201 201 403 201 403 403 401', { emails: ['a@example.org'] }],
  ['uninvite', 'DELETE /events/:event/invitations/:invitation', 'published', '   204 204 403 204 403 403 401'],

  ['see the team', 'GET /events/:event/team', 'published', '                     200 200 403 200 403 403 401'],
  ['invite onto it', 'POST /events/:event/team/invitations', 'published', '      201 403 403 201 403 403 401', { role: 'check-in', ...asked() }],
  ['take that back', 'DELETE /events/:event/team/invitations/:asked', 'published', '204 403 403 204 403 403 401'],
  ['take somebody off', 'DELETE /events/:event/team/:helper', 'published', '     204 403 403 204 403 403 401'],
  ['leave', 'DELETE /events/:event/team/me', 'published', '                      404 204 204 404 404 404 401'],
  ['hand it over', 'POST /events/:event/ownership-offers', 'published', '        201 403 403 201 403 403 401', asked()],

  ['see who comes', 'GET /events/:event/registrations', 'published', '           200 200 403 200 403 403 401'],
  ['take that along', 'GET /events/:event/registrations.csv', 'published', '     200 200 403 200 403 403 401'],
  ['see names', 'GET /events/:event/attendees', 'published', '                   200 200 403 200 200 403 401'],
  ['see how many', 'GET /events/:event/attendees/counts', 'published', '         200 200 200 200 200 200 200'],
  ['register a guest', 'POST /events/:event/registrations', 'published', '       201 201 201 201 201 201 201', dave],
  ['see what was written', 'GET /events/:event/notifications', 'published', '   200 200 403 200 403 403 401'],
  ['follow it', 'POST /events/:event/subscriptions', 'published', '             201 201 201 201 201 201 201', { email: 'ann@example.org' }],
  ['be interested', 'PUT /events/:event/interest', 'published', '                200 200 200 200 409 200 401'],
  ['not be', 'DELETE /events/:event/interest', 'published', '                    200 200 200 200 200 200 401'],
  ['see a registration', 'GET /registrations/:guest', 'published', '             200 200 404 200 404 404 404'],
  ['see their own', 'GET /registrations/:mine', 'published', '                   200 200 404 200 200 404 404'],
  ['correct one', 'PATCH /registrations/:guest', 'published', '                  200 200 404 200 404 404 401', { name: 'Dave' }],
  ['pass one on', 'PUT /registrations/:guest/successor', 'published', '          200 200 404 200 404 404 401', dave],
  ['cancel one', 'PUT /registrations/:guest/cancellation', 'published', '        200 200 404 200 404 404 404'],
  ['show one to others', 'PUT /registrations/:guest/visibility', 'published', '  403 403 404 403 404 404 401', { visibleToAttendees: true }],
  ['see a ticket', 'GET /registrations/:guest/ticket', 'published', '            200 200 404 200 404 404 404'],
  ['see its code', 'GET /registrations/:guest/ticket.png', 'published', '        200 200 404 200 404 404 404'],
  ['see it as lines', 'GET /registrations/:guest/ticket.svg', 'published', '     200 200 404 200 404 404 404'],
  ['print a ticket', 'GET /registrations/:guest/ticket.pdf', 'published', '      200 200 404 200 404 404 404'],

  ['count who is in', 'GET /events/:event/check-ins', 'published', '             200 200 200 200 403 403 401'],
  ['see the door list', 'GET /events/:event/door', 'published', '                200 200 200 200 403 403 401'],
  ['let in', 'POST /events/:event/check-ins', 'published', '                     201 201 201 201 403 403 401', { registrationId: ':guest' }],
  ['take that back', 'DELETE /events/:event/check-ins/:guest', 'published', '    204 204 204 204 403 403 401'],
  ['let in who just came', 'POST /events/:event/walk-ins', 'published', '        201 201 201 201 403 403 401', dave],
  ['the door of a draft', 'GET /events/:event/door', 'draft', '                  200 200 404 200 404 404 401'],
  ['that of a private one', 'GET /events/:event/door', 'private', '              200 200 200 200 403 404 401'],

  ['see the price', 'GET /events/:event/price', 'paid', '                        200 200 200 200 200 200 200'],
  ['set it', 'PUT /events/:event/price', 'paid', '                               200 403 403 200 403 403 401', { amount: 9, currency: 'EUR' }],
  ['make it free', 'DELETE /events/:event/price', 'paid', '                      204 403 403 204 403 403 401'],
  ['see what is paid', 'GET /events/:event/payments', 'paid', '                  200 403 403 200 403 403 401'],
  ['see a payment', 'GET /registrations/:held/payment', 'paid', '                200 403 404 200 404 404 404'],
  ['begin to pay', 'POST /registrations/:held/payment', 'paid', '                201 403 404 201 404 404 404'],
  ['say it is paid', 'PUT /payments/:payment/receipt', 'paid', '                 200 403 404 200 404 404 401'],
  ['say it went back', 'PUT /payments/:payment/refund', 'paid', '                409 403 404 409 404 404 401'],

  ['read reviews', 'GET /events/:event/reviews', 'published', '                  200 200 200 200 200 200 200'],
  ['write one', 'POST /events/:event/reviews', 'published', '                    409 409 409 409 409 409 401', { rating: 5 }],
  ['put it into a calendar', 'GET /events/:event/calendar.ics', 'published', '   200 200 200 200 200 200 200'],
]

// prettier-ignore
const OF_SERIES: Row[] = [
  ['see it', 'GET /series/:series', 'published', '                               200 200 200 200 200 200 200'],
  ['see one of drafts', 'GET /series/:series', 'draft', '                        200 200 404 200 404 404 404'],
  ['change it', 'PATCH /series/:series', 'published', '                          200 200 403 200 403 403 401', { title: 'Another' }],
  ['publish it', 'PUT /series/:series/publication', 'draft', '                   200 200 404 200 404 404 401'],
  ['cancel it', 'PUT /series/:series/cancellation', 'published', '               200 403 403 200 403 403 401', {}],
  ['delete it', 'DELETE /series/:series', 'published', '                         204 403 403 204 403 403 401'],
  ['see the team', 'GET /series/:series/team', 'published', '                    200 200 403 200 403 403 401'],
  ['invite onto it', 'POST /series/:series/team/invitations', 'published', '     201 403 403 201 403 403 401', { role: 'check-in', ...asked() }],
  ['take that back', 'DELETE /series/:series/team/invitations/:asked', 'published', '204 403 403 204 403 403 401'],
  ['take somebody off', 'DELETE /series/:series/team/:helper', 'published', '    204 403 403 204 403 403 401'],
  ['leave', 'DELETE /series/:series/team/me', 'published', '                     404 204 204 404 404 404 401'],
  ['hand it over', 'POST /series/:series/ownership-offers', 'published', '       201 403 403 201 403 403 401', asked()],
]

/** An event, or a series, in that state, with everybody on its team, and what else the request names. */
async function aWorld(request: string, state: State): Promise<Record<string, string>> {
  const isSeries = request.includes(':series')
  const names: Record<string, string> = { helper: helper.id }
  const fields = {
    title: 'The event',
    capacity: 20,
    visibility: state === 'private' ? ('private' as const) : undefined,
  }
  if (isSeries) {
    names['series'] = await series.create(owner, {
      ...fields,
      ...{ startsAt: soon(7), endsAt: soon(7.1), zone: 'UTC', rule: 'FREQ=DAILY;COUNT=2' },
    })
    if (state === 'published') await series.publish(owner, names['series'])
  } else {
    const event = await anEvent(kit.ctx, {
      ...fields,
      organizer: people.owner,
      draft: state === 'draft',
      startsAt: soon(/(check|walk)-ins/.test(request) ? 0.1 : 7), // the door opens on the day before
    })
    names['event'] = event.id
  }
  const of: Of = isSeries ? { eventId: null, seriesId: names['series']! } : { eventId: names['event']!, seriesId: null }
  await addToTeam(kit.ctx, of, people['co-organizer'].id, 'co-organizer')
  await addToTeam(kit.ctx, of, people['check-in'].id, 'check-in')
  await addToTeam(kit.ctx, of, helper.id, 'check-in')
  if (request.includes(':asked')) {
    const { invite } = isSeries ? await import('#series/team/team') : team
    names['asked'] = (await invite(owner, of.eventId ?? of.seriesId, { role: 'check-in', ...asked() })).id
  }
  const eventId = names['event']
  if (!eventId || state === 'draft') return names
  const { id: mine } = await registrations.register(owner, eventId, { accountId: people.attendee.id })
  names['mine'] = mine
  names['guest'] = (await registrations.register(owner, eventId, aGuest())).id
  if (request.includes(':invitation'))
    names['invitation'] = (await invitations.invite(owner, eventId, ['z@example.org']))[0]!.id
  if (state === 'paid') {
    await prices.set(owner, eventId, { amount: 1_000, currency: 'EUR', provider: 'manual' })
    names['held'] = (await registrations.register(kit.ctx, eventId, aGuest())).id
    names['payment'] = (await payments.begin(owner, names['held'])).id
  }
  return names
}

const filled = (text: string, names: Record<string, string>) =>
  text.replace(/:(\w+)/g, (all, name) => names[name] ?? all)

async function ask(request: string, who: Who, names: Record<string, string>, payload?: object) {
  const [method, path] = filled(request, names).split(' ') as ['GET', string]
  const answer = await kit.app.inject({
    ...{ method, url: `/api/v1${path}`, headers: headers[who] },
    ...(payload ? { payload: JSON.parse(filled(JSON.stringify(payload), names)) as object } : {}),
  })
  return { status: answer.statusCode, body: answer.body }
}

// S0-36 S0-39 S3-03 S3-09
describe.each([
  ['an event', OF_EVENTS],
  ['a series', OF_SERIES],
])('with %s', (_, rows) => {
  test.each(rows)('to %s (%s, %s) is for those alone who may', async (_what, request, state, expected, payload) => {
    const reads = request.startsWith('GET')
    const shared = reads ? await aWorld(request, state) : undefined
    const found: Record<string, number> = {}
    for (const who of WHO)
      found[who] = (await ask(request, who, shared ?? (await aWorld(request, state)), payload)).status
    const wanted = expected.trim().split(/\s+/).map(Number)
    expect(found).toEqual(Object.fromEntries(WHO.map((who, n) => [who, wanted[n]])))
  })
})

// S0-36
test('what a stranger may not see answers as what is not there, whatever is tried', async () => {
  const same = (body: string) =>
    body && JSON.stringify({ ...(JSON.parse(body) as object), requestId: undefined, instance: undefined })
  const missing = {
    event: newId(),
    series: newId(),
    helper: helper.id,
    guest: newId(),
    asked: newId(),
    invitation: newId(),
  }
  for (const [what, request, , , payload] of [...OF_EVENTS, ...OF_SERIES]) {
    if (!/:(event|series)/.test(request)) continue
    for (const state of ['draft', 'private'] as const) {
      if (request.includes(':series') && state === 'private') continue
      const names = { ...missing, ...(await aWorld(request, state)) }
      for (const who of ['stranger', 'anonymous'] as const) {
        const [hidden, none] = [await ask(request, who, names, payload), await ask(request, who, missing, payload)]
        expect({ what, state, who, ...hidden, body: same(hidden.body) }).toEqual({
          ...{ what, state, who, status: none.status, body: same(none.body) },
        })
        expect(hidden.status, what).toBeGreaterThanOrEqual(400)
      }
    }
  }
})

// S0-39
test('every operation that concerns an event, a series, a registration or a payment of one is in the table', async () => {
  const { paths } = (await kit.app.inject('/api/schema/')).json<{ paths: Record<string, object> }>()
  const documented = Object.entries(paths).flatMap(([path, item]) =>
    /\{(eventId|seriesId|registrationId|paymentId)\}/.test(path)
      ? Object.keys(item).map(
          (method) => `${method.toUpperCase()} ${path.replace('/api/v1', '').replace(/\{\w+\}/g, ':')}`,
        )
      : [],
  )
  const judged = [...OF_EVENTS, ...OF_SERIES].map(([, request]) =>
    request.replace(/:\w+/g, ':').replace('history/1', 'history/:'),
  )
  expect(documented.filter((each) => !judged.includes(each))).toEqual([])
})

test('whoever is on the team of a series is on that of all its occurrences, also of those made later', async () => {
  const seriesId = await series.create(owner, {
    ...{ title: 'Weekly', startsAt: soon(7), endsAt: soon(7.1), zone: 'UTC', rule: 'FREQ=WEEKLY' },
  })
  await series.publish(owner, seriesId)
  const of = { eventId: null, seriesId }
  await addToTeam(kit.ctx, of, people['co-organizer'].id, 'co-organizer')
  await addToTeam(kit.ctx, of, people['check-in'].id, 'check-in')
  const before = await kit.ctx.db.selectFrom('events').select('id').where('series_id', '=', seriesId).execute()
  await kit.clock.advance({ days: 15 })
  for (const who of ['co-organizer', 'check-in'] as const) headers[who] = await kit.signIn(people[who])
  const { extendAll } = await import('#series/horizon')
  expect(await extendAll(kit.as('system'))).toBeGreaterThan(0)
  const after = await kit.ctx.db.selectFrom('events').select('id').where('series_id', '=', seriesId).execute()
  const made = after.find(({ id }) => !before.some((event) => event.id === id))!
  for (const event of [before.at(-1)!.id, made.id]) {
    const statusOf = async (request: string, who: Who, payload?: object) =>
      (await ask(request, who, { event }, payload)).status
    expect(await statusOf('PATCH /events/:event', 'co-organizer', { place: 'Here' })).toBe(200)
    expect(await statusOf('DELETE /events/:event', 'co-organizer')).toBe(403)
    expect(await statusOf('GET /events/:event/door', 'check-in')).toBe(200)
    expect(await statusOf('PATCH /events/:event', 'check-in', { place: 'Here' })).toBe(403)
  }
})
