import { anyone, isAccount, isAdmin, organizers } from '#kernel/policy'
import type { Actor } from '#kernel/ctx'

export const may = {
  see: anyone(),
  create: organizers(),
  edit: organizers<{ createdBy: string | null }>(made),
}

function made(actor: Actor, venue: { createdBy: string | null }): boolean {
  return isAdmin(actor) || isAccount(actor, venue.createdBy)
}
