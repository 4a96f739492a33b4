import { sql } from 'kysely'
import { demandVerifiedEmail } from '#accounts/addresses/verification'
import { actingAs, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { invalid, Refusal } from '#kernel/problem'
import { amend, hold, refuseWhenOver, type Seen } from './event.ts'
import { publish } from './events.ts'
import { may } from './policy.ts'
import { AlreadyPublished } from './problems.ts'

const AT_ONCE = 500

/** Has a draft published at that moment, by itself. */
export async function publishAt(ctx: Ctx | Tx, eventId: string, at: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.publish, seen)
    await demandVerifiedEmail(tx)
    if (event.publishedAt) throw AlreadyPublished()
    refuseWhenOver(event, tx.now())
    const moment = new Date(at)
    if (moment <= tx.now()) throw invalid({ '/at': 'This moment has passed.' })
    if (moment >= event.startsAt) throw invalid({ '/at': 'It must be published before it starts.' })
    await amend(tx, event, { publish_at: moment })
    await record(tx, 'event.publication-planned', { eventId })
  })
}

/** The draft stays a draft until it is published by hand. What is published stays that. */
export async function unplanPublication(ctx: Ctx | Tx, eventId: string, seen: Seen = {}): Promise<void> {
  await transaction(ctx, async (tx) => {
    const event = await hold(tx, eventId, may.publish, seen)
    if (event.publishedAt) throw AlreadyPublished('Cancel it or delete it instead.')
    if (!event.publishAt) return
    await amend(tx, event, { publish_at: null })
    await record(tx, 'event.publication-unplanned', { eventId })
  })
}

/**
 * Publishes the drafts whose moment has come, each in a transaction of its own and, whoever else is at it, once. One
 * that can no longer be published stays a draft, and its organizer is told why. Answers how many are published.
 */
export async function publishDue(ctx: Ctx): Promise<number> {
  const system = actingAs(ctx, { kind: 'system', name: 'publishing' })
  let published = 0
  const tried: string[] = []
  for (;;) {
    // Whoever may no longer organize publishes nothing; should they again, it is published then, if it has not begun.
    const { rows } = await sql<{ id: string }>`
      select e.id from events e join accounts a on a.id = e.organizer_id
      where e.publish_at <= app_now() and e.published_at is null and e.deleted_at is null
        and a.suspended_at is null and a.role <> 'attendee' and e.id <> all(${tried}::uuid[])
      order by e.publish_at limit ${AT_ONCE}`.execute(ctx.db)
    for (const { id } of rows) {
      tried.push(id)
      if (await publishIfDue(system, id)) published++
    }
    if (rows.length < AT_ONCE) return published
  }
}

/** One that cannot be published for a reason that nobody foresaw does not keep the others. */
async function publishIfDue(ctx: Ctx, eventId: string): Promise<boolean> {
  try {
    return await publishOrTellWhy(ctx, eventId)
  } catch (error) {
    ctx.log.error({ err: error, eventId }, 'a draft could not be published; it is tried again in a minute')
    return false
  }
}

async function publishOrTellWhy(ctx: Ctx, eventId: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    // Looked at again under the lock: somebody may have published it, put it off or taken it back meanwhile.
    const { rows } = await sql`
      select from events e join accounts a on a.id = e.organizer_id
      where e.id = ${eventId} and publish_at <= app_now() and published_at is null and deleted_at is null
        and a.suspended_at is null and a.role <> 'attendee'
      for no key update of e`.execute(tx.db)
    if (rows.length === 0) return false
    try {
      await publish(tx, eventId)
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error // a refusal comes before anything is written
      const event = await hold(tx, eventId, may.publish)
      await amend(tx, event, { publish_at: null })
      await record(tx, 'event.publication-failed', { eventId, reason: error.message })
      return false
    }
  })
}
