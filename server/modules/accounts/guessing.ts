import { sql } from 'kysely'
import { bucketsOf } from '#kernel/buckets'
import type { Ctx, Tx } from '#kernel/ctx'
import { admit } from '#kernel/limiter'
import { sign } from '#kernel/signing'
import { comparable } from '#kernel/text'

// Guessing from thousands of addresses must not be faster than from one, and must not lock out whose account it is. So
// an account has one bucket for all strangers together, whatever their addresses, and one more for each address that it
// was logged in from before. The address says who is a stranger, not a cookie, because a cookie can be made up.

/**
 * Counts an attempt to log in under this name, whether there is such an account or not. `from` is the address as one
 * household has it; who does not say theirs is a stranger. Throws TooManyRequests, and Unavailable where nobody can count.
 */
export async function admitAttempt(ctx: Ctx, { username, from }: { username: string; from?: string }): Promise<void> {
  const buckets = bucketsOf(ctx.config)
  if (!buckets) return
  const name = comparable(username)
  const place = from !== undefined && (await isKnown(ctx, name, from)) ? from : 'elsewhere'
  await admit(ctx, buckets['account-logins'], name, place)
}

/** Keeps in mind that the account was logged in from there. */
export async function rememberPlace(tx: Tx, accountId: string, from: string | undefined): Promise<void> {
  if (from === undefined) return
  await tx.db
    .insertInto('known_places')
    .values({ account_id: accountId, place: placeOf(tx, from) })
    .onConflict((conflict) => conflict.columns(['account_id', 'place']).doUpdateSet({ seen_at: sql`app_now()` }))
    .execute()
}

async function isKnown(ctx: Ctx, name: string, from: string): Promise<boolean> {
  if (name.includes('\0')) return false // which the database refuses to read
  const { rows } = await sql`
    select from known_places p join accounts a on a.id = p.account_id
    where (a.email_key = ${name} or a.username_key = ${name}) and p.place = ${placeOf(ctx, from)} limit 1`.execute(
    ctx.db,
  )
  return rows.length > 0
}

/** The address is nobody's to read who sees the table. */
function placeOf({ config }: Ctx | Tx, from: string): string {
  return sign(config.secretKey, 'known-place', from)
}
