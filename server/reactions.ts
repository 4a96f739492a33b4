import * as mailRequests from '#accounts/addresses/mail-requests'
import * as verification from '#accounts/addresses/verification'
import * as calendarsErasing from '#calendars/erasing'
import * as checkin from '#checkin'
import * as events from '#events'
import * as eventsErasing from '#events/erasing'
import { forgetAnswersAbout, forgetAnswersOfAccount } from '#http/forgetting'
import type { Reactions } from '#kernel/facts'
import * as notifications from '#notifications'
import * as accountNotices from '#notifications/account-notices'
import * as security from '#notifications/security'
import * as pictures from '#pictures'
import * as teamNews from '#notifications/teams'
import * as followed from '#registrations/followed-address'
import * as followers from '#notifications/followers'
import * as notificationsErasing from '#notifications/erasing'
import * as picturesErasing from '#pictures/erasing'
import * as registrationsErasing from '#registrations/erasing'
import * as interest from '#registrations/interest'
import * as payments from '#payments'
import * as paymentsErasing from '#payments/erasing'
import * as prices from '#payments/prices'
import * as seats from '#registrations/seats'
import * as reviewsErasing from '#reviews/erasing'
import * as series from '#series'
import * as seriesErasing from '#series/erasing'
import * as seriesTeam from '#series/team/team'
import * as subscriptions from '#subscriptions'
import * as subscriptionsErasing from '#subscriptions/erasing'
import { keepForSplit } from '#events/team/standing'

/** Who reacts to what happened: `now`, in the transaction that made it happen, or `later`, delivered by the relay. */
export const reactions: Reactions = {
  'account.created': { later: [verification.beginVerification] },
  'account.mail-asked': { later: [mailRequests.answerRequests] },
  'account.link-made': { later: [accountNotices.tellLinks] },
  'account.address-wanted': { later: [accountNotices.tellAddressWanted] },
  'account.email-changed': { now: [followed.followAddress], later: [accountNotices.tellEmailChanged] },
  'account.phone-asked': { later: [accountNotices.tellPhoneCode] },
  'account.claimed': { now: [calendarsErasing.eraseAccount, subscriptionsErasing.forgetBrowsers] },
  'account.password-changed': { later: [accountNotices.tellPasswordChanged] },
  'account.suspended': { later: [accountNotices.tellSuspended] },
  'account.suspension-lifted': { later: [accountNotices.tellSuspensionLifted] },
  'session.reuse-detected': { later: [accountNotices.tellTokenReused] },
  'two-factor.turned-on': { later: [security.tellTwoFactorOn] },
  'two-factor.turned-off': { later: [security.tellTwoFactorOff] },
  'two-factor.recovery-codes-renewed': { later: [security.tellRecoveryCodesRenewed] },
  'two-factor.recovery-code-used': { later: [security.tellRecoveryCodeUsed] },
  'two-factor.locked': { later: [security.tellTwoFactorLocked] },
  'api-key.made': { later: [security.tellApiKeyMade] },
  'identity.linked': { later: [security.tellWayInLinked] },
  'identity.unlinked': { later: [security.tellWayInUnlinked] },

  'venue.removed': { now: [series.keepPlace, events.keepPlace] },
  'category.removed': { now: [series.dropCategory] },

  'event.created': { now: [seats.openSeats, prices.costAsSeries] },
  'event.edited': { now: [subscriptions.endForStrangers] },
  'event.copied': { now: [prices.copyPrice] },
  'series.created': { now: [prices.keepForSeries] },
  'series.edited': { now: [prices.keepForSeries] },
  'series.split': { now: [prices.keepForSeries, keepForSplit] },
  'series.handed-over': { now: [seriesTeam.changeHands], later: [teamNews.tellAnswered] },
  'event.resized': { now: [seats.resize] },
  'event.cancelled': {
    now: [seats.endAll, payments.refundAll],
    later: [notifications.tellEventCancelled, followers.tellFollowersCancelled],
  },
  'event.rescheduled': { later: [notifications.tellMoved, followers.tellFollowersMoved] },
  'event.deleted': { now: [pictures.dropBanner] },
  'event.erased': { now: [pictures.dropBanner] },
  'events.changed-together': { now: [seats.lockAll] },
  'events.brought-in': { now: [seats.openAll] },

  // Whoever keeps something of a person takes it away here. The account's own row is the last to go, after all of these.
  'account.erased': {
    now: [
      registrationsErasing.eraseAccount,
      reviewsErasing.eraseAccount,
      notificationsErasing.eraseAccount,
      subscriptionsErasing.eraseAccount,
      eventsErasing.eraseAccount,
      seriesErasing.eraseAccount,
      picturesErasing.eraseAccount,
      calendarsErasing.eraseAccount,
      forgetAnswersOfAccount,
    ],
  },
  'event.invitations-erased': { now: [notificationsErasing.eraseInvitations] },
  'guest.erased': { now: [registrationsErasing.eraseGuest] },
  'registrations.anonymised': {
    now: [notificationsErasing.eraseAnonymised, paymentsErasing.eraseAnonymised, forgetAnswersAbout],
  },

  'subscription.made': { later: [followers.tellSubscribed] },
  'subscription.ended': { now: [notificationsErasing.eraseSubscription] },

  'event.publication-failed': { later: [notifications.tellNotPublished] },
  'event.invited': { later: [notifications.tellInvited] },
  'event.handed-over': { later: [teamNews.tellAnswered] },

  'team.invited': { later: [teamNews.tellInvitedToTeam] },
  'team.joined': { later: [teamNews.tellAnswered] },
  'team.declined': { later: [teamNews.tellAnswered] },
  'team.removed': { later: [teamNews.tellRemovedFromTeam] },

  'registration.going': { later: [notifications.confirm, interest.end] },
  'registration.unconfirmed': { later: [notifications.tellToConfirm] },
  'registration.waitlisted': { later: [notifications.tellWaitlisted, interest.end] },
  'registration.promoted': { later: [notifications.tellPromoted] },
  'registration.held': { later: [notifications.tellHeld, interest.end] },
  'registration.offered': { later: [notifications.tellOffered] },
  'registration.lapsed': { later: [notifications.tellLapsed] },
  'registration.cancelled': {
    now: [checkin.keepWhoIsIn, payments.settleCancelled],
    later: [notifications.tellCancelled],
  },
  'registration.walked-in': { now: [payments.oweAtDoor] },
  'registration.corrected': { later: [notifications.tellCorrected] },
  'registration.passed-on': { now: [checkin.keepWhoIsIn, payments.follow], later: [notifications.tellPassedOn] },
}
