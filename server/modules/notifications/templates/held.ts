import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import { price } from './price.ts'
import { momentFor } from './times.ts'
import type { Words } from './words/english.ts'

export function held(said: Said, links: Links, words: Words): Letter {
  const say = words.held
  const { event, heldUntil = event.startsAt, owed } = said
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title, momentFor(heldUntil, said, words), owed ? price(owed) : ''),
    button: { label: words.held.button, href: links.registration },
    asides: [{ label: words.eventPage, href: links.event }],
  }
}
