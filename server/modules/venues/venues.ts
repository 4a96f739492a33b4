import { sql } from 'kysely'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { violated } from '#kernel/database-errors'
import { newId } from '#kernel/ids'
import {
  DEFAULT_LIMIT,
  pageOf,
  positionOf,
  sliceOf,
  type Page,
  type PageQuery,
  type Slice,
  type SliceQuery,
} from '#kernel/paging'
import { demand } from '#kernel/policy'
import { invalid, NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { VenueNameTaken } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'venue.created': { venueId: string }
    'venue.edited': { venueId: string }
    /** Recorded before the row goes, so that whatever points to it can keep what it needs. */
    'venue.removed': { venueId: string; name: string; address: string }
  }
}

export type Venue = {
  id: string
  number: number
  name: string
  address: string
  description: string
  createdBy: string | null
  createdAt: Date
}

export type VenueFields = { name: string; address?: string; description?: string }

/** Adds a place; its name is unique, whatever its capitals. `id`: one that it is known by already. Throws VenueNameTaken. */
export async function create(ctx: Ctx | Tx, fields: VenueFields, id: string = newId()): Promise<Venue> {
  demand(ctx, may.create, undefined)
  return transaction(ctx, async (tx) => {
    const { name, address = '', description = '' } = fields
    const row = await tx.db
      .insertInto('venues')
      .values({
        id,
        name: name.trim(),
        name_key: comparable(name),
        address: address.trim(),
        description,
        created_by: tx.actor.kind === 'account' ? tx.actor.id : null,
      })
      .onConflict((conflict) => conflict.column('name_key').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw await nameTaken(tx, name)
    await record(tx, 'venue.created', { venueId: row.id })
    return shape(row)
  })
}

/** Changes a place. Throws VenueNameTaken. */
export async function edit(ctx: Ctx | Tx, venueId: string, fields: Partial<VenueFields>): Promise<Venue> {
  return transaction(ctx, async (tx) => {
    const venue = await lock(tx, venueId)
    demand(tx, may.edit, venue)
    if (fields.name !== undefined) {
      const other = await tx.db
        .selectFrom('venues')
        .select('id')
        .where('name_key', '=', comparable(fields.name))
        .where('id', '<>', venueId)
        .executeTakeFirst()
      if (other) throw await nameTaken(tx, fields.name)
    }
    const row = await tx.db
      .updateTable('venues')
      .set({
        ...(fields.name === undefined ? {} : { name: fields.name.trim(), name_key: comparable(fields.name) }),
        ...(fields.address === undefined ? {} : { address: fields.address.trim() }),
        ...(fields.description === undefined ? {} : { description: fields.description }),
        updated_at: sql`app_now()`,
      })
      .where('id', '=', venueId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await record(tx, 'venue.edited', { venueId })
    return shape(row)
  }).catch(async (error: unknown) => {
    // Two were given this name at the same moment: both looked, and the table let one of them have it.
    if (violated(error) !== 'venues_name_key') throw error
    throw ctx.db.isTransaction ? VenueNameTaken() : await nameTaken(ctx, fields.name!)
  })
}

/** Removes a place; events that were to be there keep its name and address as text. */
export async function remove(ctx: Ctx | Tx, venueId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const venue = await lock(tx, venueId)
    demand(tx, may.edit, venue)
    await record(tx, 'venue.removed', { venueId, name: venue.name, address: venue.address })
    await tx.db.deleteFrom('venues').where('id', '=', venueId).execute()
  })
}

/** One place. */
export async function find(ctx: Ctx | Tx, venueId: string): Promise<Venue> {
  const row = await ctx.db.selectFrom('venues').selectAll().where('id', '=', venueId).executeTakeFirst()
  if (!row) throw NotFound()
  return shape(row)
}

/** One place by its public number. */
export async function findNumbered(ctx: Ctx | Tx, number: number): Promise<Venue> {
  const row = await ctx.db.selectFrom('venues').selectAll().where('number', '=', number).executeTakeFirst()
  if (!row) throw NotFound()
  return shape(row)
}

/** The place's id by its public number. Refused as a field where there is none. */
export async function idOfNumber(ctx: Ctx | Tx, number: number): Promise<string> {
  const row = await ctx.db.selectFrom('venues').select('id').where('number', '=', number).executeTakeFirst()
  if (!row) throw invalid({ '/venueId': 'There is no such venue.' })
  return row.id
}

/** Places by name; `text` is a part of it or of the address. */
export async function list(ctx: Ctx, query: PageQuery & { text?: string }): Promise<Page<Venue>> {
  const { limit = DEFAULT_LIMIT, text = '' } = query
  const from = positionOf(ctx, ['venues', text], query.cursor)
  let page = withText(ctx, text)
  if (from) page = page.where('name_key', '>', String(from[0]))
  const rows = await page.limit(limit + 1).execute()
  const { items, nextCursor } = pageOf(ctx, ['venues', text], rows, limit, (row) => [row.name_key])
  return { items: items.map(shape), nextCursor }
}

/** The same by number. */
export async function slice(ctx: Ctx, { text = '', ...part }: SliceQuery & { text?: string }): Promise<Slice<Venue>> {
  return sliceOf(withText(ctx, text), part, shape)
}

function withText(ctx: Ctx, text: string) {
  const all = ctx.db.selectFrom('venues').selectAll().orderBy('name_key')
  return text ? all.where(sql<boolean>`strpos(lower(name || ' ' || address), lower(${text})) > 0`) : all
}

type Row = {
  id: string
  number: number
  name: string
  address: string
  description: string
  created_by: string | null
  created_at: Date
}

async function lock(tx: Tx, venueId: string): Promise<Venue> {
  const row = await tx.db.selectFrom('venues').selectAll().where('id', '=', venueId).forUpdate().executeTakeFirst()
  if (!row) throw NotFound()
  return shape(row)
}

async function nameTaken(ctx: Ctx | Tx, name: string) {
  const row = await ctx.db.selectFrom('venues').select('id').where('name_key', '=', comparable(name)).executeTakeFirst()
  return VenueNameTaken(undefined, { venueId: row?.id })
}

function shape(row: Row): Venue {
  const { created_by: createdBy, created_at: createdAt, id, number, name, address, description } = row
  return { id, number, name, address, description, createdBy, createdAt }
}
