import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function passedOn({ event, guest }: Said, links: Links, words: Words): Letter {
  const say = words.passedOn
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title),
    button: { label: words.eventPage, href: links.event },
    asides: [{ label: words.registration(guest), href: links.registration }],
  }
}
