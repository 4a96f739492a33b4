import { sql } from 'kysely'
import type { Config } from '#config'
import type { Ctx, Tx } from '#kernel/ctx'
import { linkToken, readLink } from '#kernel/links'

/** What an invitation's link ends in. Whoever holds the link is let in: it may be passed on until it is revoked. */
export function invitationToken(config: Pick<Config, 'secretKey'>, invitationId: string): string {
  return linkToken(config, 'invitation', invitationId)
}

/**
 * Whether the actor's address was invited to the event, or the link is one of its invitations. The address counts once
 * it is confirmed: anybody can sign up with somebody else's.
 */
export async function isInvited(ctx: Ctx | Tx, eventId: string, token = ''): Promise<boolean> {
  const held = readLink(ctx.config, 'invitation', token) ?? null
  const accountId = ctx.actor.kind === 'account' ? ctx.actor.id : null
  if (!held && !accountId) return false
  const { rows } = await sql`
    select from event_invitations where event_id = ${eventId} and revoked_at is null
      and (id = ${held}::uuid or email_key = (select email_key from accounts where id = ${accountId}::uuid and email_verified_at is not null)) limit 1`.execute(
    ctx.db,
  )
  return rows.length > 0
}
