import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { browserGet, read, readIfThere, type Get } from '../api/client'
import { instantOf } from './wall-time'

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

/** How an event fills, for its organizer. */
export const numbersQuery = (eventId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['events', 'numbers', eventId],
    queryFn: () => read(get, '/events/{eventId}/analytics', { path: { eventId } }),
  })

/** What a seat costs and on what terms; null when it is free of charge. */
export const priceQuery = (eventId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['prices', eventId],
    queryFn: () => readIfThere(get, '/events/{eventId}/price', { path: { eventId } }),
    staleTime: 30_000,
  })

/** Who changed what of an event, newest first. */
export const historyQuery = (eventId: string, get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['events', 'history', eventId],
    queryFn: ({ pageParam }) =>
      read(get, '/events/{eventId}/history', { path: { eventId }, query: { limit: 20, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** What was written about an event, newest first. */
export const messagesQuery = (eventId: string, get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['events', 'messages', eventId],
    queryFn: ({ pageParam }) =>
      read(get, '/events/{eventId}/notifications', { path: { eventId }, query: { limit: 50, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** Who was invited to an event, in order. */
export const invitationsQuery = (eventId: string, get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['invitations', eventId],
    queryFn: ({ pageParam }) =>
      read(get, '/events/{eventId}/invitations', { path: { eventId }, query: { limit: 50, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** Who is expected at the door, by name. */
export const doorQuery = (eventId: string, text: string, get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['door', eventId, 'list', text],
    queryFn: ({ pageParam }) =>
      read(get, '/events/{eventId}/door', { path: { eventId }, query: { text, limit: 50, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })

/** How many are expected and how many are in. */
export const enteredQuery = (eventId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['door', eventId, 'counts'],
    queryFn: () => read(get, '/events/{eventId}/check-ins', { path: { eventId } }),
  })

/** A series, for who runs it; null for who may see nothing of it but one occurrence. */
export const seriesQuery = (seriesId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['events', 'series', seriesId],
    queryFn: () => readIfThere(get, '/series/{seriesId}', { path: { seriesId } }),
  })

/** What a rule gives from this wall time on; null where the clocks never show it. */
export const previewQuery = (rule: string, start: string, zone: string) =>
  queryOptions({
    queryKey: ['recurrences', rule, start, zone],
    queryFn: async () => {
      const startsAt = await instantOf(start, zone)
      return startsAt && read(browserGet, '/recurrences', { query: { rule, startsAt, zone } })
    },
    placeholderData: (before) => before,
    staleTime: Infinity,
    retry: false,
  })
