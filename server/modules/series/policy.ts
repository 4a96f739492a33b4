import { by, type Run } from '#events/policy'
import { anyone, organizers, readers, signedIn } from '#kernel/policy'

/** `shown`: one of its occurrences may be seen by this person. */
type Series = Run & { shown?: boolean }

const owner = by('owner')
const coOrganizer = by('owner', 'co-organizer')

export const may = {
  see: readers<Series>((actor, series) => coOrganizer(actor, series) || series.shown === true),
  seeAll: anyone<Series>(coOrganizer),
  create: organizers(),
  preview: organizers(),
  /** The event's own line judges it. */
  repeat: signedIn(),
  edit: signedIn<Series>(coOrganizer),
  publish: signedIn<Series>(coOrganizer),
  cancel: signedIn<Series>(owner),
  delete: signedIn<Series>(owner),
  seeTeam: signedIn<Series>(coOrganizer),
  changeTeam: signedIn<Series>(owner),
  handOver: signedIn<Series>(owner),
}
