import { bucketsOf } from './buckets.ts'
import type { Ctx, Tx } from './ctx.ts'
import { admit, keyOf, TooManyRequests } from './limiter.ts'
import { comparable } from './text.ts'

/**
 * Counts a mail that somebody makes us write to an address they may not have themselves, so that nobody is flooded by us.
 * `about` is what it is about, which has a limit of its own. Who organizes writes to whom they like. Comes before what
 * writes the mail, and before its transaction. Throws TooManyRequests, and Unavailable where nobody can count.
 */
export async function admitMail(ctx: Ctx | Tx, address: string, about?: string): Promise<void> {
  const buckets = limitsFor(ctx)
  if (!buckets) return
  const left = await admit(ctx, buckets.mails, mailboxOf(address))
  if (about !== undefined && left !== buckets.mails.most - 1) await admitAnother(ctx, address, about)
}

/**
 * Counts, after the first mail of an hour, what another one is about. That first one has no row of its own for it, because
 * in a rush nearly everybody is written to once: it is counted with whatever the others are about instead.
 */
export async function admitAnother(ctx: Ctx | Tx, address: string, about: string): Promise<void> {
  const bucket = limitsFor(ctx)?.['event-mails']
  if (bucket) await admit(ctx, { ...bucket, most: bucket.most - 1 }, mailboxOf(address), about)
}

/** How a mail is counted by a statement that needs the database anyway: a row of `rate_counts`. */
export type MailCount = { key: string; most: number; seconds: number }

/** Null where the mail is not counted, or not in the database: then `admitMail` does what there is to do. */
export function mailCountOf(ctx: Ctx | Tx, address: string): MailCount | null {
  const bucket = ctx.limiter.inDatabase && limitsFor(ctx)?.mails
  return bucket
    ? { key: keyOf(ctx.config, bucket, mailboxOf(address)), most: bucket.most, seconds: bucket.seconds }
    : null
}

/** The refusal of one mail more, with the seconds to wait. */
export function MailedTooOften(ctx: Ctx | Tx, retryAfter: number) {
  return TooManyRequests(limitsFor(ctx)?.mails.words, { retryAfter })
}

/** Null for whoever is not limited. */
function limitsFor({ config, actor }: Ctx | Tx) {
  const trusted = actor.kind === 'system' || (actor.kind === 'account' && actor.role !== 'attendee')
  return trusted ? null : bucketsOf(config)
}

/** Where mail to an address ends up, as far as its spelling tells: tags behind a plus, and dots where they mean nothing. */
export function mailboxOf(address: string): string {
  const read = comparable(address)
  const at = read.lastIndexOf('@')
  const domain = read.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com')
  const local = read.slice(0, at).replace(/(?<=.)\+.*$/, '')
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`
}
