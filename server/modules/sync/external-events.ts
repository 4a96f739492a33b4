import { sql } from 'kysely'
import * as events from '#events'
import { allowSeconds, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand, isAccount } from '#kernel/policy'
import { NotFound } from '#kernel/problem'
import { announce, holdProvider, keep, saidOf } from './announced.ts'
import { may } from './policy.ts'
import { ImportedAlready, LATER, ProviderFailed, ProviderNotSet } from './problems.ts'
import { providersOf } from './providers/open.ts'
import { isFailure, SEARCHED, type Failure, type Item, type Provider, type ProviderName } from './providers/provider.ts'

declare module '#kernel/facts' {
  interface Facts {
    'external-event.imported': { eventId: string; provider: string; externalId: string }
  }
}

const SECONDS_IN_LINE = 10

export type SearchedName = (typeof SEARCHED)[number]

/** What was found there, and the event that it is here, where the actor may know. */
export type ExternalEvent = Item & { provider: ProviderName; isImported: boolean; eventId: string | null }

/** Asks a provider at once, a page at a time; without a name, the first that is set. */
export async function search(
  ctx: Ctx,
  { provider: name, query = '', location = '', cursor }: Pick<PageQuery, 'cursor'> & { provider?: SearchedName; query?: string; location?: string }, // prettier-ignore
): Promise<Page<ExternalEvent> & { provider: ProviderName }> {
  demand(ctx, may.search, undefined)
  const provider = open(ctx, name ?? firstSet(ctx))
  const list = ['external events', provider.name, query, location]
  const page = Number(positionOf(ctx, list, cursor)?.[0] ?? 0)
  const found = await provider.search!({ text: query.trim(), location: location.trim(), page })
  if (isFailure(found)) throw failed(provider, found)
  const items = await withTheirEvents(ctx, provider.name, found.items)
  const { nextCursor } = pageOf(ctx, list, found.hasMore ? [0, 1] : [0], 1, () => [page + 1])
  return { provider: provider.name, items, nextCursor }
}

/** Who is asked where nobody is named. */
export function firstSet({ config }: Ctx | Tx): SearchedName {
  return SEARCHED.find((each) => !providersOf(config)[each].missing) ?? SEARCHED[0]
}

/** What is to be imported: the event that it is already, or what the provider says of it. */
export type Prepared = { eventId: string } | { item: Item }

/** Looks it up: here, and else there. Nothing is written. */
export async function prepare(ctx: Ctx | Tx, name: SearchedName, externalId: string): Promise<Prepared> {
  demand(ctx, may.import, undefined)
  const eventId = await eventOf(ctx, name, externalId)
  if (eventId) return { eventId }
  const provider = open(ctx, name)
  const item = await provider.find!(externalId)
  if (item === null) throw NotFound('The provider has no such event.')
  if (isFailure(item)) throw failed(provider, item)
  if (item.cancelled) throw NotFound('It is cancelled there.')
  return { item }
}

/**
 * Makes a draft of the actor's of it, with what they say instead of what is said there. What is imported already is not made
 * again: its own organizer is answered the same event (`isNew` false), others `ImportedAlready`.
 */
export async function bring(
  ctx: Ctx | Tx,
  name: SearchedName,
  prepared: Prepared,
  instead: Partial<events.EventFields> = {},
): Promise<{ eventId: string; isNew: boolean }> {
  demand(ctx, may.import, undefined)
  if ('eventId' in prepared) return { eventId: prepared.eventId, isNew: false }
  const { item } = prepared
  return transaction(ctx, async (tx) => {
    await allowSeconds(tx, SECONDS_IN_LINE)
    await sql`set local lock_timeout = '10s'`.execute(tx.db) // as long: a run that reconciles has the provider for a while
    await holdProvider(tx, name)
    const there = await eventOf(tx, name, item.externalId)
    if (there) return { eventId: there, isNew: false }
    const announced = (await announce(tx, [item])).get(item.externalId)!
    const { closed: _, ...arrival } = announced.arrival
    const eventId = await events.create(tx, {
      ...arrival,
      startsAt: arrival.startsAt.toISOString(),
      endsAt: arrival.endsAt.toISOString(),
      registrationDeadline: arrival.registrationDeadline?.toISOString() ?? null,
      ...instead,
    })
    await keep(tx, name, [{ ...announced, eventId, synced: saidOf(announced.arrival) }], { listed: false })
    await record(tx, 'external-event.imported', { eventId, provider: name, externalId: item.externalId })
    return { eventId, isNew: true }
  })
}

function open(ctx: Ctx | Tx, name: SearchedName): Provider {
  const provider = providersOf(ctx.config)[name]
  if (provider.missing)
    throw ProviderNotSet(`Set ${provider.missing}.`, { setting: provider.missing, retryAfter: LATER })
  return provider
}

function failed({ name }: Provider, { failed: why, retryAfter = 30 }: Failure) {
  return ProviderFailed(why, { provider: name, retryAfter })
}

/** The actor's own event that it is. Somebody else's is refused, by its name where everybody may see it. */
async function eventOf(ctx: Ctx | Tx, provider: string, externalId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string; organizer_id: string; shown: boolean }>`
    select e.id, e.organizer_id, ${SHOWN} as shown from external_events x join events e on e.id = x.event_id
    where x.provider = ${provider} and x.external_id = ${externalId} and e.deleted_at is null`.execute(ctx.db)
  const event = rows[0]
  if (!event) return null
  if (isAccount(ctx.actor, event.organizer_id)) return event.id
  throw ImportedAlready(undefined, event.shown ? { eventId: event.id } : {})
}

const SHOWN = sql<boolean>`(e.published_at is not null and e.visibility <> 'private' and e.archived_at is null)`

async function withTheirEvents(ctx: Ctx, provider: ProviderName, items: readonly Item[]): Promise<ExternalEvent[]> {
  const me = ctx.actor.kind === 'account' ? ctx.actor.id : null
  const { rows } = await sql<{ external_id: string; event_id: string | null }>`
    select x.external_id, case when ${SHOWN} or e.organizer_id = ${me}::uuid then e.id end as event_id
    from external_events x join events e on e.id = x.event_id
    where x.provider = ${provider} and x.external_id = any(${items.map(({ externalId }) => externalId)}::text[])
      and e.deleted_at is null`.execute(ctx.db)
  const known = new Map(rows.map((row) => [row.external_id, row.event_id]))
  return items.map((item) => ({
    ...item,
    provider,
    isImported: known.has(item.externalId),
    eventId: known.get(item.externalId) ?? null,
  }))
}
