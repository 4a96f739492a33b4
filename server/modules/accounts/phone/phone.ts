import { sql } from 'kysely'
import { TextsNotSetUp, WrongPhoneCode } from '#accounts/problems'
import { bucketsOf } from '#kernel/buckets'
import { transaction, type Ctx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { admit } from '#kernel/limiter'
import { invalid, NotFound } from '#kernel/problem'
import { isPhoneCode } from './codes.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** `later`: the text with the code. */
    'account.phone-asked': { accountId: string; codeId: string }
    'account.phone-changed': { accountId: string }
    'account.phone-removed': { accountId: string }
  }
}
unseenByOthers('account.phone-asked', 'account.phone-changed', 'account.phone-removed')

const E164 = /^\+[1-9]\d{6,14}$/
const MOST_TRIES = 5

/** The number that texts go to, and whether there are texts here at all. */
export async function phoneOf(ctx: Ctx, accountId: string): Promise<{ phone: string | null; available: boolean }> {
  const account = await ctx.db
    .selectFrom('accounts')
    .select(['phone', 'phone_verified_at'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!account) throw NotFound()
  return { phone: account.phone_verified_at && account.phone, available: ctx.config.twilio !== null }
}

/**
 * Sends a code to the number, which is the account's when the code comes back; until then the one of before is. Texts cost
 * money and ring at night, so nobody's are without end. Throws TextsNotSetUp, TooManyRequests.
 */
export async function askPhone(ctx: Ctx, accountId: string, written: string): Promise<void> {
  if (!ctx.config.twilio) throw TextsNotSetUp()
  const phone = written.replace(/[\s()./-]/g, '').replace(/^00/, '+')
  if (!E164.test(phone)) throw invalid({ '/phone': 'Write the number with its country, like +49 30 123456.' })
  const buckets = bucketsOf(ctx.config)
  if (buckets) {
    await admit(ctx, buckets['event-mails'], phone)
    await admit(ctx, buckets['event-mails'], accountId)
  }
  await transaction(ctx, async (tx) => {
    await sql`select from accounts where id = ${accountId} for no key update`.execute(tx.db)
    const codeId = newId()
    await sql`update phone_codes set used_at = app_now() where account_id = ${accountId} and used_at is null`.execute(
      tx.db,
    )
    await sql`
      insert into phone_codes (id, account_id, phone, expires_at)
      values (${codeId}, ${accountId}, ${phone}, app_now() + interval '10 minutes')`.execute(tx.db)
    await record(tx, 'account.phone-asked', { accountId, codeId })
  })
}

/** The code came back: the number is the account's. Of five tries each counts, whatever becomes of it. Throws WrongPhoneCode. */
export async function confirmPhone(ctx: Ctx, accountId: string, typed: string): Promise<void> {
  const { rows } = await sql<{ id: string; phone: string }>`
    update phone_codes set tries = tries + 1
    where account_id = ${accountId} and used_at is null and expires_at > app_now() and tries < ${MOST_TRIES}
    returning id, phone`.execute(ctx.db)
  const [code] = rows
  if (!code || !isPhoneCode(ctx.config, code.id, typed.replace(/\s/g, ''))) throw WrongPhoneCode()
  await transaction(ctx, async (tx) => {
    await sql`select from accounts where id = ${accountId} for no key update`.execute(tx.db)
    const { numAffectedRows } = await sql`
      update phone_codes set used_at = app_now() where id = ${code.id} and used_at is null`.execute(tx.db)
    if (!numAffectedRows) throw WrongPhoneCode()
    await sql`
      update accounts set phone = ${code.phone}, phone_verified_at = app_now() where id = ${accountId}`.execute(tx.db)
    await record(tx, 'account.phone-changed', { accountId })
  })
}

/** No more texts, and the number is forgotten. */
export async function removePhone(ctx: Ctx, accountId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    await sql`select from accounts where id = ${accountId} for no key update`.execute(tx.db)
    await sql`delete from phone_codes where account_id = ${accountId}`.execute(tx.db)
    const { numAffectedRows } = await sql`
      update accounts set phone = null, phone_verified_at = null where id = ${accountId} and phone is not null`.execute(
      tx.db,
    )
    if (numAffectedRows) await record(tx, 'account.phone-removed', { accountId })
  })
}

/** Codes that have long expired mean nothing any more. */
export async function forgetCodes(ctx: Ctx): Promise<void> {
  await sql`delete from phone_codes where expires_at < app_now() - interval '1 day'`.execute(ctx.db)
}
