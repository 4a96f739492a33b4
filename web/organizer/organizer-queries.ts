import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { browserGet, read, type Get } from '../api/client'

/** The signed-in organizer's own events, drafts included. */
export const myEventsQuery = (when: 'upcoming' | 'past', get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['events', 'mine', when],
    queryFn: ({ pageParam }) => read(get, '/me/events', { query: { when, limit: 50, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** The venues to choose from: the first hundred. */
export const venuesQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['venues'],
    queryFn: () => read(get, '/venues', { query: { limit: 100 } }),
    staleTime: 60_000,
  })
