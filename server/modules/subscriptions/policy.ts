import { anyone, signedIn } from '#kernel/policy'

export const may = {
  /** Whoever sees the event. */
  subscribe: anyone(),
  /** Whoever has it. */
  useLink: anyone(),
  seeMine: signedIn(),
  endMine: signedIn(),
  seePushKey: anyone(),
  keepBrowser: signedIn(),
}
