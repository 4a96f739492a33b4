import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { browserGet, read, type Get } from '../api/client'

/** Whom one can log in through here. */
export const providersQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['providers'], queryFn: () => read(get, '/log-in-providers'), staleTime: Infinity })

/** The providers that lead into one's account. */
export const identitiesQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['account', 'identities'], queryFn: () => read(get, '/me/identities') })

/** Whether logging in wants a code. */
export const twoFactorQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['account', 'two-factor'], queryFn: () => read(get, '/me/two-factor') })

/** Where one is logged in. */
export const sessionsQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['account', 'sessions'], queryFn: () => read(get, '/sessions') })

/** What programs one has let in. */
export const apiKeysQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['account', 'api-keys'], queryFn: () => read(get, '/me/api-keys') })

/** How one likes to have things. */
export const preferencesQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['account', 'preferences'], queryFn: () => read(get, '/me/preferences') })

/** The number that texts go to. */
export const phoneQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['account', 'phone'], queryFn: () => read(get, '/me/phone') })

/** What was written to one, newest first. */
export const myMessagesQuery = (get: Get = browserGet) =>
  infiniteQueryOptions({
    queryKey: ['account', 'messages'],
    queryFn: ({ pageParam }) => read(get, '/me/notifications', { query: { limit: 10, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
