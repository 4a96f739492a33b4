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
import { meQuery, organizes } from './account/account-queries'
import type { Get } from './api/client'
import { BrowsePage } from './events/browse-page'
import { filtersOf } from './events/browse-filters'
import { EventPage } from './events/event-page'
import { browseQuery, categoriesQuery, eventQuery } from './events/event-queries'
import { myEventsQuery, venuesQuery } from './organizer/organizer-queries'
import { paths } from './paths'
import {
  attendeesQuery,
  guestLinkQuery,
  myRegistrationQuery,
  myRegistrationsQuery,
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
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const [event, me] = await Promise.all([
      queryClient.ensureQueryData(eventQuery(params.slug, get)),
      queryClient.ensureQueryData(meQuery(get)),
    ])
    if (!event) throw notFound()
    if (me) await queryClient.ensureQueryData(myRegistrationQuery(event.id, get))
    const where = whereIs(event)
    return {
      title: event.title,
      description:
        plainText(event.description, 160) ||
        `${briefly(event)}${where ? `, ${where}` : ''}. By ${event.organizer.name}.`,
      canonical: paths.event(event.slug),
      hidden: event.status === 'draft',
      event,
    }
  },
  component: function Event() {
    return <EventPage slug={eventRoute.useParams().slug} />
  },
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
  validateSearch: (search: Record<string, unknown>) => ({ next: inside(search['next']) }),
  loader: (): PageHead => ({ title: 'Log in', hidden: true }),
  component: lazyRouteComponent(() => import('./account/login-page'), 'LoginPage'),
})

const signupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signup',
  validateSearch: (search: Record<string, unknown>) => ({
    as: search['as'] === 'organizer' ? 'organizer' : undefined,
    next: inside(search['next']),
  }),
  loader: (): PageHead => ({ title: 'Sign up', canonical: paths.signup() }),
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
    await queryClient.ensureInfiniteQueryData(myRegistrationsQuery(deps.when ?? 'upcoming', get))
    return { title: 'My registrations', hidden: true }
  },
  component: lazyRouteComponent(() => import('./registrations/my-registrations-page'), 'MyRegistrationsPage'),
})

const organizeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organize',
  beforeLoad: async (input) => {
    const { me } = await signedIn(input)
    if (!organizes(me)) throw notFound()
  },
})

const myEventsRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/',
  validateSearch: whenOf,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queryClient, get }, deps }): Promise<PageHead> => {
    await queryClient.ensureInfiniteQueryData(myEventsQuery(deps.when ?? 'upcoming', get))
    return { title: 'My events', hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/my-events-page'), 'MyEventsPage'),
})

const newEventRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/new',
  loader: async ({ context: { queryClient, get } }): Promise<PageHead> => {
    await Promise.all([
      queryClient.ensureQueryData(venuesQuery(get)),
      queryClient.ensureQueryData(categoriesQuery(get)),
    ])
    return { title: 'New event', hidden: true }
  },
  component: lazyRouteComponent(() => import('./organizer/new-event-page'), 'NewEventPage'),
})

const editEventRoute = createRoute({
  getParentRoute: () => organizeRoute,
  path: '/$eventId/edit',
  loader: async ({ context: { queryClient, get }, params }): Promise<PageHead> => {
    const [event] = await Promise.all([
      queryClient.ensureQueryData(eventQuery(params.eventId, get)),
      queryClient.ensureQueryData(venuesQuery(get)),
      queryClient.ensureQueryData(categoriesQuery(get)),
    ])
    if (!event?.can.edit) throw notFound()
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

const routeTree = rootRoute.addChildren([
  browseRoute,
  eventRoute,
  guestLinkRoute,
  loginRoute,
  signupRoute,
  myRegistrationsRoute,
  organizeRoute.addChildren([myEventsRoute, newEventRoute, editEventRoute, attendeesRoute]),
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
