import { sql } from 'kysely'
import { demandRecentProof } from '#accounts/proof'
import { may as mayWithEvents } from '#events/policy'
import * as standing from '#events/team/standing'
import { ofSeries, type Pending, type Team, type To } from '#events/team/standing'
import { demand, permits } from '#kernel/policy'
import { SignInRequired } from '#kernel/problem'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { hold, look } from '#series/plan'
import { may } from '#series/policy'

// Whoever is on a series' team is on that of all its occurrences, also of those that are still to be made.

/** Who runs the series; who is invited only for who may invite. */
export async function show(ctx: Ctx | Tx, seriesId: string): Promise<Team> {
  const series = await look(ctx, seriesId)
  demand(ctx, may.seeTeam, series)
  return standing.teamOf(ctx, series.organizerId, [ofSeries(seriesId)], permits(may.changeTeam, ctx.actor, series))
}

/** Invites somebody onto the team of all occurrences. Throws TeamFull. */
export async function invite(
  ctx: Ctx | Tx,
  seriesId: string,
  { role, ...to }: To & { role: 'co-organizer' | 'check-in' },
): Promise<Pending> {
  return transaction(ctx, async (tx) => {
    const { organizerId } = await hold(tx, seriesId, may.changeTeam)
    return standing.inviteTo(tx, ofSeries(seriesId), to, { role, organizerId })
  })
}

/** Offers the series and all its occurrences to somebody; they change hands when they accept. Throws ProofRequired. */
export async function offer(
  ctx: Ctx | Tx,
  seriesId: string,
  { stays, ...to }: To & { stays: boolean },
): Promise<Pending> {
  return transaction(ctx, async (tx) => {
    const { organizerId } = await hold(tx, seriesId, may.handOver)
    await demandRecentProof(tx)
    return standing.inviteTo(tx, ofSeries(seriesId), to, { role: 'owner', stays, organizerId })
  })
}

/** Takes an invitation or an offer back; twice is not an error. */
export async function uninvite(ctx: Ctx | Tx, seriesId: string, invitationId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    await hold(tx, seriesId, may.changeTeam)
    await standing.uninviteFrom(tx, ofSeries(seriesId), invitationId)
  })
}

/** Takes somebody off the team of all occurrences. */
export async function remove(ctx: Ctx | Tx, seriesId: string, accountId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    await hold(tx, seriesId, may.changeTeam)
    await standing.removeFrom(tx, ofSeries(seriesId), accountId)
  })
}

/** Leaves the team of all occurrences. */
export async function leave(ctx: Ctx | Tx, seriesId: string): Promise<void> {
  if (ctx.actor.kind !== 'account') throw SignInRequired()
  demand(ctx, mayWithEvents.leaveTeam, undefined)
  await transaction(ctx, (tx) => standing.leaveFrom(tx, ofSeries(seriesId)))
}

/** The series is another's, as its occurrences are: what is still to be made will be too. Its row is held. */
export async function changeHands(tx: Tx, { seriesId, to }: { seriesId: string; to: string }): Promise<void> {
  await sql`update series set organizer_id = ${to}, updated_at = app_now() where id = ${seriesId}`.execute(tx.db)
}
