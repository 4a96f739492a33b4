import { anyone, readers, signedIn } from '#kernel/policy'

export const may = {
  subscribe: readers(),
  /** The token in the address is what lets one in. */
  useLink: anyone(),
  seeMine: signedIn(),
  renewMine: signedIn(),
}
