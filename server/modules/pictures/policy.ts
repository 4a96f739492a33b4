import { anyone, signedIn } from '#kernel/policy'

/** A banner is part of its event: who may edit that may change it. */
export const may = {
  fetch: anyone(),
  changeMine: signedIn(),
}
