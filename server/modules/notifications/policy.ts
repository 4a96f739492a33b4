import { admins, anyone, signedIn } from '#kernel/policy'

export const may = {
  list: admins(),
  seeMine: signedIn(),
  /** Judged by the event that the message is about. */
  resend: signedIn(),
  seeChannels: admins(),
  resumeChannel: admins(),
  /** Whoever has the mail that the link is in. */
  followLink: anyone(),
}
