import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, NOT_BLANK, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Actor } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { BannerWire, presentBanner } from '#pictures/wire'
import { may as mayAtDoor } from '#checkin/policy'
import { may as mayCharge } from '#payments/policy'
import { may as mayRegister } from '#registrations/policy'
import type { SeenEvent } from '#search'
import { renderMarkdown } from './markdown.ts'
import { may, roleIn } from './policy.ts'

export const STATES = ['draft', 'open', 'closed', 'cancelled', 'past'] as const
/** What somebody is to an event. */
export const ROLES = ['owner', 'co-organizer', 'check-in'] as const
export const VISIBILITIES = ['public', 'unlisted', 'private'] as const
const HttpsUrl = Type.String({
  format: 'uri',
  pattern: '^https://(?![^/?#]*@)[^\\s]+$', // no name and password: who reads the address would have them
  maxLength: 2000,
  description: 'https. Shown to the organizer and to who is going.',
})
/** Names are written in lists, with commas between them. */
export const TagName = Type.String({ minLength: 1, maxLength: 50, pattern: `^(?=[\\s\\S]*${NOT_BLANK})[^,，]*$` })
const Capacity = Nullable(Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'null: as many as come.' }))

const fields = {
  title: Text(255, { min: 1, examples: ['Rust for the rest of us'] }),
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
  confirmsGuests: Type.Optional(
    Type.Boolean({
      description:
        'Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.',
      default: false,
    }),
  ),
  reminderMinutes: Type.Optional(
    Type.Array(Type.Integer({ minimum: 5, maximum: 20_160 }), {
      maxItems: 5,
      uniqueItems: true,
      description:
        'How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.',
      examples: [[1440, 30]],
    }),
  ),
  tags: Type.Optional(
    Type.Array(TagName, {
      maxItems: 20,
      description: 'Names of tags; one that nobody has used before becomes one.',
      examples: [['open source', 'beginners']],
    }),
  ),
  visibility: Type.Optional(
    OneOf(VISIBILITIES, {
      default: 'public',
      description: 'unlisted: in no list, for whoever has the link. private: for who is invited or registered.',
    }),
  ),
  onlineUrl: Type.Optional(Nullable(HttpsUrl)),
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
  tags: Type.Array(Type.String()),
  visibility: OneOf(VISIBILITIES),
  organizer: Fields({ id: Uuid, name: Type.String() }),
  status: OneOf(STATES),
  capacity: Capacity,
  taken: Type.Integer(),
  waiting: Type.Integer(),
  seatsLeft: Nullable(Type.Integer()),
  price: Nullable(
    Fields(
      { amount: Type.Integer({ description: 'In minor units.' }), currency: Type.String() },
      { description: 'What a seat costs; null: nothing.' },
    ),
  ),
  registrationDeadline: Nullable(Instant),
  hasWaitlist: Type.Boolean(),
  banner: Nullable(BannerWire),
  series: Nullable(Fields({ id: Uuid }, { description: 'What it is an occurrence of, if it repeats.' })),
}
export const EventSummaryWire = Fields(summary)
export const EventWire = Fields({
  ...summary,
  description: Type.String(),
  descriptionHtml: Type.String({ description: 'The description as HTML that is safe in a page.' }),
  confirmsGuests: Type.Boolean({ description: 'Whether guests have to confirm by the link in their mail.' }),
  reminderMinutes: Type.Array(Type.Integer(), {
    description: 'How many minutes before the start who comes is reminded, the longest first.',
  }),
  onlineUrl: Nullable(Type.String({ description: 'null for who may not see it.' })),
  source: Nullable(
    Fields(
      { provider: Type.String(), ticketUrl: Nullable(Type.String()), priceRange: Nullable(Type.String()) },
      { description: 'Where it was announced first, if it comes from elsewhere.' },
    ),
  ),
  version: Type.Integer(),
  publishAt: Nullable({ ...Instant, description: 'When a draft is to be published by itself.' }),
  publishedAt: Nullable(Instant),
  closedAt: Nullable(Instant),
  cancelledAt: Nullable(Instant),
  archivedAt: Nullable({ ...Instant, description: 'Since when it is in no list, and for who had a place alone.' }),
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
    checkIn: Type.Boolean(),
    setPrice: Type.Boolean(),
    seeTeam: Type.Boolean(),
    changeTeam: Type.Boolean(),
    handOver: Type.Boolean(),
    register: Type.Boolean(),
  }),
})
export const MyEventWire = Fields({
  ...summary,
  role: OneOf(ROLES, { description: 'What I am to it.' }),
  can: Fields({ edit: Type.Boolean(), seeRegistrations: Type.Boolean(), checkIn: Type.Boolean() }),
})
export const LabelWire = Fields({
  id: Uuid,
  number: Type.Integer(),
  name: Type.String(),
  description: Type.String(),
  events: Type.Integer({ description: 'How many there are to come.' }),
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
    category: event.category && { id: event.category.id, name: event.category.name },
    tags: event.tags,
    visibility: event.visibility,
    organizer: { id: event.organizerId, name: event.organizerName },
    status: event.status,
    capacity: event.capacity,
    taken: event.taken,
    waiting: event.waiting,
    seatsLeft: event.capacity === null ? null : event.capacity - event.taken,
    price: event.price,
    registrationDeadline: instantOrNull(event.registrationDeadline),
    hasWaitlist: event.hasWaitlist,
    banner: event.banner && presentBanner(event.banner),
    series: event.seriesId === null ? null : { id: event.seriesId },
  }
}

/** An event in the list of who runs it or helps to. */
export function presentMine(event: SeenEvent, actor: Actor): Static<typeof MyEventWire> {
  const { edit, seeRegistrations, checkIn } = present(event, actor).can
  return { ...presentSummary(event), role: roleIn(actor, event) ?? 'owner', can: { edit, seeRegistrations, checkIn } }
}

/** An event in full, with what this reader may do with it now. */
export function present(event: SeenEvent, actor: Actor): Static<typeof EventWire> {
  const { status, source } = event
  const live = status === 'open' || status === 'closed'
  return {
    ...presentSummary(event),
    description: event.description,
    descriptionHtml: renderMarkdown(event.description),
    confirmsGuests: event.confirmsGuests,
    reminderMinutes: event.reminderMinutes,
    onlineUrl: event.onlineUrl,
    source: source && { provider: source.provider, ticketUrl: source.ticketUrl, priceRange: source.priceRange },
    version: event.version,
    publishAt: instantOrNull(event.publishAt),
    publishedAt: instantOrNull(event.publishedAt),
    closedAt: instantOrNull(event.closedAt),
    cancelledAt: instantOrNull(event.cancelledAt),
    archivedAt: instantOrNull(event.archivedAt),
    createdAt: instant(event.createdAt),
    updatedAt: instant(event.updatedAt),
    can: {
      edit: (live || status === 'draft') && permits(may.edit, actor, event),
      publish: status === 'draft' && permits(may.publish, actor, event),
      close: status === 'open' && permits(may.close, actor, event),
      reopen: live && event.closedAt !== null && permits(may.close, actor, event),
      cancel: live && permits(may.cancel, actor, event),
      delete: permits(may.delete, actor, event) && !(status === 'past' && event.taken > 0),
      seeRegistrations: permits(mayRegister.seeAttendees, actor, event),
      checkIn: live && permits(mayAtDoor.checkIn, actor, event),
      setPrice: (live || status === 'draft') && permits(mayCharge.setPrice, actor, event),
      seeTeam: permits(may.seeTeam, actor, event),
      changeTeam: permits(may.changeTeam, actor, event),
      handOver: event.seriesId === null && permits(may.handOver, actor, event),
      register: status === 'open' && (event.hasWaitlist || event.capacity === null || event.taken < event.capacity),
    },
  }
}
