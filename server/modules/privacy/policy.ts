import { admins, anyone, signedIn } from '#kernel/policy'

export const may = {
  takeMyData: signedIn(),
  eraseMe: signedIn(),
  /** The link is the permission. */
  useLink: anyone(),
  retain: admins(),
}
