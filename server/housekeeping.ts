import { sql } from 'kysely'
import { allowSeconds, transaction, type Tx } from '#kernel/ctx'
import type { Job } from '#kernel/jobs'

const LONGEST_SECONDS = 10 * 60

/** A job whose work grows with the data takes as long as it takes. */
function patiently(work: (tx: Tx) => Promise<unknown>): Job['run'] {
  return (ctx) =>
    transaction(ctx, async (tx) => {
      await allowSeconds(tx, LONGEST_SECONDS)
      return work(tx)
    })
}

/** What has to be swept and looked after whatever the business is. */
export const housekeeping: readonly Job[] = [
  {
    name: 'forget-idempotency-keys',
    cron: '17 * * * *',
    run: patiently((tx) =>
      tx.db
        .deleteFrom('idempotency_keys')
        .where('created_at', '<', sql<Date>`app_now() - interval '48 hours'`)
        .execute(),
    ),
  },
  {
    name: 'forget-challenges',
    cron: '37 * * * *',
    run: patiently(async (tx) => {
      await tx.db
        .deleteFrom('challenges')
        .where('expires_at', '<', sql<Date>`app_now()`)
        .execute()
      await tx.db
        .deleteFrom('provider_returns')
        .where('at', '<', sql<Date>`app_now() - interval '1 day'`)
        .execute()
    }),
  },
  {
    name: 'forget-rate-counts',
    cron: '*/15 * * * *',
    // A row that is being counted in is not over, so nobody waits for this.
    run: patiently((tx) =>
      tx.db
        .deleteFrom('rate_counts')
        .where('until', '<', sql<Date>`app_now()`)
        .execute(),
    ),
  },
  {
    name: 'forget-known-places',
    cron: '37 3 * * *',
    run: patiently((tx) =>
      tx.db
        .deleteFrom('known_places')
        .where('seen_at', '<', sql<Date>`app_now() - interval '90 days'`)
        .execute(),
    ),
  },
  {
    name: 'audit-seats',
    cron: '*/10 * * * *',
    // The counts are kept under the seat row's lock; should they ever differ from the rows, people must know, not a script.
    run: patiently(async (tx) => {
      const { rows } = await sql<{ event_id: string }>`
        select p.event_id from seat_pools p
        left join (select event_id, count(*) filter (where status = 'going') as going, count(*) filter (where status = 'waitlisted') as waitlisted
                   from registrations where status <> 'cancelled' group by event_id) r on r.event_id = p.event_id
        where p.taken <> coalesce(r.going, 0) or p.waiting <> coalesce(r.waitlisted, 0)`.execute(tx.db)
      for (const { event_id: eventId } of rows)
        tx.log.error({ eventId }, 'the seat count of an event differs from its registrations')
    }),
  },
]
