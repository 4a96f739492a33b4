import { Type } from 'typebox'
import type { App } from '#http/app'
import { Fields, PageOf, paging, Text, Uuid } from '#http/wire'
import * as search from '#search'
import { may } from './policy.ts'
import { VenueNameTaken } from './problems.ts'
import * as venues from './venues.ts'
import { NewVenue, present, VenueChanges, VenueWire } from './wire.ts'

const One = Fields({ venueId: Uuid })
const tags = ['venues']

/** The places where events are held. */
export function venueRoutes(app: App): void {
  app.get(
    '/venues',
    {
      schema: {
        tags,
        summary: 'Venues by name',
        querystring: Fields({ text: Type.Optional(Text(200)), ...paging }),
        response: { 200: PageOf(VenueWire) },
      },
      config: { may: may.see },
    },
    async (req) => {
      const { items, nextCursor } = await venues.list(req.ctx, req.query)
      const counts = await search.countEventsAt(
        req.ctx,
        items.map((venue) => venue.id),
      )
      return { items: items.map((venue) => present(venue, counts.get(venue.id) ?? 0, req.ctx.actor)), nextCursor }
    },
  )

  app.post(
    '/venues',
    {
      schema: { tags, summary: 'Add a venue', body: NewVenue, response: { 201: VenueWire } },
      config: { may: may.create, creates: true, refuses: [VenueNameTaken] },
    },
    async (req, reply) => {
      const venue = await venues.create(req.ctx, req.body)
      reply.code(201)
      return present(venue, 0, req.ctx.actor)
    },
  )

  app.get(
    '/venues/:venueId',
    {
      schema: { tags, summary: 'One venue', params: One, response: { 200: VenueWire } },
      config: { may: may.see },
    },
    async (req) => {
      const venue = await venues.find(req.ctx, req.params.venueId)
      const counts = await search.countEventsAt(req.ctx, [venue.id])
      return present(venue, counts.get(venue.id) ?? 0, req.ctx.actor)
    },
  )

  app.patch(
    '/venues/:venueId',
    {
      schema: { tags, summary: 'Change a venue', params: One, body: VenueChanges, response: { 200: VenueWire } },
      config: { may: may.edit, refuses: [VenueNameTaken] },
    },
    async (req) => {
      const venue = await venues.edit(req.ctx, req.params.venueId, req.body)
      const counts = await search.countEventsAt(req.ctx, [venue.id])
      return present(venue, counts.get(venue.id) ?? 0, req.ctx.actor)
    },
  )

  app.delete(
    '/venues/:venueId',
    {
      schema: {
        tags,
        summary: 'Remove a venue',
        description: 'Events that were to be there keep its name and address as text.',
        params: One,
        response: { 204: Type.Null() },
      },
      config: { may: may.edit },
    },
    async (req, reply) => {
      await venues.remove(req.ctx, req.params.venueId)
      reply.code(204)
    },
  )
}
