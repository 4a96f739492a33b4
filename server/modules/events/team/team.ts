import { demandRecentProof } from '#accounts/proof'
import { hold, look } from '#events/event'
import { may } from '#events/policy'
import { PartOfSeries } from '#events/problems'
import { demand, permits } from '#kernel/policy'
import { SignInRequired } from '#kernel/problem'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import * as standing from './standing.ts'
import { ofEvent, ofSeries, type Pending, type Team, type To } from './standing.ts'

/** Who runs the event, with who is on the team of its series; who is invited only for who may invite. */
export async function show(ctx: Ctx | Tx, eventId: string): Promise<Team> {
  const event = await look(ctx, eventId, may.seeTeam)
  const of = [ofEvent(eventId), ...(event.seriesId ? [ofSeries(event.seriesId)] : [])]
  return standing.teamOf(ctx, event.organizerId, of, permits(may.changeTeam, ctx.actor, event))
}

/** Invites somebody onto the event's team. Throws TeamFull. */
export async function invite(
  ctx: Ctx | Tx,
  eventId: string,
  { role, ...to }: To & { role: 'co-organizer' | 'check-in' },
): Promise<Pending> {
  return transaction(ctx, async (tx) => {
    const { organizerId } = await hold(tx, eventId, may.changeTeam)
    return standing.inviteTo(tx, ofEvent(eventId), to, { role, organizerId })
  })
}

/**
 * Offers the event itself to somebody; it changes hands when they accept. `stays`: who gives it away becomes a
 * co-organizer. Throws PartOfSeries, ProofRequired.
 */
export async function offer(
  ctx: Ctx | Tx,
  eventId: string,
  { stays, ...to }: To & { stays: boolean },
): Promise<Pending> {
  return transaction(ctx, async (tx) => {
    const { organizerId, seriesId } = await hold(tx, eventId, may.handOver)
    await demandRecentProof(tx)
    if (seriesId) throw PartOfSeries(undefined, { seriesId })
    return standing.inviteTo(tx, ofEvent(eventId), to, { role: 'owner', stays, organizerId })
  })
}

/** Takes an invitation or an offer back; twice is not an error. */
export async function uninvite(ctx: Ctx | Tx, eventId: string, invitationId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    await hold(tx, eventId, may.changeTeam)
    await standing.uninviteFrom(tx, ofEvent(eventId), invitationId)
  })
}

/** Takes somebody off the event's team. */
export async function remove(ctx: Ctx | Tx, eventId: string, accountId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    await hold(tx, eventId, may.changeTeam)
    await standing.removeFrom(tx, ofEvent(eventId), accountId)
  })
}

/** Leaves the event's team, also where the event is not to be seen (yet). */
export async function leave(ctx: Ctx | Tx, eventId: string): Promise<void> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  demand(ctx, may.leaveTeam, undefined)
  await transaction(ctx, (tx) => standing.leaveFrom(tx, ofEvent(eventId)))
}
