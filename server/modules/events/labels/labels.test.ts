import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { PUBLIC, publicOrganizer } from '#accounts/public-organizer'
import * as categories from '#events/categories'
import * as tags from '#events/tags'
import { actingAs } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { aCategory, anAccount, anEvent, openKit } from '../../../../test/kit/kit.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const hers = await kit.signIn(organizer)
const theirs = await kit.signIn(await anAccount(kit.ctx))
const above = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))

const tagged = (tags: string[], more: object = {}) => anEvent(kit.ctx, { organizer, tags, ...more })
const tagsOf = async (id: string) => (await kit.call('GET', `/events/${id}`, { headers: hers })).body.tags as string[]
const patch = (path: string, payload: object, headers = above) => kit.call('PATCH', path, { payload, headers })
type Label = { id: string; name: string; description: string; events: number }
const list = async (what: 'tags' | 'categories') => (await kit.call('GET', `/${what}`)).body.items as Label[]
const named = async (what: 'tags' | 'categories', name: string) =>
  (await list(what)).find((each) => each.name === name) as Label

describe('a number', () => {
  test('names a category, and a tag that everybody may know or that is one’s own', async () => {
    const { id } = await aCategory(kit.ctx, 'Numbered')
    const { number } = await kit.ctx.db.selectFrom('categories').select('number').where('id', '=', id).executeTakeFirstOrThrow() // prettier-ignore
    expect(await categories.idOfNumber(kit.ctx, number)).toBe(id)
    await expect(categories.idOfNumber(kit.ctx, 999_999)).rejects.toMatchObject({ slug: 'invalid' })
    await tagged(['shown 1'])
    await tagged(['secret 2'], { draft: true })
    const { rows } = await sql<{ number: number }>`select number from tags where name in ('shown 1', 'secret 2') order by name desc`.execute(kit.ctx.db) // prettier-ignore
    const [shown, secret] = rows.map((row) => row.number) as [number, number]
    expect(await tags.namesOfNumbers(kit.ctx, [shown])).toEqual(['shown 1'])
    expect(await tags.namesOfNumbers(kit.as(organizer), [secret, shown])).toEqual(['secret 2', 'shown 1'])
    await expect(tags.namesOfNumbers(kit.ctx, [shown, secret])).rejects.toMatchObject({ slug: 'invalid' })
    expect(await tags.namesOfNumbers(kit.ctx, [])).toEqual([])
  })
})

describe('tags', () => {
  // S3-43
  test('are named by using them, once whatever the capitals, many for one event', async () => {
    const first = await tagged(['Rust', 'open source', 'rust '])
    const second = await tagged(['RUST'])
    expect(await tagsOf(first.id)).toEqual(['open source', expect.stringMatching(/^rust$/i)])
    expect(await tagsOf(second.id)).toEqual([(await tagsOf(first.id))[1]])
    expect((await list('tags')).filter((each) => /^rust$/i.test(each.name))).toHaveLength(1)
    const listed = await kit.call('GET', '/events', { query: { organizerId: organizer.id } })
    expect(listed.body.items.find((each: Label) => each.id === first.id).tags).toEqual(await tagsOf(first.id))
  })

  test('are one where they are drawn alike', async () => {
    await tagged(['invisible'])
    const { id } = await tagged(['in\u200bvisible', '\u2060invisible'])
    expect(await tagsOf(id)).toEqual(['invisible'])
  })

  test('that many use for the first time at once are one', async () => {
    const events = await Promise.all(
      Array.from({ length: 8 }, (_, n) => tagged(n % 2 ? ['race b', 'race a'] : ['Race A', 'Race B'])),
    )
    for (const event of events)
      expect((await tagsOf(event.id)).map((name) => name.toLowerCase())).toEqual(['race a', 'race b'])
    expect((await list('tags')).filter((each) => /^race/i.test(each.name))).toHaveLength(2)
  })

  test('are exchanged all at once, and left alone when nobody speaks of them', async () => {
    const { id } = await tagged(['one', 'two'])
    await patch(`/events/${id}`, { title: 'Other' }, hers)
    expect(await tagsOf(id)).toEqual(['one', 'two'])
    expect(await patch(`/events/${id}`, { tags: ['two', 'three'] }, hers)).toMatchObject({
      body: { tags: ['three', 'two'], version: 4 },
    })
    expect(await patch(`/events/${id}`, { tags: [] }, hers)).toMatchObject({ body: { tags: [] } })
  })

  test.each([
    ['a blank one', [' '], '/tags/0'],
    ['one with a comma', ['a,b'], '/tags/0'],
    ['one with a wide comma', ['a，b'], '/tags/0'],
    ['one of Braille without dots', ['\u2800\u2800'], '/tags/0'],
    ['one too long', ['a'.repeat(51)], '/tags/0'],
    ['too many', Array.from({ length: 21 }, (_, n) => `n${n}`), '/tags'],
    ['no list', 'rust', '/tags'],
  ])('refuse %s', async (_, tags, pointer) => {
    const { id } = await tagged([])
    expect(await patch(`/events/${id}`, { tags }, hers)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })

  test('count what is to come, and only what everybody can find', async () => {
    await tagged(['counted'])
    await tagged(['counted'], { draft: true })
    const gone = await tagged(['counted'])
    await kit.call('PUT', `/events/${gone.id}/cancellation`, { headers: hers, payload: {} })
    expect(await named('tags', 'counted')).toMatchObject({ events: 1 })
  })

  test('of drafts and hidden events are nobody else’s to read, until an admin describes them', async () => {
    const drafted = await tagged(['of a draft'], { draft: true })
    await tagged(['of a private one'], { visibility: 'private' })
    await tagged(['of an unlisted one'], { visibility: 'unlisted' })
    await tagged(['of everybody'])
    const names = async (headers = {}) =>
      (await kit.call('GET', '/tags', { headers })).body.items.map((each: Label) => each.name) as string[]
    for (const headers of [{}, hers, theirs]) {
      expect(await names(headers)).toContain('of everybody')
      for (const hidden of ['of a draft', 'of a private one', 'of an unlisted one'])
        expect(await names(headers)).not.toContain(hidden)
    }
    const seen = (await kit.call('GET', '/tags', { headers: above })).body.items as Label[]
    const tag = seen.find((each) => each.name === 'of a draft')!
    expect((await patch(`/tags/${tag.id}`, { description: 'Curated' })).body).toMatchObject({ events: 0 })
    expect(await names()).toContain('of a draft')
    await kit.call('PUT', `/events/${drafted.id}/publication`, { headers: hers, payload: {} })
    expect(await names()).toContain('of a draft')
  })

  test('are listed a page at a time, each once', async () => {
    await tagged(['page b', 'page a', 'page c'])
    const whole = (await list('tags')).map((each) => each.name)
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const query = { limit: '2', ...(cursor ? { cursor } : {}) }
      const { body } = await kit.call('GET', '/tags', { query })
      expect(body.items.length).toBeLessThanOrEqual(2)
      paged.push(...body.items.map((each: Label) => each.name))
      cursor = body.nextCursor ?? undefined
    } while (cursor)
    expect(paged).toEqual(whole)
    expect(paged).toEqual(expect.arrayContaining(['page a', 'page b', 'page c']))
  })

  test('are renamed, described and removed by admins, and everybody sees that at once', async () => {
    const { id } = await tagged(['typescrpt', 'taken'])
    expect((await kit.call('GET', `/events/${id}`)).body.tags).toContain('typescrpt') // kept from here on
    const tag = await named('tags', 'typescrpt')
    for (const headers of [hers, theirs])
      expect((await patch(`/tags/${tag.id}`, { name: 'Mine' }, headers)).status).toBe(403)
    expect(await patch(`/tags/${tag.id}`, { name: 'TAKEN' })).toMatchObject({
      status: 409,
      body: { type: '/problems/events/tag-name-taken' },
    })
    expect(await patch(`/tags/${tag.id}`, { name: 'TypeScript', description: 'A language' })).toMatchObject({
      status: 200,
      body: { name: 'TypeScript', description: 'A language', events: 1 },
    })
    expect((await kit.call('GET', `/events/${id}`)).body.tags).toEqual(['taken', 'TypeScript'])
    expect((await kit.call('DELETE', `/tags/${tag.id}`, { headers: hers })).status).toBe(403)
    expect((await kit.call('DELETE', `/tags/${tag.id}`, { headers: above })).status).toBe(204)
    expect((await kit.call('GET', `/events/${id}`)).body).toMatchObject({ tags: ['taken'], version: 4 })
    const { items } = (await kit.call('GET', `/events/${id}/history`, { headers: hers })).body
    expect(items.slice(0, 2).map((each: { changes: { tags: unknown } }) => each.changes.tags)).toEqual([
      { from: ['taken', 'TypeScript'], to: ['taken'] },
      { from: ['taken', 'typescrpt'], to: ['taken', 'TypeScript'] },
    ])
    expect((await kit.call('DELETE', `/tags/${newId()}`, { headers: above })).status).toBe(404)
    expect((await patch(`/tags/${newId()}`, { name: 'x' })).status).toBe(404)
  })
})

describe('categories', () => {
  // S3-22 S3-42
  test('are renamed and described by admins, under a name that is free', async () => {
    const [category, other] = [await aCategory(kit.ctx, 'Tallks'), await aCategory(kit.ctx, 'Walks')]
    await anEvent(kit.ctx, { organizer, categoryId: category.id })
    await anEvent(kit.ctx, { organizer, categoryId: category.id, draft: true })
    expect((await patch(`/categories/${category.id}`, { name: 'Mine' }, hers)).status).toBe(403)
    expect(await patch(`/categories/${category.id}`, { name: 'WALKS' })).toMatchObject({
      status: 409,
      body: { type: '/problems/events/category-name-taken' },
    })
    expect(await patch(`/categories/${category.id}`, { name: 'Talks', description: 'Somebody talks.' })).toMatchObject({
      status: 200,
      body: { name: 'Talks', description: 'Somebody talks.', events: 1 },
    })
    expect(await named('categories', 'Walks')).toMatchObject({ id: other.id, events: 0 })
  })

  test('that nobody in particular has named are theirs to change, and no others', async () => {
    await publicOrganizer(kit.ctx)
    const nobody = actingAs(kit.ctx, PUBLIC)
    const theirs = await categories.create(nobody, { name: 'Anybody’s' })
    const other = await aCategory(kit.ctx, 'An admin’s')
    expect(await categories.edit(nobody, theirs.id, { name: 'Everybody’s' })).toMatchObject({ name: 'Everybody’s' })
    await expect(categories.edit(nobody, other.id, { name: 'Ours' })).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(categories.remove(nobody, other.id)).rejects.toMatchObject({ slug: 'forbidden' })
    for (const ctx of [kit.as(organizer), actingAs(kit.ctx, { kind: 'anonymous' })]) {
      await expect(categories.create(ctx, { name: 'Mine' })).rejects.toThrow()
      await expect(categories.remove(ctx, theirs.id)).rejects.toThrow()
    }
    await categories.remove(nobody, theirs.id)
    expect((await list('categories')).map((each) => each.name)).not.toContain('Everybody’s')
  })

  // S0-43
  test('when removed leave their events, which are of no category then', async () => {
    const category = await aCategory(kit.ctx, 'Short-lived')
    const event = await anEvent(kit.ctx, { organizer, categoryId: category.id })
    expect((await kit.call('GET', `/events/${event.id}`)).body.category).toMatchObject({ name: 'Short-lived' })
    expect((await kit.call('DELETE', `/categories/${category.id}`, { headers: hers })).status).toBe(403)
    expect((await kit.call('DELETE', `/categories/${category.id}`, { headers: above })).status).toBe(204)
    expect((await kit.call('GET', `/events/${event.id}`)).body).toMatchObject({ category: null, version: 3 })
    expect((await kit.call('DELETE', `/categories/${category.id}`, { headers: above })).status).toBe(404)
  })
})
