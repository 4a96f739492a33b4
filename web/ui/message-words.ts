// What was written to people, in a few words each.

const TOPICS: Record<string, string> = {
  confirmed: 'Place confirmed',
  'to-confirm': 'Asked to confirm',
  waitlisted: 'On the waitlist',
  promoted: 'Seat from the waitlist',
  cancelled: 'Registration cancelled',
  corrected: 'Registration corrected',
  'passed-on': 'Ticket passed on',
  'event-cancelled': 'Event cancelled',
  moved: 'Event moved',
  invited: 'Invitation',
  'not-published': 'Not published',
  held: 'Seat held',
  offered: 'Seat offered',
  lapsed: 'Seat lapsed',
  'phone-code': 'Code for a phone',
}
const CHANNELS: Record<string, string> = {
  email: 'by mail',
  service: 'by the notification service',
  sms: 'by text',
  push: 'to the browser',
}
export const MESSAGE_STATES = {
  due: { words: 'Waiting', tone: 'plain' },
  sent: { words: 'Sent', tone: 'good' },
  failed: { words: 'Given up', tone: 'bad' },
} as const

/** What a message was about, also one of a kind that this page does not know. */
export function topicWords(topic: string): string {
  const plain = topic.replaceAll('-', ' ')
  return TOPICS[topic] ?? plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** How it went. */
export function channelWords(channel: string): string {
  return CHANNELS[channel] ?? channel
}
