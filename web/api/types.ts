import type { Answer, Asked } from './operations'
import type { components } from './schema'

// The names that the app has for what the API takes and answers.

export type Account = Answer<'get', '/me'>
export type EventSummary = Answer<'get', '/events'>['items'][number]
export type EventDetail = Answer<'get', '/events/{eventId}'>
export type EventStatus = EventDetail['status']
export type EventDraft = Asked<'post', '/events'>['body']
export type BrowseQuery = NonNullable<Asked<'get', '/events'>['query']>
export type Registration = Answer<'get', '/registrations/{registrationId}'>

type FullProblem = components['schemas']['Problem']

/** RFC 9457 as the API writes it; what never reached the API has no more than this. */
export type Problem = Pick<FullProblem, 'type' | 'title' | 'status'> & Partial<FullProblem>
