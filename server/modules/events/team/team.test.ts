import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Kit } from '../../../../test/kit/kit.ts'
import { newId } from '#kernel/ids'
import { linkToken } from '#kernel/links'
import * as registrations from '#registrations'
import * as series from '#series'
import { change } from '#series/changing'
import { aGuest, anAccount, anEvent, openKit } from '../../../../test/kit/kit.ts'
import { addToTeam } from '../../../../test/kit/teams.ts'

const kit = await openKit({ RATE_LIMITS: 'off' })
const olga = await anAccount(kit.ctx, { role: 'organizer', firstName: 'Olga' })
const hers = await kit.signIn(olga)
type Headers = Record<string, string>
type Account = Awaited<ReturnType<typeof anAccount>>

const aPerson = async (fields: Parameters<typeof anAccount>[1] = {}) => {
  const account = await anAccount(kit.ctx, fields)
  return { ...account, headers: await kit.signIn(account) }
}
const verify = (account: Account) =>
  sql`update accounts set email_verified_at = app_now() where id = ${account.id}`.execute(kit.ctx.db)
const invite = (eventId: string, payload: object, headers: Headers = hers) =>
  kit.call('POST', `/events/${eventId}/team/invitations`, { payload, headers })
const offer = (eventId: string, payload: object, headers: Headers = hers) =>
  kit.call('POST', `/events/${eventId}/ownership-offers`, { payload, headers })
const accept = (key: string, headers: Headers) => kit.call('PUT', `/team-invitations/${key}/acceptance`, { headers })
const decline = (key: string, headers: Headers = {}) => kit.call('PUT', `/team-invitations/${key}/refusal`, { headers })
const teamOf = async (eventId: string, headers: Headers = hers) =>
  (await kit.call('GET', `/events/${eventId}/team`, { headers })).body
const rolesOn = async (eventId: string, headers: Headers = hers) =>
  ((await teamOf(eventId, headers)).members as { accountId: string; role: string }[]).map(({ accountId, role }) => [
    accountId,
    role,
  ])
const facts = async (of: string) => {
  const { rows } = await sql<{ kind: string }>`
    select kind from facts where (data->>'eventId' = ${of} or data->>'seriesId' = ${of})
      and (kind like 'team.%' or kind like '%.handed-over') order by id`.execute(kit.ctx.db)
  return rows.map((row) => row.kind)
}
const lastMailTo = (address: string): Kit['mails'][number] | undefined =>
  kit.mails.findLast((mail) => mail.to.address === address)
/** What the link ends in that was mailed to this address. */
const linkFor = async (address: string) => {
  await kit.settle()
  return /\/team\/(\S+)/.exec(lastMailTo(address)!.text)![1]!
}
const problemOf = ({ status, body }: { status: number; body: any }) => [status, body.type]

describe('an invitation', () => {
  test('by address goes there with a link, says nothing of who has an account, and is accepted by it', async () => {
    const ada = await aPerson({ firstName: 'Ada' })
    const event = await anEvent(kit.ctx, { organizer: olga, title: 'Reading aloud' })
    const known = await invite(event.id, { email: ada.email.toUpperCase(), role: 'co-organizer' })
    const unknown = await invite(event.id, { email: 'nobody@example.org', role: 'co-organizer' })
    expect([known.status, unknown.status]).toEqual([201, 201])
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body))
    expect(known.body).toMatchObject({ to: ada.email.toUpperCase(), role: 'co-organizer', of: 'event' })

    const token = await linkFor(ada.email.toUpperCase())
    const [one, other] = [lastMailTo(ada.email.toUpperCase())!, lastMailTo('nobody@example.org')!]
    expect(one.text.replace(/\/team\/\S+/, '')).toBe(other.text.replace(/\/team\/\S+/, ''))
    expect(one).toMatchObject({ subject: 'Will you help: Reading aloud', to: { name: '' } })
    expect(one.text).toContain('Olga asks you to help run it, as a co-organizer.')

    // Opening the link changes nothing, and shows what it is about also to who is not logged in.
    const shown = await kit.call('GET', `/team-invitations/${token}`)
    expect(shown.body).toMatchObject({
      title: 'Reading aloud',
      state: 'open',
      invitedBy: 'Olga',
      can: { accept: false },
    })
    expect((await accept(token, {})).status).toBe(401)
    expect(
      (await kit.call('PATCH', `/events/${event.id}`, { headers: ada.headers, payload: { place: 'A' } })).status,
    ).toBe(403)
    const done = await accept(token, ada.headers)
    expect(done).toMatchObject({ status: 200, body: { state: 'accepted', eventId: event.id } })
    expect(await rolesOn(event.id)).toEqual([[ada.id, 'co-organizer']])
    expect(
      (await kit.call('PATCH', `/events/${event.id}`, { headers: ada.headers, payload: { place: 'A' } })).status,
    ).toBe(200)

    expect(await accept(token, ada.headers)).toMatchObject({ status: 200, body: { state: 'accepted' } })
    expect(await facts(event.id)).toEqual(['team.invited', 'team.invited', 'team.joined'])
    await kit.settle()
    expect(lastMailTo(olga.email)).toMatchObject({ subject: `Yes from ${ada.email.toUpperCase()}: Reading aloud` })
  })

  test('is for that address alone: neither another account nor one that only claims the address', async () => {
    const event = await anEvent(kit.ctx, { organizer: olga, draft: true })
    const other = await aPerson()
    await invite(event.id, { email: 'late@example.org', role: 'check-in' })
    const token = await linkFor('late@example.org')
    const { id } = (await teamOf(event.id)).invitations[0]
    expect(problemOf(await accept(token, other.headers))).toEqual([403, '/problems/events/invitation-for-another'])
    for (const key of [id, newId(), `${id}.${'x'.repeat(43)}`, linkToken(kit.ctx.config, 'invitation', id)])
      for (const answer of [await accept(key, other.headers), await decline(key, other.headers)])
        expect(answer.status).toBe(404)

    const claimer = await aPerson({ email: 'Late@example.org' })
    await sql`update accounts set email_verified_at = null where id = ${claimer.id}`.execute(kit.ctx.db)
    const mine = () => kit.call('GET', '/me/team-invitations', { headers: claimer.headers })
    expect((await mine()).body.items).toEqual([])
    expect((await accept(id, claimer.headers)).status).toBe(404)
    await verify(claimer)
    expect((await mine()).body.items).toMatchObject([{ id, role: 'check-in', can: { accept: true } }])
    expect((await accept(id, claimer.headers)).status).toBe(200)
    expect((await mine()).body.items).toEqual([])
  })

  test('by username is there in the app, and for nobody else', async () => {
    const event = await anEvent(kit.ctx, { organizer: olga })
    const [ben, other] = [await aPerson(), await aPerson()]
    const { body } = await invite(event.id, { username: ben.username.toUpperCase(), role: 'check-in' })
    const mine = await kit.call('GET', '/me/team-invitations', { headers: ben.headers })
    expect(mine.body.items).toMatchObject([{ id: body.id, eventId: event.id, role: 'check-in' }])
    expect((await kit.call('GET', '/me/team-invitations', { headers: other.headers })).body.items).toEqual([])
    expect((await kit.call('GET', `/team-invitations/${body.id}`, { headers: other.headers })).status).toBe(404)
    expect((await accept(body.id, ben.headers)).status).toBe(200)
    expect(await rolesOn(event.id)).toEqual([[ben.id, 'check-in']])
  })

  test.each([
    ['nobody of that name', { username: 'nobody.at.all', role: 'check-in' }, '/username'],
    ['the owner', { username: olga.username, role: 'check-in' }, '/username'],
    ['both', { username: 'a', email: 'a@example.org', role: 'check-in' }, '/email'],
    ['neither', { role: 'check-in' }, '/email'],
    ['no address', { email: 'a', role: 'check-in' }, '/email'],
    ['a role that is none', { email: 'a@example.org', role: 'owner' }, '/role'],
    ['an admin', { email: 'a@example.org', role: 'admin' }, '/role'],
    ['more than is asked', { email: 'a@example.org', role: 'check-in', accountId: olga.id }, '/accountId'],
  ])('of %s is refused', async (_, payload, pointer) => {
    const event = await anEvent(kit.ctx, { organizer: olga })
    const answer = await invite(event.id, payload)
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
    expect(await facts(event.id)).toEqual([])
  })

  test('to the same role is not sent twice; to another it takes the place of the first', async () => {
    const event = await anEvent(kit.ctx, { organizer: olga })
    const first = await invite(event.id, { email: 'c@example.org', role: 'check-in' })
    const again = await invite(event.id, { email: ' C@example.org'.trim(), role: 'check-in' })
    expect(again.body.id).toBe(first.body.id)
    const token = await linkFor('c@example.org')
    const better = await invite(event.id, { email: 'c@example.org', role: 'co-organizer' })
    expect((await teamOf(event.id)).invitations).toMatchObject([{ id: better.body.id, role: 'co-organizer' }])
    expect((await kit.call('GET', `/team-invitations/${token}`)).body.state).toBe('withdrawn')
    await kit.settle()
    expect(kit.mails.filter((mail) => mail.to.address === 'c@example.org')).toHaveLength(2)
  })

  test('is declined by its link, taken back, or too old, and then opens nothing', async () => {
    const event = await anEvent(kit.ctx, { organizer: olga, startsInHours: 1_000 })
    const dora = await aPerson()
    const asked = async () => {
      const { body } = await invite(event.id, { username: dora.username, role: 'co-organizer' })
      return body.id as string
    }
    const refused = [409, '/problems/events/invitation-over']
    const declined = await asked()
    const token = await linkFor(dora.email)
    expect(await decline(token)).toMatchObject({ status: 200, body: { state: 'declined' } })
    expect((await decline(token)).status).toBe(200)
    expect(problemOf(await accept(declined, dora.headers))).toEqual(refused)

    const withdrawn = await asked()
    const path = `/events/${event.id}/team/invitations/${withdrawn}`
    for (const _ of [1, 2]) expect((await kit.call('DELETE', path, { headers: hers })).status).toBe(204)
    expect(problemOf(await accept(withdrawn, dora.headers))).toEqual(refused)
    expect(problemOf(await decline(withdrawn, dora.headers))).toEqual(refused)
    const unknown = await kit.call('DELETE', `/events/${event.id}/team/invitations/${newId()}`, { headers: hers })
    expect(unknown.status).toBe(404)

    const old = await asked()
    await kit.clock.advance({ days: 14 })
    const later = await kit.signIn(dora)
    expect(problemOf(await accept(old, later))).toEqual(refused)
    const laterHers = await kit.signIn(olga)
    expect((await teamOf(event.id, laterHers)).invitations).toEqual([])
    const anew = await invite(event.id, { username: dora.username, role: 'co-organizer' }, laterHers)
    expect((await accept(anew.body.id, later)).status).toBe(200)
    expect(await facts(event.id)).toEqual([
      ...['team.invited', 'team.declined', 'team.invited', 'team.uninvited', 'team.invited', 'team.invited'],
      'team.joined',
    ])
  })

  // reliability S1
  test('is not taken back by who runs another event', async () => {
    const rival = await aPerson({ role: 'organizer' })
    const [event, own] = [await anEvent(kit.ctx, { organizer: olga }), await anEvent(kit.ctx, { organizer: rival })]
    const asked = await aPerson()
    const { body } = await invite(event.id, { username: asked.username, role: 'co-organizer' }, await kit.signIn(olga))
    const path = `/events/${own.id}/team/invitations/${body.id}`
    expect((await kit.call('DELETE', path, { headers: rival.headers })).status).toBe(404)
    expect((await accept(body.id, asked.headers)).status).toBe(200)
  })

  test('to an event that is gone is over', async () => {
    const headers = await kit.signIn(olga)
    const event = await anEvent(kit.ctx, { organizer: olga, draft: true })
    const eve = await aPerson()
    const { body } = await invite(event.id, { username: eve.username, role: 'co-organizer' }, headers)
    await kit.call('DELETE', `/events/${event.id}`, { headers })
    expect((await kit.call('GET', '/me/team-invitations', { headers: eve.headers })).body.items).toEqual([])
    expect(problemOf(await accept(body.id, eve.headers))).toEqual([409, '/problems/events/invitation-over'])
  })

  test('is one of fifty at most', async () => {
    const headers = await kit.signIn(olga)
    const event = await anEvent(kit.ctx, { organizer: olga })
    for (let n = 0; n < 50; n++)
      expect((await invite(event.id, { email: `n${n}@example.org`, role: 'check-in' }, headers)).status).toBe(201)
    const answer = await invite(event.id, { email: 'n50@example.org', role: 'check-in' }, headers)
    expect(problemOf(answer)).toEqual([409, '/problems/events/team-full'])
  })
})

describe('somebody on a team', () => {
  test('finds the event among their own, a draft only who may see it, and is out the moment they are taken off', async () => {
    const headers = await kit.signIn(olga)
    const draft = await anEvent(kit.ctx, { organizer: olga, draft: true, title: 'Draft' })
    const shown = await anEvent(kit.ctx, { organizer: olga, title: 'Shown' })
    const [helper, door] = [await aPerson(), await aPerson()]
    for (const { id } of [draft, shown]) {
      await addToTeam(kit.ctx, { eventId: id, seriesId: null }, helper.id, 'co-organizer')
      await addToTeam(kit.ctx, { eventId: id, seriesId: null }, door.id, 'check-in')
    }
    const mine = async (of: { headers: Headers }) =>
      (await kit.call('GET', '/me/events', { headers: of.headers })).body.items.map((item: any) => [
        item.title,
        item.role,
        item.can.edit,
        item.can.checkIn,
      ])
    expect((await mine(helper)).sort()).toEqual([
      ['Draft', 'co-organizer', true, false],
      ['Shown', 'co-organizer', true, true],
    ])
    expect(await mine(door)).toEqual([['Shown', 'check-in', false, true]])
    expect((await kit.call('GET', `/events/${shown.id}`, { headers: helper.headers })).body.can).toMatchObject({
      ...{
        edit: true,
        cancel: false,
        delete: false,
        setPrice: false,
        seeTeam: true,
        changeTeam: false,
        handOver: false,
      },
    })

    const off = await kit.call('DELETE', `/events/${draft.id}/team/${helper.id}`, { headers })
    expect(off.status).toBe(204)
    expect((await kit.call('GET', `/events/${draft.id}`, { headers: helper.headers })).status).toBe(404)
    expect((await kit.call('DELETE', `/events/${draft.id}/team/${helper.id}`, { headers })).status).toBe(404)
    await kit.settle()
    expect(lastMailTo(helper.email)).toMatchObject({ subject: 'You are off the team: Draft' })
    expect((await kit.call('DELETE', `/events/${draft.id}/team/me`, { headers: door.headers })).status).toBe(204)
    expect(await facts(draft.id)).toEqual(['team.removed', 'team.left'])
    expect((await mine(helper)).map(([title]: string[]) => title)).toEqual(['Shown'])
  })

  // S0-36
  test('at the door sees names and neither addresses nor who has one', async () => {
    const event = await anEvent(kit.ctx, { organizer: olga })
    const door = await aPerson()
    await addToTeam(kit.ctx, { eventId: event.id, seriesId: null }, door.id, 'check-in')
    await registrations.register(kit.ctx, event.id, { name: 'Fay', email: 'canary@secret.example' })
    const list = (headers: Headers, text = '') =>
      kit.call('GET', `/events/${event.id}/door`, { headers, query: { text } })
    expect((await list(door.headers)).body.items).toMatchObject([{ name: 'Fay', email: null }])
    expect((await list(door.headers, 'fa')).body.items).toHaveLength(1)
    expect((await list(door.headers, 'canary')).body.items).toEqual([])
    const headers = await kit.signIn(olga)
    expect((await list(headers, 'canary')).body.items).toMatchObject([{ email: 'canary@secret.example' }])
    const all = await kit.call('GET', `/events/${event.id}`, { headers: door.headers })
    expect(JSON.stringify(all.body)).not.toContain('canary')
  })

  test('comes in without an invitation to a private event, and may have a place there', async () => {
    const event = await anEvent(kit.ctx, { organizer: olga, visibility: 'private', capacity: 5 })
    const door = await aPerson()
    const place = () => kit.call('POST', `/events/${event.id}/registrations`, { payload: {}, headers: door.headers })
    expect((await place()).status).toBe(404)
    await addToTeam(kit.ctx, { eventId: event.id, seriesId: null }, door.id, 'check-in')
    expect((await place()).status).toBe(201)
  })

  test('in several rows of a bulk changes what is theirs to change and no more', async () => {
    const event = await anEvent(kit.ctx, { organizer: olga, title: 'Before' })
    const helper = await aPerson({ role: 'organizer' })
    await addToTeam(kit.ctx, { eventId: event.id, seriesId: null }, helper.id, 'co-organizer')
    const bulk = (operation: object) =>
      kit.call('POST', '/events/bulk', { payload: { operations: [operation] }, headers: helper.headers })
    expect((await bulk({ do: 'update', id: event.id, title: 'After' })).status).toBeLessThan(300)
    const refused = await bulk({ do: 'delete', id: event.id })
    expect(refused.body.rows).toMatchObject([{ status: 403 }])
  })
})

describe('handing over', () => {
  test('gives the event to who accepts it, who must be able to organize; the old owner helps on', async () => {
    const headers = await kit.signIn(olga)
    const event = await anEvent(kit.ctx, { organizer: olga, title: 'The choir' })
    const heir = await aPerson()
    await addToTeam(kit.ctx, { eventId: event.id, seriesId: null }, heir.id, 'check-in')
    const { body } = await offer(event.id, { username: heir.username }, headers)
    expect(body).toMatchObject({ role: 'owner' })
    expect(problemOf(await accept(body.id, heir.headers))).toEqual([409, '/problems/events/cannot-organize'])
    expect(await rolesOn(event.id, headers)).toEqual([[heir.id, 'check-in']])

    await sql`update accounts set role = 'organizer' where id = ${heir.id}`.execute(kit.ctx.db)
    const now = await aSession(heir)
    expect((await accept(body.id, now)).status).toBe(200)
    expect(await teamOf(event.id, now)).toMatchObject({
      owner: { id: heir.id },
      members: [{ accountId: olga.id, role: 'co-organizer' }],
      invitations: [],
    })
    expect((await kit.call('DELETE', `/events/${event.id}`, { headers })).status).toBe(403)
    expect((await kit.call('PATCH', `/events/${event.id}`, { headers, payload: { place: 'B' } })).status).toBe(200)
    expect((await kit.call('GET', `/events/${event.id}`)).body.organizer).toMatchObject({ id: heir.id })
    expect(await facts(event.id)).toEqual(['team.invited', 'event.handed-over'])
    await kit.settle()
    expect(lastMailTo(olga.email)!.text).toContain('has taken over “The choir”: it is theirs now.')
    // What is had already is not given again.
    expect(problemOf(await offer(event.id, { username: heir.username }, now))).toEqual([422, '/problems/invalid'])
  })

  test('leaves the old owner out who wants to be, and the newest offer stands', async () => {
    const headers = await kit.signIn(olga)
    const event = await anEvent(kit.ctx, { organizer: olga, draft: true })
    const [first, second] = [await aPerson({ role: 'organizer' }), await aPerson({ role: 'organizer' })]
    const one = await offer(event.id, { username: first.username, stays: false }, headers)
    const two = await offer(event.id, { username: second.username, stays: false }, headers)
    expect(problemOf(await accept(one.body.id, first.headers))).toEqual([409, '/problems/events/invitation-over'])
    expect((await accept(two.body.id, second.headers)).status).toBe(200)
    expect((await kit.call('GET', `/events/${event.id}`, { headers })).status).toBe(404)
    expect((await kit.call('GET', `/events/${event.id}`, { headers: second.headers })).body.can.delete).toBe(true)
  })

  test('a series goes with all its occurrences, and one of them alone does not go', async () => {
    const heir = await aPerson({ role: 'organizer' })
    const headers = await kit.signIn(olga)
    const seriesId = await series.create(kit.as(olga), aSeries('FREQ=DAILY;COUNT=3'))
    const ids = await occurrencesOf(seriesId)
    expect(problemOf(await offer(ids[0]!, { username: heir.username }, headers))).toEqual([
      ...[409, '/problems/events/part-of-series'],
    ])
    await addToTeam(kit.ctx, { eventId: ids[1]!, seriesId: null }, heir.id, 'check-in')
    const { body } = await kit.call('POST', `/series/${seriesId}/ownership-offers`, {
      ...{ payload: { username: heir.username }, headers },
    })
    expect((await accept(body.id, heir.headers)).body).toMatchObject({ seriesId, state: 'accepted' })
    for (const id of ids) {
      const seen = await kit.call('GET', `/events/${id}`, { headers: heir.headers })
      expect(seen.body).toMatchObject({ organizer: { id: heir.id }, can: { delete: true } })
      expect((await teamOf(id, heir.headers)).members).toMatchObject([
        { accountId: olga.id, role: 'co-organizer', of: 'series' },
      ])
    }
    const answer = await kit.call('PATCH', `/series/${seriesId}`, { headers: heir.headers, payload: { title: 'Mine' } })
    expect(answer).toMatchObject({ status: 200, body: { organizerId: heir.id, can: { delete: true } } })
    expect(await facts(seriesId)).toEqual(['team.invited', 'series.handed-over'])
  })
})

describe('the team of a series', () => {
  test('changes all of it, goes along where it is cut in two, and calls nothing off', async () => {
    const helper = await aPerson() // who may begin no series of their own
    const seriesId = await series.create(kit.as(olga), aSeries('FREQ=DAILY;COUNT=4'))
    await series.publish(kit.as(olga), seriesId)
    await addToTeam(kit.ctx, { eventId: null, seriesId }, helper.id, 'co-organizer')
    const ids = await occurrencesOf(seriesId)
    const into = await change(kit.as(helper), seriesId, { from: ids[2]!, title: 'Otherwise' })
    expect(into).not.toBe(seriesId)
    for (const id of [seriesId, into]) {
      const { body } = await kit.call('GET', `/series/${id}`, { headers: helper.headers })
      expect(body).toMatchObject({ organizerId: olga.id, can: { edit: true, cancel: false, delete: false } })
    }
    const fewer = await kit.call('PATCH', `/series/${into}`, {
      ...{ headers: helper.headers, payload: { rule: 'FREQ=DAILY;COUNT=1' } },
    })
    expect(fewer.status).toBe(403)
    const more = await kit.call('PATCH', `/series/${into}`, {
      ...{ headers: helper.headers, payload: { rule: 'FREQ=DAILY;COUNT=5' } },
    })
    expect(more.status).toBe(200)
    expect(await occurrencesOf(into)).toHaveLength(5)
  })

  test('of one occurrence sees its series and changes only that one', async () => {
    const helper = await aPerson()
    const seriesId = await series.create(kit.as(olga), aSeries('FREQ=DAILY;COUNT=2'))
    await series.publish(kit.as(olga), seriesId)
    const [mine, other] = await occurrencesOf(seriesId)
    await addToTeam(kit.ctx, { eventId: mine!, seriesId: null }, helper.id, 'co-organizer')
    const patch = (path: string) => kit.call('PATCH', path, { headers: helper.headers, payload: { place: 'Here' } })
    expect((await patch(`/events/${mine}`)).status).toBe(200)
    expect((await patch(`/events/${other}`)).status).toBe(403)
    expect((await patch(`/series/${seriesId}`)).status).toBe(403)
    const guest = await registrations.register(kit.ctx, other!, aGuest())
    expect((await kit.call('GET', `/registrations/${guest.id}`, { headers: helper.headers })).status).toBe(404)
  })
})

const aSeries = (rule: string) => {
  const at = kit.ctx.now().getTime() + 7 * 86_400_000
  const [startsAt, endsAt] = [at - (at % 1_000), at - (at % 1_000) + 3_600_000]
  return { title: 'Daily', zone: 'UTC', rule, startsAt: iso(startsAt), endsAt: iso(endsAt) }
}
const iso = (at: number) => new Date(at).toISOString()
const aSession = (account: Account) => kit.signIn(account)
const occurrencesOf = async (seriesId: string) => {
  const { rows } = await sql<{ id: string }>`
    select id from events where series_id = ${seriesId} and deleted_at is null order by starts_at`.execute(kit.ctx.db)
  return rows.map((row) => row.id)
}
