import { sql, type RawBuilder } from 'kysely'
import type { TeamRole } from '#events/policy'
import { TeamFull } from '#events/problems'
import type { Ctx, Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { invalid, NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'

// Who is on a team and who is invited to it. Whoever calls what writes here has judged who may, and holds the event's
// row or the series': that row is what everybody meets at who changes a team.

/** What a team belongs to: an event, or a series and so all its occurrences. */
export type Of = { eventId: string; seriesId: null } | { eventId: null; seriesId: string }

export type InvitedRole = 'owner' | TeamRole

/** Who is invited. Whether an address has an account is not looked up, so that nobody can tell. */
export type To = { email: string } | { username: string }

type Told = { eventId: string | null; seriesId: string | null }
declare module '#kernel/facts' {
  interface Facts {
    /** `later`: a mail with the link. Of an event or of a series, as are the others. */
    'team.invited': Told & { invitationId: string; role: string }
    'team.uninvited': Told & { invitationId: string }
    /** `later`: who invited them hears of it. */
    'team.joined': Told & { invitationId: string; accountId: string; role: string }
    'team.declined': Told & { invitationId: string }
    'team.left': Told & { accountId: string }
    /** `later`: they hear of it. */
    'team.removed': Told & { accountId: string }
    /** `later`: who gave it away hears of it. */
    'event.handed-over': { eventId: string; from: string; to: string; invitationId: string }
    /** `now`: the series changes hands too. `later`: the same. */
    'series.handed-over': { seriesId: string; from: string; to: string; invitationId: string }
  }
}
unseenByOthers('team.invited', 'team.uninvited', 'team.joined', 'team.declined', 'team.left', 'team.removed')

export type Member = { accountId: string; name: string; role: TeamRole; since: Date; of: 'event' | 'series' }
export type Pending = {
  id: string
  role: InvitedRole
  /** The address, or the username, that was invited. */
  to: string
  createdAt: Date
  expiresAt: Date
  of: 'event' | 'series'
}
export type Team = { owner: { id: string; name: string }; members: Member[]; invitations: Pending[] }

/** Members and open invitations together. */
const MOST = 50
const GOOD_FOR_DAYS = 14

export const ofEvent = (eventId: string): Of => ({ eventId, seriesId: null })
export const ofSeries = (seriesId: string): Of => ({ eventId: null, seriesId })

/** Whose the row is that has an `event_id` and a `series_id`. */
const isOf = ({ eventId, seriesId }: Of): RawBuilder<boolean> =>
  sql<boolean>`coalesce(event_id, series_id) = ${eventId ?? seriesId}::uuid`

/** An invitation that nobody has answered or taken back. Whether it is too old is asked beside. */
export const isOpen = sql<boolean>`accepted_at is null and declined_at is null and withdrawn_at is null`

const nameOf = (a: string) =>
  sql<string>`coalesce(nullif(trim(${sql.ref(`${a}.first_name`)} || ' ' || ${sql.ref(`${a}.last_name`)}), ''), ${sql.ref(`${a}.username`)})`

/** Who is on these teams and who is asked to be, in the order in which they came. */
export async function teamOf(ctx: Ctx | Tx, organizerId: string, of: Of[], withInvitations: boolean): Promise<Team> {
  const ids = sql`any(${of.map(({ eventId, seriesId }) => eventId ?? seriesId)}::uuid[])`
  const owner = await ctx.db
    .selectFrom('accounts as a')
    .select(['a.id', nameOf('a').as('name')])
    .where('a.id', '=', organizerId)
    .executeTakeFirstOrThrow()
  const { rows: members } = await sql<Member>`
    select m.account_id as "accountId", ${nameOf('a')} as name, m.role, m.since,
      case when m.event_id is null then 'series' else 'event' end as of
    from team_members m join accounts a on a.id = m.account_id
    where coalesce(m.event_id, m.series_id) = ${ids} order by m.since, m.account_id`.execute(ctx.db)
  if (!withInvitations) return { owner, members, invitations: [] }
  const { rows: invitations } = await sql<Pending>`
    select i.id, i.role, coalesce(i.email, a.username) as to, i.created_at as "createdAt", i.expires_at as "expiresAt",
      case when i.event_id is null then 'series' else 'event' end as of
    from team_invitations i left join accounts a on a.id = i.account_id
    where coalesce(i.event_id, i.series_id) = ${ids} and ${isOpen} and i.expires_at > (select app_now())
    order by i.created_at, i.id`.execute(ctx.db)
  return { owner, members, invitations }
}

/**
 * Asks somebody onto a team, or to take the whole over: the newest offer to a person stands, and the newest of those to
 * become the owner. Who was asked the same before is not asked again. Answers the invitation.
 */
export async function inviteTo(
  tx: Tx,
  of: Of,
  to: To,
  { role, stays = false, organizerId }: { role: InvitedRole; stays?: boolean; organizerId: string },
): Promise<Pending> {
  const accountId = 'username' in to ? await accountCalled(tx, to.username, organizerId) : null
  const email = 'email' in to ? to.email.trim() : null
  const emailKey = email && comparable(email)
  const isOwner = role === 'owner'
  const sameKind = isOwner ? sql`role = 'owner'` : sql`role <> 'owner'`
  const samePerson = sql`account_id is not distinct from ${accountId}::uuid and email_key is not distinct from ${emailKey}::text`
  const same = sql`${samePerson} and role = ${role} and stays = ${stays}`
  await sql`
    update team_invitations set withdrawn_at = app_now()
    where ${isOf(of)} and ${isOpen} and (expires_at <= (select app_now())
      or (${sameKind} and (${isOwner}::boolean or (${samePerson})) and not (${same})))`.execute(tx.db)
  const kept = await sql<{ id: string }>`
    select id from team_invitations where ${isOf(of)} and ${isOpen} and ${same}`.execute(tx.db)
  if (kept.rows[0]) return pending(tx, kept.rows[0].id)

  const { rows: counted } = await sql<{ n: number }>`
    select (select count(*) from team_members where ${isOf(of)})
      + (select count(*) from team_invitations where ${isOf(of)} and ${isOpen}) as n`.execute(tx.db)
  if (counted[0]!.n >= MOST) throw TeamFull()
  const id = newId()
  const invitedBy = tx.actor.kind === 'account' ? tx.actor.id : null
  await sql`
    insert into team_invitations (id, event_id, series_id, role, stays, account_id, email, email_key, invited_by, expires_at)
    values (${id}, ${of.eventId}, ${of.seriesId}, ${role}, ${stays}, ${accountId}, ${email}, ${emailKey}, ${invitedBy},
      app_now() + make_interval(days => ${GOOD_FOR_DAYS}))`.execute(tx.db)
  await record(tx, 'team.invited', { ...of, invitationId: id, role })
  return pending(tx, id)
}

/** Takes an open invitation back: its link opens nothing any more. One that is over stays as it is. */
export async function uninviteFrom(tx: Tx, of: Of, invitationId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update team_invitations set withdrawn_at = app_now() where id = ${invitationId} and ${isOf(of)} and ${isOpen}`.execute(
    tx.db,
  )
  if (numAffectedRows) return record(tx, 'team.uninvited', { ...of, invitationId })
  const known = await sql`select from team_invitations where id = ${invitationId} and ${isOf(of)}`.execute(tx.db)
  if (known.rows.length === 0) throw NotFound()
}

/** Takes somebody off a team, with whatever they are still asked to do for it. They are out at once. */
export async function removeFrom(tx: Tx, of: Of, accountId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    delete from team_members where ${isOf(of)} and account_id = ${accountId}`.execute(tx.db)
  if (!numAffectedRows) throw NotFound()
  await endInvitations(tx, of, accountId)
  await record(tx, 'team.removed', { ...of, accountId })
}

/** Ends the actor's own part in a team. `NotFound` for who has none. */
export async function leaveFrom(tx: Tx, of: Of): Promise<void> {
  const accountId = tx.actor.kind === 'account' ? tx.actor.id : null
  const { numAffectedRows } = await sql`
    delete from team_members where ${isOf(of)} and account_id = ${accountId}::uuid`.execute(tx.db)
  if (!numAffectedRows || !accountId) throw NotFound()
  await record(tx, 'team.left', { ...of, accountId })
}

/** Puts somebody on a team, or gives who is on it another role. */
export async function join(tx: Tx, of: Of, accountId: string, role: TeamRole): Promise<void> {
  await sql`
    insert into team_members (event_id, series_id, account_id, role) values (${of.eventId}, ${of.seriesId}, ${accountId}, ${role})
    on conflict (coalesce(event_id, series_id), account_id) do update set role = ${role}`.execute(tx.db)
}

/** Takes back what somebody was offered, by account or by address, and has not answered. */
export async function endInvitations(tx: Tx, of: Of, accountId: string): Promise<void> {
  await sql`
    update team_invitations set withdrawn_at = app_now()
    where ${isOf(of)} and ${isOpen} and (account_id = ${accountId}
      or email_key = (select email_key from accounts where id = ${accountId}))`.execute(tx.db)
}

/** Those that follow go on as a series of their own, with the same team; who is asked onto it is asked onto that. */
export async function keepForSplit(tx: Tx, { seriesId, into }: { seriesId: string; into: string }): Promise<void> {
  await sql`
    insert into team_members (series_id, account_id, role, since)
    select ${into}, account_id, role, since from team_members where series_id = ${seriesId}`.execute(tx.db)
  await sql`update team_invitations set series_id = ${into} where series_id = ${seriesId} and ${isOpen}`.execute(tx.db)
}

async function pending(tx: Tx, id: string): Promise<Pending> {
  const { rows } = await sql<Pending>`
    select i.id, i.role, coalesce(i.email, a.username) as to, i.created_at as "createdAt", i.expires_at as "expiresAt",
      case when i.event_id is null then 'series' else 'event' end as of
    from team_invitations i left join accounts a on a.id = i.account_id where i.id = ${id}`.execute(tx.db)
  return rows[0]!
}

/** The account of a username: names are public, as sign-up says of each whether it is taken. */
async function accountCalled(tx: Tx, username: string, organizerId: string): Promise<string> {
  const account = await tx.db
    .selectFrom('accounts')
    .select('id')
    .where('username_key', '=', comparable(username))
    .where('suspended_at', 'is', null)
    .executeTakeFirst()
  if (!account) throw invalid({ '/username': 'Nobody is called that.' })
  if (account.id === organizerId) throw invalid({ '/username': 'It is theirs already.' })
  return account.id
}
