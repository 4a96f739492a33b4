import { problem } from '#kernel/problem'

export const UsernameTaken = problem('accounts/username-taken', 409, 'That username is taken')
export const EmailTaken = problem(
  'accounts/email-taken',
  409,
  'There is an account with that e-mail address',
  'Only said on the command line: at sign-up nobody is told who has an account.',
)
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
export const WrongPassword = problem(
  'accounts/wrong-password',
  403,
  'That is not your password',
  'What is dangerous asks for the password again.',
)
export const LinkSpent = problem(
  'accounts/link-spent',
  410,
  'This link is not good any more',
  'It was used, has expired, was taken back, or never was one of ours. Ask for another.',
)
export const EmailNotVerified = problem(
  'accounts/email-not-verified',
  403,
  'Confirm your e-mail address first',
  'On this server, what reaches other people is for who has followed the link in our mail. Ask for another where it is lost.',
)
export const NotYourself = problem(
  'accounts/not-yourself',
  409,
  'Not your own account',
  'Another admin has to do that.',
)
export const LastAdmin = problem(
  'accounts/last-admin',
  409,
  'The last admin stays',
  'Without one nobody could let anybody back in.',
)
export const OtherTerms = problem(
  'accounts/other-terms',
  409,
  'These are not the terms that are in force',
  'The answer names those that are. Show them, and ask again.',
)
export const SecondFactorRequired = problem(
  'accounts/second-factor-required',
  401,
  'A code is asked for as well',
  'The password is right, and the account has two-factor on. `challenge` is met with a code of the app, or a recovery code.',
)
export const InvalidChallenge = problem(
  'accounts/invalid-challenge',
  401,
  'This log-in has lapsed',
  'It was finished already, took too long, or began with a password that has been changed since. Log in again.',
)
export const WrongCode = problem(
  'accounts/wrong-code',
  401,
  'That is not a code that works now',
  'Each code of the app, and each recovery code, works once.',
)
export const TooManyTries = problem(
  'accounts/too-many-tries',
  429,
  'Too many codes were tried',
  'Five for each log-in, and ten for each account in a quarter of an hour.',
)
export const TwoFactorOn = problem(
  'accounts/two-factor-on',
  409,
  'Two-factor is on already',
  'Turn it off before you set up another app.',
)
export const TwoFactorOff = problem(
  'accounts/two-factor-off',
  409,
  'Two-factor is not on',
  'Nothing is set up, or it was begun too long ago to be confirmed.',
)
export const ProofRequired = problem(
  'accounts/proof-required',
  403,
  'Prove again that it is you',
  'This wants a proof from the last ten minutes: `needs` says of what. Send it to /sessions/current/proof and try again.',
)
export const WrongProof = problem(
  'accounts/wrong-proof',
  403,
  'That does not prove that it is you',
  'The password or the code is wrong or missing: which of them is not said.',
)
export const NothingToProveWith = problem(
  'accounts/nothing-to-prove-with',
  409,
  'There is nothing to prove it with here',
  'The account has neither a password nor two-factor: log in again through its provider.',
)
export const ScopeMissing = problem(
  'accounts/scope-missing',
  403,
  'The API key does not reach this',
  'It is not made for this scope, or no key may do this: log in for it.',
)
export const TooManyKeys = problem('accounts/too-many-keys', 409, 'There are too many API keys: revoke one first')
export const LastWayIn = problem(
  'accounts/last-way-in',
  409,
  'This is the only way into the account',
  'Set a password or link another provider first.',
)
export const TextsNotSetUp = problem(
  'accounts/texts-not-set-up',
  503,
  'This server sends no texts',
  'Whoever runs it has to set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM.',
)
export const WrongPhoneCode = problem(
  'accounts/wrong-phone-code',
  422,
  'That is not the code, or it is too old',
  'A code is good for ten minutes and five tries. Ask for another.',
)
