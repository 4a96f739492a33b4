import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import type { Words } from './words/english.ts'

export function notPublished({ event, reason }: Said, links: Links, words: Words): Letter {
  const say = words.notPublished
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title, reason ?? ''),
    button: { label: words.seeEvent, href: links.event },
    footer: words.footers.organizer,
  }
}
