/** Every address of the web app in one place; a link is a call, so a renamed parameter does not compile. */
export const paths = {
  browse: () => '/',
  event: (slug: string) => `/e/${encodeURIComponent(slug)}`,
  guestLink: (token: string) => `/r/${encodeURIComponent(token)}`,
  login: () => '/login',
  signup: () => '/signup',
  myRegistrations: () => '/my',
  organize: () => '/organize',
  newEvent: () => '/organize/new',
  editEvent: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/edit`,
  attendees: (eventId: string) => `/organize/${encodeURIComponent(eventId)}/attendees`,
}
