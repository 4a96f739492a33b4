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

/** One event by slug or id; null when there is none this visitor may see. */
export const eventQuery = (slugOrId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['events', 'one', slugOrId],
    queryFn: () => readIfThere(get, '/events/{eventId}', { path: { eventId: slugOrId } }),
    staleTime: freshFor,
  })

/** All categories; there are few and they hardly change. */
export const categoriesQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['categories'],
    queryFn: () => read(get, '/categories'),
    staleTime: 10 * 60_000,
  })
