import { Type } from 'typebox'
import * as categories from '#events/categories'
import { may as eventPolicy } from '#events/policy'
import { CategoryNameTaken } from '#events/problems'
import type { Ctx } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { NotFound } from '#kernel/problem'
import * as venues from '#venues'
import { may as venuePolicy } from '#venues/policy'
import { VenueNameTaken } from '#venues/problems'
import type { Collection } from './collections.ts'
import type { Field, Sent } from './fields.ts'
import { linkTo, type Name } from './links.ts'

// Locations and categories: what an event points to. Both are a name and a description.

const FIELDS: readonly Field[] = [
  { name: 'name', label: 'Name', kind: 'line', required: true, most: 75 },
  { name: 'description', label: 'Description', kind: 'text', most: 5_000 },
]

const LabelWire = Type.Object({
  id: Type.Integer(),
  detail_url: Type.String(),
  name: Type.String(),
  description: Type.String(),
})

export const locations: Collection<venues.Venue> = {
  name: 'locations',
  one: 'location',
  about: 'Where events are held. Locations are listed by name.',
  Wire: LabelWire,
  slice: venues.slice,
  find: venues.findNumbered,
  present: async (ctx, all) => all.map((venue) => present(ctx, 'locations', venue)),
  written: {
    fields: FIELDS,
    refuses: [VenueNameTaken],
    mayAdd: (actor) => permits(venuePolicy.create, actor, undefined),
    mayChange: (actor, venue) => permits(venuePolicy.edit, actor, venue),
    create: async (ctx, sent) => (await venues.create(ctx, said(sent) as venues.VenueFields)).number,
    edit: async (ctx, venue, sent) => void (await venues.edit(ctx, venue.id, said(sent))),
    remove: async (ctx, venue) => venues.remove(ctx, venue.id),
  },
}

export const kinds: Collection<categories.Category> = {
  name: 'categories',
  one: 'category',
  about: 'What kinds of event there are. Categories are listed by name.',
  Wire: LabelWire,
  async slice(ctx, { limit, offset }) {
    const all = await categories.list(ctx)
    return { items: all.slice(offset, offset + limit), total: all.length }
  },
  async find(ctx, number) {
    const category = (await categories.list(ctx)).find((each) => each.number === number)
    if (!category) throw NotFound()
    return category
  },
  present: async (ctx, all) => all.map((category) => present(ctx, 'categories', category)),
  written: {
    fields: FIELDS,
    refuses: [CategoryNameTaken],
    mayAdd: (actor) => permits(eventPolicy.addCategory, actor, undefined),
    mayChange: (actor, category) => permits(eventPolicy.changeCategory, actor, category),
    create: async (ctx, sent) => (await categories.create(ctx, said(sent) as { name: string })).number,
    edit: async (ctx, category, sent) => void (await categories.edit(ctx, category.id, said(sent))),
    remove: async (ctx, category) => categories.remove(ctx, category.id),
  },
}

function present(ctx: Ctx, name: Name, label: { number: number; name: string; description: string }) {
  return {
    id: label.number,
    detail_url: linkTo(ctx, name, label.number),
    name: label.name,
    description: label.description,
  }
}

function said({ name, description }: Sent): { name?: string; description?: string } {
  return {
    ...(name === undefined ? {} : { name: String(name) }),
    ...(description === undefined ? {} : { description: String(description) }),
  }
}
