import { sql } from 'kysely'
import type { TeamRole } from '#events/policy'
import type { Of } from '#events/team/standing'
import type { Ctx } from '#kernel/ctx'

/** Somebody on the team of an event or a series, without being asked. */
export async function addToTeam(ctx: Ctx, of: Of, accountId: string, role: TeamRole): Promise<void> {
  await sql`
    insert into team_members (event_id, series_id, account_id, role)
    values (${of.eventId}, ${of.seriesId}, ${accountId}, ${role})`.execute(ctx.db)
}
