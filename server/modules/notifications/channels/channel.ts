/** A message ready to go: what it says is settled, so that every attempt sends the same bytes. */
export type Message = {
  /** The notification's id: whatever identifies the message outside is made of it, the same at every attempt. */
  id: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  writtenAt: Date
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
    }

/** A way for messages to leave. */
export interface Channel {
  /** Hands one message over; resolves when the other side has confirmed or refused it. Never rejects. */
  send(message: Message): Promise<Outcome>
  /** How many messages it would take now: none while it is down or not set up, one to try whether it is back. */
  room?(): number
}
