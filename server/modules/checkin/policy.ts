import { by, type Run } from '#events/policy'
import { anyone, signedIn } from '#kernel/policy'

export const may = {
  /** Whoever may see the registration, which registrations judge. */
  seeTicket: anyone(),
  /** The one line about who stands at the door. */
  checkIn: signedIn<Run>(by('owner', 'co-organizer', 'check-in')),
  /** The door knows people by name; what they are written to is not needed there. */
  seeAddresses: signedIn<Run>(by('owner', 'co-organizer')),
}
