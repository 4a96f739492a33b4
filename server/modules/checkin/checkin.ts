import { sql } from 'kysely'
import type { Run } from '#events/policy'
import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand, permits } from '#kernel/policy'
import { KeyReused, NotFound } from '#kernel/problem'
import { visibleEvent } from '#registrations/visibility'
import * as walkIns from '#registrations/walk-ins'
import { may } from './policy.ts'
import { AlreadyIn, CodeUnknown, NotGoing, TooEarly, WrongEvent } from './problems.ts'
import * as tickets from './tickets.ts'

type Told = { registrationId: string; eventId: string }
declare module '#kernel/facts' {
  interface Facts {
    'checkin.made': Told
    'checkin.undone': Told
  }
}

/** Somebody who came in, and when. */
export type Entry = { registrationId: string; name: string; at: Date }

/** What is held up to the scanner, or tapped in the list. `scanId`: the same scan sent again is answered as at first. */
export type Scan = { scanId?: string; device?: string } & ({ code: string } | { registrationId: string })

/** What came of it: who came in, or had come in before. */
type Outcome = Entry & { entered: boolean; by: string | null }

/** Lets a person in, once. Throws AlreadyIn, TooEarly, NotGoing, CodeUnknown, WrongEvent, NotFound, KeyReused. */
export async function checkIn(ctx: Ctx | Tx, eventId: string, scan: Scan): Promise<Entry> {
  await door(ctx, eventId)
  await demandOpen(ctx, eventId)
  const outcome = await transaction(ctx, async (tx) => {
    // The answer to a scan is claimed first: the same scan on its way twice waits here for its other self.
    const registrationId = 'code' in scan ? tickets.registrationIn(scan.code) : scan.registrationId
    if (registrationId === undefined) throw CodeUnknown()
    const first = scan.scanId && (await answeredBefore(tx, eventId, scan.scanId))
    if (first && first.registrationId !== registrationId) throw KeyReused('This scanId was used for another ticket.')
    if (first) return first
    const person = await holder(tx, eventId, registrationId, scan)
    const outcome = { ...person, ...(await enter(tx, eventId, person.registrationId, scan.device)) }
    if (scan.scanId) await keepAnswer(tx, eventId, scan.scanId, outcome)
    if (outcome.entered) await entered(tx, eventId, registrationId)
    return outcome
  })
  const { entered: isNew, by, ...entry } = outcome
  if (!isNew) throw AlreadyIn(undefined, { at: entry.at.toISOString(), by, name: entry.name })
  return entry
}

/**
 * Gives a free seat to somebody who stands at the door, and lets them in. `evenIfClosed`: also after the deadline. `paid`:
 * they have paid what it costs; otherwise they owe it.
 * Throws TooEarly, EventFull, RegistrationClosed, AlreadyRegistered, EventPast, EventCancelled, NotFound.
 */
export async function walkIn(
  ctx: Ctx | Tx,
  eventId: string,
  person: { name: string; email: string },
  options: { evenIfClosed?: boolean; paid?: boolean; device?: string } = {},
): Promise<Entry> {
  await door(ctx, eventId)
  await demandOpen(ctx, eventId)
  return transaction(ctx, async (tx) => {
    const { registrationId, name } = await walkIns.admit(tx, eventId, person, options)
    const { at } = await enter(tx, eventId, registrationId, options.device)
    await entered(tx, eventId, registrationId)
    return { registrationId, name, at }
  })
}

/** Takes an entry back, for whoever was checked in by mistake; they can come in again. Undoing twice is not an error. */
export async function undo(ctx: Ctx | Tx, eventId: string, registrationId: string): Promise<void> {
  await door(ctx, eventId)
  await transaction(ctx, async (tx) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('checkins')
      .where('registration_id', '=', registrationId)
      .where('event_id', '=', eventId)
      .executeTakeFirst()
    if (numDeletedRows > 0n) {
      await record(tx, 'checkin.undone', { registrationId, eventId })
      return count(tx, eventId, -1)
    }
    const known = await tx.db
      .selectFrom('registrations')
      .select('id')
      .where('id', '=', registrationId)
      .where('event_id', '=', eventId)
      .executeTakeFirst()
    if (!known) throw NotFound()
  })
}

/** How many are to come and how many have. */
export async function counts(ctx: Ctx, eventId: string): Promise<{ going: number; in: number }> {
  await door(ctx, eventId)
  const { rows } = await sql<{ going: number; in: number }>`
    select (select taken from seat_pools where event_id = ${eventId})
        - (select count(*)::int from registrations where event_id = ${eventId} and status = 'going' and held_until is not null) as going,
      coalesce((select came from doors where event_id = ${eventId}), 0) as in`.execute(ctx.db)
  return rows[0]!
}

/** Somebody on the list at the door. `email` null: the actor may not see addresses. */
export type Expected = { registrationId: string; name: string; email: string | null; at: Date | null }

/** Who has a place, by name, for whoever comes without a ticket; `text` is part of a name, or of an address for who may see those. */
export async function list(ctx: Ctx, eventId: string, query: PageQuery & { text?: string }): Promise<Page<Expected>> {
  const event = await door(ctx, eventId)
  const withAddress = permits(may.seeAddresses, ctx.actor, event)
  const { limit = DEFAULT_LIMIT, text = '' } = query
  const name = ['door', eventId, text]
  const from = positionOf(ctx, name, query.cursor)
  let page = ctx.db
    .selectFrom('registrations as r')
    .leftJoin('checkins as c', 'c.registration_id', 'r.id')
    .select(['r.id', 'r.name', 'r.email', 'c.at'])
    .select(sql<string>`lower(r.name)`.as('key'))
    .where('r.event_id', '=', eventId)
    .where('r.status', '=', 'going')
    .where('r.held_until', 'is', null)
  // What is not shown is not found by either, or it could be guessed piece by piece.
  const searched = withAddress ? sql`r.name || ' ' || r.email` : sql`r.name`
  if (text) page = page.where(sql<boolean>`strpos(lower(${searched}), lower(${text.trim()})) > 0`)
  if (from) page = page.where(sql<boolean>`(lower(r.name), r.id) > (${from[0]}, ${from[1]}::uuid)`)
  const found = await page
    .orderBy(sql`lower(r.name)`)
    .orderBy('r.id')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageOf(ctx, name, found, limit, (row) => [row.key, row.id])
  return {
    items: items.map(({ id, name, email, at }) => ({
      registrationId: id,
      name,
      email: withAddress ? email : null,
      at,
    })),
    nextCursor,
  }
}

/** Runs when somebody gives the place back: who has come in has used it. */
export async function keepWhoIsIn(tx: Tx, { registrationId }: { registrationId: string }): Promise<void> {
  const entry = await tx.db
    .selectFrom('checkins')
    .select('at')
    .where('registration_id', '=', registrationId)
    .executeTakeFirst()
  if (entry)
    throw AlreadyIn('Who has come in keeps the place. Undo the check-in first.', { at: entry.at.toISOString() })
}

/** The event whose door this is. Throws what tells a stranger nothing. */
async function door(ctx: Ctx | Tx, eventId: string): Promise<Run> {
  const event = await visibleEvent(ctx, eventId)
  demand(ctx, may.checkIn, event)
  return event
}

/** From the day before on, for who sets up the evening before or takes the wrong list for a try: a week ahead is a mistake. */
const OPENS_BEFORE_THE_DAY = sql`interval '12 hours'`

async function demandOpen(ctx: Ctx | Tx, eventId: string): Promise<void> {
  const { rows } = await sql<{ opens_at: Date; early: boolean }>`
    select opens_at, app_now() < opens_at as early
    from events e, lateral (select date_trunc('day', e.starts_at at time zone e.zone) at time zone e.zone - ${OPENS_BEFORE_THE_DAY} as opens_at) o
    where e.id = ${eventId}`.execute(ctx.db)
  if (rows[0]?.early) throw TooEarly(undefined, { opensAt: rows[0].opens_at.toISOString() })
}

/** Who the scan is about, held as they are until the transaction ends: nobody cancels between the look and the entry. */
async function holder(
  tx: Tx,
  eventId: string,
  registrationId: string,
  scan: Scan,
): Promise<{ registrationId: string; name: string }> {
  const row = await tx.db
    .selectFrom('registrations')
    .select(['event_id', 'name', 'status', 'held_until', 'ticket_generation'])
    .where('id', '=', registrationId)
    .forShare()
    .executeTakeFirst()
  const refused = 'code' in scan ? CodeUnknown : NotFound
  if (!row) throw refused()
  if ('code' in scan && !tickets.isCode(tx.config, scan.code, { registrationId, generation: row.ticket_generation }))
    throw CodeUnknown()
  if (row.event_id !== eventId) throw 'code' in scan ? WrongEvent() : NotFound()
  const { status, name } = row
  if (status !== 'going' || row.held_until)
    throw NotGoing(undefined, { registration: row.held_until ? 'held' : status, name })
  return { registrationId, name }
}

/**
 * Writes the entry, or finds the one there is. The primary key decides who is first; everybody else waits for that one
 * to commit and then sees it.
 */
async function enter(
  tx: Tx,
  eventId: string,
  registrationId: string,
  device: string | undefined,
): Promise<{ entered: boolean; at: Date; by: string | null }> {
  for (;;) {
    const made = await tx.db
      .insertInto('checkins')
      .values({
        registration_id: registrationId,
        event_id: eventId,
        by_account: accountOf(tx),
        device,
        at: sql`app_now()`,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('at')
      .executeTakeFirst()
    if (made) return { entered: true, at: made.at, by: null }
    const there = await tx.db
      .selectFrom('checkins as c')
      .leftJoin('accounts as a', 'a.id', 'c.by_account')
      .select(['c.at', 'a.username'])
      .where('c.registration_id', '=', registrationId)
      .executeTakeFirst()
    if (there) return { entered: false, at: there.at, by: there.username } // else it was undone in between
  }
}

async function entered(tx: Tx, eventId: string, registrationId: string): Promise<void> {
  await record(tx, 'checkin.made', { registrationId, eventId })
  await count(tx, eventId, 1)
}

/** The last thing in its transaction: everybody at this door waits here for each other, and holds nothing that the one before may want. */
async function count(tx: Tx, eventId: string, more: 1 | -1): Promise<void> {
  await sql`
    insert into doors as d (event_id, came) values (${eventId}, greatest(${more}::int, 0))
    on conflict (event_id) do update set came = d.came + ${more}::int`.execute(tx.db)
}

/** What this scan was answered, if it was. */
async function answeredBefore(tx: Tx, eventId: string, scanId: string): Promise<Outcome | undefined> {
  // Scans of one name stand in line here, whatever process they reach; the lock goes with the transaction.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`scan ${eventId} ${scanId}`}, 0))`.execute(tx.db)
  const row = await tx.db
    .selectFrom('checkin_scans as s')
    .innerJoin('registrations as r', 'r.id', 's.registration_id')
    .leftJoin('accounts as a', 'a.id', 's.by_account')
    .select(['s.registration_id', 'r.name', 's.entered', 's.at', 'a.username'])
    .where('s.event_id', '=', eventId)
    .where('s.scan_id', '=', scanId)
    .executeTakeFirst()
  return (
    row && { registrationId: row.registration_id, name: row.name, entered: row.entered, at: row.at, by: row.username }
  )
}

async function keepAnswer(tx: Tx, eventId: string, scanId: string, outcome: Outcome): Promise<void> {
  await sql`
    insert into checkin_scans (event_id, scan_id, registration_id, entered, at, by_account)
    select ${eventId}, ${scanId}, registration_id, ${outcome.entered}, at, by_account from checkins
    where registration_id = ${outcome.registrationId}`.execute(tx.db)
}

function accountOf({ actor }: Tx): string | null {
  return actor.kind === 'account' ? actor.id : null
}
