import { Type } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, OneOf, Uuid } from '#http/wire'
import type { KnownAccount } from './account-list.ts'

export const ROLES = ['attendee', 'organizer', 'admin'] as const

export const KnownAccountWire = Fields({
  id: Uuid,
  number: Type.Integer(),
  username: Type.String(),
  email: Type.String(),
  emailVerified: Type.Boolean(),
  firstName: Type.String(),
  lastName: Type.String(),
  role: OneOf(ROLES),
  wantsToOrganizeAt: Nullable({ ...Instant, description: 'Since when an admin’s answer to that is waited for.' }),
  suspendedAt: Nullable(Instant),
  suspensionReason: Nullable(Type.String()),
  createdAt: Instant,
})

/** An account as admins see it. */
export function presentKnown(account: KnownAccount) {
  return {
    id: account.id,
    number: account.number,
    username: account.username,
    email: account.email,
    emailVerified: account.email_verified_at !== null,
    firstName: account.first_name,
    lastName: account.last_name,
    role: account.role,
    wantsToOrganizeAt: instantOrNull(account.wants_to_organize_at),
    suspendedAt: instantOrNull(account.suspended_at),
    suspensionReason: account.suspension_reason,
    createdAt: instant(account.created_at),
  }
}
