import { parseArgs } from 'node:util'
import { BadConfiguration } from '#config'
import type { Ctx } from '#kernel/ctx'
import { run } from '#sync'
import { runAll, type Went } from '#sync/everything'
import { PROVIDERS, type ProviderName } from '#sync/providers/provider'

export const SYNC_USAGE = `  sync           [--all] [--provider NAME] [--accept-withdrawals]: brings in events from elsewhere, those that
                 changed or all; also called run_sync_events`

/** Brings in events now, as the job does by the clock. Fails where a provider failed. */
export async function syncNow(ctx: Ctx, args: string[]): Promise<void> {
  const { provider, ...wish } = read(args)
  const went: Went[] = []
  const tell = (each: Went) => {
    went.push(each)
    console.log(`${each.provider}: ${each.failed ?? wordsOf(each)}`)
  }
  if (provider) {
    const done = await run(ctx, provider, wish)
    tell({ provider, run: done, failed: done.error })
  } else await runAll(ctx, wish, tell)
  if (went.length === 0)
    throw new BadConfiguration([
      'sync needs a provider: set EVENTS_PROVIDER_URL, ICS_URL, TICKETMASTER_SYNC or SEATGEEK_SYNC',
    ])
  if (went.some(({ failed }) => failed !== null)) process.exitCode = 1
}

function wordsOf({ run: done }: Went): string {
  const { mode, newEventsCount, updatedEventsCount, withdrawnEventsCount, unchangedEventsCount, skipped, skippedCount, keptCount } = done! // prettier-ignore
  const reasons = skipped.slice(0, 10).map(({ externalId, reason }) => `\n  ${externalId ?? 'without id'}: ${reason}`)
  return (
    `${mode}: ${newEventsCount} new, ${updatedEventsCount} updated, ${withdrawnEventsCount} withdrawn, ${unchangedEventsCount} unchanged, ` +
    `${keptCount} with changes of your own that stay, ${skippedCount} skipped${reasons.join('')}`
  )
}

function read(args: string[]): { full: boolean; acceptWithdrawals: boolean; provider?: ProviderName } {
  try {
    const { values } = parseArgs({
      args,
      options: { all: { type: 'boolean' }, provider: { type: 'string' }, 'accept-withdrawals': { type: 'boolean' } },
    })
    const provider = PROVIDERS.find((each) => each === values.provider)
    if (values.provider !== undefined && !provider) throw new Error(`there are ${PROVIDERS.join(', ')}`)
    return { full: values.all ?? false, acceptWithdrawals: values['accept-withdrawals'] ?? false, provider }
  } catch (error) {
    throw new BadConfiguration([
      `sync takes --all, --provider NAME and --accept-withdrawals: ${(error as Error).message}`,
    ])
  }
}
