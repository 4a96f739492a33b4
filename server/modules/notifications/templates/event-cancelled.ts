import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function eventCancelled({ event, guest, reason }: Said, links: Links, words: Words): Letter {
  const say = words.eventCancelled
  const page = { label: words.eventPage, href: links.event }
  const registration = { label: words.registration(guest), href: links.registration }
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title, reason ?? ''),
    // A deleted event has no page any more.
    ...(event.deleted ? { button: registration } : { button: page, asides: [registration] }),
  }
}
