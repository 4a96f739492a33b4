import { sql } from 'kysely'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { isId } from '#kernel/ids'
import { isSignedBy, sign } from '#kernel/signing'
import { CalendarLinkInvalid } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'calendar.address-renewed': { accountId: string }
  }
}

/** Of an account that never asked for a new address. */
const FIRST = 1

/** What the address of the account's private calendar ends in: it opens that calendar to whoever has it, until it is renewed. */
export async function token(ctx: Ctx | Tx, accountId: string): Promise<string> {
  const link = await ctx.db
    .selectFrom('calendar_links')
    .select('generation')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return `${accountId}.${sign(ctx.config.secretKey, 'calendar', signed(accountId, link?.generation ?? FIRST))}`
}

/** Ends the address that the account's private calendar has, and answers the token of its new one. */
export async function renew(ctx: Ctx | Tx, accountId: string): Promise<string> {
  return transaction(ctx, async (tx) => {
    await sql`
      insert into calendar_links (account_id, generation) values (${accountId}, ${FIRST + 1})
      on conflict (account_id) do update set generation = calendar_links.generation + 1, renewed_at = app_now()`.execute(
      tx.db,
    )
    await record(tx, 'calendar.address-renewed', { accountId })
    return token(tx, accountId)
  })
}

/** Whose calendar it is that this token opens. Throws CalendarLinkInvalid. */
export async function ownerOf(ctx: Ctx, given: string): Promise<string> {
  const [accountId = '', signature = '', ...more] = given.split('.')
  if (!isId(accountId) || more.length > 0) throw CalendarLinkInvalid()
  const owner = await ctx.db
    .selectFrom('accounts as a')
    .leftJoin('calendar_links as l', 'l.account_id', 'a.id')
    .select('l.generation')
    .where('a.id', '=', accountId)
    .where('a.suspended_at', 'is', null)
    .executeTakeFirst()
  const text = signed(accountId, owner?.generation ?? FIRST)
  if (!owner || !isSignedBy(ctx.config.secretKey, 'calendar', text, signature)) throw CalendarLinkInvalid()
  return accountId
}

function signed(accountId: string, generation: number): string {
  return `${accountId}.${generation}`
}
