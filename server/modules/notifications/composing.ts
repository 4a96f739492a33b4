import type { Config } from '#config'
import { invitationToken } from '#events/invitation-links'
import { linkToken } from '#kernel/links'
import { phoneCode } from '#accounts/phone/codes'
import { guestToken } from '#registrations/guest-links'
import type { Message } from './channels/channel.ts'
import { isNotice, noticeLetters, type Notice, type NoticeTopic } from './notices.ts'
import type { Said, Topic } from './notifications.ts'
import { cancelled } from './templates/cancelled.ts'
import { confirmed } from './templates/confirmed.ts'
import { corrected } from './templates/corrected.ts'
import { eventCancelled } from './templates/event-cancelled.ts'
import { followedCancelled, followedMoved, subscribed } from './templates/followed.ts'
import { held } from './templates/held.ts'
import { invited } from './templates/invited.ts'
import { lapsed } from './templates/lapsed.ts'
import { html, oneLine, short, text, type Addressed, type Letter, type Links } from './templates/layout.ts'
import { moved } from './templates/moved.ts'
import { notPublished } from './templates/not-published.ts'
import { offered } from './templates/offered.ts'
import { passedOn } from './templates/passed-on.ts'
import { promoted } from './templates/promoted.ts'
import { reminder } from './templates/reminder.ts'
import { toConfirm } from './templates/to-confirm.ts'
import { waitlisted } from './templates/waitlisted.ts'
import type { Words } from './templates/words/english.ts'
import { wordsIn } from './templates/words/words.ts'
import { TURNED_OFF_WITH } from './topics.ts'

/** A row of notifications, as far as the message depends on it. */
export type Written = {
  id: string
  topic: string
  channel: string
  recipient: string
  payload: unknown
  created_at: Date
}
type Settings = Pick<Config, 'baseUrl' | 'secretKey' | 'language'>

const letters: Record<Topic, (said: Said, links: Links, words: Words) => Letter> = {
  confirmed,
  'to-confirm': toConfirm,
  waitlisted,
  promoted,
  cancelled,
  corrected,
  'passed-on': passedOn,
  'event-cancelled': eventCancelled,
  moved,
  invited,
  'not-published': notPublished,
  held,
  offered,
  lapsed,
  reminder,
  subscribed,
  'followed-moved': followedMoved,
  'followed-cancelled': followedCancelled,
}

/** Writes the message that a row stands for; the same row always becomes the same message. */
export function compose(config: Settings, row: Written): Message {
  return isNotice(row.topic) ? composeNotice(config, row, row.topic) : composeSaid(config, row)
}

function composeNotice(config: Settings, row: Written, topic: NoticeTopic): Message {
  const notice = row.payload as Notice
  const { baseUrl } = config
  const token = notice.link && linkToken(config, topic, notice.link)
  const code = notice.link && topic === 'phone-code' ? phoneCode(config, notice.link) : ''
  const words = wordsIn(notice.language, config.language)
  return asMessage(
    config,
    row,
    notice,
    noticeLetters[topic](notice, { baseUrl, token: token ?? '', code }, words),
    words,
  )
}

function composeSaid(config: Settings, row: Written): Message {
  const said = row.payload as Said
  const write = letters[row.topic as Topic]
  const { baseUrl } = config
  const guest =
    said.guest && said.registrationId ? guestToken(config, said.registrationId, said.linkGeneration) : undefined
  // What opens a private event's page for somebody without an account.
  const pass = said.invitationId ? invitationToken(config, said.invitationId) : said.event.private ? guest : undefined
  const words = wordsIn(said.language, config.language)
  const links = {
    event: `${baseUrl}/e/${said.event.slug}${pass ? `?invitation=${pass}` : ''}`,
    registration: guest ? `${baseUrl}/r/${guest}` : `${baseUrl}/my`,
    subscription: said.subscriptionId ? `${baseUrl}/s/${linkToken(config, 'subscription', said.subscriptionId)}` : '',
    ticket: guest
      ? { label: words.ticket(true), href: `${baseUrl}/api/v1/guest-links/${guest}/ticket.pdf` }
      : { label: words.ticket(false), href: `${baseUrl}/my/tickets/${said.registrationId}` },
  }
  const letter = write(said, links, words)
  return { ...asMessage(config, row, said, letter, words), glance: glanceAt(row.topic, letter, said) }
}

function glanceAt(topic: string, { paragraphs, button }: Letter, { event }: Said): Message['glance'] {
  const body = oneLine(paragraphs[0] ?? '', 300)
  const until = new Date(topic === 'reminder' ? event.startsAt : event.endsAt)
  return { body, url: button.href, about: event.slug, until }
}

function asMessage(config: Settings, row: Written, said: Addressed, letter: Letter, words: Words): Message {
  const token =
    row.channel === 'email' && TURNED_OFF_WITH[row.topic] ? linkToken(config, 'unsubscribe', row.id) : undefined
  const addressed = token ? { ...said, unsubscribe: `${config.baseUrl}/unsubscribe/${token}` } : said
  return {
    id: row.id,
    to: { name: oneLine(said.name, 100), address: row.recipient },
    subject: oneLine(letter.subject, 150),
    text: text(letter, addressed, words),
    html: html(letter, addressed, words),
    short: short(letter, said, words),
    ...(token ? { unsubscribe: `${config.baseUrl}/api/v1/unsubscriptions/${token}` } : {}),
    writtenAt: row.created_at,
  }
}
