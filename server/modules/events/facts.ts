declare module '#kernel/facts' {
  interface Facts {
    /** `now`: the seats are made. */
    'event.created': { eventId: string; capacity: number | null }
    /** `now`: who may not see it any more follows it no longer. */
    'event.edited': { eventId: string; changed: string[] }
    /** Where or when it is, is another, and people may count on it. `later`: they hear of it. */
    'event.rescheduled': { eventId: string; was: WhenAndWhere & { where: string | null }; is: WhenAndWhere }
    /** `now`: seats are added to or taken away; may refuse. */
    'event.resized': { eventId: string; capacity: number | null }
    'event.copied': { eventId: string; from: string }
    'event.publication-planned': { eventId: string }
    'event.publication-unplanned': { eventId: string }
    /** `later`: the organizer is told why. */
    'event.publication-failed': { eventId: string; reason: string }
    'event.published': { eventId: string }
    'event.closed': { eventId: string }
    'event.reopened': { eventId: string }
    /** `now`: every registration ends. `later`: everybody hears of it. */
    'event.cancelled': { eventId: string; /** Only because it is being deleted. */ deleting?: true }
    'event.deleted': { eventId: string }
    /** It takes place after all. Whoever lost a place with it registers anew. */
    'event.reinstated': { eventId: string }
    /** Many at once, published as they came. `now`: their seats are made. */
    'events.brought-in': { events: { eventId: string; capacity: number | null }[] }
    /** Said before it is done. `now`: the seats of `reseated` are locked, in one order. */
    'events.changed-together': { eventIds: string[]; reseated: string[] }
  }
}
export type WhenAndWhere = {
  startsAt: string
  endsAt: string
  zone: string
  place: string | null
  venueId: string | null
}
