import { queryOptions } from '@tanstack/react-query'
import { browserGet, read, readIfThere, type Get } from '../api/client'

/** What the link in a mail ends; null when it has ended, or is none of ours. */
export const subscriptionLinkQuery = (token: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['subscription-link', token],
    queryFn: () => readIfThere(get, '/subscription-links/{token}', { path: { token } }),
    staleTime: Infinity,
  })

/** What one follows without a place at it. */
export const mySubscriptionsQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['account', 'subscriptions'],
    queryFn: () => read(get, '/me/subscriptions', { query: { limit: 100 } }),
  })
