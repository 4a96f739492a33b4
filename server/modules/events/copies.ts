import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { look } from './event.ts'
import { create } from './events.ts'
import { asSaid } from './occurrences.ts'
import { may } from './policy.ts'

/**
 * Begins a draft that is as the event is, at another time: as long, with the deadline as long before. Its history,
 * registrations and invitations are its own. Answers its id.
 */
export async function copy(ctx: Ctx | Tx, eventId: string, { startsAt }: { startsAt: string }): Promise<string> {
  return transaction(ctx, async (tx) => {
    const event = await look(tx, eventId, may.copy)
    const later = (moment: Date) => new Date(moment.getTime() + Date.parse(startsAt) - event.startsAt.getTime())
    const deadline = event.registrationDeadline && later(event.registrationDeadline)
    const id = await create(tx, {
      ...(await asSaid(tx, event)),
      startsAt,
      endsAt: later(event.endsAt).toISOString(),
      registrationDeadline: deadline && deadline > tx.now() ? deadline.toISOString() : null,
    })
    await record(tx, 'event.copied', { eventId: id, from: eventId })
    return id
  })
}
