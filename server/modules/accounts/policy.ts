import { admins, anyone, isAccount, isAdmin, signedIn } from '#kernel/policy'

export const may = {
  signUp: anyone(),
  logIn: anyone(),
  refresh: anyone(),
  logOut: signedIn<{ accountId: string }>((actor, session) => isAccount(actor, session.accountId)),
  seeMe: signedIn(),
  /** Names, address, password, preferences, sessions: everybody's own. */
  changeMe: signedIn(),
  /** Whoever has the link, or knows an address that may have an account. */
  followLink: anyone(),
  /** As far as sign-up is open for it. */
  organize: signedIn(),
  seeProfile: anyone(),
  seeTerms: anyone(),
  seeAccounts: admins(),
  suspend: admins(),
  proveAgain: signedIn(),
  changeTwoFactor: signedIn(),
  turnOffTwoFactor: signedIn<{ accountId: string }>(
    (actor, account) => isAdmin(actor) || isAccount(actor, account.accountId),
  ),
  turnOffTwoFactorOfOthers: admins(),
  manageApiKeys: signedIn(),
  seeProviders: anyone(),
  manageIdentities: signedIn(),
  grantRole: admins(),
  createAdmin: admins(),
}
