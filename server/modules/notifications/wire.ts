import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, OneOf, Uuid } from '#http/wire'
import type { ChannelState } from './channel-states.ts'
import { CHANNEL_NAMES } from './channels/channel.ts'
import { noticeLetters, type NoticeTopic } from './notices.ts'
import { TOPICS, type Topic } from './notifications.ts'
import type { Notification } from './timeline.ts'

export const STATES = ['due', 'sent', 'failed'] as const
export const EVERY_TOPIC = [...TOPICS, ...(Object.keys(noticeLetters) as NoticeTopic[])]

const told = {
  id: Uuid,
  topic: OneOf(EVERY_TOPIC),
  channel: OneOf(CHANNEL_NAMES),
  recipient: Type.String(),
  eventId: Nullable(Uuid),
  state: OneOf(STATES, { description: 'due: waiting, being sent or to be tried again. failed: given up.' }),
  sentAt: Nullable(Instant),
  failedAt: Nullable(Instant),
  createdAt: Instant,
}

/** What the people that it concerns may see of a message. */
export const ToldWire = Fields(told)

export const NotificationWire = Fields({
  ...told,
  attempts: Type.Integer(),
  lastError: Nullable(Type.String({ description: 'Why the last attempt failed, without addresses.' })),
  dueAt: Instant,
})

export const ChannelWire = Fields({
  name: OneOf(CHANNEL_NAMES),
  setUp: Type.Boolean({ description: 'By the settings of the process that answers.' }),
  paused: Nullable(Fields({ since: Instant, reason: Type.String() })),
  breakers: Type.Array(
    Fields({
      destination: Type.String(),
      state: OneOf(['closed', 'open', 'half-open']),
      failures: Type.Integer({ description: 'In a row.' }),
      since: Instant,
      retryAt: Nullable(Instant),
      lastError: Type.String(),
    }),
    { description: 'Destinations that have failed since they last took something.' },
  ),
  due: Type.Integer(),
  oldestDueAt: Nullable(Instant),
  failed: Type.Integer(),
  sentInLastHour: Type.Integer(),
})

export const UnsubscriptionWire = Fields({
  group: OneOf(['registrations', 'reminders', 'changes', 'recommendations']),
  off: Type.Boolean(),
  forAccount: Type.Boolean({
    description: 'For an account, whose preferences say so; otherwise for the address alone.',
  }),
})

/** A message as those that it concerns see it. */
export function tell(notification: Notification): Static<typeof ToldWire> {
  const { id, topic, channel, recipient, eventId, state, sentAt, failedAt, createdAt } = notification
  return {
    ...{ id, topic: topic as Topic, channel, recipient, eventId, state },
    sentAt: instantOrNull(sentAt),
    failedAt: instantOrNull(failedAt),
    createdAt: instant(createdAt),
  }
}

/** A message as admins see it. */
export function present(notification: Notification): Static<typeof NotificationWire> {
  const { attempts, lastError, dueAt } = notification
  return { ...tell(notification), attempts, lastError, dueAt: instant(dueAt) }
}

/** A channel as the wire has it. */
export function presentChannel(channel: ChannelState): Static<typeof ChannelWire> {
  return {
    ...channel,
    paused: channel.paused && { ...channel.paused, since: instant(channel.paused.since) },
    breakers: channel.breakers.map(({ destination, state, failures, since, retryAt, lastError }) => ({
      ...{ destination, state, failures, lastError },
      since: instant(since),
      retryAt: instantOrNull(retryAt),
    })),
    oldestDueAt: instantOrNull(channel.oldestDueAt),
  }
}
