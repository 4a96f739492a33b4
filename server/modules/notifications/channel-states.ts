import { sql } from 'kysely'
import { transaction, type Ctx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { demand } from '#kernel/policy'
import { CHANNEL_NAMES, type ChannelName } from './channels/channel.ts'
import { may } from './policy.ts'
import { MOST_FAILURES } from './stops.ts'

type Breaker = {
  destination: string
  state: 'closed' | 'open' | 'half-open'
  failures: number
  since: Date
  retryAt: Date | null
  lastError: string
}
export type ChannelState = {
  name: ChannelName
  /** By the settings of the process that was asked. */
  setUp: boolean
  paused: { since: Date; reason: string } | null
  /** Destinations that have failed since they last took something. */
  breakers: Breaker[]
  due: number
  oldestDueAt: Date | null
  failed: number
  sentInLastHour: number
}

/** How every channel is, for admins. */
export async function channels(ctx: Ctx): Promise<ChannelState[]> {
  demand(ctx, may.seeChannels, undefined)
  const [counts, pauses, breakers] = [
    await sql<{ name: string; due: number; oldest: Date | null; failed: number; sent: number }>`
      select c.name,
        (select count(*) from notifications n where n.channel = c.name and sent_at is null and failed_at is null and due_at <= app_now()) as due,
        (select min(due_at) from notifications n where n.channel = c.name and sent_at is null and failed_at is null and due_at <= app_now()) as oldest,
        (select count(*) from notifications n where n.channel = c.name and failed_at is not null) as failed,
        (select count(*) from notifications n where n.channel = c.name and sent_at > app_now() - interval '1 hour') as sent
      from unnest(${[...CHANNEL_NAMES]}::text[]) as c(name)`.execute(ctx.db),
    await ctx.db.selectFrom('channel_pauses').selectAll().execute(),
    await sql<{ channel: string; state: Breaker['state'] } & Omit<Breaker, 'state'>>`
      select channel, destination, failures, since, retry_at as "retryAt", last_error as "lastError",
        case when retry_at is null then 'closed' when retry_at > app_now() then 'open' else 'half-open' end as state
      from channel_breakers order by channel, destination`.execute(ctx.db),
  ]
  return CHANNEL_NAMES.map((name) => {
    const count = counts.rows.find((each) => each.name === name)!
    const pause = pauses.find((each) => each.channel === name)
    return {
      name,
      setUp: isSetUp(ctx, name),
      paused: pause ? { since: pause.since, reason: pause.reason } : null,
      breakers: breakers.rows.filter((each) => each.channel === name),
      due: Number(count.due),
      oldestDueAt: count.oldest,
      failed: Number(count.failed),
      sentInLastHour: Number(count.sent),
    }
  })
}

/** Lets a paused channel go on: what waits leaves at once, and what lets us in there was put right. */
export async function resume(ctx: Ctx, name: ChannelName): Promise<ChannelState> {
  demand(ctx, may.resumeChannel, undefined)
  await transaction(ctx, async (tx) => {
    const { numAffectedRows } = await sql`delete from channel_pauses where channel = ${name}`.execute(tx.db)
    await sql`
      update channel_breakers set retry_at = app_now() where channel = ${name} and failures >= ${MOST_FAILURES}`.execute(
      tx.db,
    )
    if (numAffectedRows) await record(tx, 'channel.resumed', { channel: name })
  })
  const all = await channels(ctx)
  return all.find((each) => each.name === name)!
}

/** Mail opens without a server, too, and then takes nothing. */
function isSetUp(ctx: Ctx, name: ChannelName): boolean {
  return name === 'email' ? ctx.config.smtp !== null : ctx.channels[name] !== undefined
}
