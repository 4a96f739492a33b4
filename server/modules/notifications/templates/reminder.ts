import type { Said } from '#notifications'
import { stopLink } from './followed.ts'
import { oneLine, type Letter, type Links } from './layout.ts'
import { momentFor } from './times.ts'
import type { Words } from './words/english.ts'

export function reminder(said: Said, links: Links, words: Words): Letter {
  const { event, registrationId, guest, subscriptionId } = said
  const say = words.reminder
  const begins = momentFor(event.startsAt, said, words)
  const page = { label: words.eventPage, href: links.event }
  const common = { subject: say.subject(oneLine(event.title, 70), begins), heading: say.heading }
  if (subscriptionId)
    return {
      ...common,
      paragraphs: say.following(event.title, begins),
      button: page,
      asides: [stopLink(links, words)],
      footer: words.footers.follows,
    }
  return {
    ...common,
    paragraphs: say.withPlace(event.title, begins),
    button: registrationId ? links.ticket : page,
    asides: [{ label: words.viewOrCancel(guest), href: links.registration }, page],
  }
}
