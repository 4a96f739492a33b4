import { isAccount, isAdmin, organizers, readers } from '#kernel/policy'
import type { Actor } from '#kernel/ctx'

export const may = {
  see: readers(),
  create: organizers(),
  edit: organizers<{ createdBy: string | null }>(made),
}

function made(actor: Actor, venue: { createdBy: string | null }): boolean {
  return isAdmin(actor) || isAccount(actor, venue.createdBy)
}
