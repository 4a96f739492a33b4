import { accountJobs } from '#accounts/jobs'
import { analyticsJobs } from '#analytics/jobs'
import type { Config } from '#config'
import { eventJobs } from '#events/jobs'
import { QUEUES, type Job, type Queue } from '#kernel/jobs'
import { startLoop } from '#kernel/loop'
import { startRelay } from '#kernel/relay'
import { actingAs, type Ctx } from '#kernel/ctx'
import { housekeeping } from './housekeeping.ts'
import { paymentJobs } from '#payments/jobs'
import { endPages } from '#payments/endings'
import { refundDue } from '#payments/refunds'
import { startDelivery } from '#notifications/delivery'
import { notificationJobs } from '#notifications/jobs'
import { remind } from '#notifications/reminders'
import { pictureJobs } from '#pictures/jobs'
import { privacyJobs } from '#privacy/jobs'
import * as holds from '#registrations/holds'
import { scheduleJobs } from '#schedules/jobs'
import { startRunner } from '#schedules/runner'
import { startScheduler } from '#schedules/scheduler'
import { seriesJobs } from '#series/jobs'
import { subscriptionJobs } from '#subscriptions/jobs'
import { syncJobs } from '#sync/jobs'

const LOOK_MS = 5_000
const REMIND_MS = 15_000

type Stop = () => Promise<unknown>

/** Every job that there is. */
function jobsOf(config: Config): readonly Job[] {
  return [
    ...housekeeping,
    ...accountJobs,
    ...eventJobs(config),
    ...seriesJobs,
    ...pictureJobs,
    ...paymentJobs,
    ...notificationJobs,
    ...privacyJobs,
    ...subscriptionJobs,
    ...analyticsJobs,
    ...scheduleJobs,
    ...syncJobs(config),
  ]
}

/**
 * Does what happens later on these queues, until the returned function is called. `notifications` relays facts and delivers
 * messages, `periodic` frees lapsed seats and pays back; each runs its jobs. Whoever works also fires the schedules of
 * all; who has no queue does only that.
 */
export async function startWorker(ctx: Ctx, queues: readonly Queue[] = QUEUES): Promise<Stop> {
  const working = actingAs(ctx, { kind: 'system', name: 'worker' })
  const jobs = jobsOf(ctx.config)
  const runner = startRunner(working, jobs, { queues })
  const scheduler = await startScheduler(working, jobs, () => runner.wake())
  const stops: Stop[] = [() => scheduler.stop(), () => runner.stop()]
  if (queues.includes('notifications')) stops.push(startMessages(working))
  if (queues.includes('periodic')) stops.push(startMoney(working))
  return () => Promise.all(stops.map((stop) => stop()))
}

function startMessages(ctx: Ctx): Stop {
  const delivery = startDelivery(ctx)
  const relay = startRelay(ctx, () => delivery.wake())
  const reminders = startLoop('reminders', ctx.log, REMIND_MS, async () => {
    const events = await remind(ctx)
    if (events > 0) delivery.wake()
    return events
  })
  ctx.wakers.add(relay.wake)
  return () => {
    ctx.wakers.delete(relay.wake)
    return Promise.all([relay.stop(), delivery.stop(), reminders.stop()])
  }
}

function startMoney(ctx: Ctx): Stop {
  const lapses = startLoop('holds', ctx.log, LOOK_MS, () => holds.lapse(ctx))
  const refunds = startLoop('refunds', ctx.log, LOOK_MS, async () => {
    await endPages(ctx)
    return refundDue(ctx)
  })
  return () => Promise.all([lapses.stop(), refunds.stop()])
}
