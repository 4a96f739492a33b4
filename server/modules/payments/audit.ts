import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'

/** Money that is neither for a seat nor on its way back; empty when every rule held. */
export async function faultsOfPayments(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    select 'paid without a seat: ' || p.id as fault from payments p left join registrations r on r.id = p.registration_id
    where p.state = 'paid' and p.kept_at is null and (r.id is null or r.status <> 'going' or r.held_until is not null)
      and p.registration_id is not null
    union all
    select 'paid twice: ' || registration_id from payments where state = 'paid' group by registration_id having count(*) > 1
    union all
    select 'paid back, with the seat kept: ' || p.id from payments p
    join registrations r on r.id = p.registration_id join events e on e.id = r.event_id
    where p.taken_back_at is not null and r.status = 'going' and e.ends_at > app_now()
      and not exists (select from payments other where other.registration_id = r.id and other.state = 'paid')
    union all
    select 'a refund that nobody will make: ' || id from payments where state = 'refund_due' and due_at is null`.execute(
    ctx.db,
  )
  return rows.map((row) => row.fault)
}
