import { look } from '#events/event'
import { stateAt, versions, type ToldState, type Version } from '#events/history'
import { may } from '#events/policy'
import type { Ctx } from '#kernel/ctx'
import type { Page, PageQuery } from '#kernel/paging'

/** Who changed what of the event and when, newest first. */
export async function history(ctx: Ctx, eventId: string, query: PageQuery): Promise<Page<Version>> {
  await look(ctx, eventId, may.seeHistory)
  return versions(ctx, eventId, query)
}

/** The event as it was at a version. `NotFound` where there was no such version. */
export async function asOf(ctx: Ctx, eventId: string, version: number): Promise<ToldState> {
  await look(ctx, eventId, may.seeHistory)
  return stateAt(ctx, eventId, version)
}
