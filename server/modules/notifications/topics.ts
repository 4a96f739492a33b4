import type { TopicGroup } from './ways.ts'

/**
 * What mail may be turned off, by the group that it is turned off with. Whatever is not here always goes by mail: it carries
 * a ticket, asks for money or an answer, or says that a place or an event is gone, or it is about the account itself.
 */
export const TURNED_OFF_WITH: Partial<Record<string, TopicGroup>> = {
  moved: 'changes',
  reminder: 'reminders',
  'followed-moved': 'changes',
  recommendation: 'recommendations',
}

/** The group by which one chooses the other ways to hear of it. */
export function groupOf(topic: string): TopicGroup {
  return (
    TURNED_OFF_WITH[topic] ??
    (topic === 'event-cancelled' || topic === 'followed-cancelled' ? 'changes' : 'registrations')
  )
}
