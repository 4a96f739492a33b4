import type { Answer, Asked } from './operations'
import type { components } from './schema'

// The names that the app has for what the API takes and answers.

export type Account = Answer<'get', '/me'>
export type Preferences = Answer<'get', '/me/preferences'>
export type EventSummary = Answer<'get', '/events'>['items'][number]
export type EventDetail = Answer<'get', '/events/{eventId}'>
export type MyEvent = Answer<'get', '/me/events'>['items'][number]
export type Team = Answer<'get', '/events/{eventId}/team'>
export type TeamInvitation = Answer<'get', '/team-invitations/{invitation}'>
export type EventStatus = EventDetail['status']
export type Series = Answer<'get', '/series/{seriesId}'>
export type EventDraft = Asked<'post', '/events'>['body']
export type BrowseQuery = NonNullable<Asked<'get', '/events'>['query']>
export type Registration = Answer<'get', '/registrations/{registrationId}'>
export type Attendee = Answer<'get', '/events/{eventId}/registrations'>['items'][number]
export type Review = Answer<'get', '/events/{eventId}/reviews'>['items'][number]
export type EventVersion = Answer<'get', '/events/{eventId}/history'>['items'][number]
export type Payment = Answer<'get', '/registrations/{registrationId}/payment'>
export type ExternalEvent = Answer<'get', '/external-events'>['items'][number]

type FullProblem = components['schemas']['Problem']

/** RFC 9457 as the API writes it; what never reached the API has no more than this. */
export type Problem = Pick<FullProblem, 'type' | 'title' | 'status'> & Partial<FullProblem>
