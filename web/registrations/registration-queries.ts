import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { browserGet, queryString, read, readIfThere, type Get } from '../api/client'
import type { Attendees, Page, Registration } from '../api/types'

/** The signed-in account's registration for one event: the one that counts, or null. */
export const myRegistrationQuery = (eventId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['registrations', 'mine', 'event', eventId],
    queryFn: async () => {
      const page = await readIfThere<Page<Registration>>(
        get,
        `/me/registrations${queryString({ eventId, when: 'all' })}`,
      )
      return page?.items.find((registration) => registration.status !== 'cancelled') ?? null
    },
    staleTime: 30_000,
  })

/** The signed-in account's registrations, upcoming or past. */
export const myRegistrationsQuery = (when: 'upcoming' | 'past', get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['registrations', 'mine', when],
    queryFn: ({ pageParam }) =>
      read<Page<Registration>>(get, `/me/registrations${queryString({ when, limit: 50, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** The registration a guest's link stands for; null when the link is wrong or spent. */
export const guestLinkQuery = (token: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['registrations', 'guest', token],
    queryFn: () => readIfThere<Registration>(get, `/guest-links/${encodeURIComponent(token)}`),
    staleTime: 30_000,
  })

/** Who comes to an event, with the counts of all; for its organizer. */
export const attendeesQuery = (eventId: string, filters: { text: string; status: string }, get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['registrations', 'of', eventId, filters],
    queryFn: ({ pageParam }) =>
      read<Attendees>(
        get,
        `/events/${eventId}/registrations${queryString({ ...filters, limit: 50, cursor: pageParam })}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
