import type { TeamRole } from '#events/policy'
import type { ProviderName } from './providers/provider.ts'

export const STATES = ['open', 'paid', 'refund_due', 'refunded', 'failed'] as const
export type State = (typeof STATES)[number]

/** One attempt to pay for one registration, and what became of the money. */
export type Payment = {
  id: string
  registrationId: string | null
  eventId: string | null
  organizerId: string | null
  /** What the actor is on the team of its event. */
  team: TeamRole | null
  /** Of the person whose seat it is. */
  name: string | null
  provider: ProviderName
  reference: string | null
  chargeReference: string | null
  amount: number
  currency: string
  state: State
  redirectUrl: string | null
  instructions: string | null
  heldUntil: Date | null
  createdAt: Date
  paidAt: Date | null
  keptAt: Date | null
  refundedAt: Date | null
  /** For a seat that was given at the door. */
  atDoor: boolean
}

type Row = {
  id: string
  registration_id: string | null
  event_id: string | null
  organizer_id: string | null
  team: TeamRole | null
  name: string | null
  provider: string
  reference: string | null
  charge_reference: string | null
  amount: number
  currency: string
  state: string
  redirect_url: string | null
  instructions: string | null
  held_until: Date | null
  created_at: Date
  paid_at: Date | null
  kept_at: Date | null
  refunded_at: Date | null
  at_door: boolean
}

/** A row as a payment. */
export function shape(row: Row): Payment {
  return {
    id: row.id,
    registrationId: row.registration_id,
    eventId: row.event_id,
    organizerId: row.organizer_id,
    team: row.team,
    name: row.name,
    provider: row.provider as ProviderName,
    reference: row.reference,
    chargeReference: row.charge_reference,
    amount: row.amount,
    currency: row.currency,
    state: row.state as State,
    redirectUrl: row.redirect_url,
    instructions: row.instructions,
    heldUntil: row.held_until,
    createdAt: row.created_at,
    paidAt: row.paid_at,
    keptAt: row.kept_at,
    refundedAt: row.refunded_at,
    atDoor: row.at_door,
  }
}
