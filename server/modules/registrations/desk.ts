import type { Database } from '#db/connect'
import { HOT_CONNECTIONS } from '#db/connect'
import { isCertain, isRetryable, isTemporary, sqlState, violated } from '#kernel/database-errors'
import { newId } from '#kernel/ids'
import type { MailCount } from '#kernel/mail-limits'
import { NotFound, Unavailable } from '#kernel/problem'
import { LOCK_SEATS, SEAT_BATCH } from './seats.sql.ts'

/*
 * The seat desk. Everybody who asks this process for a place, at whatever event, meets here, and whoever comes while
 * a batch is under way is seated with the next one. Why this can neither oversell, nor leave a seat unsold, nor give
 * two people one place in line, with any number of processes:
 *
 *  1. A batch locks the seat rows of its events and only then, in a second statement, looks and decides. Under READ
 *     COMMITTED the second statement sees everything that was committed before the lock was got. One statement that
 *     locks and decides would keep its older view of `registrations` and count people who are already in.
 *  2. Everyone who gives, takes or frees a seat (cancel, promote, resize) locks the same row first: seats.ts.
 *  3. Rows are locked in the order of their ids, so batches never wait for each other in a ring.
 *  4. The counts are checked by the table itself: taken <= capacity, and nobody waits beside a free seat.
 *  5. `place` is drawn under the lock in the order of arrival, so it is the order of the line.
 *  6. Nobody is twice in a batch; one row per person is a unique index besides.
 *  7. Whoever counts a mail (`rate_counts`) locks its row after the seats, in the order of keys, as the limiter does.
 *
 * The embedded database has one connection, so a statement there is alone anyway and needs no lock before it.
 */

/** A person at the desk. */
export type Asking = {
  eventId: string
  accountId: string | null
  name: string
  email: string
  /** comparable(email): what makes two addresses the same. */
  emailKey: string
  /** Whether a place in line will do when the event is full. */
  waitlist: boolean
  /** Whether a private event is open to this person. */
  letIn: boolean
  /** Whether the others who are registered see who it is. */
  visible: boolean
  /** JSON of the actor, for the audit trail. */
  actor: string
  /** How the mail that it makes us write is counted here; none where it was counted before. */
  mail?: MailCount | null
  idempotency?: { scope: string; key: string; fingerprint: string }
}

/** The place that somebody was given. */
type Given = {
  id: string
  number: number
  status: 'going' | 'waitlisted'
  position: number | null
  /** Text, where it was kept; not there in answers from before there were prices. */
  held_until?: Date | string | null
  unconfirmed_since?: Date | string | null
  created_at: Date
}

/** What the desk says: a place at the event as it is now, or why there is none. */
export type Outcome = Given & {
  slug: string
  title: string
  starts_at: Date
  ends_at: Date
  zone: string
  has_waitlist: boolean
  cancelled_at: Date | null
  refused: Refused | null
  /** Seconds until one mail more may be written. */
  mail_wait: number | null
  kept_fingerprint: string | null
  kept_answer: (Given & { name: string; email: string }) | null
}

export type Refused =
  | 'answered-before'
  | 'mailed-too-often'
  | 'mailed-before'
  | 'not-found'
  | 'private'
  | 'event-cancelled'
  | 'event-past'
  | 'closed'
  | 'already-registered'
  | 'event-full'

export type Desk = {
  /** Seats the person with whoever else is at the desk. Rejects only when the database does, and then nothing happened. */
  seat(asking: Asking): Promise<Outcome>
  /** Resolves when nobody is waiting any more. */
  drain(): Promise<void>
}

type Waiting = Asking & { id: string; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }
type Statements = { lock: string; seat: string }

const MOST_IN_BATCH = 200
// A batch costs the database something whatever its size, so small ones wait for each other: with people for so many
// events there is nothing to gain by waiting any longer, and a third batch beside two others must be worth as much as both.
const ENOUGH_EVENTS = 24
const MOST_WAITING = 20_000
// Somebody came in by a door that does not hold the event's seats; whoever looks again sees them.
const UNIQUE_VIOLATION = '23505'
// Somebody deleted their account while they stood here: nobody is seated in its name.
const OF_A_LIVE_ACCOUNT = 'registrations_of_a_live_account'

/** Opens the desk of this process. `afterCommit` is told of which events facts were written. */
export function openDesk(
  database: Database,
  afterCommit: (eventIds: string[]) => void,
  statements: Statements = { lock: LOCK_SEATS, seat: SEAT_BATCH },
): Desk {
  const lines = new Map<string, Waiting[]>() // by event, in the order of arrival
  const busy = new Set<string>() // events with a batch under way: their next people wait for it
  let inFlight = 0
  let waiting = 0
  let scheduled = false
  let idle: (() => void)[] = []

  function schedule() {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      pump()
    })
  }

  function pump() {
    while (inFlight < HOT_CONNECTIONS && (inFlight < 2 || lines.size >= 2 * ENOUGH_EVENTS)) {
      const batch = takeBatch(lines, busy)
      if (batch.length === 0) break
      const events = [...new Set(batch.map((each) => each.eventId))]
      for (const event of events) busy.add(event)
      inFlight++
      void seatAll(batch).finally(() => {
        for (const event of events) busy.delete(event)
        inFlight--
        waiting -= batch.length
        schedule()
      })
    }
    if (inFlight === 0 && waiting === 0) {
      for (const tell of idle) tell()
      idle = []
    }
  }

  /** Seats the batch; if that fails, each event alone, then each person alone, so that nobody suffers for another. */
  async function seatAll(batch: Waiting[], attempt = 1): Promise<void> {
    try {
      const rows = await seatTogether(batch)
      const outcomes = new Map(rows.map((row) => [row.id, row]))
      for (const each of batch) each.resolve(outcomes.get(each.id)!)
      const changed = new Set(batch.filter(({ id }) => !outcomes.get(id)!.refused).map((each) => each.eventId))
      if (changed.size > 0) afterCommit([...changed])
    } catch (error) {
      const events = [...new Set(batch.map((each) => each.eventId))]
      if (!isCertain(error)) {
        for (const each of batch) each.reject(error) // it may have been committed: only the caller can ask again
        afterCommit(events)
      } else if (events.length > 1) {
        for (const event of events) await seatAll(batch.filter((each) => each.eventId === event))
      } else if ((isRetryable(error) || sqlState(error) === UNIQUE_VIOLATION) && attempt < 4) {
        await seatAll(batch, attempt + 1)
      } else if (batch.length > 1 && !isTemporary(error)) {
        for (const each of batch) await seatAll([each])
      } else {
        const left = violated(error) === OF_A_LIVE_ACCOUNT
        for (const each of batch) each.reject(left ? NotFound() : error)
      }
    }
  }

  async function seatTogether(batch: Waiting[]): Promise<Outcome[]> {
    const lock = { name: 'lock', text: statements.lock, values: [[...new Set(batch.map((each) => each.eventId))]] }
    const seat = { name: 'seat', text: statements.seat, values: columnsOf(batch) }
    const { rows } = await database.inOneBreath(database.engine === 'embedded' ? [seat] : [lock, seat])
    return rows as Outcome[]
  }

  return {
    seat(asking) {
      if (waiting >= MOST_WAITING)
        return Promise.reject(Unavailable('Too many people are asking at once.', { retryAfter: 1 }))
      return new Promise((resolve, reject) => {
        const line = lines.get(asking.eventId)
        const { eventId, accountId, name, email, emailKey, waitlist, letIn, visible, actor, mail, idempotency } = asking
        const id = newId()
        const person = {
          id,
          eventId,
          accountId,
          name,
          email,
          emailKey,
          waitlist,
          letIn,
          visible,
          actor,
          mail,
          idempotency,
          resolve,
          reject,
        }
        if (line) line.push(person)
        else lines.set(asking.eventId, [person])
        waiting++
        if (lines.size >= ENOUGH_EVENTS && inFlight < 2) pump()
        else schedule()
      })
    },
    drain() {
      if (inFlight === 0 && waiting === 0) return Promise.resolve()
      return new Promise((resolve) => {
        idle.push(resolve)
        schedule()
      })
    },
  }
}

/** Takes whoever is next from every event that has no batch under way. Somebody who is in it already waits for the next. */
function takeBatch(lines: Map<string, Waiting[]>, busy: Set<string>): Waiting[] {
  const batch: Waiting[] = []
  for (const [event, line] of [...lines]) {
    if (busy.has(event)) continue
    if (batch.length >= MOST_IN_BATCH) break
    const present = new Set<string>()
    const later: Waiting[] = []
    for (const person of line) {
      const names = namesOf(person)
      if (batch.length >= MOST_IN_BATCH || names.some((name) => present.has(name))) later.push(person)
      else batch.push(person)
      for (const name of names) present.add(name)
    }
    lines.delete(event)
    if (later.length > 0) lines.set(event, later) // to the end: an event with a long line does not hold up the others
  }
  return batch
}

/** What nobody else in a batch may have in common with this person. */
function namesOf({ eventId, emailKey, accountId, idempotency }: Waiting): string[] {
  const names = [`address ${eventId} ${emailKey}`]
  if (accountId) names.push(`account ${eventId} ${accountId}`)
  if (idempotency) names.push(`key ${idempotency.scope} ${idempotency.key}`)
  return names
}

function columnsOf(batch: Waiting[]): unknown[] {
  return [
    batch.map((each) => each.id),
    batch.map((each) => each.eventId),
    batch.map((each) => each.accountId),
    batch.map((each) => each.name),
    batch.map((each) => each.email),
    batch.map((each) => each.emailKey),
    batch.map((each) => each.waitlist),
    batch.map((each) => each.actor),
    batch.map((each) => each.idempotency?.scope ?? null),
    batch.map((each) => each.idempotency?.key ?? null),
    batch.map((each) => each.idempotency?.fingerprint ?? null),
    batch.map((each) => each.letIn),
    batch.map((each) => each.visible),
    batch.map((each) => each.mail?.key ?? null),
    ...mailLimitOf(batch),
  ]
}

/** One for everybody: it is a setting. */
function mailLimitOf(batch: Waiting[]): [most: number, seconds: number] {
  const counted = batch.find((each) => each.mail)?.mail
  return counted ? [counted.most, counted.seconds] : [0, 0]
}
