import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'

export function eventCancelled({ event, guest, reason }: Said, links: Links): Letter {
  const page = { label: 'The event’s page', href: links.event }
  const registration = { label: guest ? 'Your registration' : 'Your registrations', href: links.registration }
  return {
    subject: `Event cancelled: ${event.title}`,
    heading: 'The event is cancelled',
    paragraphs: [
      `“${event.title}” will not take place. Your registration has ended; you need not do anything.`,
      ...(reason ? [`The organizer writes: ${reason}`] : []),
    ],
    // A deleted event has no page any more.
    ...(event.deleted ? { button: registration } : { button: page, aside: registration }),
  }
}
