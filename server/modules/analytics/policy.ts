import { by, type Run } from '#events/policy'
import { admins, organizers, signedIn } from '#kernel/policy'

export const may = {
  seeEvent: signedIn<Run>(by('owner', 'co-organizer')),
  seeMine: organizers(),
  seeInstance: admins(),
}
