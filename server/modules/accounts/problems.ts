import { problem } from '#kernel/problem'

export const UsernameTaken = problem('accounts/username-taken', 409, 'That username is taken')
export const EmailTaken = problem('accounts/email-taken', 409, 'There is an account with that e-mail address')
export const AdminStays = problem(
  'accounts/admin-stays',
  409,
  'An admin stays an admin',
  'The role of an admin is not changed here.',
)
export const BadCredentials = problem(
  'accounts/bad-credentials',
  401,
  'Wrong username or password',
  'The account does not exist, is suspended, or the password is another: which of them is not said.',
)
export const InvalidToken = problem(
  'accounts/invalid-token',
  401,
  'The token is not valid',
  'It is malformed, expired, withdrawn or made for another use. Log in again.',
)
export const CrossSite = problem(
  'accounts/cross-site',
  403,
  'The request came from another site',
  'With the session cookie, what changes something is only taken from our own pages.',
)
