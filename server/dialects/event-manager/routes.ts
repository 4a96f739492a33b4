import { Type } from 'typebox'
import { EmailNotVerified } from '#accounts/problems'
import { writing } from '#dialects/dialect'
import * as events from '#events'
import * as bulk from '#events/bulk/bulk'
import { may } from '#events/policy'
import { AlreadyCancelled, AlreadyOver, InUse, NotPublished, RowsRefused, TooMuchAtOnce } from '#events/problems'
import type { App } from '#http/app'
import { transaction } from '#kernel/ctx'
import { Forbidden, NotFound, SignInRequired, type ProblemType } from '#kernel/problem'
import { PaidFor } from '#payments/problems'
import { EventCancelled, EventPast } from '#registrations/problems'
import * as search from '#search'
import { subscribe } from '#subscriptions'
import { may as subscriptionPolicy } from '#subscriptions/policy'
import { Changes, dayAfter, dayOf, EventWire, fieldsOf, Message, NewEvent, present, Subscription } from './wire.ts'

const MOST = 10_000 // of an array without pages
const MOST_ROWS = 500
const OWN = ['event-manager-day', 'event-manager-hour'] as const
const READS = ['reads', ...OWN] as const
const WRITES = ['writes', ...OWN] as const
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const ById = Type.Object({ id: Type.Optional(Id) }, { additionalProperties: true })
const written: ProblemType[] = [SignInRequired, Forbidden, EmailNotVerified]

/** `/events`, `/sort_by/…`, `/bulk_events` and `/subscribe`. */
export function eventManagerRoutes(app: App): void {
  const readable = { config: { may: may.browse, refuses: [NotFound], limit: READS } }

  app.get(
    '/events',
    {
      ...readable,
      schema: {
        summary: 'All events, or those that fit',
        querystring: Type.Object(
          {
            id: Type.Optional(Id),
            title: Type.Optional(Type.String({ maxLength: 200 })),
            location: Type.Optional(Type.String({ maxLength: 255 })),
            start_date: Type.Optional(Type.String({ maxLength: 10, description: 'yyyy-mm-dd: from this day on' })),
            end_date: Type.Optional(Type.String({ maxLength: 10, description: 'yyyy-mm-dd: until this day' })),
            popularity: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
          },
          { additionalProperties: true },
        ),
        response: { 200: Type.Array(EventWire) },
      },
    },
    async ({ ctx, query }) => {
      const { id, title, location, start_date: from, end_date: to, popularity } = query
      const { items } = await search.events(ctx, {
        when: 'all',
        sort: 'createdAt',
        limit: MOST,
        ...(id === undefined ? {} : { number: id }),
        ...(title ? { title } : {}),
        ...(location ? { location } : {}),
        ...(from ? { from: dayOf(from).toISOString() } : {}),
        ...(to ? { to: dayAfter(to).toISOString() } : {}),
        ...(popularity === undefined ? {} : { popularity }),
      })
      if (id !== undefined && items.length === 0) throw NotFound()
      return items.map(present)
    },
  )

  subscribeRoutes(app)

  app.get(
    '/sort_by/:order',
    {
      ...readable,
      schema: {
        summary: 'All events in an order, the greatest first',
        params: Type.Object({ order: Type.String({ description: 'creation_time, date or popularity' }) }),
        response: { 200: Type.Array(EventWire), 400: Message },
      },
    },
    async ({ ctx, params }, reply) => {
      const sort = ORDERS.get(params.order)
      if (!sort) return reply.code(400).send({ message: 'Invalid sort by parameter' })
      const { items } = await search.events(ctx, { when: 'all', sort, limit: MOST })
      return items.map(present)
    },
  )

  app.post(
    '/events',
    {
      config: { may: may.browse, limit: WRITES, refuses: written },
      schema: { summary: 'Schedule an event', body: NewEvent, response: { 200: Message } },
    },
    async (req) => {
      await transaction(await writing(req), async (tx) =>
        events.publish(tx, await events.create(tx, fieldsOf(req.body))),
      )
      return { message: 'Event scheduled successfully' }
    },
  )

  app.put(
    '/events',
    {
      config: { may: may.browse, limit: WRITES, refuses: [...written, NotFound, AlreadyCancelled, AlreadyOver] },
      schema: {
        summary: 'Change an event',
        querystring: ById,
        body: Changes,
        response: { 200: Message, 400: Message },
      },
    },
    async (req, reply) => {
      const number = req.query.id ?? req.body.id
      if (number === undefined) return reply.code(400).send({ message: 'Event id not provided' })
      const ctx = await writing(req)
      await events.edit(ctx, await search.idOfNumber(ctx, Number(number)), fieldsOf(req.body))
      return { message: 'Event updated successfully' }
    },
  )

  app.delete(
    '/events',
    {
      config: { may: may.browse, limit: WRITES, refuses: [...written, NotFound, InUse, PaidFor] },
      schema: { summary: 'Delete an event', querystring: ById, response: { 200: Message, 400: Message } },
    },
    async (req, reply) => {
      const number = req.query.id ?? (req.body as { id?: unknown } | null)?.id
      if (number === undefined) return reply.code(400).send({ message: 'Event id not provided' })
      if (!/^\d{1,15}$/.test(JSON.stringify(number).replaceAll('"', ''))) throw NotFound()
      const ctx = await writing(req)
      await events.remove(ctx, await search.idOfNumber(ctx, Number(number)))
      return { message: 'Event deleted successfully' }
    },
  )

  app.post(
    '/bulk_events',
    {
      config: { may: may.browse, limit: WRITES, refuses: [...written, RowsRefused, TooMuchAtOnce] },
      schema: {
        summary: 'Schedule many events, or none',
        body: Type.Array(NewEvent, { maxItems: MOST_ROWS }),
        response: { 200: Message, 400: Message },
      },
    },
    async (req, reply) => {
      if (req.body.length === 0) return reply.code(400).send({ message: 'Empty list' })
      await scheduleAll(
        await writing(req),
        req.body.map((row) => fieldsOf(row)),
      )
      return { message: 'Events scheduled successfully' }
    },
  )

  app.delete(
    '/bulk_events',
    {
      config: {
        may: may.browse,
        limit: WRITES,
        refuses: [...written, RowsRefused, TooMuchAtOnce, NotFound, InUse, PaidFor],
      },
      schema: {
        summary: 'Delete many events, or none',
        body: Type.Array(Id, { maxItems: MOST_ROWS }),
        response: {
          200: Type.Object({ deleted_ids: Type.Array(Type.Integer()), message: Type.String() }),
          400: Message,
          404: Message,
        },
      },
    },
    async (req, reply) => {
      if (req.body.length === 0) return reply.code(400).send({ message: 'Empty list' })
      const ctx = await writing(req)
      const ids = await search.idsOfNumbers(ctx, req.body)
      if (req.body.some((number) => !ids.has(number))) return reply.code(404).send({ message: 'Events not found' })
      await bulk.carryOut(
        ctx,
        req.body.map((number) => ({ do: 'delete', id: ids.get(number)! })),
      )
      return { message: 'Events deleted successfully', deleted_ids: req.body }
    },
  )
}

/** `/subscribe`: an address hears of an event, and is reminded of it. Open to everybody, as following an event is. */
function subscribeRoutes(app: App): void {
  app.post(
    '/subscribe',
    {
      config: {
        may: subscriptionPolicy.subscribe,
        limit: WRITES,
        refuses: [NotFound, NotPublished, EventCancelled, EventPast],
      },
      schema: {
        summary: 'Hear of an event by mail',
        body: Subscription,
        response: { 200: Message, 400: Message },
      },
    },
    async ({ ctx, body: { event_id: number, email } }, reply) => {
      const wrong = (message: string) => reply.code(400).send({ message })
      if (number == null || number === '') return wrong('Event id is required')
      if (email == null || email === '') return wrong('Email is required')
      await subscribe(ctx, await search.idOfNumber(ctx, Number(number)), { email })
      return { message: 'Subscribed successfully' }
    },
  )
}

const ORDERS: ReadonlyMap<string, (typeof search.SORTS)[number]> = new Map([
  ['creation_time', '-createdAt'],
  ['date', '-startsAt'],
  ['popularity', '-popularity'],
])

/** There, what is written down is shown at once. */
async function scheduleAll(ctx: Parameters<typeof transaction>[0], all: events.EventFields[]): Promise<void> {
  await transaction(ctx, async (tx) => {
    const made = await bulk.carryOut(
      tx,
      all.map((fields) => ({ do: 'create', ...fields })),
    )
    for (const { id } of made) await events.publish(tx, id)
  })
}
