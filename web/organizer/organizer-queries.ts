import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { browserGet, queryString, read, type Get } from '../api/client'
import type { EventSummary, Page, Venue } from '../api/types'

/** The signed-in organizer's own events, drafts included. */
export const myEventsQuery = (when: 'upcoming' | 'past', get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['events', 'mine', when],
    queryFn: ({ pageParam }) =>
      read<Page<EventSummary>>(get, `/me/events${queryString({ when, limit: 50, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** The venues to choose from: the first hundred. */
export const venuesQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['venues'],
    queryFn: () => read<Page<Venue>>(get, '/venues?limit=100'),
    staleTime: 60_000,
  })
