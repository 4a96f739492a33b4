import type { Said } from '#notifications'
import { oneLine, type Letter, type Links } from './layout.ts'
import { momentFor, spanFor } from './times.ts'
import type { Words } from './words/english.ts'

// What is written to who follows an event without a place at it.

/** The way out, in every one of them. */
export function stopLink(links: Links, words: Words): { label: string; href: string } {
  return { label: words.followed.stop, href: links.subscription }
}

export function subscribed({ event }: Said, links: Links, words: Words): Letter {
  const say = words.followed.subscribed
  return {
    subject: say.subject(event.title),
    heading: say.heading,
    paragraphs: say.paragraphs(event.title),
    ...about(links, words),
  }
}

export function followedMoved(said: Said, links: Links, words: Words): Letter {
  const { event, was, ownZone } = said
  const isLater = was && (was.startsAt !== event.startsAt || was.endsAt !== event.endsAt || was.zone !== event.zone)
  const isElsewhere = was && was.where !== event.where
  return {
    subject: words.moved.subject(event.title),
    heading: words.moved.heading,
    paragraphs: words.followed.moved(
      event.title,
      { begins: isLater ? momentFor(event.startsAt, said, words) : '' },
      {
        when: isLater ? spanFor(was, ownZone, words) : '',
        where: isElsewhere && was.where ? oneLine(was.where, 500) : '',
      },
    ),
    ...about(links, words),
  }
}

export function followedCancelled({ event, reason }: Said, links: Links, words: Words): Letter {
  return {
    subject: words.eventCancelled.subject(event.title),
    heading: words.eventCancelled.heading,
    paragraphs: words.followed.cancelled(event.title, reason ?? ''),
    ...about(links, words),
    // A deleted event has no page any more.
    ...(event.deleted ? { button: stopLink(links, words), asides: [] } : {}),
  }
}

function about(links: Links, words: Words): Pick<Letter, 'button' | 'asides' | 'footer'> {
  return {
    button: { label: words.eventPage, href: links.event },
    asides: [stopLink(links, words)],
    footer: words.footers.follows,
  }
}
