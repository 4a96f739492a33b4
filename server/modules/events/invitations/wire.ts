import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, Uuid } from '#http/wire'
import type { Invitation } from './invitations.ts'

export const InvitationWire = Fields({
  id: Uuid,
  email: Type.String(),
  createdAt: Instant,
  revokedAt: Nullable(Instant),
})

/** An invitation as the wire has it. */
export function present(invitation: Invitation): Static<typeof InvitationWire> {
  return {
    ...invitation,
    createdAt: instant(invitation.createdAt),
    revokedAt: instantOrNull(invitation.revokedAt),
  }
}
