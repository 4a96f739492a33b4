import { admins, anyone, isAccount, isAdmin, readers, signedIn } from '#kernel/policy'

type Written = { accountId: string | null }

export const may = {
  read: readers(),
  /** Whoever was there, which the operation judges. */
  write: signedIn(),
  edit: signedIn<Written>((actor, review) => isAccount(actor, review.accountId)),
  remove: signedIn<Written>((actor, review) => isAdmin(actor) || isAccount(actor, review.accountId)),
  /** Its author and admins see a review that is hidden. */
  seeHidden: anyone<Written>((actor, review) => isAdmin(actor) || isAccount(actor, review.accountId)),
  report: signedIn(),
  /** Not the organizer, who would hide what is not praise. */
  hide: admins(),
}
