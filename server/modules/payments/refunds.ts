import { sql } from 'kysely'
import { actingAs, transaction, type Ctx } from '#kernel/ctx'
import { lock, settleRefunded } from './payments.ts'
import type { ProviderName, ToRefund } from './providers/provider.ts'

const AT_ONCE = 10
const LEASE_SECONDS = 60

/**
 * Pays back what is due, as far as providers do that by themselves. Claimed with a lease, asked for outside any
 * transaction, and marked one by one; who dies in between leaves it to the next, and the provider knows it by its key.
 * Answers how many went back.
 */
export async function refundDue(ctx: Ctx): Promise<number> {
  const refunding = actingAs(ctx, { kind: 'system', name: 'refunds' })
  let done = 0
  for (const due of await claim(refunding)) {
    const { provider, ...payment } = due
    const answer = await refunding.pay[provider]!.refund(payment)
    if (answer.refunded) {
      await transaction(refunding, async (tx) => {
        const found = await lock(tx, due.id)
        if (found && found.state !== 'refunded') await settleRefunded(tx, found)
      })
      done++
      continue
    }
    if (answer.pendingAs !== undefined) {
      await sql`
        update payments set refund_reference = ${answer.pendingAs}, last_error = 'the refund is pending', leased_until = null,
          due_at = app_now() + interval '1 hour'
        where id = ${due.id} and state = 'refund_due'`.execute(ctx.db)
      continue
    }
    // Never given up: it is somebody else's money. What will be refused again is looked at by people.
    ctx.log[answer.final ? 'error' : 'warn']({ paymentId: due.id, reason: answer.error }, 'a refund did not go through')
    await sql`
      update payments set last_error = ${answer.error}, leased_until = null,
        refund_round = refund_round + (refund_reference is not null)::int, refund_reference = null,
        due_at = app_now() + least(interval '6 hours', interval '5 seconds' * power(4, least(attempts, 8) - 1)) * (0.5 + random() / 2)
      where id = ${due.id} and state = 'refund_due'`.execute(ctx.db)
  }
  return done
}

type Due = ToRefund & { provider: ProviderName }

async function claim(ctx: Ctx): Promise<Due[]> {
  const automatic = Object.entries(ctx.pay).flatMap(([name, provider]) => (provider.byHand ? [] : [name]))
  if (automatic.length === 0) return []
  const { rows } = await sql<Due>`
    update payments p set attempts = p.attempts + 1, leased_until = app_now() + ${LEASE_SECONDS} * interval '1 second'
    where id in (
      select id from payments
      where state = 'refund_due' and provider = any(${automatic}::text[]) and due_at <= (select app_now())
        and (leased_until is null or leased_until <= (select app_now()))
      order by due_at limit ${AT_ONCE} for update skip locked)
    returning p.id, p.provider, p.reference, p.charge_reference as "chargeReference", p.amount,
      p.refund_reference as "refundReference", p.refund_round as round`.execute(ctx.db)
  return rows
}
