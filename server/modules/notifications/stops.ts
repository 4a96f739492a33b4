import { sql } from 'kysely'
import { transaction, type Ctx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import type { Channel, ChannelName, Outcome } from './channels/channel.ts'

declare module '#kernel/facts' {
  interface Facts {
    'channel.paused': { channel: string; reason: string }
    'channel.resumed': { channel: string }
  }
}
unseenByOthers('channel.paused', 'channel.resumed')

/*
 * Why nothing leaves by a channel for a while. Both are rows, so that all processes keep to them and admins see them: a
 * pause, until an admin ends it, and a destination's breaker, which ends by itself.
 */

/** Failures in a row that open the breaker. */
export const MOST_FAILURES = 5
const FIRST_WAIT_S = 5
const LONGEST_WAIT_S = 60
/** How long the one try may take before somebody else makes another. */
const TRY_S = 30

/** How many messages may leave now, as far as this is known: none, one that tries whether it works again, or any number. */
export async function roomFor(
  ctx: Ctx,
  name: ChannelName,
  { destination = '' }: Channel,
): Promise<{ room: number; troubled: boolean }> {
  const { rows } = await sql<{ paused: boolean; open: boolean | null; tries: boolean }>`
    with pause as (select 1 from channel_pauses where channel = ${name}),
    breaker as (select retry_at from channel_breakers where channel = ${name} and destination = ${destination}),
    tries as (
      update channel_breakers set retry_at = app_now() + ${TRY_S} * interval '1 second'
      where channel = ${name} and destination = ${destination} and retry_at <= app_now() and not exists (select from pause)
        and exists (select from notifications where channel = ${name} and sent_at is null and failed_at is null
          and due_at <= (select app_now()) and (leased_until is null or leased_until <= (select app_now())))
      returning 1)
    select exists (select from pause) as paused, (select retry_at is not null from breaker) as open,
      exists (select from tries) as tries`.execute(ctx.db)
  const { paused, open, tries } = rows[0]!
  return { room: paused ? 0 : open ? (tries ? 1 : 0) : Infinity, troubled: open !== null }
}

/**
 * One more failure of the destination. From the fifth in a row on, and when it asked us to wait, nothing more is sent there
 * for a time that doubles up to a minute. Whether that is so now.
 */
export async function countFailure(
  ctx: Ctx,
  name: ChannelName,
  { destination }: Channel,
  { error, retryAfter = 0 }: Extract<Outcome, { sent: false }>,
): Promise<boolean> {
  if (destination === undefined) return false
  const waits = (
    failures: string,
  ) => sql`case when ${sql.raw(failures)} >= ${MOST_FAILURES}::int or ${retryAfter}::float8 > 0 then
    app_now() + make_interval(secs => greatest(${retryAfter}::float8, case when ${sql.raw(failures)} >= ${MOST_FAILURES}::int then
      (0.5 + random() / 2) * least(${LONGEST_WAIT_S}::float8, ${FIRST_WAIT_S} * power(2, least(${sql.raw(failures)} - ${MOST_FAILURES}::int, 10))) else 0 end)) end`
  const { rows } = await sql<{ open: boolean; failures: number }>`
    insert into channel_breakers as b (channel, destination, last_error, retry_at)
    values (${name}, ${destination}, ${error}, ${waits('1')})
    on conflict (channel, destination) do update set failures = b.failures + 1, last_error = excluded.last_error,
      retry_at = ${waits('(b.failures + 1)')}
    returning retry_at is not null as open, failures`.execute(ctx.db)
  const { open, failures } = rows[0]!
  if (failures === MOST_FAILURES)
    ctx.log.error(
      { channel: name, destination, reason: error },
      'a destination keeps failing; it is left alone for a while',
    )
  return open
}

/** It has taken something: all is well. */
export async function closeBreaker(ctx: Ctx, name: ChannelName, { destination = '' }: Channel): Promise<void> {
  await sql`delete from channel_breakers where channel = ${name} and destination = ${destination}`.execute(ctx.db)
}

/** Stops the channel in all processes, and tells whoever reads the log and the audit trail. */
export async function pause(ctx: Ctx, name: ChannelName, reason: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const { numAffectedRows } = await sql`
      insert into channel_pauses (channel, reason) values (${name}, ${reason}) on conflict do nothing`.execute(tx.db)
    if (!numAffectedRows) return
    await record(tx, 'channel.paused', { channel: name, reason })
    ctx.log.error({ channel: name, reason }, 'a channel is paused: put right what lets us in there, then resume it')
  })
}
