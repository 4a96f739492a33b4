import { by, type Run } from '#events/policy'
import type { Actor } from '#kernel/ctx'
import { anyone, readers, signedIn } from '#kernel/policy'
import { holds, type Claim } from '#registrations/policy'

const owner = by('owner')

export const may = {
  seePrice: readers(),
  setPrice: signedIn<Run>(owner),
  pay: anyone<Claim>((actor: Actor, claim) => holds(actor, claim) || owner(actor, claim)),
  seePayments: signedIn<Run>(owner),
  settle: signedIn<Run>(owner),
  /** The signature says who it is. */
  notify: anyone(),
}
