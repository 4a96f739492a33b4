import * as leaving from '#accounts/leaving'
import { transaction, type Ctx } from '#kernel/ctx'
import { countOldFacts, forgetOldFacts, record, unseenByOthers } from '#kernel/facts'
import { demand } from '#kernel/policy'
import * as messages from '#notifications/erasing'
import * as registrations from '#registrations/erasing'
import { may } from './policy.ts'

declare module '#kernel/facts' {
  interface Facts {
    'retention.applied': Record<Kind, number>
  }
}
unseenByOthers('retention.applied')

export const KINDS = ['registrations', 'messages', 'sessions', 'facts'] as const
export type Kind = (typeof KINDS)[number]

/** For how many days each kind is kept; null: for good. */
export type Periods = Record<Kind, number | null>

type Keeping = {
  count: (ctx: Ctx, days: number) => Promise<number>
  clear: (ctx: Ctx, days: number, most: number) => Promise<number>
}

const KEEPING: Record<Kind, Keeping> = {
  registrations: { count: registrations.countOld, clear: registrations.anonymiseOld },
  messages: { count: messages.countOld, clear: messages.blankOld },
  sessions: { count: leaving.countOldSessions, clear: leaving.forgetOldSessions },
  facts: { count: countOldFacts, clear: forgetOldFacts },
}

/** What was done, or would be. `more`: there was more of it than `most`. */
export type Kept = { kind: Kind; days: number | null; count: number; more: boolean }

const TOGETHER = 1_000

/**
 * Takes away what is older than it is kept for: names and addresses of registrations, words of messages, ended sessions,
 * the audit trail. Batch by batch, so that it can be stopped at any moment and goes on the next time. A dry run changes
 * nothing and counts what would go. `periods` stand in the place of those that are set.
 */
export async function retain(
  ctx: Ctx,
  {
    dryRun = false,
    most = Infinity,
    periods = {},
  }: { dryRun?: boolean; most?: number; periods?: Partial<Periods> } = {},
): Promise<Kept[]> {
  demand(ctx, may.retain, undefined)
  const kept: Kept[] = []
  for (const kind of KINDS) {
    const days = periods[kind] ?? ctx.config.retain[kind]
    const { count, clear } = KEEPING[kind]
    if (days === null) kept.push({ kind, days, count: 0, more: false })
    else if (dryRun) kept.push({ kind, days, count: await count(ctx, days), more: false })
    else kept.push({ kind, days, ...(await clearAll((wanted) => clear(ctx, days, wanted), most)) })
  }
  if (!dryRun && kept.some(({ count }) => count > 0)) {
    const counts = Object.fromEntries(kept.map(({ kind, count }) => [kind, count])) as Record<Kind, number>
    await transaction(ctx, (tx) => record(tx, 'retention.applied', counts))
  }
  ctx.log.info({ dryRun, kept }, 'what was kept for long enough')
  return kept
}

async function clearAll(
  clear: (most: number) => Promise<number>,
  most: number,
): Promise<{ count: number; more: boolean }> {
  let count = 0
  while (count < most) {
    const wanted = Math.min(TOGETHER, most - count)
    const cleared = await clear(wanted)
    count += cleared
    if (cleared < wanted) return { count, more: false }
  }
  return { count, more: true }
}
