import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { startLoop, type Loop } from '#kernel/loop'
import { CHANNEL_NAMES, type Channel, type ChannelName, type Outcome } from './channels/channel.ts'
import { compose, type Written } from './composing.ts'
import { OUTDATED_REMINDERS } from './reminders.ts'
import { closeBreaker, countFailure, pause, roomFor } from './stops.ts'
import { TURNED_OFF } from './unsubscribing.ts'

/*
 * Messages leave here. A batch is claimed with a lease, handed over outside any transaction and marked one by one, so
 * that a message is lost by nothing and doubled by almost nothing:
 *
 *  1. A row is marked sent only after the other side has confirmed. Whoever dies before that leaves a lease that runs
 *     out, and anybody sends it again, with the same Message-ID.
 *  2. Two never send one: the claim skips what is claimed, and who has not been able to renew a lease sends no more.
 *  3. Several are handed over at once, but their ends go out one at a time in a process, each marked before the next. So
 *     whenever it is killed, at most one message may have arrived without our knowing. Where a double does no harm none
 *     waits for another's end.
 */

const AT_ONCE = 4
const MOST_ATTEMPTS = 8
const LEASE_MS = 20_000 // a dead worker's messages are out again within half a minute
const STOP_MS = 10_000

type Row = Written & { attempts: number }
type Due = Row & { outdated: boolean }
/** What we hold and until when, by our own clock, as far as the database has told us. */
type Lease = {
  token: string
  milliseconds: number
  until: number
  ours: Set<string>
  channel: Channel
  name: ChannelName
  /** Whether its destination has failed since it last took something. */
  troubled: boolean
}

/**
 * Sends what is due on one channel, at most `batch` messages, and returns how many it has dealt with: 0 is a reason to pause.
 * Rejects when the database does; what was not marked then is sent again after its lease, `lease` milliseconds.
 */
export async function deliver(
  ctx: Ctx,
  options: { channel?: ChannelName; batch?: number; lease?: number; signal?: AbortSignal } = {},
): Promise<number> {
  const { channel: name = 'email', batch = 50, signal } = options
  const channel = ctx.channels[name]
  if (!channel || signal?.aborted || channel.room?.() === 0) return 0
  const { room, troubled } = await roomFor(ctx, name, channel)
  const most = Math.min(batch, room, channel.room?.() ?? batch)
  if (most < 1) return 0
  const lease: Lease = {
    token: randomUUID(),
    milliseconds: options.lease ?? LEASE_MS,
    until: 0,
    ours: new Set(),
    channel,
    name,
    troubled,
  }
  const due = await claim(ctx, name, lease, most)
  let unsent: Row[] = due.filter((row) => !row.outdated)
  let dealtWith = due.length - unsent.length
  if (unsent.length === 0) return dealtWith

  let releasing: Promise<unknown> = Promise.resolve()
  const leaveRest = () => {
    const rest = unsent
    unsent = []
    if (rest.length > 0)
      releasing = release(ctx, lease, rest).catch((error: unknown) =>
        ctx.log.warn({ err: error }, 'leases were not released'),
      )
  }
  const heartbeat = setInterval(() => {
    renew(ctx, lease).catch((error: unknown) => ctx.log.warn({ err: error }, 'a lease was not renewed'))
  }, lease.milliseconds / 3)
  signal?.addEventListener('abort', leaveRest, { once: true })
  if (signal?.aborted) leaveRest()

  const turn = turnsOf(channel)
  async function lane(): Promise<void> {
    for (let row = unsent.shift(); row; row = unsent.shift()) {
      if (!holds(lease, row)) continue
      const { entered, leave } = turn()
      try {
        const outcome = await send(ctx, row, lease, entered)
        await mark(ctx, row, lease, outcome)
        if (outcome.sent || !outcome.channelDown) dealtWith++
        if (await learn(ctx, lease, outcome)) leaveRest()
      } catch (error) {
        leaveRest()
        throw error
      } finally {
        leave()
      }
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: channel.sideBySide ?? AT_ONCE }, lane))
  clearInterval(heartbeat)
  signal?.removeEventListener('abort', leaveRest)
  await releasing
  const failed = lanes.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
  return dealtWith
}

/** Delivers until stopped, on each channel by itself, whenever something is due: at once when woken, otherwise within a second. */
export function startDelivery(ctx: Ctx): Loop {
  const stopping = new AbortController()
  const loops = CHANNEL_NAMES.filter((channel) => ctx.channels[channel]).map((channel) =>
    startLoop(`delivery by ${channel}`, ctx.log, 1_000, () => deliver(ctx, { channel, signal: stopping.signal })),
  )
  return {
    wake: () => loops.forEach((loop) => loop.wake()),
    /** Sends nothing more, gives back what is claimed and waits for what is being handed over, ten seconds at most. */
    async stop() {
      stopping.abort()
      const enough = new AbortController()
      const stopped = Promise.all(loops.map((loop) => loop.stop()))
      await Promise.race([stopped, delay(STOP_MS, undefined, { signal: enough.signal }).catch(() => undefined)])
      enough.abort()
    },
  }
}

/** How long to wait after so many attempts: 5 s, growing fourfold to 6 h, of which a random part, so that retries spread. */
export function backoff(attempts: number, random = Math.random()): number {
  return random * Math.min(6 * 3_600_000, 5_000 * 4 ** (attempts - 1))
}

/** Keeps what an attempt says of the other side. Whether nothing more is to go there for now. */
async function learn(ctx: Ctx, lease: Lease, outcome: Outcome): Promise<boolean> {
  const { name, channel } = lease
  if (outcome.sent || isAnswer(outcome)) {
    if (lease.troubled) await closeBreaker(ctx, name, channel)
    lease.troubled = false
    return false
  }
  const { channelDown = false, destinationFailed, notLetIn } = outcome
  if (notLetIn) await pause(ctx, name, outcome.error)
  if (!channelDown && !destinationFailed) return false
  lease.troubled = true
  return (await countFailure(ctx, name, channel, outcome)) || channelDown
}

/** Who refuses a message for good has read it: they are there, and work. */
function isAnswer({ final, channelDown, destinationFailed, notLetIn, unasked }: Extract<Outcome, { sent: false }>) {
  return final && !channelDown && !destinationFailed && !notLetIn && !unasked
}

async function send(ctx: Ctx, row: Row, lease: Lease, entered: () => Promise<void>): Promise<Outcome> {
  let message
  try {
    message = compose(ctx.config, row)
  } catch (error) {
    ctx.log.error({ err: error, notificationId: row.id }, 'a message cannot be written')
    return { sent: false, final: true, error: 'it cannot be written', unasked: true }
  }
  return lease.channel.send({
    ...message,
    async beforeEnd() {
      await entered()
      if (!holds(lease, row)) throw new Error('the lease ran out')
    },
  })
}

/**
 * Takes what is due and nobody holds, oldest first. What has used up its attempts (its sender died) is given up, and so
 * is what was turned off since, and what speaks of a place that is not so any more: a confirmation that waited for its next attempt while the person
 * cancelled would come after the mail that says they did, and where an event was moved to before it was moved again would
 * be the last that they read. That one is always sent, also when it is the first that they
 * get: somebody else may have cancelled for them, and an attempt that we take for failed may have arrived.
 */
async function claim(ctx: Ctx, channel: ChannelName, lease: Lease, most: number): Promise<Due[]> {
  const began = performance.now()
  const { rows } = await sql<Due>`
    with due as (
      select id, attempts, topic, payload, event_id, channel, account_id, recipient from notifications
      where channel = ${channel} and sent_at is null and failed_at is null and due_at <= (select app_now())
        and (leased_until is null or leased_until <= (select app_now()))
      order by due_at, id limit ${most} for update skip locked
    ), reasons as (
      select due.id, case when due.topic = 'moved' and r.status <> 'cancelled' then 'the event was moved again'
        else 'the registration is ' || r.status end as reason
      from due join registrations r on r.id = (due.payload->>'registrationId')::uuid
        join events e on e.id = r.event_id left join venues v on v.id = e.venue_id
      where (r.status <> case
        when due.topic in ('confirmed', 'promoted') then 'going' when due.topic = 'waitlisted' then 'waitlisted' else r.status end
        or (due.topic = 'moved' and (r.status = 'cancelled'
          or e.starts_at <> (due.payload #>> '{event,startsAt}')::timestamptz or e.ends_at <> (due.payload #>> '{event,endsAt}')::timestamptz
          or e.zone <> due.payload #>> '{event,zone}'
          or nullif(concat_ws(', ', e.place, v.name, nullif(v.address, '')), '') is distinct from due.payload #>> '{event,where}')))
      union all ${OUTDATED_REMINDERS} union all ${TURNED_OFF}
    ), outdated as (
      update notifications n set failed_at = app_now(), lease = null, leased_until = null,
        last_error = 'it was not so any more: ' || reasons.reason
      from reasons where n.id = reasons.id
      returning n.id, n.topic, n.channel, n.recipient, n.payload, n.account_id, n.attempts, n.created_at, n.due_at
    ), given_up as (
      update notifications n set failed_at = app_now(), lease = null, leased_until = null,
        last_error = 'the last attempt ended without an answer'
      from due where n.id = due.id and due.attempts >= ${MOST_ATTEMPTS} and n.id not in (select id from outdated)
    ), claimed as (
      update notifications n set attempts = n.attempts + 1, lease = ${lease.token},
        leased_until = app_now() + ${lease.milliseconds} * interval '1 millisecond'
      from due where n.id = due.id and due.attempts < ${MOST_ATTEMPTS} and n.id not in (select id from outdated)
      returning n.id, n.topic, n.channel, n.recipient, n.payload, n.account_id, n.attempts, n.created_at, n.due_at
    )
    select *, false as outdated from claimed union all select *, true from outdated order by due_at, id`.execute(ctx.db)
  lease.until = began + lease.milliseconds
  lease.ours = new Set(rows.filter((row) => !row.outdated).map((row) => row.id))
  return rows
}

/** Holds what is not marked yet for another while, as far as it is still ours. */
async function renew(ctx: Ctx, lease: Lease): Promise<void> {
  const began = performance.now()
  const { rows } = await sql<{ id: string }>`
    update notifications set leased_until = app_now() + ${lease.milliseconds} * interval '1 millisecond'
    where lease = ${lease.token} and sent_at is null and failed_at is null
    returning id`.execute(ctx.db)
  lease.until = began + lease.milliseconds
  lease.ours = new Set(rows.map((row) => row.id))
}

function holds(lease: Lease, row: Row): boolean {
  return performance.now() <= lease.until && lease.ours.has(row.id)
}

/** Gives back what was not tried: it is due as before, and the attempt was none. */
async function release(ctx: Ctx, lease: Lease, rows: Row[]): Promise<void> {
  await sql`
    update notifications set lease = null, leased_until = null, attempts = attempts - 1
    where lease = ${lease.token} and id = any(${rows.map((row) => row.id)}::uuid[])`.execute(ctx.db)
}

/** Writes down how it went, if the row is still ours. Tries hard: a confirmation that is not kept is a second mail. */
async function mark(ctx: Ctx, row: Row, lease: Lease, outcome: Outcome): Promise<void> {
  const change = changeFor(row, outcome)
  for (let pause = 100; ; pause *= 2) {
    try {
      const { numAffectedRows } = await sql`
        update notifications set ${change}, lease = null, leased_until = null
        where id = ${row.id} and lease = ${lease.token}`.execute(ctx.db)
      if (numAffectedRows === 0n) ctx.log.warn({ notificationId: row.id }, 'somebody else has taken this message over')
      break
    } catch (error) {
      if (performance.now() + pause > lease.until) throw error
      await delay(pause)
    }
  }
  const about = { notificationId: row.id, topic: row.topic, attempt: row.attempts }
  if (outcome.sent) ctx.log.debug(about, 'sent')
  else ctx.log.warn({ ...about, final: outcome.final, reason: outcome.error }, 'not sent')
}

function changeFor(row: Row, outcome: Outcome) {
  if (outcome.sent) return sql`sent_at = app_now(), last_error = null`
  const { error, channelDown, retryAfter = 0 } = outcome
  // It goes to the back of the line, so that one message cannot be all that a channel in trouble is tried with.
  if (channelDown) return sql`attempts = attempts - 1, due_at = app_now() + interval '5 seconds', last_error = ${error}`
  if (outcome.final || row.attempts >= MOST_ATTEMPTS) return sql`failed_at = app_now(), last_error = ${error}`
  // Never before we were asked to come, and not all at that very moment.
  const wait = Math.max(backoff(row.attempts), retryAfter * (1_000 + 100 * Math.random()))
  return sql`due_at = app_now() + ${wait} * interval '1 millisecond', last_error = ${error}`
}

// Of the channel and not of the batch: the loop and the job that empties the outbox may send at once in one process.
const turnstiles = new WeakMap<Channel, ReturnType<typeof turnstile>>()

function turnsOf(channel: Channel) {
  if (channel.sideBySide) return noTurns
  let turns = turnstiles.get(channel)
  if (!turns) turnstiles.set(channel, (turns = turnstile()))
  return turns
}

/** Lets everybody through. */
const noTurns = () => ({ entered: () => Promise.resolve(), leave: () => {} })

/** Lets one through at a time, in the order in which they come to it. Who left before their turn is passed over. */
function turnstile() {
  let last: Promise<void> = Promise.resolve()
  return () => {
    let gone = false
    let leave = () => {}
    return {
      entered(): Promise<void> {
        if (gone) return Promise.reject(new Error('the attempt is over'))
        const before = last
        const left = new Promise<void>((resolve) => (leave = resolve))
        last = before.then(() => left)
        return before
      },
      leave() {
        gone = true
        leave()
      },
    }
  }
}
