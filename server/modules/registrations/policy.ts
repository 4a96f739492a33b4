import { by, type Run } from '#events/policy'
import type { Actor } from '#kernel/ctx'
import { anyone, isAccount, readers, signedIn } from '#kernel/policy'

/** A registration, and who runs its event. */
export type Claim = Run & { id: string; accountId: string | null; linkGeneration: number }

const coOrganizer = by('owner', 'co-organizer')
const holderOrCoOrganizer = (actor: Actor, claim: Claim) => holds(actor, claim) || coOrganizer(actor, claim)

export const may = {
  register: anyone(),
  seeMine: signedIn(),
  see: anyone<Claim>(holderOrCoOrganizer),
  cancel: anyone<Claim>(holderOrCoOrganizer),
  seeAttendees: signedIn<Run>(coOrganizer),
  correct: anyone<Claim>(holderOrCoOrganizer),
  /** By the link in the mail alone: that is what it proves. */
  confirm: anyone<Claim>((actor, claim) => actor.kind === 'guest' && holds(actor, claim)),
  passOn: anyone<Claim>(holderOrCoOrganizer),
  /** Whether others see the name is nobody else's to choose. */
  choose: anyone<Claim>(holds),
  seeOthers: anyone<Run & { isRegistered: boolean }>((actor, event) => event.isRegistered || coOrganizer(actor, event)),
  showInterest: signedIn(),
  seeCounts: readers(),
  useLink: anyone(),
}

/** Whether the actor has this registration: by account, or by the link that is good now. */
export function holds(actor: Actor, claim: Omit<Claim, keyof Run>): boolean {
  if (actor.kind !== 'guest') return isAccount(actor, claim.accountId)
  return actor.registrationId === claim.id && (actor.generation ?? 0) === claim.linkGeneration
}
