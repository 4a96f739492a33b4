import { Transform } from 'node:stream'
import { createTransport, type MailMessage, type NodemailerError } from 'nodemailer'
import type { Config, Smtp } from '#config'
import type { Channel, Message, Outcome } from './channel.ts'

type Limits = {
  /** Milliseconds for handing over one message, and again for its confirmation. */
  timeout?: number
  /** Milliseconds to leave a server alone that was not there; doubles to thirty times that while it stays away. */
  pause?: number
}

const CONNECTIONS = 4

/** Opens the way to the SMTP server of the settings; without one mail waits. Connects when there is something to send. */
export function openMail(config: Pick<Config, 'smtp' | 'mailFrom' | 'baseUrl'>, limits: Limits = {}): Channel {
  if (!config.smtp)
    return { send: async () => NOT_SET_UP, reach: async () => NOT_SET_UP.error, room: () => 0, close: () => undefined }
  const { timeout = 60_000, pause = 1_000 } = limits
  const server = connect(config.smtp, timeout)
  const host = new URL(config.baseUrl).hostname
  let absences = 0
  let awayUntil = 0

  async function hand(message: Message): Promise<Outcome> {
    if (!ADDRESS.test(message.to.address))
      return { sent: false, final: true, error: 'the address cannot be used', unasked: true }
    const attempt = { begun: false, over: false, withdrawn: false }
    const patience = new AbortController()
    const startTimer = () => setTimeout(() => patience.abort(), timeout)
    let timer = startTimer()
    // Waiting for one's turn is not the server's slowness. A clock that ran on meanwhile would give messages up just
    // after their end had gone out, and each of those is a second mail.
    const beforeEnd = async () => {
      clearTimeout(timer)
      await message.beforeEnd?.().catch((error: unknown) => {
        attempt.withdrawn = true
        throw error
      })
      if (attempt.over) throw new Error('the attempt is over')
      timer = startTimer()
    }
    try {
      await server.sendMail({
        from: config.mailFrom,
        to: message.to,
        subject: message.subject,
        text: message.text,
        html: message.html,
        date: message.writtenAt,
        messageId: `<${message.id}@${host}>`,
        baseBoundary: message.id,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          ...(message.unsubscribe
            ? {
                'List-Unsubscribe': { prepared: true, value: `<${message.unsubscribe}>` },
                'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
              }
            : {}),
        },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: patience.signal,
        beforeEnd,
        attempt,
      } as Letter)
      return { sent: true }
    } catch (error) {
      return failure(error as NodemailerError, attempt)
    } finally {
      attempt.over = true
      clearTimeout(timer)
    }
  }

  return {
    destination: `${config.smtp.host}:${config.smtp.port}`,
    async send(message) {
      const outcome = await hand(message)
      if (outcome.sent || !outcome.channelDown) absences = 0
      else if (performance.now() >= awayUntil) awayUntil = performance.now() + pause * Math.min(30, 2 ** absences++)
      return outcome
    },
    async reach() {
      try {
        await server.verify()
        return null
      } catch (error) {
        return describe(error as NodemailerError)
      }
    },
    room: () => (performance.now() < awayUntil ? 0 : absences > 0 ? 1 : Infinity),
    close: () => server.close(),
  }
}

const NOT_SET_UP = { sent: false, final: false, error: 'no mail server is set up', channelDown: true } as const

// What SMTP takes without quoting. Anything else in an address is somebody trying something.
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u

type Letter = Parameters<ReturnType<typeof connect>['sendMail']>[0] & Extra
type Extra = { beforeEnd: () => Promise<void>; attempt: { begun: boolean } }

function connect(smtp: Smtp, timeout: number) {
  const server = createTransport({
    pool: true,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.tls === 'implicit',
    requireTLS: smtp.tls === 'starttls',
    ignoreTLS: smtp.tls === 'off',
    ...(smtp.user && smtp.password ? { auth: { user: smtp.user, pass: smtp.password } } : {}),
    maxConnections: CONNECTIONS,
    maxRequeues: 0, // what is tried again, and when, is decided by the row
    idleTimeout: 10_000, // ours to close, before the server does in the middle of something
    connectionTimeout: Math.min(5_000, timeout),
    greetingTimeout: Math.min(15_000, timeout),
    socketTimeout: (CONNECTIONS + 1) * timeout, // nothing happens on it while the others have their turns
  })
  server.on('error', () => undefined) // told to the one who was sending
  server.use('stream', (mail: MailMessage, done: () => void) => {
    const { beforeEnd, attempt } = mail.data as unknown as Extra
    mail.message.transform(() => holdEnd(attempt, beforeEnd))
    done()
  })
  return server
}

/** Lets the message through, but not its end before `beforeEnd` says so: until then no server can have accepted it. */
function holdEnd(attempt: { begun: boolean }, beforeEnd: () => Promise<void>): Transform {
  return new Transform({
    transform(chunk, _encoding, next) {
      attempt.begun = true
      next(null, chunk)
    },
    flush(next) {
      beforeEnd().then(() => next(), next)
    },
  })
}

function failure(error: NodemailerError, { begun, withdrawn }: { begun: boolean; withdrawn: boolean }): Outcome {
  const { responseCode = 0, command = '' } = error
  const aboutMessage =
    begun || /^(MAIL FROM|RCPT TO|DATA)/.test(command) || ['EENVELOPE', 'EMESSAGE'].includes(error.code ?? '')
  if (!aboutMessage) return { sent: false, final: false, error: describe(error), channelDown: true }
  // 5xx after MAIL FROM is about us, the sender: an operator can put that right. 503 is about the order of commands.
  const final = responseCode >= 500 && responseCode !== 503 && command !== 'MAIL FROM'
  const impossible = responseCode === 0 && error.code === 'EENVELOPE'
  if (impossible) return { sent: false, final: true, error: describe(error), unasked: true }
  // It hung, broke off or shuts down, which is about no message; unless we took the message back ourselves.
  const isItself = responseCode === 421 || (responseCode === 0 && !withdrawn)
  return { sent: false, final, error: describe(error), ...(isItself && { destinationFailed: true }) }
}

/** The reason in one short line, without the addresses that servers like to repeat. */
function describe(error: NodemailerError): string {
  const said = error.response ?? (error.code === 'EABORT' ? 'no answer in time' : error.message)
  const where = error.command && error.command !== 'CONN' ? `${error.command}: ` : ''
  return `${where}${said}`
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\S*@\S*/g, '<address>')
    .slice(0, 200)
}
