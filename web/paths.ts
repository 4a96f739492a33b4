/** Every address of the web app in one place; a link is a call, so a renamed parameter does not compile. */
export const paths = {
  browse: () => '/',
  event: (slug: string) => `/e/${encodeURIComponent(slug)}`,
  guestLink: (token: string) => `/r/${encodeURIComponent(token)}`,
  login: () => '/login',
  signup: () => '/signup',
  forgot: () => '/forgot',
  /** Not of the app: the browser is sent on from there and comes back logged in. */
  provider: (id: string, next: string) => `/auth/${encodeURIComponent(id)}?next=${encodeURIComponent(next)}`,
  account: () => '/account',
  myRegistrations: () => '/my',
  ticket: (registrationId: string) => `/my/tickets/${encodeURIComponent(registrationId)}`,
  organize: () => '/organize',
  newEvent: () => '/organize/new',
  importEvent: () => '/organize/import',
  /** Of the API: a calendar program opens it, not the app. */
  eventCalendar: (eventId: string) => `/api/v1/events/${encodeURIComponent(eventId)}/calendar.ics`,
  organizerFeed: (organizerId: string) => `/api/v1/calendars/organizers/${encodeURIComponent(organizerId)}.ics`,
  editEvent: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/edit`,
  numbers: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/numbers`,
  history: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/history`,
  messages: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/messages`,
  team: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/team`,
  door: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/door`,
  teamInvitation: (key: string) => `/team/${encodeURIComponent(key)}`,
  /** Of the API: a spreadsheet opens it. */
  attendeesCsv: (eventId: string) => `/api/v1/events/${encodeURIComponent(eventId)}/registrations.csv`,
  attendees: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/attendees`,
}
