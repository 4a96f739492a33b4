import { Type } from 'typebox'
import { EmailNotVerified } from '#accounts/problems'
import * as gatherings from '#events'
import * as categories from '#events/categories'
import * as past from '#events/past/updates'
import { may } from '#events/policy'
import { AlreadyCancelled, AlreadyOver, InUse } from '#events/problems'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { PaidFor } from '#payments/problems'
import * as search from '#search'
import * as venues from '#venues'
import type { Choice, Collection } from './collections.ts'
import type { Field, Sent } from './fields.ts'
import { linkTo, ROOT, type Name } from './links.ts'

const MOST_CHOICES = 200

const Moment = Type.String({ examples: ['2027-06-15T14:00:00Z'] })
const Link = Type.Union([Type.String(), Type.Null()])

export const UpdateWire = Type.Object({
  created_at: Moment,
  previous_values: Type.String({ description: 'JSON: what the event was before.' }),
  detail_url: Type.String(),
})

export const EventWire = Type.Object({
  id: Type.Integer(),
  detail_url: Type.String(),
  title: Type.String(),
  description: Type.String(),
  start_time: Moment,
  end_time: Moment,
  location: Link,
  category: Link,
  updates: Type.Array(UpdateWire),
  location_name: Type.String(),
  category_name: Type.String(),
})

const FIELDS: readonly Field[] = [
  { name: 'title', label: 'Title', kind: 'line', required: true, most: 255 },
  { name: 'description', label: 'Description', kind: 'text', most: 20_000 },
  { name: 'start_time', label: 'Start time', kind: 'moment', required: true },
  { name: 'end_time', label: 'End time', kind: 'moment', required: true },
  { name: 'location', label: 'Location', kind: 'link', to: 'locations' },
  { name: 'category', label: 'Category', kind: 'link', to: 'categories' },
]

export const events: Collection<search.SeenEvent> = {
  name: 'events',
  one: 'event',
  about: 'What is held, where and when. The latest start comes first.',
  Wire: EventWire,
  slice: async (ctx, part) => search.sliceOfEvents(ctx, { when: 'all', sort: '-startsAt', ...part }),
  async find(ctx, number) {
    return search.event(ctx, await search.idOfNumber(ctx, number))
  },
  present,
  extraActions: { Search: `${ROOT}events/search/` },
  written: {
    fields: FIELDS,
    refuses: [EmailNotVerified, AlreadyCancelled, AlreadyOver, InUse, PaidFor],
    mayAdd: (actor) => permits(may.create, actor, undefined),
    mayChange: (actor, event) => permits(may.edit, actor, event),
    // There, what is written down is shown at once.
    create: async (ctx, sent) => {
      const id = await transaction(ctx, async (tx) => {
        const made = await gatherings.create(tx, { zone: 'UTC', ...(await said(tx, sent)) } as gatherings.EventFields)
        await gatherings.publish(tx, made)
        return made
      })
      return (await search.identify(ctx, id)).number
    },
    edit: async (ctx, { id }, sent) => transaction(ctx, async (tx) => gatherings.edit(tx, id, await said(tx, sent))),
    remove: async (ctx, { id }) => gatherings.remove(ctx, id),
    choices,
  },
}

/** What became of events; nobody writes it. */
export const updates: Collection<past.Update> = {
  name: 'updates',
  one: 'update',
  about: 'What events were before they were changed, the newest change first.',
  Wire: Type.Object({ id: Type.Integer(), event: Type.String(), ...UpdateWire.properties }),
  slice: past.slice,
  find: past.find,
  present: async (ctx, all) =>
    all.map((update) => ({
      id: update.number,
      event: linkTo(ctx, 'events', update.eventNumber),
      ...presentUpdate(ctx, update),
    })),
}

async function present(ctx: Ctx, all: readonly search.SeenEvent[]) {
  const changes = await past.updatesOf(
    ctx,
    all.map(({ id }) => id),
  )
  return all.map((event) => ({
    id: event.number,
    detail_url: linkTo(ctx, 'events', event.number),
    title: event.title,
    description: event.description,
    start_time: moment(event.startsAt),
    end_time: moment(event.endsAt),
    location: linkOrNull(ctx, 'locations', event.venueNumber),
    category: linkOrNull(ctx, 'categories', event.category?.number ?? null),
    updates: (changes.get(event.id) ?? []).map((update) => presentUpdate(ctx, update)),
    location_name: event.venue?.name ?? event.place ?? 'no location given',
    category_name: event.category?.name ?? 'no category given',
  }))
}

function presentUpdate(ctx: Ctx, { number, at, before }: past.Update) {
  const previous = {
    title: before.title,
    description: before.description,
    start_time: moment(new Date(before.startsAt)),
    end_time: moment(new Date(before.endsAt)),
    location: linkOrNull(ctx, 'locations', before.venueNumber),
    category: linkOrNull(ctx, 'categories', before.categoryNumber),
  }
  return {
    created_at: moment(at),
    previous_values: JSON.stringify(previous),
    detail_url: linkTo(ctx, 'updates', number),
  }
}

function linkOrNull(ctx: Ctx, name: Name, number: number | null): string | null {
  return number === null ? null : linkTo(ctx, name, number)
}

/** As it is written there: with six digits of a second, or none. */
function moment(date: Date): string {
  return date.toISOString().replace(/\.(\d{3})Z$/, (_, ms: string) => (ms === '000' ? 'Z' : `.${ms}000Z`))
}

/** What is said of an event, in the core's words. A location is a venue; a place in words beside it is left alone. */
async function said(tx: Tx, sent: Sent): Promise<Partial<gatherings.EventFields>> {
  const { title, description, start_time: start, end_time: end, location, category } = sent
  return {
    ...(title === undefined ? {} : { title: String(title) }),
    ...(description === undefined ? {} : { description: String(description) }),
    ...(start === undefined ? {} : { startsAt: String(start) }),
    ...(end === undefined ? {} : { endsAt: String(end) }),
    ...(location === undefined
      ? {}
      : { venueId: location === null ? null : await venues.idOfNumber(tx, Number(location)) }),
    ...(category === undefined
      ? {}
      : { categoryId: category === null ? null : await categories.idOfNumber(tx, Number(category)) }),
  }
}

async function choices(ctx: Ctx): Promise<Record<string, Choice[]>> {
  const [places, kinds] = await Promise.all([
    venues.slice(ctx, { limit: MOST_CHOICES, offset: 0 }),
    categories.list(ctx),
  ])
  const choice = (name: Name) => (each: { number: number; name: string }) => ({
    link: linkTo(ctx, name, each.number),
    label: each.name,
  })
  return { location: places.items.map(choice('locations')), category: kinds.map(choice('categories')) }
}
