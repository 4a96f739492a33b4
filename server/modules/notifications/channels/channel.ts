/** A message ready to go: what it says is settled, so that every attempt sends the same bytes. */
export type Message = {
  /** The notification's id: whatever identifies the message outside is made of it, the same at every attempt. */
  id: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  /** All of it in a text of at most 320 characters. */
  short: string
  writtenAt: Date
  /** Where one request turns off what this message belongs to; none where it cannot be turned off. */
  unsubscribe?: string
  /** What a screen shows of it at a glance, where it goes from there, and until when it is worth showing. */
  glance?: { body: string; url: string; about: string; until: Date }
  /**
   * Awaited when all but the message's end has been handed over. Before it resolves nothing can have arrived;
   * afterwards it may have, whatever we hear. Rejecting withdraws the message.
   */
  beforeEnd?: () => Promise<void>
}

/** How an attempt ended. A failure of the other side is data, not an exception. */
export type Outcome =
  | { sent: true }
  | {
      sent: false
      /** Trying again cannot help. */
      final: boolean
      /** For the record: no addresses, no secrets. */
      error: string
      /** Seconds the other side asked us to wait. */
      retryAfter?: number
      /** It was not about this message: nobody was there, or we were not let in. The attempt does not count. */
      channelDown?: true
      /** The attempt counts, and says something of the other side as well: so many in a row open its breaker. */
      destinationFailed?: true
      /** The other side was never asked, so that this says nothing of it. */
      unasked?: true
      /** We were told that we may not come in. Nothing leaves by this channel until an admin says so. */
      notLetIn?: true
    }

/** The ways there are for messages to leave, by the name that a row has. */
export const CHANNEL_NAMES = ['email', 'service', 'sms', 'push'] as const
export type ChannelName = (typeof CHANNEL_NAMES)[number]

declare module '#kernel/ctx' {
  interface Ports {
    /** Those that the settings open; what is written for another waits. */
    channels: Channels
  }
}
export type Channels = { readonly [name in ChannelName]?: Channel }

/** A way for messages to leave. */
export interface Channel {
  /** Hands one message over; resolves when the other side has confirmed or refused it. Never rejects. */
  send(message: Message): Promise<Outcome>
  /** The host that everything goes to, whose failures are counted together; none where each message has another. */
  destination?: string
  /**
   * How many it is handed side by side, where a double does no harm: then none waits until the one before is marked, and
   * whoever is slow to answer keeps one of so many places.
   */
  sideBySide?: number
  /** How many messages it would take now: none while it is down or not set up, one to try whether it is back. */
  room?(): number
  /** Connects, greets, logs in and leaves. Answers what is wrong, without secrets; null when nothing is. */
  reach?(): Promise<string | null>
  /** Hands over nothing more and lets go of what it holds open. */
  close(): void
}
