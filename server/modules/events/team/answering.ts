import { sql } from 'kysely'
import { demandVerifiedEmail } from '#accounts/addresses/verification'
import { may } from '#events/policy'
import { AlreadyOwner, CannotOrganize, InvitationForAnother, InvitationOver } from '#events/problems'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { isId } from '#kernel/ids'
import { readLink } from '#kernel/links'
import { permits } from '#kernel/policy'
import { NotFound, SignInRequired } from '#kernel/problem'
import { endInvitations, isOpen, join, ofEvent, ofSeries, type InvitedRole, type Of } from './standing.ts'

/** What a team invitation's link is signed for, and the topic of the mail that carries it. */
const INVITED = 'team-invited'

/** An invitation as the person sees it who is invited. */
export type Invitation = {
  id: string
  role: InvitedRole
  state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired'
  of: Of
  /** Of the event, or of the series. */
  title: string
  slug: string | null
  startsAt: Date | null
  zone: string | null
  invitedBy: string | null
  createdAt: Date
  expiresAt: Date
  /** Whether it is the actor who can accept it. */
  isTheirs: boolean
  acceptedBy: string | null
}

/** What the actor is invited to and has not answered; by address only where that is known to be theirs. */
export async function mine(ctx: Ctx): Promise<Invitation[]> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const rows = await invitations(ctx, null)
    .where(isOpen)
    .where('i.expires_at', '>', sql<Date>`app_now()`)
    .where((where) => where.or([where('e.id', 'is not', null), where('s.id', 'is not', null)]))
    .where(isTheirs(ctx, null))
    .orderBy('i.created_at')
    .orderBy('i.id')
    .limit(100)
    .execute()
  return rows.map(shape)
}

/** One invitation, by the token of its link, or by its id for whom it is for. `NotFound` for everybody else. */
export async function find(ctx: Ctx | Tx, key: string): Promise<Invitation> {
  const linked = readLink(ctx.config, INVITED, key)
  const id = linked ?? (isId(key) ? key : undefined)
  if (id === undefined) throw NotFound()
  const row = await invitations(ctx, linked ?? null)
    .where('i.id', '=', id)
    .executeTakeFirst()
  if (!row || !(linked || row.is_theirs)) throw NotFound()
  return shape(row)
}

/**
 * Accepts it: the actor is on the team, or the event or series is theirs. Accepting twice is not an error. Throws
 * InvitationOver, InvitationForAnother, CannotOrganize, AlreadyOwner, EmailNotVerified.
 */
export async function accept(ctx: Ctx | Tx, key: string): Promise<Invitation> {
  const { actor } = ctx
  if (actor.kind !== 'account') throw SignInRequired()
  return transaction(ctx, async (tx) => {
    const { of } = await find(tx, key)
    const organizerId = await holdOf(tx, of)
    const invitation = await find(tx, key) // again, now that nobody else can answer it or take it back
    if (!permits(may.acceptTeamInvitation, actor, invitation)) throw InvitationForAnother()
    if (invitation.acceptedBy === actor.id) return invitation
    if (invitation.state !== 'open' || organizerId === undefined) throw InvitationOver()
    if (organizerId === actor.id) throw AlreadyOwner()
    if (invitation.role !== 'check-in') await demandVerifiedEmail(tx) // who organizes reaches other people
    await sql`
      update team_invitations set accepted_at = app_now(), accepted_by = ${actor.id} where id = ${invitation.id}`.execute(
      tx.db,
    )
    if (invitation.role === 'owner') await takeOver(tx, invitation, { from: organizerId, to: actor.id })
    else {
      await join(tx, of, actor.id, invitation.role)
      await record(tx, 'team.joined', {
        ...of,
        ...{ invitationId: invitation.id, accountId: actor.id, role: invitation.role },
      })
    }
    return find(tx, key)
  })
}

/** Says no. Whoever has the link can; twice is not an error. Throws InvitationOver. */
export async function decline(ctx: Ctx | Tx, key: string): Promise<Invitation> {
  return transaction(ctx, async (tx) => {
    const { of } = await find(tx, key)
    await holdOf(tx, of)
    const { id, state } = await find(tx, key)
    if (state === 'declined') return find(tx, key)
    if (state !== 'open') throw InvitationOver()
    await sql`update team_invitations set declined_at = app_now() where id = ${id}`.execute(tx.db)
    await record(tx, 'team.declined', { ...of, invitationId: id })
    return find(tx, key)
  })
}

/**
 * The event or the series is another's from now on, and whoever gave it away helps or is out. Who runs it is no part of
 * what is said of it, so its version stays; the fact tells. A series goes with all its occurrences.
 */
async function takeOver(tx: Tx, { id, of }: Invitation, { from, to }: { from: string; to: string }): Promise<void> {
  if (!permits(may.create, tx.actor, undefined)) throw CannotOrganize()
  const theirs =
    of.eventId !== null
      ? await tx.db.selectFrom('events').select('id').where('id', '=', of.eventId).execute()
      : await tx.db
          .selectFrom('events')
          .select('id')
          .where('series_id', '=', of.seriesId)
          .orderBy('id')
          .forNoKeyUpdate()
          .execute()
  const ids = theirs.map((event) => event.id)
  await sql`update events set organizer_id = ${to}, updated_at = app_now() where id = any(${ids}::uuid[])`.execute(
    tx.db,
  )
  // The new owner is on no team of it any more; the old one comes onto it as the offer said.
  await sql`
    delete from team_members where account_id = ${to} and (event_id = any(${ids}::uuid[]) or series_id = ${of.seriesId}::uuid)`.execute(
    tx.db,
  )
  const { rows } = await sql<{ stays: boolean }>`select stays from team_invitations where id = ${id}`.execute(tx.db)
  if (rows[0]!.stays) await join(tx, of, from, 'co-organizer')
  await endInvitations(tx, of, to)
  if (of.eventId !== null) await record(tx, 'event.handed-over', { eventId: of.eventId, from, to, invitationId: id })
  else await record(tx, 'series.handed-over', { seriesId: of.seriesId, from, to, invitationId: id })
}

/** Locks what the invitation is to, as everything that changes its team does. Answers its owner; undefined: it is gone. */
async function holdOf(tx: Tx, { eventId, seriesId }: Of): Promise<string | undefined> {
  const { rows } = await (
    eventId !== null
      ? sql<{ organizer_id: string }>`
          select organizer_id from events where id = ${eventId} and deleted_at is null for no key update`
      : sql<{ organizer_id: string }>`
          select organizer_id from series where id = ${seriesId} and deleted_at is null for no key update`
  ).execute(tx.db)
  return rows[0]?.organizer_id
}

/**
 * By account; or by address, where the account has that very address and either came by the link that was sent there or
 * has shown before that it reads its mail: signing up with somebody's address opens nothing that is theirs.
 */
function isTheirs({ actor }: Ctx | Tx, linked: string | null) {
  const accountId = actor.kind === 'account' ? actor.id : null
  return sql<boolean>`(coalesce(i.account_id = ${accountId}::uuid, false) or exists (
    select from accounts me where me.id = ${accountId}::uuid and me.email_key = i.email_key
      and (i.id = ${linked}::uuid or me.email_verified_at is not null)))`
}

function invitations(ctx: Ctx | Tx, linked: string | null) {
  return ctx.db
    .selectFrom('team_invitations as i')
    .leftJoin('events as e', (join) => join.onRef('e.id', '=', 'i.event_id').on('e.deleted_at', 'is', null))
    .leftJoin('series as s', (join) => join.onRef('s.id', '=', 'i.series_id').on('s.deleted_at', 'is', null))
    .leftJoin('accounts as b', 'b.id', 'i.invited_by')
    .select(['i.id', 'i.role', 'i.event_id', 'i.series_id', 'i.created_at', 'i.expires_at', 'i.accepted_by'])
    .select(['e.slug', 'e.starts_at', 'e.zone'])
    .select([
      sql<string>`coalesce(e.title, s.template->>'title', '')`.as('title'),
      sql<string | null>`coalesce(nullif(trim(b.first_name || ' ' || b.last_name), ''), b.username)`.as('by'),
      sql<boolean>`${isTheirs(ctx, linked)}`.as('is_theirs'),
      sql<Invitation['state']>`case
        when i.accepted_at is not null then 'accepted'
        when i.declined_at is not null then 'declined'
        when i.withdrawn_at is not null or (e.id is null and s.id is null) then 'withdrawn'
        when i.expires_at <= (select app_now()) then 'expired'
        else 'open' end`.as('state'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof invitations>['executeTakeFirstOrThrow']>>

function shape(row: Row): Invitation {
  return {
    id: row.id,
    role: row.role as InvitedRole,
    state: row.state,
    of: row.event_id === null ? ofSeries(row.series_id!) : ofEvent(row.event_id),
    title: row.title,
    slug: row.slug,
    startsAt: row.starts_at,
    zone: row.zone,
    invitedBy: row.by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    isTheirs: row.is_theirs,
    acceptedBy: row.accepted_by,
  }
}
