import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, OneOf, Uuid } from '#http/wire'
import { TOPICS, type Notification, type Topic } from './notifications.ts'

export const STATES = ['due', 'sent', 'failed'] as const

export const NotificationWire = Fields({
  id: Uuid,
  topic: OneOf(TOPICS),
  channel: OneOf(['email']),
  recipient: Type.String(),
  state: OneOf(STATES, { description: 'due: waiting, being sent or to be tried again. failed: given up.' }),
  attempts: Type.Integer(),
  lastError: Nullable(Type.String({ description: 'Why the last attempt failed, without addresses.' })),
  sentAt: Nullable(Instant),
  createdAt: Instant,
})

/** A message as the wire has it. */
export function present(notification: Notification): Static<typeof NotificationWire> {
  return {
    ...notification,
    topic: notification.topic as Topic,
    channel: notification.channel as 'email',
    sentAt: instantOrNull(notification.sentAt),
    createdAt: instant(notification.createdAt),
  }
}
