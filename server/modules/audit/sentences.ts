import type { FactKind, Facts } from '#kernel/facts'

/** What happened, as one reads it: who did it, to which event and account, stands beside it. */
type Sentence<K extends FactKind> = string | ((data: Facts[K]) => string)

// A kind without a sentence does not compile. Facts outlive the program that wrote them, so what a sentence takes from
// one may be missing.
const sentences: { [K in Exclude<FactKind, `test.${string}`>]: Sentence<K> } = {
  'account.created': 'The account was opened.',
  'account.role-granted': ({ role = 'attendee' }) => `The role became ${role}.`,
  'account.picture-changed': 'The picture was changed.',
  'account.claimed': 'The owner of the address came in for the first time; all other ways in were closed.',
  'account.erased': 'The account was deleted for good.',
  'session.opened': 'Logged in.',
  'session.ended': 'Logged out.',
  'session.reuse-detected': 'A used token came again; the session was ended, because somebody else may have it.',
  'session.proved': 'Proved again who it was.',
  'account.email-verified': 'The e-mail address was confirmed.',
  'account.email-changed': 'The e-mail address was changed.',
  'account.password-changed': ({ by }) => `The password was changed${by === 'link' ? ' by the link in a mail' : ''}.`,
  'account.profile-changed': 'The profile was changed.',
  'account.preferences-changed': 'The preferences were changed.',
  'account.phone-asked': 'A code was sent to a phone.',
  'account.phone-changed': 'A phone was confirmed.',
  'account.phone-removed': 'The phone was taken away.',
  'account.suspended': 'The account was suspended.',
  'account.suspension-lifted': 'The account was let in again.',
  'account.terms-accepted': ({ version = '' }) => `The terms of version ${version} were accepted.`,
  'account.link-made': 'A link was mailed to the account’s address.',
  'account.mail-asked': 'Somebody asked for a mail to the address.',
  'account.address-wanted': 'Another address is to be confirmed.',
  'two-factor.turned-on': 'Two-factor was turned on.',
  'two-factor.turned-off': 'Two-factor was turned off.',
  'two-factor.recovery-codes-renewed': 'There are new recovery codes.',
  'two-factor.recovery-code-used': ({ left = 0 }) => `Logged in with a recovery code; ${left} are left.`,
  'two-factor.locked': 'Too many codes were tried.',
  'identity.linked': ({ provider = '' }) => `A log-in through ${provider} was linked.`,
  'identity.unlinked': ({ provider = '' }) => `A log-in through ${provider} was taken off.`,
  'api-key.made': 'An API key was made.',
  'api-key.revoked': 'An API key was revoked.',
  'calendar.address-renewed': 'The address of the private calendar was renewed.',

  'channel.paused': ({ channel = '', reason = '' }) => `The channel ${channel} was paused: ${reason}.`,
  'channel.resumed': ({ channel = '' }) => `The channel ${channel} goes on.`,
  'notification.resent': 'A message was sent again.',

  'venue.created': 'A venue was added.',
  'venue.edited': 'A venue was changed.',
  'venue.removed': ({ name = '' }) => `The venue “${name}” was removed.`,
  'category.created': 'A category was added.',
  'category.edited': 'A category was changed.',
  'category.removed': ({ name = '' }) => `The category “${name}” was removed.`,
  'tag.created': 'A tag was added.',
  'tag.edited': 'A tag was changed.',
  'tag.removed': ({ name = '' }) => `The tag “${name}” was removed.`,

  'event.created': 'The event was begun as a draft.',
  'event.copied': 'The event was copied from another.',
  'event.edited': ({ changed }) => `The event was changed: ${(changed ?? []).join(', ')}.`,
  'event.rescheduled': 'The event was moved.',
  'event.resized': ({ capacity = 0 }) => (capacity === null ? 'There is no limit to seats any more.' : `There are ${capacity} seats now.`), // prettier-ignore
  'event.publication-planned': 'The event is to be published by itself.',
  'event.publication-unplanned': 'The event is no longer to be published by itself.',
  'event.publication-failed': 'The event could not be published by itself.',
  'event.published': 'The event was published.',
  'event.closed': 'Registration was closed.',
  'event.reopened': 'Registration was opened again.',
  'subscription.made': 'Somebody follows the event.',
  'subscription.ended': 'Somebody follows the event no longer.',
  'event.cancelled': 'The event was cancelled.',
  'event.reinstated': 'The event takes place after all.',
  'events.brought-in': ({ events }) => `${(events ?? []).length} events were brought in.`,
  'external-event.imported': ({ provider = '' }) => `The event was imported from ${provider}.`,
  'sync.finished': ({ provider = '', created = 0, updated = 0, withdrawn = 0 }) => `Synchronised with ${provider}: ${created} new, ${updated} updated, ${withdrawn} withdrawn.`, // prettier-ignore
  'sync.failed': ({ provider = '' }) => `The synchronisation with ${provider} failed.`,
  'event.deleted': 'The event was deleted.',
  'event.erased': ({ title = '' }) => `The old event “${title}” was erased: nobody had used it.`,
  'event.archived': 'The old event was archived.',
  'event.banner-changed': 'The banner was changed.',
  'event.invited': ({ invitationIds }) => `${invitationIds?.length ?? 0} were invited.`,
  'event.uninvited': 'An invitation was taken back.',
  'event.invitations-erased': 'An address that was invited was deleted for good.',
  'events.changed-together': ({ eventIds }) => `${eventIds?.length ?? 0} events were changed together.`,
  'events.cleaned-up': ({ erased = 0, archived = 0 }) =>
    `Old events were cleaned up: ${erased} erased, ${archived} archived.`,
  'series.created': 'A series of events was begun.',
  'series.edited': ({ changed }) => `A series was changed: ${(changed ?? []).join(', ')}.`,
  'series.split': 'A series was split in two.',
  'series.published': 'A series was published.',
  'series.cancelled': 'A series was cancelled.',
  'series.removed': 'A series was removed.',
  'series.extended': ({ occurrences = 0 }) => `${occurrences} more occurrences of a series were made.`,
  'event.handed-over': 'The event has another owner.',
  'series.handed-over': 'A series has another owner.',
  'team.invited': ({ role = 'helper' }) => `Somebody was asked to help as ${role}.`,
  'team.uninvited': 'The offer of a role was taken back.',
  'team.joined': ({ role = 'helper' }) => `Somebody began to help as ${role}.`,
  'team.declined': 'The offer of a role was declined.',
  'team.left': 'Somebody no longer helps.',
  'team.removed': 'Somebody was taken off the team.',
  'price.set': 'A seat has a price now.',
  'price.removed': 'A seat is free of charge now.',

  'registration.going': 'A seat was taken.',
  'registration.waitlisted': 'Somebody joined the waitlist.',
  'registration.promoted': 'Somebody came from the waitlist to a seat.',
  'registration.unconfirmed': 'A place is held until the guest confirms by the link in their mail.',
  'registration.moved-up': 'Somebody in the line moved up.',
  'registration.held': 'A seat is held until it is paid for.',
  'registration.offered': 'A seat was offered to the head of the waitlist.',
  'registration.lapsed': 'A seat was not paid for in time and became free.',
  'registration.cancelled': 'A place was given back.',
  'registration.corrected': 'A guest’s name or address was corrected.',
  'registration.passed-on': 'A seat was passed on to somebody else.',
  'registration.walked-in': 'Somebody was given a seat at the door.',
  'registrations.anonymised': ({ registrationIds }) => `${registrationIds?.length ?? 0} registrations lost their names and addresses.`, // prettier-ignore
  'guest.erased': 'A guest’s name and address were deleted for good.',
  'interest.shown': 'Somebody is interested.',
  'interest.withdrawn': 'Somebody is no longer interested.',
  'checkin.made': 'Somebody was checked in.',
  'checkin.undone': 'A check-in was taken back.',
  'payment.paid': 'A seat was paid for.',
  'payment.refund-due': 'Money has to go back.',
  'payment.refund-failed': 'Money that should have gone back did not.',
  'payment.taken-back': 'All the money was paid back at the provider’s; the place ended with it.',
  'payment.refunded': 'Money went back.',

  'review.written': 'A review was written.',
  'review.edited': 'A review was changed.',
  'review.removed': 'A review was removed.',
  'review.reported': 'A review was reported.',
  'review.hidden': 'A review was hidden.',
  'review.shown': 'A review was shown again.',

  'schedule.changed': ({ schedule = '', cron, zone, paused }) =>
    `The job ${schedule} ${[cron && `runs at ${cron}`, zone && `runs by the clock of ${zone}`, paused !== undefined && (paused ? 'was paused' : 'was resumed')].filter(Boolean).join(' and ')}.`, // prettier-ignore
  'job.asked': ({ job = '' }) => `The job ${job} was asked for.`,
  'retention.applied': (counts) => `What was kept for long enough went: ${Object.entries(counts).map(([kind, count]) => `${count} ${kind}`).join(', ')}.`, // prettier-ignore
}

/** The kinds of facts that there are. */
export const KINDS = Object.keys(sentences)

/** What happened, in a sentence; the kind itself for one that only an older program knew. */
export function sentenceOf(kind: string, data: unknown): string {
  const sentence = (sentences as Record<string, Sentence<FactKind> | undefined>)[kind]
  if (sentence === undefined) return kind
  return typeof sentence === 'string' ? sentence : (sentence as (data: unknown) => string)(data)
}
