declare module '#kernel/facts' {
  interface Facts {
    /** `now`: the seats are made. */
    'event.created': { eventId: string; capacity: number | null }
    'event.edited': { eventId: string; changed: string[] }
    /** `now`: seats are added to or taken away; may refuse. */
    'event.resized': { eventId: string; capacity: number | null }
    'event.published': { eventId: string }
    'event.closed': { eventId: string }
    'event.reopened': { eventId: string }
    /** `now`: every registration ends. `later`: everybody hears of it. */
    'event.cancelled': { eventId: string }
    'event.deleted': { eventId: string }
  }
}
export {}
