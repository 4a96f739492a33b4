import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import * as events from '#events'
import { slice, find, updatesOf } from '#events/past/updates'
import * as venues from '#venues'
import { aCategory, anAccount, anEvent, aVenue, openKit } from '../../../../test/kit/kit.ts'

const kit = await openKit()
const organizer = await anAccount(kit.ctx, { role: 'organizer' })
const edit = async (id: string, fields: Partial<events.EventFields>) => events.edit(kit.as(organizer), id, fields)
const of = async (id: string) => (await updatesOf(kit.ctx, [id])).get(id)!
const titles = async (id: string) => (await of(id)).map(({ before }) => before.title)
const all = async (limit = 50, offset = 0) => slice(kit.ctx, { limit, offset })

beforeEach(() => sql`truncate events, event_versions cascade`.execute(kit.ctx.db))

// S0-41 S0-45
describe('updates of an event', () => {
  test('say what everybody saw before each change, the newest first', async () => {
    const [hall, kind] = [await aVenue(kit.ctx, 'Hall', { createdBy: organizer.id }), await aCategory(kit.ctx, 'Talks')]
    const { id, startsAt, endsAt } = await anEvent(kit.ctx, { organizer, title: 'One', venueId: hall.id, categoryId: kind.id }) // prettier-ignore
    const venueNumber = (await venues.find(kit.ctx, hall.id)).number
    await edit(id, { title: 'Two', description: 'Words' })
    await edit(id, { venueId: null, place: 'Here' })
    const before = { title: 'Two', description: 'Words', startsAt, endsAt, place: null, venueNumber, categoryNumber: expect.any(Number) } // prettier-ignore
    const [last, first] = await of(id)
    expect(last).toEqual({ number: expect.any(Number), eventId: id, eventNumber: expect.any(Number), at: expect.any(Date), before }) // prettier-ignore
    expect(first!.before).toEqual({ ...before, title: 'One', description: '' })
    expect(await all()).toEqual({ items: [last, first], total: 2 })
    for (const update of [last!, first!]) expect(await find(kit.ctx, update.number)).toEqual(update)
    await venues.remove(kit.as(organizer), hall.id)
    expect((await of(id))[1]!.before.venueNumber).toBe(null)
  })

  test('are none of them where nothing changed that everybody sees, or nobody saw it yet', async () => {
    const { id } = await anEvent(kit.ctx, { organizer, title: 'Draft', draft: true })
    await edit(id, { title: 'Still a draft' })
    await events.publish(kit.as(organizer), id)
    await edit(id, { capacity: 7 })
    await edit(id, { onlineUrl: 'https://meet.example/secret' })
    await events.close(kit.as(organizer), id)
    expect(await of(id)).toEqual([])
    expect(await all()).toEqual({ items: [], total: 0 })
    await edit(id, { title: 'Public' })
    expect(await titles(id)).toEqual(['Still a draft'])
  })

  test('tell nobody what a private event said, neither while it is nor afterwards', async () => {
    const { id } = await anEvent(kit.ctx, { organizer, title: 'Public' })
    await edit(id, { title: 'Secret', visibility: 'private' })
    await edit(id, { title: 'More secret' })
    const [update] = await of(id)
    expect(await all()).toEqual({ items: [], total: 0 })
    await expect(find(kit.ctx, update!.number)).rejects.toThrow('There is nothing here')
    await edit(id, { visibility: 'public' })
    await edit(id, { title: 'Public again' })
    expect(await titles(id)).toEqual(['More secret', 'Public'])
    expect((await all()).items.map(({ before }) => before.title)).toEqual(['More secret', 'Public'])
  })

  test('are a hundred at most with the event, and all of them in pages', async () => {
    const { id } = await anEvent(kit.ctx, { organizer, title: '0' })
    for (let n = 1; n <= 103; n++) await edit(id, { title: String(n) })
    expect(await titles(id)).toEqual(Array.from({ length: 100 }, (_, n) => String(102 - n)))
    const { items, total } = await all(3, 101)
    expect([total, items.map(({ before }) => before.title)]).toEqual([103, ['1', '0']])
    expect(await all(3, 200)).toEqual({ items: [], total: 103 })
    expect(await find(kit.ctx, items[1]!.number)).toEqual(items[1])
  })

  test('go with an event that is deleted', async () => {
    const { id } = await anEvent(kit.ctx, { organizer, title: 'One' })
    await edit(id, { title: 'Two' })
    const [update] = await of(id)
    await events.remove(kit.as(organizer), id)
    expect((await all()).total).toBe(0)
    await expect(find(kit.ctx, update!.number)).rejects.toThrow('There is nothing here')
  })
})
