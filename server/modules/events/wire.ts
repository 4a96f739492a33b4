import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Actor } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { may as mayRegister } from '#registrations/policy'
import type { SeenEvent } from '#search'
import { renderMarkdown } from './markdown.ts'
import { may } from './policy.ts'

export const STATES = ['draft', 'open', 'closed', 'cancelled', 'past'] as const
const Capacity = Nullable(Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'null: as many as come.' }))

const fields = {
  title: Text(200, { min: 1, examples: ['Rust for the rest of us'] }),
  description: Type.Optional(Text(20_000, { description: 'Markdown.' })),
  startsAt: Instant,
  endsAt: Instant,
  zone: Text(64, { min: 1, description: 'A zone of the IANA database.', examples: ['Europe/Berlin'] }),
  venueId: Type.Optional(Nullable(Uuid)),
  place: Type.Optional(Nullable(Text(255, { description: 'Where, in words: instead of a venue or beside it.' }))),
  categoryId: Type.Optional(Nullable(Uuid)),
  capacity: Type.Optional(Capacity),
  registrationDeadline: Type.Optional(Nullable(Instant)),
  hasWaitlist: Type.Optional(
    Type.Boolean({ description: 'Whether people may wait in line when it is full.', default: true }),
  ),
}
export const NewEvent = Fields(fields)
export const EventChanges = Fields({
  ...fields,
  title: Type.Optional(fields.title),
  startsAt: Type.Optional(fields.startsAt),
  endsAt: Type.Optional(fields.endsAt),
  zone: Type.Optional(fields.zone),
})

const summary = {
  id: Uuid,
  number: Type.Integer(),
  slug: Type.String(),
  title: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  zone: Type.String(),
  venue: Nullable(Fields({ id: Uuid, name: Type.String(), address: Type.String() })),
  place: Nullable(Type.String()),
  category: Nullable(Fields({ id: Uuid, name: Type.String() })),
  organizer: Fields({ id: Uuid, name: Type.String() }),
  status: OneOf(STATES),
  capacity: Capacity,
  taken: Type.Integer(),
  waiting: Type.Integer(),
  seatsLeft: Nullable(Type.Integer()),
  registrationDeadline: Nullable(Instant),
  hasWaitlist: Type.Boolean(),
}
export const EventSummaryWire = Fields(summary)
export const EventWire = Fields({
  ...summary,
  description: Type.String(),
  descriptionHtml: Type.String({ description: 'The description as HTML that is safe in a page.' }),
  version: Type.Integer(),
  publishedAt: Nullable(Instant),
  closedAt: Nullable(Instant),
  cancelledAt: Nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  can: Fields({
    edit: Type.Boolean(),
    publish: Type.Boolean(),
    close: Type.Boolean(),
    reopen: Type.Boolean(),
    cancel: Type.Boolean(),
    delete: Type.Boolean(),
    seeRegistrations: Type.Boolean(),
    register: Type.Boolean(),
  }),
})
export const CategoryWire = Fields({
  id: Uuid,
  number: Type.Integer(),
  name: Type.String(),
  description: Type.String(),
})

/** An event in a list. */
export function presentSummary(event: SeenEvent): Static<typeof EventSummaryWire> {
  return {
    id: event.id,
    number: event.number,
    slug: event.slug,
    title: event.title,
    startsAt: instant(event.startsAt),
    endsAt: instant(event.endsAt),
    zone: event.zone,
    venue: event.venue,
    place: event.place,
    category: event.category,
    organizer: { id: event.organizerId, name: event.organizerName },
    status: event.status,
    capacity: event.capacity,
    taken: event.taken,
    waiting: event.waiting,
    seatsLeft: event.capacity === null ? null : event.capacity - event.taken,
    registrationDeadline: instantOrNull(event.registrationDeadline),
    hasWaitlist: event.hasWaitlist,
  }
}

/** An event in full, with what this reader may do with it now. */
export function present(event: SeenEvent, actor: Actor): Static<typeof EventWire> {
  const { status } = event
  const live = status === 'open' || status === 'closed'
  return {
    ...presentSummary(event),
    description: event.description,
    descriptionHtml: renderMarkdown(event.description),
    version: event.version,
    publishedAt: instantOrNull(event.publishedAt),
    closedAt: instantOrNull(event.closedAt),
    cancelledAt: instantOrNull(event.cancelledAt),
    createdAt: instant(event.createdAt),
    updatedAt: instant(event.updatedAt),
    can: {
      edit: (live || status === 'draft') && permits(may.edit, actor, event),
      publish: status === 'draft' && permits(may.publish, actor, event),
      close: status === 'open' && permits(may.close, actor, event),
      reopen: live && event.closedAt !== null && permits(may.close, actor, event),
      cancel: live && permits(may.cancel, actor, event),
      delete: permits(may.delete, actor, event),
      seeRegistrations: permits(mayRegister.seeAttendees, actor, event),
      register: status === 'open' && (event.hasWaitlist || event.capacity === null || event.taken < event.capacity),
    },
  }
}
