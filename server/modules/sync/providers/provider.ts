/** Where events come from. */
export const PROVIDERS = ['feed', 'ics', 'ticketmaster', 'seatgeek'] as const
export type ProviderName = (typeof PROVIDERS)[number]
/** Those that can be searched. */
export const SEARCHED = ['ticketmaster', 'seatgeek'] as const satisfies readonly ProviderName[]

/** An event as a provider announces it, read and in form: what is too long is cut, what makes no sense is left out. */
export type Item = {
  externalId: string
  title: string
  description: string
  startsAt: Date
  endsAt: Date
  zone: string
  /** Where, in words. */
  place: string | null
  venueName: string | null
  category: string | null
  capacity: number | null
  registrationDeadline: Date | null
  closed: boolean
  /** Called off there, and still told of. */
  cancelled: boolean
  ticketUrl: string | null
  priceRange: string | null
  changedAt: Date | null
  /** As they sent it. */
  raw: object
}

/** What could not be read, and why. */
export type Skip = { externalId: string | null; reason: string }

/**
 * Everything that was asked for. `isWhole`: what is not in it is not announced any more, as far as it begins before `until`,
 * where there is one.
 */
export type Gathered = { items: Item[]; skipped: Skip[]; isWhole: boolean; until?: Date }

/** A page of what was found. */
export type Found = { items: Item[]; hasMore: boolean }

/** Why there is no answer. A provider's failure is expected, so it is returned. `retryAfter` in seconds. */
export type Failure = { failed: string; retryAfter?: number; isMissing?: true }

export type Query = { text: string; location: string; page: number }

export type Provider = {
  name: ProviderName
  /** The setting without which nothing can be asked; null: all is set. */
  missing: string | null
  /** The same for runs. */
  missingForRuns: string | null
  /** Whether it can tell what changed since a day. */
  tellsChanges: boolean
  /** All that it announces, or what changed since that day. */
  gather(since: string | null): Promise<Gathered | Failure>
  search?(query: Query): Promise<Found | Failure>
  /** One event; null: there is none. */
  find?(externalId: string): Promise<Item | null | Failure>
}

export function isFailure(answer: object | null): answer is Failure {
  return answer !== null && 'failed' in answer
}
