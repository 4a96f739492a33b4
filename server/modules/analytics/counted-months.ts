import { sql } from 'kysely'
import { allowSeconds, transaction, type Ctx } from '#kernel/ctx'

const LONGEST_SECONDS = 10 * 60

/**
 * Counts the registrations of the hours that are over into their months, so that nobody has to read them again to know
 * how many there were. The newest hour is left alone: what was begun in it may not be committed yet. Several may do this
 * at once; who comes second finds nothing left.
 */
export async function countMonths(ctx: Ctx): Promise<void> {
  await transaction(ctx, async (tx) => {
    await allowSeconds(tx, LONGEST_SECONDS)
    // The lock first and the counting in a second statement, which sees what the one before us has counted.
    await sql`select until from registrations_counted for update`.execute(tx.db)
    await sql`
      with span as (
        select until, greatest(until, date_trunc('hour', app_now() - interval '1 hour')) as upto from registrations_counted
      ), added as (
        insert into registration_months (event_id, month, registered)
        select r.event_id, to_char(r.created_at at time zone 'UTC', 'YYYY-MM'), count(*)
        from registrations r where r.created_at >= (select until from span) and r.created_at < (select upto from span) and r.passed_on_from is null
        group by 1, 2
        on conflict (event_id, month) do update set registered = registration_months.registered + excluded.registered
      )
      update registrations_counted set until = (select upto from span)`.execute(tx.db)
  })
}
