import { sql } from 'kysely'
import { isInvited } from '#events/invitation-links'
import { may, type Run } from '#events/policy'
import { teamRole } from '#events/team/role'
import type { Ctx, Tx } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { NotFound } from '#kernel/problem'

/**
 * The event, if the actor may see it, and `NotFound` otherwise: a draft is for who runs it alone, a private one is also
 * for its team and who is registered for it or invited, and an archived one for who had a place.
 */
export async function visibleEvent(ctx: Ctx | Tx, eventId: string): Promise<Run & { slug: string }> {
  const event = await ctx.db
    .selectFrom('events as e')
    .select([
      'organizer_id as organizerId',
      'published_at as publishedAt',
      'archived_at as archivedAt',
      'visibility',
      'slug',
    ])
    .select(teamRole(ctx).as('team'))
    .where('id', '=', eventId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!event) throw NotFound()
  const letIn = event.archivedAt
    ? await hadPlace(ctx, eventId)
    : event.visibility === 'private' && ((await isRegistered(ctx, eventId)) || (await isInvited(ctx, eventId)))
  if (!permits(may.see, ctx.actor, { ...event, letIn })) throw NotFound()
  return event
}

/** Whether the actor has a place at the event, or in its line. */
export async function isRegistered({ actor, db }: Ctx | Tx, eventId: string): Promise<boolean> {
  if (actor.kind !== 'account') return false
  const row = await db
    .selectFrom('registrations')
    .select('id')
    .where('event_id', '=', eventId)
    .where('account_id', '=', actor.id)
    .where('status', '<>', 'cancelled')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the actor kept a place, or a place in the line, to the end: of the event, or of its being called off. */
async function hadPlace({ actor, db }: Ctx | Tx, eventId: string): Promise<boolean> {
  if (actor.kind !== 'account') return false
  const { rows } = await sql`
    select from registrations r join events e on e.id = r.event_id
    where r.event_id = ${eventId} and r.account_id = ${actor.id}
      and (r.status <> 'cancelled' or r.cancelled_at = e.cancelled_at) limit 1`.execute(db)
  return rows.length > 0
}
