import { Type, type Static } from 'typebox'
import type { App } from '#http/app'
import { EmailNotVerified } from '#accounts/problems'
import * as events from '#events'
import { transaction } from '#kernel/ctx'
import { NotFound } from '#kernel/problem'
import * as search from '#search'
import * as externalEvents from '#sync/external-events'
import { may } from '#sync/policy'
import { ImportedAlready, ProviderFailed, ProviderNotSet } from '#sync/problems'
import { SEARCHED } from '#sync/providers/provider'
import { EventBody, EventWire, fieldsOf, present } from './event-wire.ts'
import { labelsOf } from './new-events.ts'
import { Anything, Moment, moment } from './wire.ts'

const Text = Type.Union([Type.String(), Type.Null()])
const ExternalWire = Type.Object({
  id: Type.String(),
  external_event_id: Type.String(),
  provider: Type.String(),
  title: Type.String(),
  description: Type.String(),
  location: Type.String(),
  start_time: Moment,
  end_time: Moment,
  venue_name: Text,
  price_range: Text,
  ticket_url: Text,
  is_imported: Type.Boolean(),
})
const ProviderName = Type.Optional(
  Type.Unsafe<externalEvents.SearchedName>({
    type: 'string',
    enum: [...SEARCHED],
    description: 'Without it: the first that is set up.',
  }),
)

/** Events of elsewhere: found, and taken in. */
export function externalEventRoutes(app: App): void {
  app.get(
    '/api/external-events/',
    {
      config: { may: may.search, refuses: [ProviderNotSet, ProviderFailed] },
      schema: {
        summary: 'Search events elsewhere',
        description: 'Asks the provider at once. How many there are in all nobody says, so `count` is of this page.',
        querystring: Type.Object(
          {
            provider: ProviderName,
            query: Type.Optional(Type.String({ maxLength: 200 })),
            location: Type.Optional(Type.String({ maxLength: 100 })),
            cursor: Type.Optional(Type.String({ maxLength: 500, description: 'As `next` has it.' })),
          },
          Anything,
        ),
        response: {
          200: Type.Object({
            count: Type.Integer(),
            next: Text,
            previous: Type.Null(),
            results: Type.Array(ExternalWire),
          }),
        },
      },
    },
    async ({ ctx, query, url }) => {
      const { provider, query: text, location, cursor } = query
      const { items, nextCursor } = await externalEvents.search(ctx, { provider, query: text, location, cursor })
      const next = new URL(`${ctx.config.baseUrl}${url}`)
      if (nextCursor) next.searchParams.set('cursor', nextCursor)
      return {
        count: items.length,
        next: nextCursor && next.href,
        previous: null,
        results: items.map(presentExternal),
      }
    },
  )

  app.post(
    '/api/external-events/:ext_id/import/',
    {
      config: {
        may: may.import,
        refuses: [NotFound, ProviderNotSet, ProviderFailed, ImportedAlready, EmailNotVerified],
      },
      schema: {
        summary: 'Take an event in from elsewhere',
        description: 'Fields in the body are taken instead of what is said there. Everybody sees it at once.',
        params: Type.Object({ ext_id: Type.String({ maxLength: 255 }) }),
        querystring: Type.Object({ provider: ProviderName }, Anything),
        body: Type.Object({ ...EventBody.properties, provider: ProviderName }, Anything),
        response: { 200: EventWire, 201: EventWire },
      },
    },
    async ({ ctx, params, query, body }, reply) => {
      const provider = body.provider ?? query.provider ?? externalEvents.firstSet(ctx)
      const prepared = await externalEvents.prepare(ctx, provider, params.ext_id)
      const { eventId, isNew } = await transaction(ctx, async (tx) => {
        const instead = { ...fieldsOf(body), ...(await labelsOf(tx, body)) }
        const brought = await externalEvents.bring(tx, provider, prepared, instead)
        if (brought.isNew) await events.publish(tx, brought.eventId)
        return brought
      })
      reply.code(isNew ? 201 : 200)
      return present(await search.event(ctx, eventId), ctx.now())
    },
  )
}

function presentExternal(event: externalEvents.ExternalEvent): Static<typeof ExternalWire> {
  return {
    id: event.externalId,
    external_event_id: event.externalId,
    provider: event.provider,
    title: event.title,
    description: event.description,
    location: event.place ?? event.venueName ?? '',
    start_time: moment(event.startsAt),
    end_time: moment(event.endsAt),
    venue_name: event.venueName,
    price_range: event.priceRange,
    ticket_url: event.ticketUrl,
    is_imported: event.isImported,
  }
}
