import { sql } from 'kysely'
import type { TeamRole } from '#events/policy'
import { teamRole } from '#events/team/role'
import type { Ctx, Tx } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { may, type Claim } from './policy.ts'

export type Status = 'going' | 'waitlisted' | 'cancelled'

/** A registration with what is shown of its event. `position` 1 is the next in line. */
export type Registration = {
  id: string
  number: number
  eventId: string
  accountId: string | null
  accountNumber: number | null
  name: string
  email: string
  status: Status
  position: number | null
  createdAt: Date
  promotedAt: Date | null
  /** Until when the place waits: for the guest to confirm where `mustConfirm`, else for the money. Null: it is theirs. */
  heldUntil: Date | null
  mustConfirm: boolean
  cancelledAt: Date | null
  checkedInAt: Date | null
  /** Whether the person was there: null until the event is over, and where nobody was checked in at all. */
  attended: boolean | null
  event: {
    /** Null of what was taken at this moment, which does not read it. */
    number: number | null
    slug: string
    title: string
    startsAt: Date
    endsAt: Date
    zone: string
    cancelledAt: Date | null
    organizerId: string | null
    /** What the actor is on the event's team. */
    team: TeamRole | null
  }
  visibleToAttendees: boolean
  linkGeneration: number
  mayCancel: boolean
}

const LOOKED_UP = sql<number | null>`case when r.status = 'waitlisted' then (
  select count(*) from registrations w where w.event_id = r.event_id and w.status = 'waitlisted' and w.place <= r.place) end`

/**
 * Registrations with their event and their place in line, to be narrowed down. Each place is looked up by itself, unless
 * `lineOf` says that all of them are of one event: then its line is numbered once.
 */
export function rows(ctx: Ctx | Tx, lineOf?: string) {
  const line = sql<{ id: string; position: number }>`(
    select id, row_number() over (order by place) as position from registrations
    where event_id = ${lineOf ?? null}::uuid and status = 'waitlisted')`
  return ctx.db
    .selectFrom('registrations as r')
    .innerJoin('events as e', 'e.id', 'r.event_id')
    .$if(lineOf !== undefined, (all) => all.leftJoin(line.as('l'), 'l.id', 'r.id'))
    .selectAll('r')
    .select([
      'e.number as event_number',
      'e.slug',
      'e.title',
      'e.starts_at',
      'e.ends_at',
      'e.zone',
      'e.organizer_id',
      'e.cancelled_at as event_cancelled_at',
    ])
    .select([sql<string>`e.starts_at::text`.as('starts_key'), teamRole(ctx).as('team')])
    .select((lineOf ? sql<number | null>`l.position` : LOOKED_UP).as('position'))
    .select([
      sql<number | null>`(select a.number from accounts a where a.id = r.account_id)`.as('account_number'),
      sql<Date | null>`(select c.at from checkins c where c.registration_id = r.id)`.as('checked_in_at'),
      sql<boolean>`exists (select from checkins c where c.event_id = r.event_id)`.as('door_was_kept'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

/** Who had come in when the event was called off was there all the same. */
function wasThere(row: Row): boolean | null {
  if (row.checked_in_at) return true
  return row.status === 'going' && !row.held_until && row.door_was_kept ? false : null
}

/** The row as the module speaks of it, for this actor. */
export function shape(ctx: Ctx | Tx, row: Row): Registration {
  const isOver = row.ends_at <= ctx.now()
  const claim = {
    id: row.id,
    accountId: row.account_id,
    organizerId: row.organizer_id,
    team: row.team,
    linkGeneration: row.link_generation,
  }
  return {
    id: row.id,
    number: row.number,
    eventId: row.event_id,
    accountId: row.account_id,
    accountNumber: row.account_number,
    name: row.name,
    email: row.email,
    status: row.status as Status,
    position: row.position,
    createdAt: row.created_at,
    promotedAt: row.promoted_at,
    heldUntil: row.held_until,
    mustConfirm: row.status !== 'cancelled' && row.unconfirmed_since !== null,
    cancelledAt: row.cancelled_at,
    checkedInAt: row.checked_in_at,
    attended: isOver ? wasThere(row) : null,
    event: {
      number: row.event_number,
      slug: row.slug,
      title: row.title,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      zone: row.zone,
      cancelledAt: row.event_cancelled_at,
      organizerId: row.organizer_id,
      team: row.team,
    },
    visibleToAttendees: row.visible_to_attendees,
    linkGeneration: row.link_generation,
    mayCancel:
      row.status !== 'cancelled' && !isOver && row.checked_in_at === null && permits(may.cancel, ctx.actor, claim),
  }
}

/** Of a registration, what the policy judges by. */
export function subject(registration: Registration): Claim {
  const { id, accountId, event, linkGeneration } = registration
  return { id, accountId, organizerId: event.organizerId ?? '', team: event.team, linkGeneration }
}
