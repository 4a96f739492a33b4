import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as registrations from '#registrations'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'

const kit = await openKit()

async function anEveningWithAnn() {
  const ann = await anAccount(kit.ctx, { email: `ann${Math.random()}@example.org` })
  const event = await anEvent(kit.ctx, { title: 'Evening' })
  await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
  await aRegistration(kit.ctx, event.id, { name: 'Gus', email: 'gus@example.org' })
  await kit.settle()
  return { ann, event, organizer: await kit.signIn(event.organizer), me: await kit.signIn(ann) }
}

test('each sees what was written to them, and no words and no secrets with it', async () => {
  const { me, ann, event } = await anEveningWithAnn()
  const { status, body } = await kit.call('GET', '/me/notifications', { headers: me })
  expect(status).toBe(200)
  const confirmed = body.items.filter((each: { topic: string }) => each.topic === 'confirmed')
  expect(confirmed).toEqual([
    {
      id: expect.any(String),
      topic: 'confirmed',
      channel: 'email',
      recipient: ann.email,
      eventId: event.id,
      state: 'sent',
      sentAt: expect.any(String),
      failedAt: null,
      createdAt: expect.any(String),
    },
  ])
  expect(body.items.every((each: { recipient: string }) => each.recipient === ann.email)).toBe(true)
})

test('who runs an event sees to whom it was told and what became of it; others do not', async () => {
  const { organizer, me, event, ann } = await anEveningWithAnn()
  const { body } = await kit.call('GET', `/events/${event.id}/notifications`, { headers: organizer })
  expect(body.items.map((each: { recipient: string }) => each.recipient).sort()).toEqual([ann.email, 'gus@example.org'])
  expect((await kit.call('GET', `/events/${event.id}/notifications`, { headers: me })).status).toBe(403)
})

test('what was sent is said once more in the same words, and not again before that has left', async () => {
  const { organizer, me, event } = await anEveningWithAnn()
  const { body } = await kit.call('GET', `/events/${event.id}/notifications`, { headers: organizer })
  const gus = body.items.find((each: { recipient: string }) => each.recipient === 'gus@example.org')
  const again = () => kit.call('POST', `/notifications/${gus.id}/resend`, { headers: organizer })
  expect((await kit.call('POST', `/notifications/${gus.id}/resend`, { headers: me })).status).toBe(403)
  const first = await again()
  expect([first.status, first.body.state]).toEqual([201, 'due'])
  const second = await again()
  expect([second.status, second.body.type]).toEqual([409, '/problems/notifications/still-due'])
  kit.mails.length = 0
  await kit.settle()
  expect(kit.mails.map((mail) => [mail.to.address, mail.subject])).toEqual([
    ['gus@example.org', 'You have a place: Evening'],
  ])
  expect((await again()).status).toBe(201)
})

test('a dead letter is tried anew with all its attempts, and a blanked one is not', async () => {
  const { organizer, event } = await anEveningWithAnn()
  await sql`update notifications set sent_at = null, failed_at = app_now(), attempts = 8, last_error = 'no' where event_id = ${event.id}`.execute(
    kit.ctx.db,
  )
  const { body } = await kit.call('GET', `/events/${event.id}/notifications`, {
    headers: organizer,
    query: { state: 'failed' },
  })
  const [one, other] = body.items
  const tried = await kit.call('POST', `/notifications/${one.id}/resend`, { headers: organizer })
  expect(tried.body).toMatchObject({ id: one.id, state: 'due' })
  kit.mails.length = 0
  await kit.settle()
  expect(kit.mails).toHaveLength(1)
  await sql`
    update notifications set erased_at = app_now(), recipient = '', payload = '{}', last_error = null
    where id = ${other.id}`.execute(kit.ctx.db)
  expect((await kit.call('POST', `/notifications/${other.id}/resend`, { headers: organizer })).body.type).toBe(
    '/problems/notifications/says-nothing-any-more',
  )
})

test('admins narrow the list by channel, topic and recipient, and see attempts and the last error', async () => {
  await anEveningWithAnn()
  const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
  const query = { channel: 'email', topic: 'confirmed', recipient: 'gus@example.org' }
  const { body } = await kit.call('GET', '/notifications', { headers: admin, query })
  expect(body.items.length).toBeGreaterThan(0)
  expect(body.items.every((each: { recipient: string }) => each.recipient === 'gus@example.org')).toBe(true)
  expect((await kit.call('GET', '/notifications', { headers: admin, query: { channel: 'sms' } })).body.items).toEqual(
    [],
  )
  const one = await kit.call('GET', `/notifications/${body.items[0].id}`, { headers: admin })
  expect(one.body).toMatchObject({ attempts: 1, lastError: null, dueAt: expect.any(String) })
})
