// What an API key can be made for, and which of it a route asks for. A route of a kind that is not named here is closed
// to keys until somebody says what opens it: that is how the routes of accounts, sessions and their security stay closed.

export const SCOPES = [
  'events:read',
  'events:write',
  'registrations:read',
  'registrations:write',
  'checkin',
  'account:read',
] as const
export type Scope = (typeof SCOPES)[number]

const EVENTS = { read: 'events:read', write: 'events:write' } as const
const REGISTRATIONS = { read: 'registrations:read', write: 'registrations:write' } as const
const CHECKIN = { read: 'checkin', write: 'checkin' } as const

const BY_TAG: Record<string, { read: Scope; write: Scope }> = {
  events: EVENTS,
  series: EVENTS,
  venues: EVENTS,
  categories: EVENTS,
  tags: EVENTS,
  reviews: EVENTS,
  analytics: EVENTS,
  'external events': EVENTS,
  registrations: REGISTRATIONS,
  attendees: REGISTRATIONS,
  subscriptions: REGISTRATIONS,
  payments: REGISTRATIONS,
  'check-in': CHECKIN,
}

/** The scope that lets an API key in; null: none does. */
export function scopeOf(route: {
  method: string | readonly string[]
  schema?: object
  config?: { scope?: string | null }
}): string | null {
  if (route.config?.scope !== undefined) return route.config.scope
  const [tag = ''] = (route.schema as { tags?: readonly string[] } | undefined)?.tags ?? []
  const scopes = Object.hasOwn(BY_TAG, tag) ? BY_TAG[tag] : undefined
  if (!scopes) return null
  const reads = [route.method].flat().every((method) => method === 'GET' || method === 'HEAD')
  return reads ? scopes.read : scopes.write
}
