import { demandPassword, erase, holdToErase, lookEverybodyUp } from '#accounts/leaving'
import { stillNeeding } from '#events/erasing'
import { allowSeconds, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { pauseReactions } from '#kernel/relay'
import { SignInRequired, Unavailable } from '#kernel/problem'
import { removeDiscarded } from '#pictures/cleaning'
import * as registrations from '#registrations'
import { holdSeatsOf, placesOf } from '#registrations/erasing'
import { asGuest } from '#registrations/guest-links'
import { HasAccount } from '#registrations/problems'
import { holdSeriesOf } from '#series/erasing'
import { StillNeeded } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** Said before it is done. `now`: every module takes away what it keeps of the person. */
    'account.erased': { accountId: string }
  }
}

const ATTEMPTS = 10

/**
 * Deletes the actor's account at once and for good. Places at what is to come go down the line; what is past keeps its
 * counts and stars and loses its names. Throws WrongPassword, StillNeeded, LastAdmin.
 */
export async function eraseMe(ctx: Ctx, { password }: { password: string }): Promise<void> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  const accountId = ctx.actor.id
  const proof = await demandPassword(ctx, accountId, password)
  for (let attempt = 1; !(await eraseOnce(ctx, accountId, proof)); attempt++)
    if (attempt === ATTEMPTS) throw Unavailable('Something is just being done in your name.', { retryAfter: 2 })
  lookEverybodyUp(ctx)
  // Sooner than the job that does it every few minutes; when this fails, that will.
  await removeDiscarded(ctx).catch((error: unknown) => ctx.log.warn({ err: error }, 'an erased picture is still there'))
}

/**
 * All of it, or nothing and false: where a place was taken after its seats were to be locked, which cannot be made up for
 * while the account is held, because the desk asks for the two in the other order.
 */
async function eraseOnce(ctx: Ctx, accountId: string, proof: string | null): Promise<boolean> {
  const erased = transaction(ctx, async (tx) => {
    await allowSeconds(tx, 60) // as many rows as a long life here has made
    await pauseReactions(tx)
    await holdSeriesOf(tx, accountId)
    await refuseWhileNeeded(tx, accountId)
    const held = await holdSeatsOf(tx, accountId)
    await holdToErase(tx, accountId, proof)
    const places = await placesOf(tx, accountId)
    if (places.some((eventId) => !held.includes(eventId))) throw new PlaceTaken()
    await refuseWhileNeeded(tx, accountId) // again: from here on nothing begins in the account's name, but something may have
    await record(tx, 'account.erased', { accountId })
    await erase(tx, accountId)
    return true
  })
  return erased.catch((error: unknown) => {
    if (error instanceof PlaceTaken) return false
    throw error
  })
}

class PlaceTaken extends Error {}

/** Takes the guest's name and address from the registration of this link, and gives its place back. Throws LinkInvalid, NotFound. */
export async function eraseGuest(ctx: Ctx, token: string): Promise<void> {
  const { ctx: guest, registrationId } = asGuest(ctx, token)
  await transaction(guest, async (tx) => {
    await pauseReactions(tx)
    const { accountId, eventId } = await registrations.find(tx, registrationId)
    if (accountId) throw HasAccount()
    await record(tx, 'guest.erased', { registrationId, eventId })
  })
}

async function refuseWhileNeeded(tx: Tx, accountId: string): Promise<void> {
  const events = await stillNeeding(tx, accountId)
  if (events.length === 0) return
  throw StillNeeded(undefined, {
    events: events.map((event) => ({ ...event, startsAt: event.startsAt.toISOString() })),
  })
}
