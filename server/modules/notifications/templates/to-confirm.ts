import type { Said } from '#notifications'
import type { Letter, Links } from './layout.ts'
import { momentFor } from './times.ts'
import type { Words } from './words/english.ts'

export function toConfirm(said: Said, links: Links, words: Words): Letter {
  const say = words.toConfirm
  const { event, waits = false, heldUntil = event.startsAt } = said
  return {
    subject: say.subject(event.title),
    heading: say.heading(waits),
    paragraphs: say.paragraphs(event.title, momentFor(heldUntil, said, words), waits),
    button: { label: say.button, href: links.registration },
    asides: [{ label: words.eventPage, href: links.event }],
  }
}
