import { sql } from 'kysely'
import { holdLive } from '#accounts'
import { NotPublished } from '#events/problems'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, recordAll } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { linkToken, readLink } from '#kernel/links'
import { admitMail } from '#kernel/mail-limits'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { invalid, NotFound, SignInRequired } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { EventCancelled, EventPast, LinkInvalid } from '#registrations/problems'
import { visibleEvent } from '#registrations/visibility'
import { keep, type Browser } from './browsers.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** `later`: an address hears that it was subscribed, and how to end it. */
    'subscription.made': { eventId: string; subscriptionId: string }
    /** `now`: what was written because of it loses its words. */
    'subscription.ended': { eventId: string; subscriptionId: string }
  }
}

export type By = 'account' | 'email' | 'browser'
/** Who asked for an address learns nothing of what was there: its id and its link are in the mail alone. */
export type Subscribed = { by: By; id: string | null; link: string | null }

export type Subscription = {
  id: string
  by: By
  createdAt: Date
  event: { id: string; slug: string; title: string; startsAt: Date; endsAt: Date; zone: string }
}

/**
 * Lets somebody hear of the event without a place at it: when it is moved, called off, or about to begin. An account, an
 * address or a browser; once is enough, and again is no error. Throws NotFound, NotPublished, EventCancelled, EventPast.
 */
export async function subscribe(
  ctx: Ctx | Tx,
  eventId: string,
  { email, browser }: { email?: string; browser?: Browser },
): Promise<Subscribed> {
  const accountId = ctx.actor.kind === 'account' ? ctx.actor.id : null
  if (email !== undefined && browser) throw invalid({ '/email': 'An address or a browser, not both at once.' })
  if (email === undefined && !browser && !accountId) throw invalid({ '/email': 'Give an address, or log in.' })
  await mayBeFollowed(ctx, eventId)
  const mine = accountId && !browser ? await addressOf(ctx, accountId) : null
  const isMine = mine !== null && (email === undefined || comparable(email) === comparable(mine))
  const address = email ?? mine
  if (address !== null) await admitMail(ctx, address, eventId)

  return transaction(ctx, async (tx) => {
    await mayBeFollowed(tx, eventId)
    if (accountId) await holdLive(tx, accountId)
    const by: By = browser ? 'browser' : isMine ? 'account' : 'email'
    const who = {
      account_id: by === 'account' ? accountId : null,
      email: by === 'email' ? address!.trim() : null,
      email_key: by === 'email' ? comparable(address!) : null,
      push_id: browser ? await keep(tx, browser) : null,
    }
    const made = await tx.db
      .insertInto('subscriptions')
      .values({ id: newId(), event_id: eventId, ...who })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) await record(tx, 'subscription.made', { eventId, subscriptionId: made.id })
    if (by === 'email') return { by, id: null, link: null }
    const { rows } = await sql<{ id: string }>`
      select id from subscriptions where event_id = ${eventId}
        and (account_id = ${who.account_id}::uuid or push_id = ${who.push_id}::uuid)`.execute(tx.db)
    const { id } = rows[0]!
    return { by, id, link: linkToken(tx.config, 'subscription', id) }
  })
}

/** The subscription that a link stands for. Throws LinkInvalid, NotFound when it has ended. */
export async function behindLink(ctx: Ctx | Tx, token: string): Promise<Subscription> {
  const id = readLink(ctx.config, 'subscription', token)
  if (!id) throw LinkInvalid()
  const row = await rowsIn(ctx).where('s.id', '=', id).executeTakeFirst()
  if (!row) throw NotFound()
  return shape(row)
}

/** Ends it by its link; again is no error. Throws LinkInvalid. */
export async function endByLink(ctx: Ctx | Tx, token: string): Promise<void> {
  const id = readLink(ctx.config, 'subscription', token)
  if (!id) throw LinkInvalid()
  await transaction(ctx, (tx) => end(tx, id))
}

/** What the actor follows and is not over yet, by account and by the browsers that are theirs; the next to begin first. */
export async function mine(ctx: Ctx, query: PageQuery): Promise<Page<Subscription>> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const accountId = ctx.actor.id
  const { limit = DEFAULT_LIMIT } = query
  const from = positionOf(ctx, ['subscriptions'], query.cursor)
  let page = rowsIn(ctx)
    .where(sql<boolean>`${OF(accountId)}`)
    .where('e.ends_at', '>', sql<Date>`(select app_now())`)
  if (from) page = page.where(sql<boolean>`(e.starts_at, s.id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const found = await page
    .orderBy('e.starts_at')
    .orderBy('s.id')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, ['subscriptions'], found, limit, (row) => [row.starts_key, row.id])
  return { items: items.map(shape), nextCursor }
}

/** Ends one of the actor's. Throws NotFound. */
export async function endMine(ctx: Ctx | Tx, id: string): Promise<void> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const accountId = ctx.actor.id
  await transaction(ctx, async (tx) => {
    const { rows } = await sql`select from subscriptions s where s.id = ${id} and ${OF(accountId)}`.execute(tx.db)
    if (rows.length === 0) throw NotFound()
    await end(tx, id)
  })
}

/**
 * Nobody hears more of an event that became private but who may see it: who runs it, is on its team, registered or invited.
 * An address speaks for an account where that has confirmed it, and a browser for the account that it is of.
 */
export async function endForStrangers(
  tx: Tx,
  { eventId, changed }: { eventId: string; changed: string[] },
): Promise<void> {
  if (!changed.includes('visibility')) return
  const { rows } = await sql<{ id: string }>`
    delete from subscriptions s where s.event_id = ${eventId} and not exists (
      select from events e
        left join push_subscriptions p on p.id = s.push_id
        left join accounts a on a.id = coalesce(s.account_id, p.account_id,
          (select id from accounts where email_key = s.email_key and email_verified_at is not null))
      where e.id = s.event_id and (e.visibility <> 'private' or e.organizer_id = a.id or a.role = 'admin'
        or exists (select from team_members m where m.account_id = a.id and (m.event_id = e.id or m.series_id = e.series_id))
        or exists (select from registrations r where r.event_id = e.id and r.status <> 'cancelled'
          and (r.account_id = a.id or r.email_key = coalesce(s.email_key, a.email_key)))
        or exists (select from event_invitations i where i.event_id = e.id and i.revoked_at is null
          and i.email_key = coalesce(s.email_key, case when a.email_verified_at is not null then a.email_key end))))
    returning s.id`.execute(tx.db)
  await recordAll(tx, 'subscription.ended', rows.map(({ id }) => ({ eventId, subscriptionId: id }))) // prettier-ignore
}

const OF = (accountId: string) => sql`(s.account_id = ${accountId}
  or s.push_id in (select id from push_subscriptions where account_id = ${accountId}))`

async function end(tx: Tx, id: string): Promise<void> {
  const row = await tx.db.deleteFrom('subscriptions').where('id', '=', id).returning('event_id').executeTakeFirst()
  if (row) await record(tx, 'subscription.ended', { eventId: row.event_id, subscriptionId: id })
}

async function mayBeFollowed(ctx: Ctx | Tx, eventId: string): Promise<void> {
  await visibleEvent(ctx, eventId)
  const { rows } = await sql<{ published: boolean; cancelled: boolean; over: boolean }>`
    select published_at is not null as published, cancelled_at is not null as cancelled,
      ends_at <= (select app_now()) as over
    from events where id = ${eventId}`.execute(ctx.db)
  const { published, cancelled, over } = rows[0]!
  if (!published) throw NotPublished()
  if (cancelled) throw EventCancelled()
  if (over) throw EventPast('The event is over.')
}

async function addressOf(ctx: Ctx | Tx, accountId: string): Promise<string> {
  const { email } = await ctx.db
    .selectFrom('accounts')
    .select('email')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return email
}

function rowsIn(ctx: Ctx | Tx) {
  return ctx.db
    .selectFrom('subscriptions as s')
    .innerJoin('events as e', 'e.id', 's.event_id')
    .select(['s.id', 's.account_id', 's.push_id', 's.created_at'])
    .select(['e.id as event_id', 'e.slug', 'e.title', 'e.starts_at', 'e.ends_at', 'e.zone'])
    .select(sql<string>`e.starts_at::text`.as('starts_key'))
    .where('e.deleted_at', 'is', null)
}

function shape(row: Awaited<ReturnType<ReturnType<typeof rowsIn>['executeTakeFirstOrThrow']>>): Subscription {
  return {
    id: row.id,
    by: row.push_id ? 'browser' : row.account_id ? 'account' : 'email',
    createdAt: row.created_at,
    event: {
      id: row.event_id,
      slug: row.slug,
      title: row.title,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      zone: row.zone,
    },
  }
}
