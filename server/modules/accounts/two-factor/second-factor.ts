import { sql } from 'kysely'
import { TooManyTries } from '#accounts/problems'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { seal, unseal } from '#kernel/sealing'
import { hashOfCode, readCode, stepOf } from './codes.ts'

declare module '#kernel/facts' {
  interface Facts {
    'two-factor.recovery-code-used': { accountId: string; left: number }
    'two-factor.locked': { accountId: string }
  }
}
unseenByOthers('two-factor.recovery-code-used', 'two-factor.locked')

// What judges a code, whatever it is asked for.

const SEAL = 'two-factor-secret'
const TRIES = 10
const TRIES_WINDOW = sql`interval '15 minutes'`
/** As long as somebody may take to get a new app to show its first code. */
const TO_CONFIRM = sql`interval '30 minutes'`

/** The secret as it is kept: it opens for this account alone. */
export function sealSecret(ctx: Ctx | Tx, accountId: string, secret: string): string {
  return seal(ctx.config.secretKey, SEAL, secret, accountId)
}

/** Whether log-ins of this account want a code. */
export async function isOn(tx: Ctx | Tx, accountId: string): Promise<boolean> {
  const on = await tx.db
    .selectFrom('second_factors')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return on !== undefined
}

/**
 * Counts a try before anything is compared, so that of any number at once no more are compared than are allowed. Answers
 * the sealed secret; undefined where there is none. Not inside a transaction, which could be undone and the try with it.
 */
export async function takeTry(ctx: Ctx, accountId: string, { on }: { on: boolean }): Promise<string | undefined> {
  const over = sql<boolean>`tries_since <= app_now() - ${TRIES_WINDOW}`
  const theirs = sql<boolean>`account_id = ${accountId} and (confirmed_at is not null) = ${on}
    and (confirmed_at is not null or created_at > app_now() - ${TO_CONFIRM})`
  const counted = await ctx.db
    .updateTable('second_factors')
    .set({
      tries: sql`case when ${over} then 1 else tries + 1 end`,
      tries_since: sql`case when ${over} then app_now() else tries_since end`,
    })
    .where(theirs)
    .where(sql<boolean>`(${over} or tries < ${TRIES})`)
    .returning(['secret', 'tries'])
    .executeTakeFirst()
  if (counted) {
    if (on && counted.tries === TRIES) await transaction(ctx, (tx) => record(tx, 'two-factor.locked', { accountId }))
    return counted.secret
  }
  const locked = await ctx.db
    .selectFrom('second_factors')
    .select(sql<number>`ceil(extract(epoch from tries_since + ${TRIES_WINDOW} - app_now()))::int`.as('seconds'))
    .where(theirs)
    .executeTakeFirst()
  if (locked) throw TooManyTries(undefined, { retryAfter: Math.max(1, locked.seconds) })
  return undefined
}

/** Uses up a code of the app or a recovery code, for which a try was counted; false when it is none that works now. */
export async function useCode(
  tx: Tx,
  { accountId, sealed, typed }: { accountId: string; sealed: string; typed: string },
): Promise<boolean> {
  const { kind, code } = readCode(typed)
  const good =
    kind === 'app' ? await useStep(tx, { accountId, sealed, code }) : await useRecoveryCode(tx, accountId, code)
  // Who can do it does not lock themselves out by doing it often.
  if (good)
    await tx.db
      .updateTable('second_factors')
      .set({ tries: sql`greatest(tries - 1, 0)` })
      .where('account_id', '=', accountId)
      .execute()
  return good
}

/** Of many with the same code exactly one moves the step on. */
async function useStep(
  tx: Tx,
  { accountId, sealed, code }: { accountId: string; sealed: string; code: string },
): Promise<boolean> {
  const step = stepIn(tx, { accountId, sealed, code })
  if (step === undefined) return false
  const { numUpdatedRows } = await tx.db
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('secret', '=', sealed)
    .where('confirmed_at', 'is not', null)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function useRecoveryCode(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('recovery_codes')
    .set({ used_at: sql`app_now()` })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashOfCode(accountId, code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  const { left } = await tx.db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<string>().as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  await record(tx, 'two-factor.recovery-code-used', { accountId, left: Number(left) })
  return true
}

/** The half minute whose code this is, in a sealed secret. One that does not open, because SECRET_KEY is another now, has no codes; the recovery codes still work. */
export function stepIn(
  ctx: Ctx | Tx,
  { accountId, sealed, code }: { accountId: string; sealed: string; code: string },
): number | undefined {
  const { kind, code: digits } = readCode(code)
  const secret = unseal(ctx.config.secretKey, SEAL, sealed, accountId)
  return secret !== undefined && kind === 'app' ? stepOf(secret, digits, ctx.now()) : undefined
}
