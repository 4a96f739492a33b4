import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, OneOf, PageOf, paging, Text, Uuid } from '#http/wire'
import type { ExternalEvent } from './external-events.ts'
import { PROVIDERS, SEARCHED } from './providers/provider.ts'
import type { ProviderState, Run } from './runs.ts'

export const SearchQuery = Fields({
  provider: Type.Optional(OneOf(SEARCHED, { description: 'Without it: the first that is set up.' })),
  query: Type.Optional(Text(200, { examples: ['concert'] })),
  location: Type.Optional(Text(100, { description: 'A city, a state like NY, or a postal code.', examples: ['NY'] })),
  cursor: paging.cursor,
})

const ExternalEventWire = Fields({
  provider: OneOf(PROVIDERS),
  externalId: Type.String(),
  title: Type.String(),
  description: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  zone: Type.String(),
  place: Nullable(Type.String()),
  venueName: Nullable(Type.String()),
  priceRange: Nullable(Type.String()),
  ticketUrl: Nullable(Type.String()),
  isImported: Type.Boolean(),
  eventId: Nullable(Type.String({ format: 'uuid', description: 'The event here, where you may see it.' })),
})
export const ExternalEventsWire = PageOf(ExternalEventWire, { provider: OneOf(PROVIDERS) })

export const ImportParams = Fields({ provider: OneOf(SEARCHED), externalId: Text(255, { min: 1 }) })

export const NewRun = Fields({
  provider: OneOf(PROVIDERS),
  full: Type.Optional(
    Type.Boolean({ default: false, description: 'Everything; otherwise what changed since the last time.' }),
  ),
  acceptWithdrawals: Type.Optional(
    Type.Boolean({ default: false, description: 'Also where more than half of the events to come are gone there.' }),
  ),
})

export const RunWire = Fields({
  id: Uuid,
  provider: OneOf(PROVIDERS),
  mode: OneOf(['full', 'incremental']),
  state: OneOf(['running', 'done', 'failed']),
  beganAt: Instant,
  endedAt: Nullable(Instant),
  durationMs: Nullable(Type.Integer()),
  error: Nullable(Type.String({ description: 'Why it failed. Then nothing was changed.' })),
  newEventsCount: Type.Integer(),
  updatedEventsCount: Type.Integer(),
  withdrawnEventsCount: Type.Integer({ description: 'No longer announced there, so cancelled here.' }),
  unchangedEventsCount: Type.Integer(),
  skippedCount: Type.Integer({ description: 'What could not be taken.' }),
  skipped: Type.Array(Fields({ externalId: Nullable(Type.String()), reason: Type.String() }), {
    description: 'The first hundred of them.',
  }),
  keptCount: Type.Integer({ description: 'Changed there, and edited here: what was edited stays.' }),
  kept: Type.Array(Fields({ externalId: Type.String(), eventId: Uuid, fields: Type.Array(Type.String()) }), {
    description: 'The first hundred of them.',
  }),
  lastSyncedChangedAt: Nullable({ ...Instant, description: 'Up to which change the provider was read then.' }),
})

export const RunsQuery = Fields({ ...paging, provider: Type.Optional(OneOf(PROVIDERS)) })

export const ProvidersWire = Fields({
  items: Type.Array(
    Fields({
      name: OneOf(PROVIDERS),
      isSet: Type.Boolean({ description: 'Whether it can be asked.' }),
      runs: Type.Boolean({ description: 'Whether synchronisations run with it.' }),
      isSearched: Type.Boolean({ description: 'Whether organizers can search it.' }),
      missing: Nullable(Type.String({ description: 'The setting that it lacks to run.' })),
      changedAt: Nullable({ ...Instant, description: 'Up to which change it was read.' }),
      lastRun: Nullable(RunWire),
    }),
  ),
})

/** What was found there, as the wire has it. */
export function presentExternal(event: ExternalEvent): Static<typeof ExternalEventWire> {
  const { provider, externalId, title, description, zone, place, venueName, priceRange, ticketUrl } = event
  const { isImported, eventId } = event
  const times = { startsAt: instant(event.startsAt), endsAt: instant(event.endsAt) }
  return { provider, externalId, title, description, ...times, zone, place, venueName, priceRange, ticketUrl, isImported, eventId } // prettier-ignore
}

/** A run, as far as it has come. */
export function presentRun(run: Run): Static<typeof RunWire> {
  const { beganAt, endedAt, error, lastSyncedChangedAt, ...rest } = run
  return {
    ...rest,
    state: endedAt === null ? 'running' : error === null ? 'done' : 'failed',
    beganAt: instant(beganAt),
    endedAt: instantOrNull(endedAt),
    durationMs: endedAt && Math.max(0, endedAt.getTime() - beganAt.getTime()),
    error,
    lastSyncedChangedAt: instantOrNull(lastSyncedChangedAt),
  }
}

/** A provider, and how it is doing. */
export function presentProvider(state: ProviderState): Static<typeof ProvidersWire>['items'][number] {
  const { name, missing, missingForRuns, isSearched, changedAt, lastRun } = state
  return {
    name,
    isSet: missing === null,
    runs: missingForRuns === null,
    isSearched,
    missing: missingForRuns,
    changedAt: instantOrNull(changedAt),
    lastRun: lastRun && presentRun(lastRun),
  }
}
