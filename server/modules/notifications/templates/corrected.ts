import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function corrected({ event }: Said, links: Links, words: Words): Letter {
  const say = words.corrected
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title),
    button: { label: say.button, href: links.registration },
    asides: [{ label: words.eventPage, href: links.event }],
  }
}
