import { sql, type RawBuilder } from 'kysely'
import type { TeamRole } from '#events/policy'
import type { Ctx, Tx } from '#kernel/ctx'

// What the policies judge by, read in one place. It is read anew each time: who is taken off a team is out at once.

/** The actor's role on the team of the event `e`, its own or its series', the greater of two; null without one. For a select. */
export function teamRole({ actor }: Ctx | Tx): RawBuilder<TeamRole | null> {
  if (actor.kind !== 'account') return sql`null::text`
  return sql`(
    select m.role from team_members m
    where m.account_id = ${actor.id} and (m.event_id = e.id or m.series_id = e.series_id)
    order by m.role = 'co-organizer' desc limit 1)`
}

/** The same, asked by itself: after a lock, under which it may have become another. */
export async function teamRoleOn(ctx: Ctx | Tx, eventId: string): Promise<TeamRole | null> {
  if (ctx.actor.kind !== 'account') return null
  const { rows } = await sql<{ team: TeamRole | null }>`
    select ${teamRole(ctx)} as team from events e where e.id = ${eventId}`.execute(ctx.db)
  return rows[0]?.team ?? null
}

/** The actor's role on the team of a series. */
export async function seriesRoleOn({ actor, db }: Ctx | Tx, seriesId: string): Promise<TeamRole | null> {
  if (actor.kind !== 'account') return null
  const { rows } = await sql<{ role: TeamRole }>`
    select role from team_members where series_id = ${seriesId} and account_id = ${actor.id}`.execute(db)
  return rows[0]?.role ?? null
}

/**
 * That the event `e` is in the actor's own list: it is theirs, or they are on its team and may see it, which
 * `may.see` says of one event at a time.
 */
export function isRunBy(accountId: string): RawBuilder<boolean> {
  const on = (where: RawBuilder<unknown>, column: 'event_id' | 'series_id') =>
    sql`any(array(select ${sql.ref(`m.${column}`)} from team_members m
      where m.account_id = ${accountId} and ${sql.ref(`m.${column}`)} is not null and ${where}))`
  const helps = sql`m.role = 'co-organizer'`
  return sql<boolean>`(e.organizer_id = ${accountId}
    or e.id = ${on(helps, 'event_id')} or e.series_id = ${on(helps, 'series_id')}
    or (e.published_at is not null and (e.id = ${on(sql`true`, 'event_id')} or e.series_id = ${on(sql`true`, 'series_id')})))`
}
