import { Type, type Static } from 'typebox'
import { ROLES } from '#events/wire'
import { Email, Fields, Instant, instant, instantOrNull, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Invitation } from './answering.ts'
import type { Pending, Team } from './standing.ts'

const TEAM_ROLES = ['co-organizer', 'check-in'] as const
const STATES = ['open', 'accepted', 'declined', 'withdrawn', 'expired'] as const
const Whole = OneOf(['event', 'series'], {
  description: 'Of the event alone, or of its series and so all occurrences.',
})

const person = {
  email: Type.Optional({ ...Email, description: 'Nothing is said about whether it has an account.' }),
  username: Type.Optional(Text(150, { min: 1 })),
}
export const InviteBody = Fields({ ...person, role: OneOf(TEAM_ROLES) })
export const OfferBody = Fields({
  ...person,
  stays: Type.Optional(
    Type.Boolean({ default: true, description: 'Whether who hands it over becomes a co-organizer.' }),
  ),
})

export const PendingWire = Fields({
  id: Uuid,
  role: OneOf(ROLES, { description: 'owner: an offer of the whole.' }),
  to: Type.String({ description: 'The address or the username that was invited.' }),
  of: Whole,
  createdAt: Instant,
  expiresAt: Instant,
})

export const TeamWire = Fields({
  owner: Fields({ id: Uuid, name: Type.String() }),
  members: Type.Array(
    Fields({ accountId: Uuid, name: Type.String(), role: OneOf(TEAM_ROLES), of: Whole, since: Instant }),
  ),
  invitations: Type.Array(PendingWire, { description: 'Open ones, for who may invite.' }),
})

export const TeamInvitationWire = Fields({
  id: Uuid,
  role: OneOf(ROLES),
  state: OneOf(STATES),
  eventId: Nullable(Uuid),
  seriesId: Nullable(Uuid),
  title: Type.String(),
  slug: Nullable(Type.String({ description: 'Of the event’s page.' })),
  startsAt: Nullable(Instant),
  zone: Nullable(Type.String()),
  invitedBy: Nullable(Type.String()),
  createdAt: Instant,
  expiresAt: Instant,
  can: Fields({ accept: Type.Boolean(), decline: Type.Boolean() }),
})

/** An open invitation as who invited has it. */
export function presentPending(pending: Pending): Static<typeof PendingWire> {
  return { ...pending, createdAt: instant(pending.createdAt), expiresAt: instant(pending.expiresAt) }
}

/** A team as the wire has it. */
export function presentTeam({ owner, members, invitations }: Team): Static<typeof TeamWire> {
  return {
    owner,
    members: members.map((member) => ({ ...member, since: instant(member.since) })),
    invitations: invitations.map(presentPending),
  }
}

/** An invitation as who is invited has it. */
export function present(invitation: Invitation): Static<typeof TeamInvitationWire> {
  const { of, isTheirs, acceptedBy: _, ...rest } = invitation
  const isOpen = invitation.state === 'open'
  return {
    ...rest,
    ...of,
    startsAt: instantOrNull(invitation.startsAt),
    createdAt: instant(invitation.createdAt),
    expiresAt: instant(invitation.expiresAt),
    can: { accept: isOpen && isTheirs, decline: isOpen },
  }
}
