import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { browserGet, read, readIfThere, type Get } from '../api/client'
import { apiQueryOf, type BrowseFilters } from './browse-filters'

const freshFor = 30_000

/** The list behind the browse page, one page of the cursor at a time. */
export const browseQuery = (filters: BrowseFilters, get: Get = browserGet) =>
  infiniteQueryOptions({
    // The words of the filter are the key, not the instants they mean: server and visitor live in different zones.
    queryKey: ['events', 'browse', filters],
    queryFn: ({ pageParam }) =>
      read(get, '/events', { query: { ...apiQueryOf(filters), limit: 18, cursor: pageParam } }),
    initialPageParam: filters.cursor ?? '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: freshFor,
  })

/** One event by slug or id; null when there is none this visitor may see. `invitation` is what the link brought. */
export const eventQuery = (slugOrId: string, get: Get = browserGet, invitation?: string) =>
  queryOptions({
    queryKey: ['events', 'one', slugOrId, ...(invitation ? [invitation] : [])],
    queryFn: () => readIfThere(get, '/events/{eventId}', { path: { eventId: slugOrId }, query: { invitation } }),
    staleTime: freshFor,
  })

/** The dates of a series that everybody can find, the next ones first. */
export const datesQuery = (seriesId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['events', 'dates', seriesId],
    queryFn: () => read(get, '/events', { query: { seriesId, limit: 7 } }),
    staleTime: freshFor,
  })

/** All categories; there are few and they hardly change. */
export const categoriesQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['categories'],
    queryFn: () => read(get, '/categories'),
    staleTime: 10 * 60_000,
  })

/** All tags that events to come are marked with. */
export const tagsQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['tags'],
    queryFn: () => read(get, '/tags'),
    staleTime: 10 * 60_000,
    select: ({ items }) => items.filter(({ events }) => events > 0),
  })

/** What people say of an event, newest first. */
export const reviewsQuery = (eventId: string, get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['reviews', eventId],
    queryFn: ({ pageParam }) =>
      read(get, '/events/{eventId}/reviews', { path: { eventId }, query: { limit: 10, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: freshFor,
  })
