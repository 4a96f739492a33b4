import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { onServer, withDatabase } from '../kit/global-setup.ts'
import { startProcess, type Running } from '../kit/processes.ts'
import { startSmtp, type ReceivedMail } from '../kit/smtp.ts'

// The program as it runs, a real mail server, and nothing between them and the test but sockets. On PostgreSQL with a
// worker of its own, as in production; embedded, in one process.

const template = inject('template')
const home = await mkdtemp(join(tmpdir(), 'turnout-journey-'))
const name = `turnout_journey_${process.pid}_${Date.now()}`
const smtp = await startSmtp()
const running: Running[] = []
afterAll(async () => {
  for (const each of running) await each.kill()
  await smtp.stop()
  if (template.engine === 'postgres') await onServer(template.server, `drop database if exists ${name} with (force)`)
  await rm(home, { recursive: true })
})
if (template.engine === 'postgres') await onServer(template.server, `create database ${name} template ${template.name}`)

const env = {
  DATA_DIR: home,
  SMTP_HOST: '127.0.0.1',
  SMTP_PORT: String(smtp.port),
  SMTP_TLS: 'off',
  MAIL_FROM: 'Turnout <turnout@example.org>',
  ...(template.engine === 'postgres' ? { DATABASE_URL: withDatabase(template.server, name) } : {}),
}
const server = await startProcess({ command: ['serve'], env })
running.push(server)
if (template.engine === 'postgres')
  running.push(await startProcess({ command: ['worker'], env: { ...env, LOG_LEVEL: 'info' }, until: /"working"/ }))

const PASSWORD = 'tulips in the rain 7'
async function call(
  method: string,
  path: string,
  options: { as?: string; body?: object } = {},
): Promise<{ status: number; body: any }> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(options.as ? { authorization: `Bearer ${options.as}` } : {}),
      ...(options.body ? { 'content-type': 'application/json' } : {}),
    },
    body: options.body && JSON.stringify(options.body),
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : undefined }
}
async function signUp(username: string, more: object = {}): Promise<string> {
  expect(
    await call('POST', '/accounts', {
      body: { username, email: `${username}@example.com`, password: PASSWORD, ...more },
    }),
  ).toMatchObject({ status: 201 })
  signedUp++
  const { body } = await call('POST', '/sessions', { body: { username, password: PASSWORD } })
  return body.accessToken as string
}
/** Who signs up is asked whether the address is theirs; of the other mails, those that have come since the last time, by address. */
let read = 0
let signedUp = 0
async function nextMails(count: number): Promise<Record<string, ReceivedMail>> {
  const all = await smtp.waitFor(signedUp + read + count, 20_000)
  const mails = all.filter(({ text }) => !text.startsWith('Is this your address?')).slice(read)
  expect(mails).toHaveLength(count)
  read += count
  for (const mail of mails) {
    expect(mail.to).toHaveLength(1)
    expect(mail.text).toContain('Lock picking for beginners')
    expect(mail.html).toContain('Lock picking for beginners')
    expect(mail.raw).toMatch(/^From: Turnout <turnout@example\.org>\r?$/m)
  }
  return Object.fromEntries(mails.map((mail) => [mail.to[0]!, mail]))
}
const guestToken = (mail: ReceivedMail) => {
  const link = new RegExp(`http://localhost:\\d+/r/(\\S+)`).exec(mail.text)
  expect(mail.html).toContain(link![0])
  return link![1]!
}

// S2-03 S2-05 S3-03 S3-07 S3-13 S3-14 S3-25 S3-26
// S1-01 S1-04 S2-02 S3-01 S3-07
test('an organizer publishes, people find it, two come and one waits, a seat is given back and passed on, and everybody hears of everything', async () => {
  const olga = await signUp('olga', { organizer: true, firstName: 'Olga', lastName: 'Marin' })
  const venue = await call('POST', '/venues', { as: olga, body: { name: 'Town Hall', address: 'Market 1' } })
  expect(venue.status).toBe(201)

  const day = 24 * 3_600_000
  const startsAt = new Date(Date.now() + 14 * day).toISOString()
  const draft = await call('POST', '/events', {
    as: olga,
    body: {
      title: 'Lock picking for beginners',
      description: 'Bring **your own** locks.',
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + day / 8).toISOString(),
      zone: 'Europe/Berlin',
      venueId: venue.body.id,
      capacity: 2,
    },
  })
  expect(draft).toMatchObject({
    status: 201,
    body: { status: 'draft', organizer: { name: 'Olga Marin' }, venue: { name: 'Town Hall' }, seatsLeft: 2 },
  })
  const { id, slug } = draft.body as { id: string; slug: string }

  expect((await call('GET', '/events?text=locks')).body.items).toEqual([])
  expect((await call('GET', `/events/${slug}`)).status).toBe(404)
  expect(await call('PUT', `/events/${id}/publication`, { as: olga })).toMatchObject({
    status: 200,
    body: { status: 'open' },
  })

  const found = await call('GET', '/events?text=lock+picking&hasSeats=true')
  expect(found.body.items).toMatchObject([{ id, slug, seatsLeft: 2 }])
  expect(await call('GET', `/events/${slug}`)).toMatchObject({
    status: 200,
    body: { descriptionHtml: '<p>Bring <strong>your own</strong> locks.</p>\n', can: { register: true, edit: false } },
  })

  // Two seats: an account and a guest. The third waits.
  const ben = await signUp('ben', { firstName: 'Ben' })
  const register = `/events/${id}/registrations`
  const first = await call('POST', register, { as: ben, body: {} })
  expect(first).toMatchObject({
    status: 201,
    body: { status: 'going', position: null, email: 'ben@example.com', can: { cancel: true } },
  })
  expect(await call('POST', register, { body: { name: 'Gwen', email: 'gwen@example.net' } })).toMatchObject({
    status: 201,
    body: { status: 'going' },
  })
  expect(await call('POST', register, { body: { name: 'Theo', email: 'theo@example.net' } })).toMatchObject({
    status: 201,
    body: { status: 'waitlisted', position: 1 },
  })
  expect(await call('POST', register, { body: { name: 'Gwen', email: 'GWEN@example.net' } })).toMatchObject({
    status: 409,
    body: { type: '/problems/registrations/already-registered' },
  })
  expect((await call('GET', '/events?text=lock+picking&hasSeats=true')).body.items).toEqual([])

  const welcome = await nextMails(3)
  expect(Object.keys(welcome).sort()).toEqual(['ben@example.com', 'gwen@example.net', 'theo@example.net'])
  expect(welcome['ben@example.com']!.subject).toBe('You have a place: Lock picking for beginners')
  expect(welcome['ben@example.com']!.text).not.toContain('/r/')
  expect(welcome['gwen@example.net']!.text).toContain('Town Hall, Market 1')
  expect(welcome['theo@example.net']!.subject).not.toContain('You have a place')

  // Gwen follows the link in her mail, sees her place, and gives it back. Theo has it.
  const link = `/guest-links/${guestToken(welcome['gwen@example.net']!)}`
  expect(await call('GET', link)).toMatchObject({
    status: 200,
    body: { name: 'Gwen', status: 'going', can: { cancel: true } },
  })
  expect((await call('GET', `${link.slice(0, -3)}xyz`)).status).toBe(404)
  expect(await call('PUT', `${link}/cancellation`)).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  expect(await call('GET', `/guest-links/${guestToken(welcome['theo@example.net']!)}`)).toMatchObject({
    body: { status: 'going', position: null, promotedAt: expect.any(String) },
  })
  const passedOn = await nextMails(2)
  expect(Object.keys(passedOn).sort()).toEqual(['gwen@example.net', 'theo@example.net'])
  expect(passedOn['theo@example.net']!.subject).not.toBe(welcome['theo@example.net']!.subject)

  // The organizer sees who comes; nobody else does.
  expect(await call('GET', register, { as: olga })).toMatchObject({
    status: 200,
    body: {
      counts: { going: 2, waitlisted: 0, cancelled: 1 },
      items: [
        { name: 'Ben', status: 'going' },
        { name: 'Gwen', status: 'cancelled' },
        { name: 'Theo', status: 'going' },
      ],
    },
  })
  expect((await call('GET', register, { as: ben })).status).toBe(403)
  expect((await call('GET', register)).status).toBe(401)
  expect((await call('GET', `/events/${id}`)).body).toMatchObject({ taken: 2, waiting: 0, seatsLeft: 0 })
  expect((await call('GET', '/me/registrations', { as: ben })).body.items).toMatchObject([
    { id: first.body.id, status: 'going', event: { slug } },
  ])

  // It is called off: those who were to come hear of it, and who had left does not.
  expect(
    await call('PUT', `/events/${id}/cancellation`, { as: olga, body: { reason: 'No locks were left.' } }),
  ).toMatchObject({ status: 200, body: { status: 'cancelled', taken: 0 } })
  const calledOff = await nextMails(2)
  expect(Object.keys(calledOff).sort()).toEqual(['ben@example.com', 'theo@example.net'])
  for (const mail of Object.values(calledOff)) {
    expect(mail.text).toContain('No locks were left.')
    expect(mail.html).toContain('No locks were left.')
  }
  expect((await call('GET', '/events?text=lock+picking')).body.items).toEqual([])
  expect((await call('GET', `/events/${slug}`)).body).toMatchObject({ status: 'cancelled', can: { register: false } })
  expect(await call('POST', register, { body: { name: 'Late', email: 'late@example.net' } })).toMatchObject({
    status: 409,
    body: { type: '/problems/registrations/event-cancelled' },
  })

  // Nobody was told anything twice.
  expect(new Set(smtp.offered.map((mail) => mail.messageId)).size).toBe(7 + signedUp)
  expect(smtp.offered).toHaveLength(7 + signedUp)
}, 120_000)
