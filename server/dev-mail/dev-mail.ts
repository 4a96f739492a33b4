import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { Type } from 'typebox'
import type { App } from '#http/app'
import { Fields } from '#http/wire'
import { newId } from '#kernel/ids'
import { anyone } from '#kernel/policy'
import { listPage, mailPage, missingPage, PAGE_POLICY } from './pages.ts'

/** A mail that was taken. `to` and `from` are the envelope's and the header's, as text. */
export type DevMailItem = {
  id: string
  to: string
  from: string
  subject: string
  text: string
  html: string | null
  headers: { name: string; value: string }[]
  messageId: string
  receivedAt: Date
}

export type DevMail = {
  port: number
  /** Newest first. */
  mails(): DevMailItem[]
  find(id: string): DevMailItem | undefined
  stop(): Promise<void>
}

/** Takes every mail and delivers none: prints a line for each and keeps the last ones in memory, to be looked at. */
export async function startDevMail(options: {
  port: number
  host?: string
  print: (line: string) => void
  keep?: number
}): Promise<DevMail> {
  const { host = '127.0.0.1', keep = 200, print } = options
  const kept: DevMailItem[] = []

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 10_000_000,
    rejectOversized: true,
    closeTimeout: 500,
    onData(stream, session, answer) {
      const to = session.envelope.rcptTo.map((each) => each.address).join(', ') // reset when `answer` is called
      const take = async () => {
        const chunks: Buffer[] = []
        for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer)
        if (stream.sizeExceeded) return
        const item = await read(Buffer.concat(chunks), to)
        kept.unshift(item)
        kept.length = Math.min(kept.length, keep)
        print(`${item.receivedAt.toISOString()}  mail to ${shown(to)}: ${shown(item.subject)}`)
      }
      take().then(
        () => answer(),
        (error: Error) => answer(error),
      )
    },
  })
  server.on('error', (error) => print(`development mail server: ${shown(error.message)}`))

  const listening = server.listen(options.port, host)
  await Promise.race([
    once(listening, 'listening'),
    once(listening, 'error').then(([error]) => Promise.reject(error as Error)),
  ])
  return {
    port: (listening.address() as AddressInfo).port,
    mails: () => [...kept],
    find: (id) => kept.find((item) => item.id === id),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Shows what the development mail server has taken. Only mounted where that server runs. */
export function devMailRoutes(app: App, devMail: DevMail): void {
  const config = { may: anyone() }
  const html = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-store',
  }

  app.get('/dev/mail', { schema: { hide: true }, config }, async (_req, reply) => {
    reply.headers(html)
    return listPage(devMail.mails())
  })

  app.get(
    '/dev/mail/:id',
    { schema: { hide: true, params: Fields({ id: Type.String({ maxLength: 100 }) }) }, config },
    async (req, reply) => {
      const mail = devMail.find(req.params.id)
      reply.headers(html).code(mail ? 200 : 404)
      return mail ? mailPage(mail) : missingPage()
    },
  )

  app.get('/dev/mail.json', { schema: { hide: true }, config }, async (_req, reply) => {
    reply.header('cache-control', 'no-store')
    const items = devMail.mails().map(({ id, to, from, subject, text, messageId, receivedAt }) => ({
      ...{ id, to, from, subject, text, messageId },
      receivedAt: receivedAt.toISOString(),
    }))
    return { items }
  })
}

async function read(raw: Buffer, to: string): Promise<DevMailItem> {
  const mail = await PostalMime.parse(raw)
  const sender = mail.from && 'address' in mail.from ? mail.from : undefined
  return {
    id: newId(),
    to,
    from: sender ? (sender.name ? `${sender.name} <${sender.address}>` : (sender.address ?? '')) : '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? null,
    headers: mail.headers.map((header) => ({ name: header.originalKey, value: header.value })),
    messageId: mail.messageId ?? '',
    receivedAt: new Date(),
  }
}

/** Fit for one line of a terminal: a subject can hold anything. */
function shown(words: string): string {
  return words.replace(/\p{Cc}+/gu, ' ')
}
