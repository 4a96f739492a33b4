import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'

export function cancelled({ event, guest }: Said, links: Links): Letter {
  return {
    subject: `Registration cancelled: ${event.title}`,
    heading: 'Your registration is cancelled',
    paragraphs: [
      `You no longer have a place at “${event.title}”.`,
      'If you change your mind, you can register again on the event’s page.',
    ],
    button: { label: 'The event’s page', href: links.event },
    aside: { label: guest ? 'Your registration' : 'Your registrations', href: links.registration },
  }
}
