import { bucketsOf } from './buckets.ts'
import type { Ctx, Tx } from './ctx.ts'
import { admit } from './limiter.ts'
import { comparable } from './text.ts'

/**
 * Counts a mail that somebody makes us write to an address they may not have themselves, so that nobody is flooded by us.
 * `about` is what it is about, which has a limit of its own. Who organizes writes to whom they like. Comes before what
 * writes the mail, and before its transaction. Throws TooManyRequests, and Unavailable where nobody can count.
 */
export async function admitMail(ctx: Ctx | Tx, address: string, about?: string): Promise<void> {
  const buckets = bucketsOf(ctx.config)
  const { actor } = ctx
  const trusted = actor.kind === 'system' || (actor.kind === 'account' && actor.role !== 'attendee')
  if (!buckets || trusted) return
  const mailbox = mailboxOf(address)
  const left = await admit(ctx, buckets.mails, mailbox)
  if (about === undefined) return
  // In a rush nearly everybody is written to once. The first mail of an hour has no row of its own for what it is about;
  // it is counted with whatever the others are about instead.
  const bucket = buckets['event-mails']
  if (bucket.most < 2) await admit(ctx, bucket, mailbox, about)
  else if (left !== buckets.mails.most - 1) await admit(ctx, { ...bucket, most: bucket.most - 1 }, mailbox, about)
}

/** Where mail to an address ends up, as far as its spelling tells: tags behind a plus, and dots where they mean nothing. */
export function mailboxOf(address: string): string {
  const read = comparable(address)
  const at = read.lastIndexOf('@')
  const domain = read.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com')
  const local = read.slice(0, at).replace(/(?<=.)\+.*$/, '')
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`
}
