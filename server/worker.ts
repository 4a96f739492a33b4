import { startJobs, type Job } from '#kernel/jobs'
import { startRelay } from '#kernel/relay'
import { actingAs, type Ctx } from '#kernel/ctx'
import { housekeeping } from './housekeeping.ts'
import { startDelivery } from '#notifications/delivery'

const JOBS: readonly Job[] = [...housekeeping]

/** Does everything that happens later, until the returned function is called: relays facts, delivers messages, runs jobs. */
export async function startWorker(ctx: Ctx): Promise<() => Promise<void>> {
  const working = actingAs(ctx, { kind: 'system', name: 'worker' })
  const delivery = startDelivery(working)
  const relay = startRelay(working, () => delivery.wake())
  ctx.wakers.add(relay.wake)
  const stopJobs = await startJobs(working, JOBS)
  return async () => {
    ctx.wakers.delete(relay.wake)
    await Promise.all([relay.stop(), delivery.stop(), stopJobs()])
  }
}
