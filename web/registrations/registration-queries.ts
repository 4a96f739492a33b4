import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { browserGet, read, readIfThere, type Get } from '../api/client'
import type { Registration } from '../api/types'

/** The signed-in account's registration for one event: the one that counts, or null. */
export const myRegistrationQuery = (eventId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['registrations', 'mine', 'event', eventId],
    queryFn: async () => {
      const page = await readIfThere(get, '/me/registrations', { query: { eventId } })
      return page?.items.find((registration) => registration.status !== 'cancelled') ?? null
    },
    staleTime: 30_000,
  })

/** The signed-in account's registrations, upcoming or past. */
export const myRegistrationsQuery = (when: 'upcoming' | 'past', get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['registrations', 'mine', when],
    queryFn: ({ pageParam }) => read(get, '/me/registrations', { query: { when, limit: 50, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** The registration a guest's link stands for; null when the link is wrong or spent. */
export const guestLinkQuery = (token: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['registrations', 'guest', token],
    queryFn: () => readIfThere(get, '/guest-links/{token}', { path: { token } }),
    staleTime: 30_000,
  })

export type AttendeeFilters = { text: string; status: Registration['status'] | '' }

/** Who comes to an event, with the counts of all; for its organizer. */
export const attendeesQuery = (eventId: string, filters: AttendeeFilters, get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['registrations', 'of', eventId, filters],
    queryFn: ({ pageParam }) =>
      read(get, '/events/{eventId}/registrations', {
        path: { eventId },
        query: { text: filters.text, status: filters.status || undefined, limit: 50, cursor: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
