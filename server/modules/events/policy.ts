import type { Actor } from '#kernel/ctx'
import { admins, anyone, isAccount, isAdmin, organizers, signedIn } from '#kernel/policy'

type Event = { organizerId: string; publishedAt: Date | null }

export const may = {
  browse: anyone(),
  see: anyone<Event>((actor, event) => event.publishedAt !== null || owns(actor, event)),
  seeMine: signedIn(),
  create: organizers(),
  edit: signedIn<Event>(owns),
  publish: signedIn<Event>(owns),
  close: signedIn<Event>(owns),
  cancel: signedIn<Event>(owns),
  delete: signedIn<Event>(owns),
  nameCategories: admins(),
}

function owns(actor: Actor, event: Event): boolean {
  return isAdmin(actor) || isAccount(actor, event.organizerId)
}
