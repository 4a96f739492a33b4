import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail as it came over the wire. */
export type ReceivedMail = {
  /** The envelope: who it was really sent to. */
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  messageId: string
  /** The whole message, byte for byte. */
  raw: string
  parsed: Email
}

/** What the server does with a mail whose last byte has arrived. */
export type Behaviour =
  | 'accept'
  | { code: number; text: string }
  /** Keeps the mail and hangs up without saying so. */
  | 'drop-after-data'
  /** Never answers. */
  | 'tarpit'

export type SmtpReceiver = {
  port: number
  /** What has arrived for good: accepted, or kept before hanging up. */
  mails: ReceivedMail[]
  /** Every mail that was handed over to the end, whatever became of it. */
  offered: ReceivedMail[]
  /** Resolves when so many have arrived. */
  waitFor(count: number, timeoutMs?: number): Promise<ReceivedMail[]>
  stop(): Promise<void>
}

/** A real SMTP server for tests, on a port of its own, that takes every mail unless `behave` says otherwise. */
export async function startSmtp(
  options: { port?: number; behave?: (mail: ReceivedMail) => Behaviour | Promise<Behaviour> } = {},
): Promise<SmtpReceiver> {
  const { behave = () => 'accept' } = options
  const mails: ReceivedMail[] = []
  const offered: ReceivedMail[] = []
  const waiting = new Set<() => void>()

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, session, answer) {
      const envelope = {
        from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
        to: session.envelope.rcptTo.map((each) => each.address), // reset when `answer` is called
      }
      const hangUp = () => [...server.connections].find((each) => each.id === session.id)?._socket?.destroy()
      const receive = async () => {
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        const raw = Buffer.concat(chunks)
        const parsed = await PostalMime.parse(raw)
        const mail: ReceivedMail = {
          ...envelope,
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: parsed.html ?? '',
          messageId: parsed.messageId ?? '',
          raw: raw.toString('latin1'),
          parsed,
        }
        offered.push(mail)
        const behaviour = await behave(mail)
        if (behaviour === 'accept' || behaviour === 'drop-after-data') mails.push(mail)
        if (behaviour === 'accept') answer()
        else if (behaviour === 'drop-after-data') hangUp()
        else if (behaviour !== 'tarpit')
          answer(Object.assign(new Error(behaviour.text), { responseCode: behaviour.code }))
        for (const look of [...waiting]) look()
      }
      receive().catch(hangUp) // the sender went away in the middle
    },
  })
  server.on('error', () => undefined) // a client that hangs up is no fault of the test's
  const listening = server.listen(options.port ?? 0, '127.0.0.1')
  await once(listening, 'listening')

  return {
    port: (listening.address() as AddressInfo).port,
    mails,
    offered,
    waitFor(count, timeoutMs = 5_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (mails.length < count) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(mails)
        }
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`${mails.length} of ${count} mails came within ${timeoutMs} ms`))
        }, timeoutMs)
        waiting.add(look)
        look()
      })
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const connection of server.connections) connection._socket?.destroy()
      }),
  }
}
