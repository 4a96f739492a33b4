import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function cancelled({ event, guest }: Said, links: Links, words: Words): Letter {
  const say = words.cancelled
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title),
    button: { label: words.eventPage, href: links.event },
    asides: [{ label: words.registration(guest), href: links.registration }],
  }
}
