import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function lapsed({ event, guest }: Said, links: Links, words: Words): Letter {
  const say = words.lapsed
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title),
    button: { label: say.button, href: links.event },
    asides: [{ label: words.registration(guest), href: links.registration }],
  }
}
