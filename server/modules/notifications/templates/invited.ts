import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function invited({ event }: Said, links: Links, words: Words): Letter {
  const say = words.invited
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title),
    button: { label: words.seeEvent, href: links.event },
    footer: words.footers.invited,
  }
}
