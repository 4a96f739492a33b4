import { isPublic } from '#accounts/public-organizer'
import type { Actor } from '#kernel/ctx'
import { admins, anyone, isAccount, isAdmin, organizers, readers, signedIn } from '#kernel/policy'

/** What somebody does for an event that is not theirs. */
export type TeamRole = 'co-organizer' | 'check-in'

/** Of an event or a series: whose it is, and what the actor is on its team. */
export type Run = { organizerId: string; team: TeamRole | null }

/** `letIn`: a private event knows this person: registered, or invited. An archived one: had a place. */
type Event = Run & {
  publishedAt: Date | null
  archivedAt: Date | null
  visibility: string
  letIn?: boolean
}

/** Whether the actor is one of these to what is run. Admins are everything. */
export function by(...roles: ('owner' | TeamRole)[]): (actor: Actor, run: Run) => boolean {
  return (actor, { organizerId, team }) =>
    isAdmin(actor) ||
    (roles.includes('owner') && isAccount(actor, organizerId)) ||
    (actor.kind === 'account' && team !== null && roles.includes(team))
}

/** What the actor is to it by name, whatever else they may do as an admin. */
export function roleIn(actor: Actor, { organizerId, team }: Run): 'owner' | TeamRole | null {
  return isAccount(actor, organizerId) ? 'owner' : team
}

const owner = by('owner')
const coOrganizer = by('owner', 'co-organizer')
const staff = by('owner', 'co-organizer', 'check-in')

export const may = {
  browse: readers(),
  see: readers<Event>(
    (actor, event) =>
      coOrganizer(actor, event) ||
      (event.publishedAt !== null && (!isHidden(event) || event.letIn === true || staff(actor, event))),
  ),
  seeOnlineUrl: anyone<Run & { going: boolean }>((actor, event) => event.going || coOrganizer(actor, event)),
  seeMine: signedIn(),
  create: organizers(),
  /** Each row is judged by itself. */
  bulk: signedIn(),
  edit: signedIn<Event>(coOrganizer),
  publish: signedIn<Event>(coOrganizer),
  close: signedIn<Event>(coOrganizer),
  cancel: signedIn<Event>(owner),
  delete: signedIn<Event>(owner),
  invite: signedIn<Event>(coOrganizer),
  /** What is made is the actor's own, and would take the event's words and price along. */
  copy: signedIn<Event>(owner),
  repeat: signedIn<Event>(owner),
  seeHistory: signedIn<Event>(coOrganizer),
  /** What was written to whom, which says who is registered. */
  seeMessages: signedIn<Event>(coOrganizer),
  seeTeam: signedIn<Event>(coOrganizer),
  changeTeam: signedIn<Event>(owner),
  handOver: signedIn<Event>(owner),
  /** Whoever is on it. */
  leaveTeam: signedIn(),
  /** Whoever has its link, or whom it is for. */
  seeTeamInvitation: anyone(),
  seeMyTeamInvitations: signedIn(),
  acceptTeamInvitation: signedIn<{ isTheirs: boolean }>((_actor, { isTheirs }) => isTheirs),
  declineTeamInvitation: anyone(),
  cleanUp: admins<Event | undefined>(),
  /** From another system, in somebody's name. */
  bringIn: admins(),
  nameCategories: admins(),
  /** Where nobody has to log in, what nobody in particular has named is anybody’s to change. */
  addCategory: organizers((actor) => isAdmin(actor) || isPublic(actor)),
  changeCategory: organizers<{ createdBy: string | null }>(
    (actor, { createdBy }) => isAdmin(actor) || (isPublic(actor) && isAccount(actor, createdBy)),
  ),
  curateTags: admins(),
}

/** Whether more is needed to see a published event than to know of it. */
export function isHidden(event: { visibility: string; archivedAt: Date | null }): boolean {
  return event.visibility === 'private' || event.archivedAt !== null
}
