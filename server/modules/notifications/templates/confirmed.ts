import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'

export function confirmed({ event, guest }: Said, links: Links): Letter {
  return {
    subject: `You have a place: ${event.title}`,
    heading: 'You have a place',
    paragraphs: [
      `Your place at “${event.title}” is confirmed.`,
      'If you cannot come, please give the place back, so that somebody else can have it.',
    ],
    button: { label: guest ? 'View or cancel your registration' : 'Your registrations', href: links.registration },
    aside: { label: 'The event’s page', href: links.event },
  }
}
