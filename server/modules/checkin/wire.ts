import { Type, type Static } from 'typebox'
import { Email, Fields, Instant, instant, instantOrNull, Nullable, Text, Uuid } from '#http/wire'
import type { Entry, Expected } from './checkin.ts'
import type { Ticket } from './tickets.ts'

export const TicketWire = Fields({
  registrationId: Uuid,
  code: Type.String({ description: 'What the QR code says: it lets one person in once.' }),
  name: Type.String(),
  when: Type.String({ description: 'In words, in the zone of the event.' }),
  event: Fields({
    id: Uuid,
    slug: Type.String(),
    title: Type.String(),
    startsAt: Instant,
    endsAt: Instant,
    zone: Type.String(),
    where: Nullable(Type.String()),
  }),
})

/** A ticket as the wire has it. */
export function presentTicket(ticket: Ticket): Static<typeof TicketWire> {
  const { event } = ticket
  return { ...ticket, event: { ...event, startsAt: instant(event.startsAt), endsAt: instant(event.endsAt) } }
}

/** A file in the answer, by its media type. */
export const File = (type: string) => ({
  description: 'The file.',
  content: { [type]: { schema: Type.String({ format: 'binary' }) } },
})

export const ScanBody = Fields({
  code: Type.Optional(Text(200, { min: 1, description: 'What the QR code of the ticket says.' })),
  registrationId: Type.Optional(Uuid),
  scanId: Type.Optional(
    Text(100, { min: 1, description: 'A name of this scan. Sent again under it, it is answered as it was at first.' }),
  ),
  device: Type.Optional(Text(100, { min: 1, description: 'Where it was scanned, like “north door”.' })),
})

export const WalkInBody = Fields({
  name: Text(200, { min: 1 }),
  email: Email,
  evenIfClosed: Type.Optional(Type.Boolean({ description: 'Also when registration is closed.', default: false })),
  paid: Type.Optional(
    Type.Boolean({ description: 'They have paid at the door what it costs. Otherwise they owe it.', default: false }),
  ),
  device: ScanBody.properties.device,
})

export const EntryWire = Fields({ registrationId: Uuid, name: Type.String(), at: Instant })

export const ExpectedWire = Fields({
  registrationId: Uuid,
  name: Type.String(),
  email: Nullable(Type.String({ description: 'null for who may not see addresses.' })),
  checkedInAt: Nullable(Instant),
})

/** Somebody who came in, as the wire has it. */
export function presentEntry(entry: Entry): Static<typeof EntryWire> {
  return { ...entry, at: instant(entry.at) }
}

/** Somebody on the list, as the wire has it. */
export function presentExpected({ at, ...person }: Expected): Static<typeof ExpectedWire> {
  return { ...person, checkedInAt: instantOrNull(at) }
}
