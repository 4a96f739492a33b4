import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '#http/app'
import { devMailRoutes, startDevMail, type DevMail } from './dev-mail.ts'

let devMail: DevMail
let app: App
let printed: string[]

beforeEach(async () => {
  printed = []
  devMail = await startDevMail({ port: 0, print: (line) => printed.push(line), keep: 3 })
  app = fastify().withTypeProvider<TypeBoxTypeProvider>()
  devMailRoutes(app, devMail)
})
afterEach(async () => {
  await app.close()
  await devMail.stop()
})

// S4-03
test('a mail that was sent is printed in a line, listed newest first and shown whole', async () => {
  await send({ subject: 'First', text: 'One: http://localhost:8000/r/x', html: '<p>One</p>' })
  await send({ subject: 'Second\u001b[31m', text: 'Two' })
  expect(printed).toHaveLength(2)
  expect(printed[0]).toMatch(/^\d{4}-.*mail to ann@x\.org, bob@x\.org: First$/)
  expect(printed[1]).not.toContain('\u001b')

  const { items } = (await app.inject('/dev/mail.json')).json<{ items: Record<string, string>[] }>()
  expect(items.map((item) => item.subject)).toEqual(['Second\u001b[31m', 'First'])
  expect(items[1]).toEqual({
    id: expect.any(String),
    to: 'ann@x.org, bob@x.org',
    from: 'Turnout <noreply@x.org>',
    subject: 'First',
    text: expect.stringContaining('One: http://localhost:8000/r/x'),
    messageId: '<fixed@x.org>',
    receivedAt: expect.stringMatching(/Z$/),
  })

  const list = await app.inject('/dev/mail')
  expect(list.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/)
  expect(list.body.indexOf('Second')).toBeLessThan(list.body.indexOf('First'))
  const page = await app.inject(`/dev/mail/${items[1]!.id}`)
  expect(page.body).toContain('<a href="http://localhost:8000/r/x"')
  expect(page.body).toContain('Message-ID')
})

test('what a mail holds is shown as text, or in a frame without scripts', async () => {
  await send({
    subject: '<script>alert(1)</script>',
    text: '<b>bold</b>',
    html: '<script>alert(1)</script>"><img src=x>',
  })
  const [mail] = devMail.mails()
  const page = (await app.inject(`/dev/mail/${mail!.id}`)).body
  expect(page + (await app.inject('/dev/mail')).body).not.toMatch(/<script|<b>bold|<img/)
  expect(page).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/)
})

test('only the last mails are kept, and one that is gone is a 404', async () => {
  for (const subject of ['1', '2', '3', '4']) await send({ subject, text: subject })
  expect(devMail.mails().map((mail) => mail.subject)).toEqual(['4', '3', '2'])
  expect((await app.inject('/dev/mail/gone')).statusCode).toBe(404)
})

test('a mail that is too large is refused', async () => {
  await expect(send({ subject: 'Big', text: 'x'.repeat(11_000_000) })).rejects.toThrow(/larger|size/)
  expect(devMail.mails()).toEqual([])
})

async function send(mail: { subject: string; text: string; html?: string }): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: devMail.port, ignoreTLS: true })
  await transport.sendMail({
    ...mail,
    from: 'Turnout <noreply@x.org>',
    to: 'ann@x.org',
    bcc: 'bob@x.org',
    messageId: '<fixed@x.org>',
    // Header values cannot carry control characters unless encoded by hand.
    subject: undefined,
    headers: { Subject: { prepared: true, value: `=?utf-8?B?${Buffer.from(mail.subject).toString('base64')}?=` } },
  })
  transport.close()
}
