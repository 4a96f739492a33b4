import { queryOptions } from '@tanstack/react-query'
import { browserGet, read, readIfThere, type Get } from '../api/client'

/** Who runs an event and who helps. */
export const teamQuery = (eventId: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['events', 'team', eventId],
    queryFn: () => read(get, '/events/{eventId}/team', { path: { eventId } }),
  })

/** What the link in a mail, or an id of one's own, stands for; null when that is nothing. */
export const teamInvitationQuery = (key: string, get: Get = browserGet) =>
  queryOptions({
    queryKey: ['team-invitations', 'one', key],
    queryFn: () => readIfThere(get, '/team-invitations/{invitation}', { path: { invitation: key } }),
  })

/** What the signed-in account is asked to help with, or offered. */
export const myTeamInvitationsQuery = (get: Get = browserGet) =>
  queryOptions({
    queryKey: ['team-invitations', 'mine'],
    queryFn: () => read(get, '/me/team-invitations'),
  })
