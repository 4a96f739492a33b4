import type { Config } from '#config'
import { guestToken } from '#registrations/guest-links'
import type { Message } from './channels/channel.ts'
import type { Said, Topic } from './notifications.ts'
import { cancelled } from './templates/cancelled.ts'
import { confirmed } from './templates/confirmed.ts'
import { eventCancelled } from './templates/event-cancelled.ts'
import { html, oneLine, text, type Letter, type Links } from './templates/layout.ts'
import { promoted } from './templates/promoted.ts'
import { waitlisted } from './templates/waitlisted.ts'

/** A row of notifications, as far as the message depends on it. */
export type Written = { id: string; topic: string; recipient: string; payload: unknown; created_at: Date }

const letters: Record<Topic, (said: Said, links: Links) => Letter> = {
  confirmed,
  waitlisted,
  promoted,
  cancelled,
  'event-cancelled': eventCancelled,
}

/** Writes the message that a row stands for; the same row always becomes the same message. */
export function compose(config: Pick<Config, 'baseUrl' | 'secretKey'>, row: Written): Message {
  const said = row.payload as Said
  const write = letters[row.topic as Topic]
  const letter = write(said, {
    event: `${config.baseUrl}/e/${said.event.slug}`,
    registration: said.guest
      ? `${config.baseUrl}/r/${guestToken(config, said.registrationId)}`
      : `${config.baseUrl}/my`,
  })
  return {
    id: row.id,
    to: { name: oneLine(said.name, 100), address: row.recipient },
    subject: oneLine(letter.subject, 150),
    text: text(letter, said),
    html: html(letter, said),
    writtenAt: row.created_at,
  }
}
