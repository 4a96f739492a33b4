import { describe, expect, test } from 'vitest'
import * as checkin from '#checkin'
import type { Slice, SliceQuery } from '#kernel/paging'
import * as registrations from '#registrations'
import * as attendees from '#registrations/attendees'
import * as interest from '#registrations/interest'
import * as reviews from '#reviews'
import * as search from '#search'
import * as venues from '#venues'
import { anAccount, anEvent, aRegistration, aVenue, openKit } from '../kit/kit.ts'

// Lists whose pages are numbered, as the interfaces of others want them: a part of what the list of the native API has,
// in the same order, and how many there are in all.

const kit = await openKit()
const { ctx } = kit
const organizer = await anAccount(ctx, { role: 'organizer' })
const [ann, ben, cleo] = [await anAccount(ctx), await anAccount(ctx), await anAccount(ctx)]
for (const name of ['Attic', 'Barn', 'Cellar', 'Drawing room', 'Entrance'])
  await aVenue(ctx, name, { address: 'Mill 1' })
const over = await anEvent(ctx, { organizer, title: 'Seen', startsInHours: 1 })
for (const person of [ann, ben, cleo]) await registrations.register(kit.as(person), over.id, { accountId: person.id })
for (const { id } of (await attendees.sliceOfEvent(kit.as(organizer), over.id, { limit: 9, offset: 0 })).items)
  await checkin.checkIn(kit.as(organizer), over.id, { registrationId: id })
await kit.clock.advance({ hours: 5 })
for (const [n, person] of [ann, ben, cleo].entries()) await reviews.write(kit.as(person), over.id, { rating: n + 3 })
const hidden = await reviews.ofEvent(kit.as(cleo), over.id, { limit: 1 })
await reviews.hide(kit.as('admin'), hidden.items[0]!.id)
const coming = await anEvent(ctx, { organizer, title: 'Word 0', capacity: 2 })
for (let n = 1; n < 5; n++) {
  const { id } = await anEvent(ctx, { organizer, title: `Word ${n}`, startsInHours: 30 + n })
  await registrations.register(kit.as(ann), id, { accountId: ann.id })
}
for (let n = 0; n < 5; n++) await aRegistration(ctx, coming.id)
await anEvent(ctx, { organizer, title: 'Word that nobody sees', draft: true })

for (const person of [cleo, ben, ann]) await interest.show(kit.as(person), coming.id)

type Item = { id: string }
/** Who is interested has no registration. */
const identified = ({ items }: { items: { accountId: string }[] }) => ({
  items: items.map((each) => ({ id: each.accountId })),
})
const lists: Record<string, { all: () => Promise<{ items: Item[] }>; part: (by: SliceQuery) => Promise<Slice<Item>> }> =
  {
    venues: {
      all: () => venues.list(ctx, { text: 'mill' }),
      part: (by) => venues.slice(ctx, { ...by, text: 'mill' }),
    },
    events: {
      all: () => search.events(ctx, { text: 'word' }),
      part: (by) => search.sliceOfEvents(ctx, { ...by, text: 'word' }),
    },
    'events by their title, drafts among one’s own': {
      all: () => search.events(kit.as(organizer), { runBy: organizer.id, when: 'all', sort: '-title' }),
      part: (by) =>
        search.sliceOfEvents(kit.as(organizer), { ...by, runBy: organizer.id, when: 'all', sort: '-title' }),
    },
    'registrations of mine': {
      all: () => registrations.mine(kit.as(ann), ann.id, { when: 'upcoming' }),
      part: (by) => registrations.sliceOfMine(kit.as(ann), ann.id, { ...by, when: 'upcoming' }),
    },
    attendees: {
      all: () =>
        attendees.ofEvent(kit.as(organizer), coming.id, { status: 'waitlisted' }) as Promise<{ items: Item[] }>,
      part: (by) => attendees.sliceOfEvent(kit.as(organizer), coming.id, { ...by, status: 'waitlisted' }),
    },
    'who is interested': {
      all: async () => identified(await interest.listed(ctx, coming.id, {})),
      part: async (by) => ({
        ...(await interest.sliceListed(ctx, coming.id, by)),
        ...identified(await interest.sliceListed(ctx, coming.id, by)),
      }),
    },
    'reviews, without what is hidden': {
      all: () => reviews.ofEvent(ctx, over.id, {}),
      part: (by) => reviews.sliceOfEvent(ctx, over.id, by),
    },
  }
const idsOf = ({ items }: { items: Item[] }) => items.map(({ id }) => id)

describe.each(Object.entries(lists))('%s', (_, { all, part }) => {
  test('are read part by part, each of which says how many there are, also behind the end', async () => {
    const ids = idsOf(await all())
    expect(ids.length).toBeGreaterThan(1)
    for (let offset = 0; offset <= ids.length + 1; offset++) {
      const slice = await part({ limit: 2, offset })
      expect([idsOf(slice), slice.total], `after ${offset}`).toEqual([ids.slice(offset, offset + 2), ids.length])
    }
  })
})

test('where there is nothing, there are none', async () => {
  const nothing = { items: [], total: 0 }
  expect(await venues.slice(ctx, { text: 'nowhere', limit: 5, offset: 0 })).toEqual(nothing)
  expect(await venues.slice(ctx, { text: 'nowhere', limit: 5, offset: 5 })).toEqual(nothing)
  expect(await search.sliceOfEvents(ctx, { text: 'nothing', limit: 5, offset: 5 })).toEqual(nothing)
})

test('the part and the number are of one moment, whatever happens meanwhile', async () => {
  const busy = await anEvent(ctx, { organizer })
  const adding = Promise.all(Array.from({ length: 30 }, () => aRegistration(ctx, busy.id)))
  let total = 0
  while (total < 30) {
    const slice = await attendees.sliceOfEvent(kit.as(organizer), busy.id, { limit: 50, offset: 0 })
    expect(slice.total).toBe(slice.items.length)
    total = slice.total
  }
  await adding
})

test('who may not see the list sees no part of it', async () => {
  await expect(attendees.sliceOfEvent(kit.as(ann), coming.id, { limit: 5, offset: 0 })).rejects.toMatchObject({
    slug: 'forbidden',
  })
})
