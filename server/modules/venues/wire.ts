import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, Text, Uuid } from '#http/wire'
import type { Actor } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { may } from './policy.ts'
import type { Venue } from './venues.ts'

const fields = {
  name: Text(255, { min: 1, examples: ['Main Hall'] }),
  address: Type.Optional(Text(500)),
  description: Type.Optional(Text(5000)),
}
export const NewVenue = Fields(fields)
export const VenueChanges = Fields({ ...fields, name: Type.Optional(fields.name) })

export const VenueWire = Fields({
  id: Uuid,
  number: Type.Integer(),
  name: Type.String(),
  address: Type.String(),
  description: Type.String(),
  eventCount: Type.Integer({ description: 'Published events there, past ones included.' }),
  createdAt: Instant,
  can: Fields({ edit: Type.Boolean() }),
})

/** A venue as the wire has it, for this reader. */
export function present(venue: Venue, eventCount: number, actor: Actor): Static<typeof VenueWire> {
  const { id, number, name, address, description, createdAt } = venue
  return {
    id,
    number,
    name,
    address,
    description,
    eventCount,
    createdAt: instant(createdAt),
    can: { edit: permits(may.edit, actor, venue) },
  }
}
