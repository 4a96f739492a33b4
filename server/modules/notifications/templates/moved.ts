import type { Said } from '#notifications'
import { oneLine, type Letter, type Links } from './layout.ts'
import { spanFor } from './times.ts'
import type { Words } from './words/english.ts'

export function moved({ event, guest, was, ownZone }: Said, links: Links, words: Words): Letter {
  const say = words.moved
  const isLater = was && (was.startsAt !== event.startsAt || was.endsAt !== event.endsAt || was.zone !== event.zone)
  const isElsewhere = was && was.where !== event.where
  const before = {
    when: isLater ? spanFor(was, ownZone, words) : '',
    where: isElsewhere && was.where ? oneLine(was.where, 500) : '',
  }
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title, before),
    button: { label: words.viewOrCancel(guest), href: links.registration },
    asides: [{ label: words.eventPage, href: links.event }],
  }
}
