import type { Actor } from '#kernel/ctx'
import { anyone, isAccount, isAdmin, signedIn } from '#kernel/policy'

type Claim = { id: string; accountId: string | null; organizerId: string }

export const may = {
  register: anyone(),
  seeMine: signedIn(),
  see: anyone<Claim>((actor, claim) => holds(actor, claim) || runs(actor, claim)),
  cancel: anyone<Claim>((actor, claim) => holds(actor, claim) || runs(actor, claim)),
  seeAttendees: signedIn<{ organizerId: string }>(runs),
  useLink: anyone(),
}

function holds(actor: Actor, claim: Claim): boolean {
  return isAccount(actor, claim.accountId) || (actor.kind === 'guest' && actor.registrationId === claim.id)
}

function runs(actor: Actor, { organizerId }: { organizerId: string }): boolean {
  return isAdmin(actor) || isAccount(actor, organizerId)
}
