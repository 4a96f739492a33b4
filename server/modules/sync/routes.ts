import { EventChanges, EventWire, present } from '#events/wire'
import type { App } from '#http/app'
import { rememberAnswer } from '#http/idempotency'
import { Fields, PageOf } from '#http/wire'
import { event } from '#search'
import * as externalEvents from './external-events.ts'
import { may } from './policy.ts'
import { ImportedAlready, NoOrganizer, ProviderFailed, ProviderNotSet, RunUnderWay } from './problems.ts'
import * as runs from './runs.ts'
import * as sync from './sync.ts'
import { ExternalEventsWire, ImportParams, NewRun, presentExternal, presentProvider, presentRun, ProvidersWire, RunsQuery, RunWire, SearchQuery } from './wire.ts' // prettier-ignore

const tags = ['external events']
// Another kind, which is closed to API keys.
const synchronisation = ['synchronisation']

/** Events of elsewhere: searched by whoever is logged in, imported by organizers, brought in by runs that admins see. */
export function syncRoutes(app: App): void {
  app.get(
    '/external-events',
    {
      schema: {
        tags,
        summary: 'Search events elsewhere',
        description: 'For whoever is logged in. Asks the provider at once; what is there already says so.',
        querystring: SearchQuery,
        response: { 200: ExternalEventsWire },
      },
      config: { may: may.search, refuses: [ProviderNotSet, ProviderFailed] },
    },
    async (req) => {
      const { provider, items, nextCursor } = await externalEvents.search(req.ctx, req.query)
      return { provider, items: items.map(presentExternal), nextCursor }
    },
  )

  app.post(
    '/external-events/:provider/:externalId/import',
    {
      schema: {
        tags,
        summary: 'Import an event from elsewhere',
        description:
          'For organizers. Makes a draft of it that is yours; fields in the body are taken instead of what is said there. ' +
          'What you have imported before is answered as it is now, with 200.',
        params: ImportParams,
        body: EventChanges,
        response: { 200: EventWire, 201: EventWire },
      },
      config: {
        may: may.import,
        creates: 'keeps its own answer',
        refuses: [ProviderNotSet, ProviderFailed, ImportedAlready],
      },
    },
    (req, reply) =>
      rememberAnswer(req, reply, {
        prepare: () => externalEvents.prepare(req.ctx, req.params.provider, req.params.externalId), // asks somebody else's server
        async effect(prepared) {
          const { eventId, isNew } = await externalEvents.bring(req.ctx, req.params.provider, prepared, req.body)
          reply.code(isNew ? 201 : 200)
          return present(await event(req.ctx, eventId), req.ctx.actor)
        },
      }),
  )

  app.post(
    '/admin/sync-runs',
    {
      schema: {
        tags: synchronisation,
        summary: 'Begin a synchronisation',
        description: 'For admins. It goes on by itself; one at a time with each provider.',
        body: NewRun,
        response: { 202: RunWire },
      },
      config: { may: may.run, refuses: [ProviderNotSet, NoOrganizer, RunUnderWay] },
    },
    async (req, reply) => {
      const { provider, ...wish } = req.body
      const { run } = await sync.begin(req.ctx, provider, wish)
      reply.code(202)
      return presentRun(run)
    },
  )

  app.get(
    '/admin/sync-runs',
    {
      schema: {
        tags: synchronisation,
        summary: 'Synchronisations',
        description: 'For admins, newest first.',
        querystring: RunsQuery,
        response: { 200: PageOf(RunWire) },
      },
      config: { may: may.seeRuns },
    },
    async (req) => {
      const { items, nextCursor } = await runs.list(req.ctx, req.query)
      return { items: items.map(presentRun), nextCursor }
    },
  )

  app.get(
    '/admin/sync-providers',
    {
      schema: {
        tags: synchronisation,
        summary: 'Where events come from',
        description: 'For admins: which providers are set up, and how their last runs went.',
        querystring: Fields({}),
        response: { 200: ProvidersWire },
      },
      config: { may: may.seeRuns },
    },
    async (req) => ({ items: (await runs.providers(req.ctx)).map(presentProvider) }),
  )
}
