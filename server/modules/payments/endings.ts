import { sql } from 'kysely'
import { actingAs, type Ctx } from '#kernel/ctx'
import type { ProviderName } from './providers/provider.ts'

const AT_ONCE = 10
const LEASE_SECONDS = 60

/**
 * Closes the pages on which nobody is to pay any more: of seats that are given back, lapsed or free of charge by now. Asked
 * for outside any transaction. Whoever has paid by then has paid: the notice of it decides. Answers how many it closed.
 */
export async function endPages(ctx: Ctx): Promise<number> {
  const ending = actingAs(ctx, { kind: 'system', name: 'endings' })
  let done = 0
  for (const { id, provider, reference } of await claim(ending)) {
    const answer = await ending.pay[provider]!.end(reference)
    if (!answer.ended && !answer.final) continue // when the lease is over it is tried again
    // What cannot be closed is paid or closed already.
    await sql`update payments set state = 'failed', leased_until = null where id = ${id} and state = 'open'`.execute(
      ctx.db,
    )
    done++
  }
  return done
}

type Page = { id: string; provider: ProviderName; reference: string }

async function claim(ctx: Ctx): Promise<Page[]> {
  const automatic = Object.entries(ctx.pay).flatMap(([name, provider]) => (provider.byHand ? [] : [name]))
  if (automatic.length === 0) return []
  const { rows } = await sql<Page>`
    update payments p set leased_until = app_now() + ${LEASE_SECONDS} * interval '1 second'
    where id in (
      select p.id from payments p left join registrations r on r.id = p.registration_id
      where p.state = 'open' and p.reference is not null and p.provider = any(${automatic}::text[])
        and r.held_until is null
        and (p.leased_until is null or p.leased_until <= (select app_now()))
      limit ${AT_ONCE} for update of p skip locked)
    returning p.id, p.provider, p.reference`.execute(ctx.db)
  return rows
}
