import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router'
import { meQuery, organizes, termsQuery } from './account/account-queries'
import type { Get } from './api/client'
import { BrowsePage } from './events/browse-page'
import { filtersOf } from './events/browse-filters'
import { browseQuery, categoriesQuery, datesQuery, eventQuery, reviewsQuery, tagsQuery } from './events/event-queries'
import { paths } from './paths'
import {
  attendeesQuery,
  guestLinkQuery,
  myCalendarQuery,
  myRegistrationQuery,
  myRegistrationsQuery,
  ticketQuery,
} from './registrations/registration-queries'
import { briefly } from './ui/dates'
import { plainText, whereIs, type PageHead } from './ui/head'
import { Shell } from './ui/shell'
import { ErrorPage, NotFoundPage } from './ui/states'

type Context = { queryClient: QueryClient; get: Get }

const rootRoute = createRootRouteWithContext<Context>()({
  loader: ({ context }) => context.queryClient.ensureQueryData(meQuery(context.get)),
  component: Shell,
  notFoundComponent: NotFoundPage,
})

const browseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: filtersOf,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queryClient, get }, deps }): Promise<PageHead> => {
    await Promise.all([
      queryClient.ensureInfiniteQueryData(browseQuery(deps, get)),
      queryClient.ensureQueryData(categoriesQuery(get)),
      queryClient.ensureQueryData(tagsQuery(get)),
    ])
    return { title: 'Events worth turning up for', canonical: paths.browse() }
  },
  component: function Browse() {
    return <BrowsePage filters={browseRoute.useSearch()} />
  },
})

const eventRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/e/$slug',
  validateSearch: (search: Record<string, unknown>) => ({
    invitation: typeof search['invitation'] === 'string' ? search['invitation'].slice(0, 200) : undefined,
  }),
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queryClient, get }, params, deps }): Promise<PageHead> => {
    const [event, me] = await Promise.all([
      queryClient.ensureQueryData(eventQuery(params.slug, get, deps.invitation)),
      queryClient.ensureQueryData(meQuery(get)),
    ])
    if (!event) throw notFound()
    await Promise.all([
      me && queryClient.ensureQueryData(myRegistrationQuery(event.id, get)),
      event.status === 'past' && queryClient.ensureInfiniteQueryData(reviewsQuery(event.id, get)),
      event.series && queryClient.ensureQueryData(datesQuery(event.series.id, get)),
    ])
    const where = whereIs(event)
    return {
      title: event.title,
      description:
        plainText(event.description, 160) ||
        `${briefly(event)}${where ? `, ${where}` : ''}. By ${event.organizer.name}.`,
      canonical: paths.event(event.slug),
      hidden: event.status === 'draft' || event.visibility !== 'public',
      event,
    }
  },
  component: lazyRouteComponent(() => import('./events/event-page'), 'EventPage'),
})

const guestLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/r/$token',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const registration = await queryClient.ensureQueryData(guestLinkQuery(params.token, get))
    if (!registration) throw notFound()
    return { title: 'Your registration', hidden: true }
  },
  component: lazyRouteComponent(() => import('./registrations/guest-link-page'), 'GuestLinkPage'),
})

// Only ways inside the house: an address elsewhere, however disguised, is dropped.
function inside(next: unknown) {
  return typeof next === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) ? next : undefined
}

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string; problem?: string; step?: 'code' } => ({
    next: inside(search['next']),
    problem: typeof search['problem'] === 'string' ? search['problem'] : undefined,
    step: search['step'] === 'code' ? 'code' : undefined,
  }),
  loader: async ({ context: { queryClient, get } }): Promise<PageHead> => {
    const { providersQuery } = await import('./account/security-queries')
    await queryClient.ensureQueryData(providersQuery(get))
    return { title: 'Log in', hidden: true }
  },
  component: lazyRouteComponent(() => import('./account/login-page'), 'LoginPage'),
})

const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot',
  loader: (): PageHead => ({ title: 'Forgot your password?', hidden: true }),
  component: lazyRouteComponent(() => import('./account/forgot-page'), 'ForgotPage'),
})

// Neither asks about its token: only the button does anything with it.
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset/$token',
  loader: (): PageHead => ({ title: 'Choose a new password', hidden: true }),
  component: lazyRouteComponent(() => import('./account/reset-page'), 'ResetPage'),
})

const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify/$token',
  loader: (): PageHead => ({ title: 'Is this your address?', hidden: true }),
  component: lazyRouteComponent(() => import('./account/verify-page'), 'VerifyPage'),
})

const signupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signup',
  validateSearch: (search: Record<string, unknown>) => ({
    as: search['as'] === 'organizer' ? 'organizer' : undefined,
    next: inside(search['next']),
  }),
  loader: async ({ context: { queryClient, get } }): Promise<PageHead> => {
    await queryClient.ensureQueryData(termsQuery(get))
    return { title: 'Sign up', canonical: paths.signup() }
  },
  component: lazyRouteComponent(() => import('./account/signup-page'), 'SignupPage'),
})

async function signedIn({ context, location }: { context: Context; location: { href: string } }) {
  const me = await context.queryClient.ensureQueryData(meQuery(context.get))
  if (!me) throw redirect({ to: paths.login(), search: { next: location.href } })
  return { me }
}

const whenOf = (search: Record<string, unknown>) => ({
  when: search['when'] === 'past' ? ('past' as const) : undefined,
})

const myRegistrationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/my',
  validateSearch: whenOf,
  loaderDeps: ({ search }) => search,
  beforeLoad: signedIn,
  loader: async ({ context: { queryClient, get }, deps }): Promise<PageHead> => {
    await Promise.all([
      queryClient.ensureInfiniteQueryData(myRegistrationsQuery(deps.when ?? 'upcoming', get)),
      queryClient.ensureQueryData(myCalendarQuery(get)),
    ])
    return { title: 'My registrations', hidden: true }
  },
  component: lazyRouteComponent(() => import('./registrations/my-registrations-page'), 'MyRegistrationsPage'),
})

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  validateSearch: (search: Record<string, unknown>): { problem?: string } => ({
    problem: typeof search['problem'] === 'string' ? search['problem'] : undefined,
  }),
  beforeLoad: signedIn,
  loader: async ({ context: { queryClient, get } }): Promise<PageHead> => {
    const security = await import('./account/security-queries') // not for who only looks at events
    const { mySubscriptionsQuery } = await import('./reminders/reminder-queries')
    await Promise.all([
      queryClient.ensureQueryData(security.providersQuery(get)),
      queryClient.ensureQueryData(security.identitiesQuery(get)),
      queryClient.ensureQueryData(security.twoFactorQuery(get)),
      queryClient.ensureQueryData(security.sessionsQuery(get)),
      queryClient.ensureQueryData(security.apiKeysQuery(get)),
      queryClient.ensureQueryData(security.preferencesQuery(get)),
      queryClient.ensureQueryData(categoriesQuery(get)),
      queryClient.ensureQueryData(mySubscriptionsQuery(get)),
      queryClient.ensureQueryData(security.phoneQuery(get)),
      queryClient.ensureInfiniteQueryData(security.myMessagesQuery(get)),
    ])
    return { title: 'Your account', hidden: true }
  },
  component: lazyRouteComponent(() => import('./account/account-page'), 'AccountPage'),
})

const ticketRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/my/tickets/$registrationId',
  beforeLoad: signedIn,
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const ticket = await queryClient.ensureQueryData(ticketQuery(params.registrationId, get))
    if (!ticket) throw notFound()
    return { title: `Ticket for ${ticket.event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./registrations/ticket-page'), 'TicketPage'),
})

// Only who organizes loads what organizing asks.
const organizerQueries = () => import('./organizer/organizer-queries')
const teamQueries = () => import('./organizer/team-queries')

const organizeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organize',
  beforeLoad: async (input) => {
    await signedIn(input) // who organizes nothing may still be on a team
  },
})

const myEventsRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/',
  validateSearch: whenOf,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queryClient, get }, deps }): Promise<PageHead> => {
    const { myEventsQuery } = await organizerQueries()
    const { myTeamInvitationsQuery } = await teamQueries()
    await Promise.all([
      queryClient.ensureInfiniteQueryData(myEventsQuery(deps.when ?? 'upcoming', get)),
      queryClient.ensureQueryData(myTeamInvitationsQuery(get)),
    ])
    return { title: 'My events', hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/my-events-page'), 'MyEventsPage'),
})

const newEventRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/new',
  loader: async ({ context: { queryClient, get } }): Promise<PageHead> => {
    const { venuesQuery } = await organizerQueries()
    if (!organizes(await queryClient.ensureQueryData(meQuery(get)))) throw notFound()
    await Promise.all([
      queryClient.ensureQueryData(venuesQuery(get)),
      queryClient.ensureQueryData(categoriesQuery(get)),
    ])
    return { title: 'New event', hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/new-event-page'), 'NewEventPage'),
})

const importEventRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/import',
  loader: async ({ context: { queryClient, get } }): Promise<PageHead> => {
    if (!organizes(await queryClient.ensureQueryData(meQuery(get)))) throw notFound()
    return { title: 'Import an event', hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/import-event-page'), 'ImportEventPage'),
})

const editEventRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/edit',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { seriesQuery, venuesQuery } = await organizerQueries()
    const [event] = await Promise.all([
      queryClient.ensureQueryData(eventQuery(params.eventId, get)),
      queryClient.ensureQueryData(venuesQuery(get)),
      queryClient.ensureQueryData(categoriesQuery(get)),
    ])
    if (!event?.can.edit) throw notFound()
    if (event.series) await queryClient.ensureQueryData(seriesQuery(event.series.id, get))
    return { title: `Edit ${event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/edit-event-page'), 'EditEventPage'),
})

const attendeesRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/attendees',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const event = await queryClient.ensureQueryData(eventQuery(params.eventId, get))
    if (!event?.can.seeRegistrations) throw notFound()
    await queryClient.ensureInfiniteQueryData(attendeesQuery(event.id, { text: '', status: '' }, get))
    return { title: `Attendees of ${event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/attendees-page'), 'AttendeesPage'),
})

const numbersRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/numbers',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { numbersQuery } = await organizerQueries()
    const event = await queryClient.ensureQueryData(eventQuery(params.eventId, get))
    if (!event?.can.seeRegistrations) throw notFound()
    await queryClient.ensureQueryData(numbersQuery(event.id, get))
    return { title: `Numbers of ${event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/numbers-page'), 'NumbersPage'),
})

const teamRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/team',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { seriesQuery } = await organizerQueries()
    const { teamQuery } = await teamQueries()
    const event = await queryClient.ensureQueryData(eventQuery(params.eventId, get))
    if (!event?.can.seeTeam) throw notFound()
    await Promise.all([
      queryClient.ensureQueryData(teamQuery(event.id, get)),
      event.series && queryClient.ensureQueryData(seriesQuery(event.series.id, get)),
    ])
    return { title: `Team of ${event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/team-page'), 'TeamPage'),
})

const doorRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/door',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { doorQuery, enteredQuery } = await organizerQueries()
    const event = await queryClient.ensureQueryData(eventQuery(params.eventId, get))
    if (!event?.can.checkIn) throw notFound()
    await Promise.all([
      queryClient.ensureInfiniteQueryData(doorQuery(event.id, '', get)),
      queryClient.ensureQueryData(enteredQuery(event.id, get)),
    ])
    return { title: `At the door of ${event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/door-page'), 'DoorPage'),
})

const teamInvitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/team/$key',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { teamInvitationQuery } = await teamQueries()
    const invitation = await queryClient.ensureQueryData(teamInvitationQuery(params.key, get))
    if (!invitation) throw notFound()
    return { title: `Invitation: ${invitation.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/team-invitation-page'), 'TeamInvitationPage'),
})

const historyRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/history',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { historyQuery, venuesQuery } = await organizerQueries()
    const event = await queryClient.ensureQueryData(eventQuery(params.eventId, get))
    if (!event?.can.seeRegistrations) throw notFound()
    await Promise.all([
      queryClient.ensureInfiniteQueryData(historyQuery(event.id, get)),
      queryClient.ensureQueryData(venuesQuery(get)),
      queryClient.ensureQueryData(categoriesQuery(get)),
    ])
    return { title: `History of ${event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/history-page'), 'HistoryPage'),
})

const subscriptionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/s/$token',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { subscriptionLinkQuery } = await import('./reminders/reminder-queries')
    if (!(await queryClient.ensureQueryData(subscriptionLinkQuery(params.token, get)))) throw notFound()
    return { title: 'Hear no more of it?', hidden: true }
  },
  component: lazyRouteComponent(() => import('./reminders/subscription-page'), 'SubscriptionPage'),
})

const messagesRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/messages',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const { messagesQuery } = await organizerQueries()
    const event = await queryClient.ensureQueryData(eventQuery(params.eventId, get))
    if (!event?.can.seeRegistrations) throw notFound()
    await queryClient.ensureInfiniteQueryData(messagesQuery(event.id, get))
    return { title: `Messages of ${event.title}`, hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/messages-page'), 'MessagesPage'),
})

// Looks at what the link turns off; only the button turns it off.
const unsubscribeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unsubscribe/$token',
  loader: (): PageHead => ({ title: 'No more mails', hidden: true }),
  component: lazyRouteComponent(() => import('./account/unsubscribe-page'), 'UnsubscribePage'),
})

const routeTree = rootRoute.addChildren([
  browseRoute,
  eventRoute,
  guestLinkRoute,
  subscriptionRoute,
  teamInvitationRoute,
  loginRoute,
  signupRoute,
  forgotRoute,
  resetRoute,
  verifyRoute,
  unsubscribeRoute,
  myRegistrationsRoute,
  accountRoute,
  ticketRoute,
  organizeRoute.addChildren([
    myEventsRoute,
    newEventRoute,
    importEventRoute,
    editEventRoute,
    attendeesRoute,
    numbersRoute,
    historyRoute,
    messagesRoute,
    teamRoute,
    doorRoute,
  ]),
])

/** The router of one request, or of one browser. */
export function createAppRouter(context: Context, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context,
    history,
    defaultPreload: 'intent',
    // Queries know how long they are fresh; the router asks them every time.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: typeof window !== 'undefined',
    // Plain text both ways: a GET form without JavaScript writes the same addresses as the router.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const params = new URLSearchParams()
      for (const [name, value] of Object.entries(search))
        if (typeof value === 'string' && value) params.set(name, value)
      const text = params.toString()
      return text && `?${text}`
    },
  })
}

/** The head of the page being shown; undefined for pages that are not there. */
export function headOf(router: ReturnType<typeof createAppRouter>): PageHead | undefined {
  const last = router.state.matches.at(-1)
  return last?.status === 'success' && last.routeId !== rootRoute.id ? last.loaderData : undefined
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
