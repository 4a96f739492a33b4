import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiError, browserGet, read, readIfThere, type Get } from '../api/client'
import type { Attendee } from '../api/types'

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

/** Where the signed-in account's calendar is read. */
export const myCalendarQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['calendar', 'mine'],
    queryFn: () => read(get, '/me/calendar'),
    staleTime: 30_000,
  })

/** The registration a guest's link stands for; null when the link is wrong or spent. */
export const guestLinkQuery = (token: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['registrations', 'guest', token],
    queryFn: () => readIfThere(get, '/guest-links/{token}', { path: { token } }),
    staleTime: 30_000,
  })

/** The ticket of a registration; null where there is none: it is not mine, waits in line or was cancelled. */
export const ticketQuery = (registrationId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['registrations', 'ticket', registrationId],
    queryFn: () =>
      readIfThere(get, '/registrations/{registrationId}/ticket', { path: { registrationId } }).catch(
        (error: unknown) => {
          if (error instanceof ApiError && [409, 422].includes(error.status)) return null
          throw error
        },
      ),
    staleTime: 30_000,
  })

/** How many go, wait and are interested, and whether the signed-in account is. */
export const countsQuery = (eventId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['registrations', 'counts', eventId],
    queryFn: () => read(get, '/events/{eventId}/attendees/counts', { path: { eventId } }),
    staleTime: 30_000,
  })

export type AttendeeFilters = { text: string; status: Attendee['status'] | '' }

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
