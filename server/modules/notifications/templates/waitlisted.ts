import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function waitlisted({ event, guest, position = 1 }: Said, links: Links, words: Words): Letter {
  const say = words.waitlisted
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title, position),
    button: { label: words.viewOrCancel(guest), href: links.registration },
    asides: [{ label: words.eventPage, href: links.event }],
  }
}
