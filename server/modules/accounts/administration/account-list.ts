import { sql } from 'kysely'
import { accountColumns, type Account } from '#accounts'
import { may } from '#accounts/policy'
import type { Ctx, Role } from '#kernel/ctx'
import { DEFAULT_LIMIT, pageOf, positionOf, type Page, type PageQuery } from '#kernel/paging'
import { demand } from '#kernel/policy'
import { NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'

/** An account as admins see it. */
export type KnownAccount = Account & { suspension_reason: string | null }

export type AccountFilter = { q?: string; role?: Role; suspended?: boolean; wantsToOrganize?: boolean }

/** All accounts, the newest first; `q` is looked for in names and addresses. */
export async function list(ctx: Ctx, query: PageQuery & AccountFilter): Promise<Page<KnownAccount>> {
  demand(ctx, may.seeAccounts, undefined)
  const { limit = DEFAULT_LIMIT, q = '', role = null, suspended = null, wantsToOrganize = null } = query
  const looked = comparable(q)
  const name = ['accounts', looked, role, suspended, wantsToOrganize]
  const from = positionOf(ctx, name, query.cursor)
  let page = known(ctx)
  if (looked) {
    const words = sql`lower(first_name || ' ' || last_name)`
    page = page.where(
      sql<boolean>`(strpos(username_key, ${looked}) > 0 or strpos(email_key, ${looked}) > 0 or strpos(${words}, ${looked}) > 0)`,
    )
  }
  if (role) page = page.where('role', '=', role)
  if (suspended !== null) page = page.where('suspended_at', suspended ? 'is not' : 'is', null)
  if (wantsToOrganize !== null) page = page.where('wants_to_organize_at', wantsToOrganize ? 'is not' : 'is', null)
  if (from) page = page.where('number', '<', Number(from[0]))
  const rows = await page
    .orderBy('number', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(ctx, name, rows, limit, (row) => [row.number])
}

/** One of them. */
export async function find(ctx: Ctx, accountId: string): Promise<KnownAccount> {
  demand(ctx, may.seeAccounts, undefined)
  const row = await known(ctx).where('id', '=', accountId).executeTakeFirst()
  if (!row) throw NotFound()
  return row
}

function known(ctx: Ctx) {
  return ctx.db
    .selectFrom('accounts')
    .select([...accountColumns, 'suspension_reason'])
    .$narrowType<{ role: Role }>()
}
