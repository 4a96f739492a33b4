import { admins, anyone, isAccount, signedIn } from '#kernel/policy'

export const may = {
  signUp: anyone(),
  logIn: anyone(),
  refresh: anyone(),
  logOut: signedIn<{ accountId: string }>((actor, session) => isAccount(actor, session.accountId)),
  seeMe: signedIn(),
  grantRole: admins(),
  createAdmin: admins(),
}
