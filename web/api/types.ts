// Written by hand from the contract until /api/schema/ can be asked; then this file re-exports the generated types.

export type Role = 'attendee' | 'organizer' | 'admin'

export type Account = {
  id: string
  number: number
  username: string
  email: string
  firstName: string
  lastName: string
  role: Role
  createdAt: string
}

export type Venue = {
  id: string
  number: number
  name: string
  address: string
  description: string
  eventCount: number
  createdAt: string
  can: { edit: boolean }
}

export type Category = { id: string; number: number; name: string; description: string }

export type EventStatus = 'draft' | 'open' | 'closed' | 'cancelled' | 'past'

export type EventSummary = {
  id: string
  number: number
  slug: string
  title: string
  startsAt: string
  endsAt: string
  zone: string
  venue: { id: string; name: string; address: string } | null
  place: string | null
  category: { id: string; name: string } | null
  organizer: { id: string; name: string }
  status: EventStatus
  capacity: number | null
  taken: number
  waiting: number
  seatsLeft: number | null
  registrationDeadline: string | null
}

export type EventDetail = EventSummary & {
  description: string
  descriptionHtml: string
  hasWaitlist: boolean
  version: number
  publishedAt: string | null
  closedAt: string | null
  cancelledAt: string | null
  createdAt: string
  updatedAt: string
  can: {
    edit: boolean
    publish: boolean
    close: boolean
    reopen: boolean
    cancel: boolean
    delete: boolean
    seeRegistrations: boolean
    register: boolean
  }
}

export type EventDraft = {
  title: string
  description?: string
  startsAt: string
  endsAt: string
  zone: string
  venueId?: string | null
  place?: string | null
  categoryId?: string | null
  capacity?: number | null
  registrationDeadline?: string | null
  hasWaitlist?: boolean
}

export type RegistrationStatus = 'going' | 'waitlisted' | 'cancelled'

export type Registration = {
  id: string
  number: number
  eventId: string
  event: Pick<EventSummary, 'id' | 'slug' | 'title' | 'startsAt' | 'endsAt' | 'zone' | 'status'>
  name: string
  email: string
  status: RegistrationStatus
  position: number | null
  createdAt: string
  promotedAt: string | null
  cancelledAt: string | null
  can: { cancel: boolean }
}

export type Page<Item> = { items: Item[]; nextCursor: string | null }

export type Attendees = Page<Registration> & { counts: { going: number; waitlisted: number; cancelled: number } }

/** RFC 9457 as the API writes it. */
export type Problem = {
  type: string
  title: string
  status: number
  detail?: string
  requestId?: string
  errors?: { pointer: string; detail: string }[]
}
