import { sql } from 'kysely'
import { holdLive } from '#accounts'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
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
import { demand, isAdmin, permits } from '#kernel/policy'
import { NotFound, SignInRequired } from '#kernel/problem'
import { visibleEvent } from '#registrations/visibility'
import { may } from './policy.ts'
import { AlreadyReviewed, NotOverYet, WasNotThere } from './problems.ts'

type Told = { reviewId: string; eventId: string }
declare module '#kernel/facts' {
  interface Facts {
    'review.written': Told
    'review.edited': Told
    'review.removed': Told
    'review.reported': Told
    'review.hidden': Told
    'review.shown': Told
  }
}

/** What somebody who was there says of an event. `author` null: the account is gone. */
export type Review = {
  id: string
  number: number
  eventId: string
  accountId: string | null
  accountNumber: number | null
  author: string | null
  rating: number
  comment: string
  createdAt: Date
  updatedAt: Date
  hiddenAt: Date | null
  can: { edit: boolean; remove: boolean; hide: boolean }
}

/** How an event was liked: `average` to two decimals, null without a review. */
export type Liking = { average: number | null; count: number }

/** Writes the actor's review. Throws NotOverYet, WasNotThere, AlreadyReviewed, NotFound. */
export async function write(
  ctx: Ctx | Tx,
  eventId: string,
  { rating, comment = '' }: { rating: number; comment?: string },
): Promise<Review> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const accountId = ctx.actor.id
  await visibleEvent(ctx, eventId)
  return transaction(ctx, async (tx) => {
    await holdLive(tx, accountId)
    const { rows } = await sql<{ over: boolean; there: boolean }>`
      select e.ends_at <= (select app_now()) as over, exists (
        select from registrations r where r.event_id = e.id and r.account_id = ${accountId}
          and (exists (select from checkins c where c.registration_id = r.id)
            or r.status = 'going' and r.held_until is null and not exists (select from checkins c where c.event_id = e.id))) as there
      from events e where e.id = ${eventId}`.execute(tx.db)
    if (!rows[0]!.over) throw NotOverYet()
    if (!rows[0]!.there) throw WasNotThere()
    const id = newId()
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('reviews')
      .values({ id, event_id: eventId, account_id: accountId, rating, comment: comment.trim() })
      .onConflict((conflict) => conflict.constraint('reviews_once_per_person').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) throw AlreadyReviewed()
    await record(tx, 'review.written', { reviewId: id, eventId })
    return find(tx, id)
  })
}

/** Changes the actor's own review. */
export async function edit(
  ctx: Ctx | Tx,
  reviewId: string,
  fields: { rating?: number; comment?: string },
): Promise<Review> {
  return transaction(ctx, async (tx) => {
    const review = await find(tx, reviewId)
    demand(tx, may.edit, review)
    if (review.accountId) await holdLive(tx, review.accountId)
    await tx.db
      .updateTable('reviews')
      .set({
        ...(fields.rating === undefined ? {} : { rating: fields.rating }),
        ...(fields.comment === undefined ? {} : { comment: fields.comment.trim() }),
        updated_at: sql`app_now()`,
      })
      .where('id', '=', reviewId)
      .execute()
    await record(tx, 'review.edited', { reviewId, eventId: review.eventId })
    return find(tx, reviewId)
  })
}

/**
 * Takes a review away for good; its author can write another. Not in place of one that admins have hidden: of that the
 * words go, and what remains keeps its author from writing it again.
 */
export async function remove(ctx: Ctx | Tx, reviewId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const review = await find(tx, reviewId)
    demand(tx, may.remove, review)
    // Locked, for nobody to hide it between the look and the deletion.
    const locked = await tx.db
      .selectFrom('reviews')
      .select('hidden_at')
      .where('id', '=', reviewId)
      .forUpdate()
      .executeTakeFirst()
    if (!locked) throw NotFound()
    if (locked.hidden_at && !permits(may.hide, tx.actor, undefined)) {
      await tx.db
        .updateTable('reviews')
        .set({ comment: '', removed_at: sql`app_now()` })
        .where('id', '=', reviewId)
        .execute()
    } else await tx.db.deleteFrom('reviews').where('id', '=', reviewId).execute()
    await record(tx, 'review.removed', { reviewId, eventId: review.eventId })
  })
}

/** Tells admins that this should not be seen. Twice changes the reason. */
export async function report(ctx: Ctx | Tx, reviewId: string, reason: string): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'account') throw SignInRequired()
  await transaction(ctx, async (tx) => {
    await holdLive(tx, actor.id)
    const review = await find(tx, reviewId)
    await tx.db
      .insertInto('review_reports')
      .values({ review_id: reviewId, account_id: actor.id, reason: reason.trim() })
      .onConflict((conflict) => conflict.columns(['review_id', 'account_id']).doUpdateSet({ reason: reason.trim() }))
      .execute()
    await record(tx, 'review.reported', { reviewId, eventId: review.eventId })
  })
}

/** Keeps a review from everybody but its author; it counts no more. */
export async function hide(ctx: Ctx | Tx, reviewId: string): Promise<Review> {
  return turn(ctx, reviewId, 'review.hidden')
}

/** Shows it again. */
export async function show(ctx: Ctx | Tx, reviewId: string): Promise<Review> {
  return turn(ctx, reviewId, 'review.shown')
}

async function turn(ctx: Ctx | Tx, reviewId: string, fact: 'review.hidden' | 'review.shown'): Promise<Review> {
  demand(ctx, may.hide, undefined)
  return transaction(ctx, async (tx) => {
    const review = await find(tx, reviewId)
    const hides = fact === 'review.hidden'
    if (hides === (review.hiddenAt !== null)) return review
    await tx.db
      .updateTable('reviews')
      .set({ hidden_at: hides ? sql`app_now()` : null })
      .where('id', '=', reviewId)
      .execute()
    await record(tx, fact, { reviewId, eventId: review.eventId })
    return find(tx, reviewId)
  })
}

/** The reviews of an event, newest first, with how it was liked. */
export async function ofEvent(ctx: Ctx, eventId: string, query: PageQuery): Promise<Page<Review> & Liking> {
  await visibleEvent(ctx, eventId)
  const { limit = DEFAULT_LIMIT } = query
  const list = ['reviews', eventId]
  const from = positionOf(ctx, list, query.cursor)
  let page = seenOf(ctx, eventId)
  if (from) page = page.where(sql<boolean>`(w.created_at, w.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const found = await page.limit(limit + 1).execute()
  const { items, nextCursor } = pageOf(ctx, list, found, limit, (row) => [row.created_key, row.id])
  return { items: items.map((row) => shape(ctx, row)), nextCursor, ...(await liking(ctx, eventId)) }
}

/** The same by number. */
export async function sliceOfEvent(ctx: Ctx, eventId: string, part: SliceQuery): Promise<Slice<Review> & Liking> {
  await visibleEvent(ctx, eventId)
  return { ...(await sliceOf(seenOf(ctx, eventId), part, (row) => shape(ctx, row))), ...(await liking(ctx, eventId)) }
}

/** Those that the actor sees, newest first. */
function seenOf(ctx: Ctx, eventId: string) {
  const me = ctx.actor.kind === 'account' ? ctx.actor.id : null
  const all = rows(ctx).where('w.event_id', '=', eventId).orderBy('w.created_at', 'desc').orderBy('w.id', 'desc')
  return isAdmin(ctx.actor) ? all : all.where(sql<boolean>`(w.hidden_at is null or w.account_id = ${me}::uuid)`)
}

/**
 * Counted when it is asked for, from the index alone (reviews_rating carries the rating): a counter beside the event
 * would have to be kept right through edits, hiding and accounts that go, and nobody asks for many events at once.
 */
async function liking(ctx: Ctx, eventId: string): Promise<Liking> {
  const row = await ctx.db
    .selectFrom('reviews')
    .select([sql<number | null>`round(avg(rating), 2)::float8`.as('average'), sql<number>`count(*)`.as('count')])
    .where('event_id', '=', eventId)
    .where('hidden_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row
}

/** A review that somebody reported, and why. */
export type Report = { review: Review; reason: string; reportedBy: string; createdAt: Date }

/** What was reported, newest first, for admins. */
export async function reported(ctx: Ctx, query: PageQuery): Promise<Page<Report>> {
  demand(ctx, may.hide, undefined)
  const { limit = DEFAULT_LIMIT } = query
  const list = ['reported reviews']
  const from = positionOf(ctx, list, query.cursor)
  let page = rows(ctx)
    .innerJoin('review_reports as p', 'p.review_id', 'w.id')
    .innerJoin('accounts as b', 'b.id', 'p.account_id')
    .select(['p.reason', 'p.created_at as reported_at', 'p.account_id as reporter_id', 'b.username as reporter'])
    .select(sql<string>`p.created_at::text`.as('reported_key'))
  if (from)
    page = page.where(
      sql<boolean>`(p.created_at, p.review_id, p.account_id) < (${from[0]}::timestamptz, ${from[1]}::uuid, ${from[2]}::uuid)`,
    )
  const found = await page
    .orderBy('p.created_at', 'desc')
    .orderBy('p.review_id', 'desc')
    .orderBy('p.account_id', 'desc')
    .limit(limit + 1)
    .execute()
  const position = (row: (typeof found)[number]) => [row.reported_key, row.id, row.reporter_id]
  const { items, nextCursor } = pageOf(ctx, list, found, limit, position)
  return {
    nextCursor,
    items: items.map((row) => ({
      review: shape(ctx, row),
      reason: row.reason,
      reportedBy: row.reporter,
      createdAt: row.reported_at,
    })),
  }
}

/** The review, if the actor may see it; `NotFound` otherwise. */
async function find(ctx: Ctx | Tx, reviewId: string): Promise<Review> {
  const row = await rows(ctx).where('w.id', '=', reviewId).executeTakeFirst()
  if (!row) throw NotFound()
  const review = shape(ctx, row)
  if (review.hiddenAt && !permits(may.seeHidden, ctx.actor, review)) throw NotFound()
  await visibleEvent(ctx, review.eventId)
  return review
}

function rows(ctx: Ctx | Tx) {
  return ctx.db
    .selectFrom('reviews as w')
    .leftJoin('accounts as a', 'a.id', 'w.account_id')
    .where('w.removed_at', 'is', null)
    .selectAll('w')
    .select('a.number as account_number')
    .select(sql<string>`w.created_at::text`.as('created_key'))
    .select(sql<string | null>`coalesce(nullif(trim(a.first_name || ' ' || a.last_name), ''), a.username)`.as('author'))
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

function shape(ctx: Ctx | Tx, row: Row): Review {
  const subject = { accountId: row.account_id }
  return {
    id: row.id,
    number: row.number,
    eventId: row.event_id,
    accountId: row.account_id,
    accountNumber: row.account_number,
    author: row.author,
    rating: row.rating,
    comment: row.comment,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    hiddenAt: row.hidden_at,
    can: {
      edit: permits(may.edit, ctx.actor, subject),
      remove: permits(may.remove, ctx.actor, subject),
      hide: permits(may.hide, ctx.actor, undefined),
    },
  }
}
