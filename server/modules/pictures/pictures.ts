import { sql } from 'kysely'
import { may as mayDoWithEvents } from '#events/policy'
import { amend, hold, look, refuseWhenOver, type Event, type Seen } from '#events/event'
import type {} from '#kernel/files'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { NotFound, SignInRequired, Stale, Unavailable } from '#kernel/problem'
import { BANNER, encode, PORTRAIT, type Shape } from './encoding.ts'
import { nameOf, namesOf, newFileId } from './naming.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** Put up, replaced, described anew or taken down. */
    'event.banner-changed': { eventId: string }
    'account.picture-changed': { accountId: string }
  }
}

/** Reads what somebody sends; called only when they may send it. */
export type Take<T> = () => Promise<T>

export type Picture = { id: string; widths: number[] }
export type Banner = Picture & { alt: string }

/**
 * Puts a banner up, in the place of the one before. Throws AlreadyOver, AlreadyCancelled, Stale and what a picture is
 * refused with.
 */
export async function setBanner(
  ctx: Ctx,
  eventId: string,
  take: Take<{ picture: Buffer; alt: string }>,
  seen: Seen = {},
): Promise<Banner> {
  const event = await look(ctx, eventId, mayDoWithEvents.edit) // ten megabytes are read of nobody who may not
  refuseWhenOver(event, ctx.now())
  if (seen.version !== undefined && seen.version !== event.version) throw Stale(undefined, { version: event.version })
  const { picture, alt } = await take()
  const words = alt.trim()
  const kept = await keep(ctx, { kind: 'banner', event_id: eventId, alt: words }, picture, BANNER, async (tx, id) => {
    const event = await hold(tx, eventId, mayDoWithEvents.edit, seen)
    refuseWhenOver(event, tx.now())
    const was = await bannerOf(tx, eventId)
    await discard(tx, 'event_id', eventId)
    await tell(tx, event, was, { id, alt: words })
  })
  return { ...kept, alt: words }
}

/** Says anew what is to be seen on the banner. NotFound when there is none. */
export async function describeBanner(ctx: Ctx | Tx, eventId: string, alt: string, seen: Seen = {}): Promise<Banner> {
  return transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, mayDoWithEvents.edit, seen)
    const was = await bannerOf(tx, eventId)
    if (!was) throw NotFound()
    const is = { ...was, alt: alt.trim() }
    if (is.alt === was.alt) return was
    await tx.db.updateTable('files').set({ alt: is.alt }).where('id', '=', was.id).execute()
    await tell(tx, event, was, is)
    return is
  })
}

/** Takes the banner down; also of an event that is over, because a picture may have to go. */
export async function removeBanner(ctx: Ctx | Tx, eventId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, mayDoWithEvents.edit, seen)
    const was = await bannerOf(tx, eventId)
    if (await discard(tx, 'event_id', eventId)) await tell(tx, event, was, null)
  })
}

/** With the event goes its banner. */
export async function dropBanner(tx: Tx, event: { eventId: string }): Promise<void> {
  await discard(tx, 'event_id', event.eventId)
}

/** The actor's own picture, in the place of the one before. */
export async function setMine(ctx: Ctx, take: Take<{ picture: Buffer }>): Promise<Picture> {
  const accountId = self(ctx)
  const { picture } = await take()
  return keep(ctx, { kind: 'picture', account_id: accountId }, picture, PORTRAIT, async (tx) => {
    await lockAccount(tx, accountId)
    await discard(tx, 'account_id', accountId)
    await record(tx, 'account.picture-changed', { accountId })
  })
}

/** Takes the actor's picture away. */
export async function removeMine(ctx: Ctx | Tx): Promise<void> {
  const accountId = self(ctx)
  await transaction(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    if (await discard(tx, 'account_id', accountId)) await record(tx, 'account.picture-changed', { accountId })
  })
}

/** The picture of an account, if it has one. */
export async function pictureOf(ctx: Ctx | Tx, accountId: string): Promise<Picture | null> {
  const picture = await ctx.db
    .selectFrom('files')
    .select(['id', 'widths'])
    .where('account_id', '=', accountId)
    .where('stored_at', 'is not', null)
    .where('discarded_at', 'is', null)
    .executeTakeFirst()
  return picture ?? null
}

/** One file as it is kept; NotFound also from the moment on that it was replaced. Who has the address may have it. */
export async function openFile(ctx: Ctx, file: { id: string; width: number; extension: 'webp' | 'jpg' }) {
  const known = await ctx.db
    .selectFrom('files')
    .select('widths')
    .where('id', '=', file.id)
    .where('stored_at', 'is not', null)
    .where('discarded_at', 'is', null)
    .executeTakeFirst()
  const name = nameOf(file.id, file.width, file.extension)
  if (!known || !namesOf(file.id, known.widths).includes(name)) throw NotFound()
  const found = await ctx.files.open(name)
  if (!found) throw NotFound()
  return found
}

/**
 * Makes the picture anew and keeps it. The row comes first and says nothing yet; `takeItsPlace` judges again under the
 * lock, and in its transaction the picture appears. What is cut off in between has a row that the cleaning finds.
 */
async function keep(
  ctx: Ctx,
  row: { kind: 'banner' | 'picture'; event_id?: string; account_id?: string; alt?: string },
  bytes: Buffer,
  shape: Shape,
  takeItsPlace: (tx: Tx, id: string) => Promise<void>,
): Promise<Picture> {
  const { widths, files } = await encode(bytes, shape)
  const id = newFileId()
  const size = files.reduce((sum, file) => sum + file.bytes.length, 0)
  await ctx.db
    .insertInto('files')
    .values({ id, ...row, type: 'image/webp', widths, bytes: size })
    .execute()
  try {
    await store(ctx, id, files)
    await transaction(ctx, async (tx) => {
      await takeItsPlace(tx, id)
      const { numUpdatedRows } = await tx.db
        .updateTable('files')
        .set({ stored_at: sql`app_now()` })
        .where('id', '=', id)
        .where('discarded_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw Unavailable('It took too long to keep the picture.', { retryAfter: 5 })
    })
  } catch (error) {
    await giveUp(ctx, id)
    throw error
  }
  return { id, widths }
}

async function store(ctx: Ctx, id: string, files: Awaited<ReturnType<typeof encode>>['files']): Promise<void> {
  try {
    for (const { width, extension, bytes } of files)
      await ctx.files.put(nameOf(id, width, extension), bytes, extension === 'webp' ? 'image/webp' : 'image/jpeg')
  } catch (error) {
    ctx.log.error({ err: error }, 'a picture could not be stored')
    throw Unavailable('The picture could not be kept right now.', { retryAfter: 30 })
  }
}

/** Sooner than the cleaning would find it by itself; when this fails, it will. */
async function giveUp(ctx: Ctx, id: string): Promise<void> {
  await ctx.db
    .updateTable('files')
    .set({ discarded_at: sql`app_now()` })
    .where('id', '=', id)
    .where('stored_at', 'is', null)
    .execute()
    .catch((error: unknown) => ctx.log.warn({ err: error }, 'a picture that was not kept could not be discarded'))
}

/** Marks what is shown now for the cleaning; whether there was anything. */
async function discard(tx: Tx, owner: 'event_id' | 'account_id', id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('files')
    .set({ discarded_at: sql`app_now()` })
    .where(owner, '=', id)
    .where('stored_at', 'is not', null)
    .where('discarded_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function bannerOf(ctx: Ctx | Tx, eventId: string): Promise<Banner | null> {
  const banner = await ctx.db
    .selectFrom('files')
    .select(['id', 'alt', 'widths'])
    .where('event_id', '=', eventId)
    .where('stored_at', 'is not', null)
    .where('discarded_at', 'is', null)
    .executeTakeFirst()
  return banner ?? null
}

/** A change of the banner is one of its event, as its next version. */
async function tell(tx: Tx, event: Event, was: Banner | null, is: Omit<Banner, 'widths'> | null): Promise<void> {
  const said = (banner: Omit<Banner, 'widths'> | null) => ({ banner: banner && { id: banner.id, alt: banner.alt } })
  await amend(tx, event, {}, { was: said(was), is: said(is) })
  await record(tx, 'event.banner-changed', { eventId: event.id })
}

async function lockAccount(tx: Tx, accountId: string): Promise<void> {
  const account = await tx.db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('erased_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!account) throw NotFound()
}

function self(ctx: Ctx | Tx): string {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  return ctx.actor.id
}
