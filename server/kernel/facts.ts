import { sql } from 'kysely'
import { NOTHING_SHOWN, type Ctx, type Tx } from './ctx.ts'

/** What can happen, and what is known of it then. Each module adds its own kinds beside the code that records them. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Facts {}

export type FactKind = keyof Facts & string

/** A fact as its reactions are handed it. `id` orders facts and is the same at every delivery. */
export type Fact<K extends FactKind = FactKind> = { id: number; kind: K; data: Facts[K]; at: Date }

/** Who reacts. `now` runs in the transaction that records; `later` is delivered at least once, many facts at a time. */
export type Reactions = {
  [K in FactKind]?: {
    now?: ReadonlyArray<(tx: Tx, data: Facts[K]) => Promise<unknown>>
    later?: ReadonlyArray<(tx: Tx, facts: ReadonlyArray<Fact<K>>) => Promise<unknown>>
  }
}

const unseen = new Set<string>()

/** Facts of these kinds change nothing that everybody sees, so what is kept for everybody may stay. */
export function unseenByOthers(...kinds: FactKind[]): void {
  for (const kind of kinds) unseen.add(kind)
}

/** Which event a fact is about, as others are told. */
export function aboutOf(kind: string, data: object): string {
  return (data as { eventId?: string }).eventId ?? (unseen.has(kind) ? NOTHING_SHOWN : '*')
}

/** Writes down what happened, in the transaction that makes it happen, and runs the reactions that must be true with it. */
export async function record<K extends FactKind>(tx: Tx, kind: K, data: Facts[K]): Promise<void> {
  await tx.db
    .insertInto('facts')
    .values({ kind, data: JSON.stringify(data), actor: JSON.stringify(describe(tx)) })
    .execute()
  tx.recorded.push(aboutOf(kind, data))
  for (const react of tx.reactions[kind]?.now ?? []) await react(tx, data)
}

/** The same of many that are alike, written in one statement. */
export async function recordAll<K extends FactKind>(tx: Tx, kind: K, list: readonly Facts[K][]): Promise<void> {
  if (list.length === 0) return
  const actor = JSON.stringify(describe(tx))
  await sql`
    insert into facts (kind, data, actor)
    select ${kind}, data, ${actor}::jsonb from jsonb_array_elements(${JSON.stringify(list)}::jsonb) with ordinality as d (data, nth)
    order by nth`.execute(tx.db)
  for (const data of list) {
    tx.recorded.push(aboutOf(kind, data))
    for (const react of tx.reactions[kind]?.now ?? []) await react(tx, data)
  }
}

/** The actor as the audit trail keeps it. */
export function describe(ctx: Pick<Ctx, 'actor'>): Record<string, string> {
  const { actor } = ctx
  switch (actor.kind) {
    case 'account':
      return { kind: 'account', id: actor.id, ...(actor.scopes ? { apiKeyId: actor.sessionId } : {}) }
    case 'guest':
      return { kind: 'guest', registrationId: actor.registrationId }
    case 'system':
      return { kind: 'system', name: actor.name }
    case 'anonymous':
      return { kind: 'anonymous' }
  }
}

/** How many facts are so many days old and were delivered. */
export async function countOldFacts(ctx: Ctx, days: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from facts where ${old(days)}`.execute(ctx.db)
  return rows[0]!.n
}

/** Takes up to `most` of them away, the oldest first, and answers how many. */
export async function forgetOldFacts(ctx: Ctx, days: number, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from facts where id in (select id from facts where ${old(days)} order by id limit ${most})`.execute(ctx.db)
  return Number(numAffectedRows ?? 0)
}

const old = (days: number) =>
  sql`delivered_at is not null and at < (select app_now() - make_interval(days => ${days}::int))`
