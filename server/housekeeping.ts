import { sql } from 'kysely'
import type { Job } from '#kernel/jobs'

/** What has to be swept and looked after whatever the business is. */
export const housekeeping: readonly Job[] = [
  {
    name: 'forget-idempotency-keys',
    cron: '17 * * * *',
    run: (ctx) =>
      ctx.db
        .deleteFrom('idempotency_keys')
        .where('created_at', '<', sql<Date>`app_now() - interval '48 hours'`)
        .execute(),
  },
  {
    name: 'forget-ended-sessions',
    cron: '27 3 * * *',
    run: (ctx) =>
      ctx.db
        .deleteFrom('sessions')
        .where('expires_at', '<', sql<Date>`app_now() - interval '30 days'`)
        .execute(),
  },
  {
    name: 'audit-seats',
    cron: '*/10 * * * *',
    // The counts are kept under the seat row's lock; should they ever differ from the rows, people must know, not a script.
    async run(ctx) {
      const { rows } = await sql<{ event_id: string }>`
        select p.event_id from seat_pools p
        left join (select event_id, count(*) filter (where status = 'going') as going, count(*) filter (where status = 'waitlisted') as waitlisted
                   from registrations where status <> 'cancelled' group by event_id) r on r.event_id = p.event_id
        where p.taken <> coalesce(r.going, 0) or p.waiting <> coalesce(r.waitlisted, 0)`.execute(ctx.db)
      for (const { event_id: eventId } of rows)
        ctx.log.error({ eventId }, 'the seat count of an event differs from its registrations')
    },
  },
]
