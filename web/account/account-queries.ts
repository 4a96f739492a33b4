import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query'
import { browserGet, read, readIfThere, type Get } from '../api/client'
import type { Account } from '../api/types'

/** Who is signed in; null for a visitor. Asked once by the server: signing in and out write it themselves. */
export const meQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['me'],
    queryFn: () => readIfThere(get, '/me'),
    staleTime: Infinity,
    gcTime: Infinity,
  })

/** What who signs up agrees to, where this server has terms. */
export const termsQuery = (get: Get = browserGet) =>
  queryOptions({ queryKey: ['terms'], queryFn: () => read(get, '/terms'), staleTime: Infinity })

/** The signed-in account or null. */
export function useMe(): Account | null {
  return useQuery(meQuery()).data ?? null
}

/** What one visitor may see is not the next one's: everything read before is forgotten. */
export function becomeAccount(queryClient: QueryClient, account: Account | null) {
  queryClient.clear()
  queryClient.setQueryData(meQuery().queryKey, account)
}

/** "Ana Ruiz", or the username of who gave no name. */
export function fullName(account: Account) {
  return `${account.firstName} ${account.lastName}`.trim() || account.username
}

/** Organizers and administrators run events. */
export function organizes(account: Account | null) {
  return account?.role === 'organizer' || account?.role === 'admin'
}
