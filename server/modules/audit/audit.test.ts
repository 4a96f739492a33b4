import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { grantRole } from '#accounts'
import * as events from '#events'
import { leave } from '#events/team/team'
import { projectFolder } from '#kernel/project-folder'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { addToTeam } from '../../../test/kit/teams.ts'
import { KINDS, sentenceOf } from './sentences.ts'

const kit = await openKit()
const ada = await anAccount(kit.ctx, { role: 'admin', username: 'ada' })
const admin = await kit.signIn(ada)
const sentences = (body: { items: { sentence: string }[] }) => body.items.map(({ sentence }) => sentence)

describe('the audit trail', () => {
  // S0-41
  test('says to admins what happened, who did it and to what, newest first', async () => {
    const event = await anEvent(kit.ctx, { title: 'Told of' })
    await events.edit(kit.as(event.organizer), event.id, { title: 'Told of again', capacity: 7 })
    const { status, body } = await kit.call('GET', '/audit', { headers: admin, query: { event: event.id } })
    expect(status).toBe(200)
    expect(sentences(body)).toEqual([
      'There are 7 seats now.',
      'The event was changed: title, capacity.',
      'The event was published.',
      'The event was begun as a draft.',
    ])
    expect(body.items[1]).toMatchObject({
      kind: 'event.edited',
      actor: { kind: 'account', id: event.organizer.id, name: event.organizer.username },
      event: { id: event.id, title: 'Told of again' },
      account: null,
    })
  })

  test('is narrowed by kind, by who did it, by whom it concerns and by time, and read page by page', async () => {
    const ann = await anAccount(kit.ctx)
    await grantRole(kit.as(ada), ann.id, 'organizer')
    await kit.signIn(ann)
    await kit.clock.advance({ hours: 2 })
    const since = kit.ctx.now().toISOString()
    await grantRole(kit.as(ada), ann.id, 'attendee')
    const get = async (query: Record<string, string>) =>
      (await kit.call('GET', '/audit', { headers: await kit.signIn(ada), query })).body
    expect(sentences(await get({ account: ann.id }))).toEqual([
      'The role became attendee.',
      'Logged in.',
      'The role became organizer.',
    ])
    expect(sentences(await get({ account: ann.id, kind: 'session.opened' }))).toEqual(['Logged in.'])
    expect(sentences(await get({ account: ann.id, since }))).toEqual(['The role became attendee.'])
    expect(sentences(await get({ account: ann.id, until: since, actor: ada.id }))).toEqual(['The role became organizer.']) // prettier-ignore
    const first = await get({ account: ann.id, limit: '2' })
    const rest = await get({ account: ann.id, limit: '2', cursor: first.nextCursor })
    expect([...sentences(first), ...sentences(rest)]).toHaveLength(3)
    expect(rest.nextCursor).toBe(null)
    const stolen = await kit.call('GET', '/audit', { headers: await kit.signIn(ada), query: { cursor: first.nextCursor } }) // prettier-ignore
    expect(stolen.status).toBe(422)
    expect((await kit.call('GET', '/audit', { headers: await kit.signIn(ada), query: { actor: 'me' } })).status).toBe(422) // prettier-ignore
  })

  test('says nothing newer of an event whose team one has left', async () => {
    const event = await anEvent(kit.ctx, { title: 'As it was', draft: true })
    const helper = await anAccount(kit.ctx)
    await addToTeam(kit.ctx, { eventId: event.id, seriesId: null }, helper.id, 'co-organizer')
    await events.edit(kit.as(helper), event.id, { place: 'The yard' })
    await events.edit(kit.as(helper), event.id, { title: 'As they left it' })
    await leave(kit.as(helper), event.id)
    await events.edit(kit.as(event.organizer), event.id, { title: 'A secret since' })
    const { body } = await kit.call('GET', '/me/activity', { headers: await kit.signIn(helper) })
    expect(JSON.stringify(body)).not.toContain('secret')
    const told = body.items.filter(({ kind }: { kind: string }) => !kind.startsWith('session'))
    expect(told.map((item: { kind: string; event: { title: string } }) => [item.kind, item.event.title])).toEqual([
      ['team.left', 'As they left it'],
      ['event.edited', expect.stringMatching(/As (they left it|it was)/)], // the same transaction
      ['event.edited', 'As it was'],
    ])
    const all = await kit.call('GET', '/audit', { headers: await kit.signIn(ada), query: { event: event.id } })
    expect(all.body.items.at(-1).event.title).toBe('A secret since')
  })

  test('is for admins; everybody sees what they did and what was done to them, and nothing of others', async () => {
    const [ann, bob] = [await anAccount(kit.ctx), await anAccount(kit.ctx)]
    const headers = await kit.signIn(ann)
    const other = await kit.signIn(bob)
    await grantRole(kit.as(ada), ann.id, 'organizer')
    const event = await anEvent(kit.ctx)
    await kit.call('POST', `/events/${event.id}/registrations`, { headers, payload: {} })
    await aRegistration(kit.ctx, event.id)
    expect((await kit.call('GET', '/audit', { headers: other })).status).toBe(403)
    expect((await kit.call('GET', '/audit')).status).toBe(401)
    const { body } = await kit.call('GET', '/me/activity', { headers: await kit.signIn(ann) })
    expect(sentences(body)).toEqual(['Logged in.', 'A seat was taken.', 'The role became organizer.', 'Logged in.'])
    expect(body.items[2].actor.name).toBe('ada')
    const page = (await kit.call('GET', '/me/activity', { headers, query: { limit: '3' } })).body
    const next = (await kit.call('GET', '/me/activity', { headers, query: { limit: '3', cursor: page.nextCursor } })).body // prettier-ignore
    expect([...sentences(page), ...sentences(next)]).toEqual(sentences(body))
    expect(sentences((await kit.call('GET', '/me/activity', { headers: other })).body)).toEqual(['Logged in.'])
    expect((await kit.call('GET', '/me/activity')).status).toBe(401)
  })
})

describe('every kind of fact', () => {
  const sources = readdirSync(join(projectFolder, 'server'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(projectFolder, 'server', path), 'utf8'))
  const declared = sources.flatMap((text) =>
    [...text.matchAll(/interface Facts \{([\s\S]*?)\n {2}\}/g)].flatMap(([, body = '']) =>
      [...body.matchAll(/^ {4}'([a-z-]+\.[a-z-]+)'/gm)].map((match) => match[1]!),
    ),
  )

  test('has a sentence of its own', () => {
    expect(declared.length).toBeGreaterThan(60)
    expect(declared.toSorted()).toEqual(KINDS.toSorted())
  })

  test('can be said of a fact that an older program wrote with less in it', () => {
    for (const kind of KINDS) {
      expect(sentenceOf(kind, {})).toMatch(/^[A-Z0-9“].*\.$/)
      expect(sentenceOf(kind, {})).not.toMatch(/undefined|NaN/)
    }
    expect(sentenceOf('long.forgotten', {})).toBe('long.forgotten')
  })

  test('keeps no secret and no words of people: ids, numbers and what our own program says', () => {
    const fields = sources.flatMap((text) =>
      [...text.matchAll(/interface Facts \{([\s\S]*?)\n {2}\}/g)].flatMap(([, body = '']) =>
        [...body.matchAll(/(\w+)\??: string\b(?!\[)/g)].map((match) => match[1]!),
      ),
    )
    // `name` and `address` are a venue's, a category's or a tag's; `title` an event's that was erased; `where`, `zone`, `place`
    // and the times are where and when an event was to be; `version` is of the terms; jobs, their times and channels
    // are the program's own.
    const known =
      'name address title currency reason from into to where zone place startsAt endsAt version provider role channel schedule job cron again'.split(
        ' ',
      )
    expect([...new Set(fields)].filter((field) => !field.endsWith('Id') && !known.includes(field))).toEqual([])
  })
})
