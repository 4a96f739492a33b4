import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { may as accountPolicy } from '#accounts/policy'
import { EmailNotVerified } from '#accounts/problems'
import * as events from '#events'
import { may } from '#events/policy'
import { AlreadyCancelled, AlreadyOver, InUse, NotPublished } from '#events/problems'
import { signedIn, type App } from '#http/app'
import { transaction } from '#kernel/ctx'
import { Forbidden, NotFound } from '#kernel/problem'
import { PaidFor } from '#payments/problems'
import { CapacityBelowTaken } from '#registrations/problems'
import * as search from '#search'
import { EventBody, EventWire, fieldsOf, filtersOf, ListQuery, present, searchOf, SearchQuery, usualPage } from './event-wire.ts' // prettier-ignore
import { labelsOf, make } from './new-events.ts'
import { PageOf } from '#dialects/numbered-pages'
import { pageOf, partOf, type PageQuery } from './pages.ts'
import { demandFields, One, readYes } from './wire.ts'

const Events = PageOf(EventWire)

/** `/api/events/`: finding events, and writing one's own. */
export function eventRoutes(app: App): void {
  const readable = { config: { may: may.browse, refuses: [NotFound] } }

  app.get(
    '/api/events/',
    { ...readable, schema: { summary: 'Events that fit', querystring: ListQuery, response: { 200: Events } } },
    async (req) => page(req, filtersOf(req.query), usualPage(req.query)),
  )

  app.get(
    '/api/events/upcoming/',
    {
      ...readable,
      schema: {
        summary: 'Events to come',
        description: 'Those that are active and have not begun, of what is asked for as in the list.',
        querystring: ListQuery,
        response: { 200: Events },
      },
    },
    async (req) => page(req, toCome(filtersOf(req.query), req.ctx.now()), usualPage(req.query)),
  )

  app.get(
    '/api/events/search/',
    { ...readable, schema: { summary: 'Events by words', querystring: SearchQuery, response: { 200: Events } } },
    async (req) => page(req, searchOf(req.query), 10),
  )

  app.get(
    '/api/events/my_events/',
    {
      config: { may: may.seeMine, refuses: [NotFound] },
      schema: { summary: 'Events that I organize', querystring: ListQuery, response: { 200: Events } },
    },
    async (req) => {
      const { accountId } = signedIn(req)
      const filters = { ...filtersOf(req.query), runBy: accountId, organizerId: accountId }
      return page(req, filters, usualPage(req.query))
    },
  )

  app.get(
    '/api/events/:id/',
    {
      config: { may: may.see, refuses: [NotFound] },
      schema: { summary: 'One event', params: One, response: { 200: EventWire } },
    },
    async ({ ctx, params }) => {
      const { id } = await search.identify(ctx, params.id)
      return present(await search.event(ctx, id), ctx.now())
    },
  )

  writingRoutes(app)
}

function writingRoutes(app: App): void {
  app.post(
    '/api/events/',
    {
      config: { may: accountPolicy.organize, refuses: [Forbidden, EmailNotVerified] },
      schema: {
        summary: 'Hold an event',
        description:
          'With `date`: for whoever is logged in, who thereby organizes. With `start_time` and `end_time`: for organizers.',
        body: EventBody,
        response: { 201: EventWire },
      },
    },
    async ({ ctx, body }, reply) => {
      const id = await make(ctx, body)
      reply.code(201)
      return present(await search.event(ctx, id), ctx.now())
    },
  )

  // Both are partial, as one of the two systems has it; of the other, a body without its title is refused.
  for (const method of ['PUT', 'PATCH'] as const)
    app.route({
      method,
      url: '/api/events/:id/',
      config: {
        may: may.edit,
        refuses: [NotFound, Forbidden, CapacityBelowTaken, AlreadyCancelled, AlreadyOver, NotPublished],
      },
      schema: {
        summary: method === 'PUT' ? 'Change an event' : 'Change some of an event',
        params: One,
        body: EventBody,
        response: { 200: EventWire },
      },
      handler: async (req) => {
        const { ctx, body } = req
        const { id } = await search.identify(ctx, req.params.id)
        const was = await search.event(ctx, id)
        if (body.title !== undefined) demandFields(body, 'title')
        const active = readYes(body.is_active)
        await transaction(ctx, async (tx) => {
          await events.edit(tx, id, { ...fieldsOf(body, was), ...(await labelsOf(tx, body)) })
          if (active === false) await events.close(tx, id)
          if (active === true) await events.reopen(tx, id)
        })
        return present(await search.event(ctx, id), ctx.now())
      },
    })

  app.delete(
    '/api/events/:id/',
    {
      config: { may: may.delete, refuses: [NotFound, Forbidden, InUse, PaidFor] },
      schema: { summary: 'Delete an event', params: One, response: { 204: Type.Null() } },
    },
    async ({ ctx, params }, reply) => {
      const { id } = await search.identify(ctx, params.id)
      await events.remove(ctx, id)
      reply.code(204)
      return null
    },
  )
}

/** Of these, what is active and has not begun; one that has is not over, but nothing that is to come. */
function toCome(filters: search.EventFilters, now: Date): search.EventFilters {
  const { from = '' } = filters
  const begins = now.toISOString()
  return { ...filters, when: 'upcoming', stopped: false, from: from > begins ? from : begins }
}

async function page(req: FastifyRequest, filters: search.EventFilters, usual?: number) {
  const { ctx } = req
  const part = partOf(req.query as PageQuery, usual)
  return pageOf(req, part, await search.sliceOfEvents(ctx, { ...filters, ...part }), (event) =>
    present(event, ctx.now()),
  )
}
