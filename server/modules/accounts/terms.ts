import type { Terms } from '#config'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { OtherTerms } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'account.terms-accepted': { accountId: string; version: string }
  }
}
unseenByOthers('account.terms-accepted')

/** The terms that are in force and that the account has not accepted; null when there is nothing to accept. */
export async function termsToAccept(ctx: Ctx | Tx, accountId: string): Promise<Terms | null> {
  const { terms } = ctx.config
  if (!terms) return null
  const accepted = await ctx.db
    .selectFrom('accepted_terms')
    .select('version')
    .where('account_id', '=', accountId)
    .where('version', '=', terms.version)
    .executeTakeFirst()
  return accepted ? null : terms
}

/** What is wrong with a sign-up that accepts this version; undefined when it will do. */
export function faultOfAcceptance({ config: { terms } }: Ctx | Tx, version: string | undefined): string | undefined {
  return terms && version !== terms.version ? `Accept the terms first: version ${terms.version}.` : undefined
}

/** Writes down that the account accepts this version of the terms; twice keeps the first time. Throws OtherTerms. */
export async function acceptTerms(ctx: Ctx | Tx, accountId: string, version: string): Promise<void> {
  const { terms } = ctx.config
  if (version !== terms?.version) throw OtherTerms(undefined, { terms })
  await transaction(ctx, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('accepted_terms')
      .values({ account_id: accountId, version })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) await record(tx, 'account.terms-accepted', { accountId, version })
  })
}
