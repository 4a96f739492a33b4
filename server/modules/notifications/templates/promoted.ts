import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'

export function promoted({ event, guest }: Said, links: Links): Letter {
  return {
    subject: `You have a seat now: ${event.title}`,
    heading: 'A seat is free, and it is yours',
    paragraphs: [
      `You have come from the waitlist to a seat at “${event.title}”. It is confirmed.`,
      'If you cannot come, please give it back, so that the next in line can have it.',
    ],
    button: { label: guest ? 'View or cancel your registration' : 'Your registrations', href: links.registration },
    aside: { label: 'The event’s page', href: links.event },
  }
}
