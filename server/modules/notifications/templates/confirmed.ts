import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function confirmed({ event, guest }: Said, links: Links, words: Words): Letter {
  const say = words.confirmed
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title),
    button: { label: words.viewOrCancel(guest), href: links.registration },
    asides: [links.ticket, { label: words.eventPage, href: links.event }],
  }
}
