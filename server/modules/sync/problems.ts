import { problem } from '#kernel/problem'

/** When to ask again, in seconds, where an operator has to do something first. */
export const LATER = 3_600

export const ProviderNotSet = problem(
  'sync/provider-not-set',
  503,
  'This provider is not set up here',
  '`setting` names what the operator has to set.',
)
export const ProviderFailed = problem(
  'sync/provider-failed',
  503,
  'The provider did not answer properly',
  'Nothing was changed. Try again in a while.',
)
export const NoOrganizer = problem(
  'sync/no-organizer',
  503,
  'Nobody is there to organize what comes in',
  'SYNC_ORGANIZER names the account whose events they are; it has to be an organizer or an admin.',
)
export const RunUnderWay = problem('sync/run-under-way', 409, 'A synchronisation with this provider is under way')
export const TooManyGone = problem(
  'sync/too-many-gone',
  409,
  'Most of what was there is gone',
  'That looks like a mistake at the provider, so nothing was changed. Where it is right, run it with `acceptWithdrawals`.',
)
export const ImportedAlready = problem(
  'sync/imported-already',
  409,
  'Somebody else has imported this event',
  '`eventId` is the event, where everybody may see it.',
)
