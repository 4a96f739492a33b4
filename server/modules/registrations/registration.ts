import { sql } from 'kysely'
import type { Ctx, Tx } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { may } from './policy.ts'

export type Status = 'going' | 'waitlisted' | 'cancelled'

/** A registration with what is shown of its event. `position` 1 is the next in line. */
export type Registration = {
  id: string
  number: number
  eventId: string
  accountId: string | null
  name: string
  email: string
  status: Status
  position: number | null
  createdAt: Date
  promotedAt: Date | null
  cancelledAt: Date | null
  event: {
    slug: string
    title: string
    startsAt: Date
    endsAt: Date
    zone: string
    cancelledAt: Date | null
    organizerId: string | null
  }
  mayCancel: boolean
}

/** Registrations with their event and their place in line, to be narrowed down. */
export function rows(ctx: Ctx | Tx) {
  return ctx.db
    .selectFrom('registrations as r')
    .innerJoin('events as e', 'e.id', 'r.event_id')
    .selectAll('r')
    .select([
      'e.slug',
      'e.title',
      'e.starts_at',
      'e.ends_at',
      'e.zone',
      'e.organizer_id',
      'e.cancelled_at as event_cancelled_at',
    ])
    .select(sql<string>`e.starts_at::text`.as('starts_key'))
    .select(
      sql<number | null>`case when r.status = 'waitlisted' then (
        select count(*) from registrations w where w.event_id = r.event_id and w.status = 'waitlisted' and w.place <= r.place) end`.as(
        'position',
      ),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

/** The row as the module speaks of it, for this actor. */
export function shape(ctx: Ctx | Tx, row: Row): Registration {
  const claim = { id: row.id, accountId: row.account_id, organizerId: row.organizer_id }
  return {
    id: row.id,
    number: row.number,
    eventId: row.event_id,
    accountId: row.account_id,
    name: row.name,
    email: row.email,
    status: row.status as Status,
    position: row.position,
    createdAt: row.created_at,
    promotedAt: row.promoted_at,
    cancelledAt: row.cancelled_at,
    event: {
      slug: row.slug,
      title: row.title,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      zone: row.zone,
      cancelledAt: row.event_cancelled_at,
      organizerId: row.organizer_id,
    },
    mayCancel: row.status !== 'cancelled' && row.ends_at > ctx.now() && permits(may.cancel, ctx.actor, claim),
  }
}

/** Of a registration, what the policy judges by. */
export function subject(registration: Registration) {
  return { id: registration.id, accountId: registration.accountId, organizerId: registration.event.organizerId ?? '' }
}
