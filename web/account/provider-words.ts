/** What became of a way through a provider, as `problem` in the address names it; null for what is not one of them. */
export function outcomeWords(problem: string | undefined): string | null {
  return problem && Object.hasOwn(OUTCOMES, problem) ? OUTCOMES[problem]! : null
}

const OUTCOMES: Record<string, string> = {
  'provider-denied': 'You said no there, so nothing was done here.',
  'provider-unavailable': 'That provider does not answer right now. Try again, or log in with your password.',
  'provider-refused': 'What came back from that provider could not be believed. Try again.',
  'trip-lapsed': 'That took too long, or was begun in another window. Try again.',
  'address-not-verified':
    'That provider does not say that your e-mail address is yours. Sign up with a password instead.',
  'log-in-first':
    'There is an account with that e-mail address. Log in to it with its password, then link the provider.',
  'not-let-in': 'That account cannot be logged in to.',
  'identity-taken': 'That account over there belongs to another account here. Unlink it there first.',
}
