import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'

export function waitlisted({ event, guest, position = 1 }: Said, links: Links): Letter {
  return {
    subject: `You are on the waitlist: ${event.title}`,
    heading: 'You are on the waitlist',
    paragraphs: [
      `“${event.title}” is full. You are number ${position} in line.`,
      'When your turn comes the seat is yours at once, and we write to you. You need not do anything until then.',
    ],
    button: { label: guest ? 'View or cancel your registration' : 'Your registrations', href: links.registration },
    aside: { label: 'The event’s page', href: links.event },
  }
}
