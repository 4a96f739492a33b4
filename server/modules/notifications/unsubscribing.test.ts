import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { changePreferences, type Channels } from '#accounts/profile/preferences'
import * as events from '#events'
import { linkToken } from '#kernel/links'
import * as registrations from '#registrations'
import { anAccount, anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { resend } from './timeline.ts'

const kit = await openKit()
const texts: string[] = []
const service: string[] = []
const ways = kit.ctx.channels as Record<string, unknown>
beforeEach(() => {
  kit.mails.length = 0
  texts.length = 0
  service.length = 0
  delete ways['service']
  ways['sms'] = {
    send: async (message: { to: { address: string } }) => (texts.push(message.to.address), { sent: true }),
    close: () => {},
  }
})

/** An event that Ann, who has an account, and Gus, who has none, are going to; and one that moves it. */
async function anEvening(channels: Channels = {}) {
  const ann = await anAccount(kit.ctx, { email: `ann${Math.random()}@example.org` })
  await changePreferences(kit.as(ann), ann.id, { channels })
  await sql`update accounts set phone = '+4930123456', phone_verified_at = app_now() where id = ${ann.id}`.execute(
    kit.ctx.db,
  )
  const event = await anEvent(kit.ctx, { title: 'Evening' })
  const gus = { name: 'Gus', email: `Gus${Math.random()}@example.org` }
  await registrations.register(kit.as(ann), event.id, { accountId: ann.id })
  await aRegistration(kit.ctx, event.id, gus)
  await kit.settle()
  let hours = 0
  const move = async () => {
    kit.mails.length = texts.length = service.length = 0
    const startsAt = new Date(new Date(event.startsAt).getTime() + ++hours * 3_600_000)
    await events.edit(kit.as(event.organizer), event.id, {
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
    })
    await kit.settle()
    return kit.mails.map((mail) => mail.to.address).sort()
  }
  return { ann, gus, event, move }
}
const tokenOf = (address: string) =>
  kit.mails
    .find((mail) => mail.to.address === address)!
    .unsubscribe!.split('/')
    .at(-1)!

describe('one-click unsubscribing', () => {
  test('what may be turned off carries a link that does it, and what carries the ticket does not', async () => {
    const { ann, move } = await anEvening()
    expect(kit.mails.filter((mail) => mail.to.address === ann.email).map((mail) => mail.unsubscribe)).toEqual([
      undefined,
    ])
    await move()
    const [mail] = kit.mails
    expect(mail!.unsubscribe).toMatch(/^http:\/\/localhost:8000\/api\/v1\/unsubscriptions\/.+/)
    expect(mail!.text).toContain('/unsubscribe/')
  })

  test('a click of the mail program turns it off for an account, a GET does not, and it can be undone', async () => {
    const { ann, gus, move } = await anEvening({ changes: ['email', 'sms'] })
    expect(await move()).toEqual([gus.email, ann.email].sort())
    const path = `/unsubscriptions/${tokenOf(ann.email)}`
    expect((await kit.call('GET', path)).body).toEqual({ group: 'changes', off: false, forAccount: true })
    expect(await move()).toEqual([gus.email, ann.email].sort())
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const click = () => kit.call('POST', path, { payload: 'List-Unsubscribe=One-Click', headers: form })
    expect((await click()).body).toEqual({ group: 'changes', off: true, forAccount: true })
    expect((await click()).status).toBe(200)
    expect(await move()).toEqual([gus.email])
    expect(texts, 'the other way stays').toEqual(['+4930123456'])
    expect((await kit.call('DELETE', path)).body).toMatchObject({ off: false })
    expect(await move()).toEqual([gus.email, ann.email].sort())
  })

  test('it turns it off for an address without an account, whatever its spelling, and for no other', async () => {
    const { ann, gus, event, move } = await anEvening()
    await move()
    const path = `/unsubscriptions/${tokenOf(gus.email)}`
    expect((await kit.call('POST', path)).body).toEqual({ group: 'changes', off: true, forAccount: false })
    expect(await move()).toEqual([ann.email])
    await events.cancel(kit.as(event.organizer), event.id)
    kit.mails.length = 0
    await kit.settle()
    expect(kit.mails.map((mail) => mail.to.address).sort(), 'that it is off is always told').toEqual(
      [gus.email, ann.email].sort(),
    )
  })

  test('what waits for its next attempt, or is sent again by somebody, does not leave after it', async () => {
    const { ann, gus, move } = await anEvening({ changes: ['email', 'sms'] })
    const { email, sms } = ways
    ways['email'] = ways['sms'] = { send: async () => ({ sent: false, final: false, error: 'later' }), close: () => {} }
    await move()
    Object.assign(ways, { email, sms })
    const { rows } = await sql<{ id: string; recipient: string }>`
      select id, recipient from notifications where topic = 'moved' and sent_at is null and failed_at is null`.execute(
      kit.ctx.db,
    )
    expect(rows).toHaveLength(3)
    const idOf = (address: string) => rows.find(({ recipient }) => recipient === address)!.id
    const path = (address: string) => `/unsubscriptions/${linkToken(kit.ctx.config, 'unsubscribe', idOf(address))}`
    for (const address of [ann.email, gus.email]) await kit.call('POST', path(address))
    const arriving = async () => {
      await kit.clock.advance({ minutes: 5 })
      await kit.settle()
      return kit.mails.splice(0).map((mail) => mail.to.address)
    }
    expect([await arriving(), texts]).toEqual([[], ['+4930123456']])
    const admin = kit.as(await anAccount(kit.ctx, { role: 'admin' }))
    await resend(admin, idOf(gus.email))
    expect(await arriving()).toEqual([])
    await kit.call('DELETE', path(gus.email))
    await resend(admin, idOf(gus.email))
    expect(await arriving()).toEqual([gus.email])
    const { rows: told } = await sql`select last_error from notifications where id = ${idOf(ann.email)}`.execute(
      kit.ctx.db,
    )
    expect(told).toEqual([{ last_error: 'it was not so any more: it was turned off' }])
  })

  test('a link that is none of ours, or of a mail that cannot be turned off, turns nothing off', async () => {
    const { ann, move } = await anEvening()
    await move()
    const [id, signature] = tokenOf(ann.email).split('.')
    const other = await kit.ctx.db
      .selectFrom('notifications')
      .select('id')
      .where('topic', '=', 'confirmed')
      .executeTakeFirstOrThrow()
    for (const token of [`${id}.${signature!.slice(0, -1)}x`, `${other.id}.${signature}`, 'nothing'])
      expect((await kit.call('POST', `/unsubscriptions/${token}`)).status).toBe(404)
  })
})

describe('the ways of a message', () => {
  test('a text only where it was chosen, and mail unless it was turned off', async () => {
    const nothing = await anEvening({ changes: [] })
    expect([await nothing.move(), texts]).toEqual([[nothing.gus.email], []])
    const text = await anEvening({ changes: ['sms'], registrations: [] })
    expect(
      kit.mails.map((mail) => mail.to.address),
      'the ticket comes all the same',
    ).toContain(text.ann.email)
    expect([await text.move(), texts]).toEqual([[text.gus.email], ['+4930123456']])
  })

  test('where there is a notification service it has what mail would be, and nobody is told twice', async () => {
    ways['service'] = {
      send: async (message: { to: { address: string } }) => (service.push(message.to.address), { sent: true }),
      close: () => {},
    }
    const { ann, gus, move } = await anEvening()
    expect([...service].sort()).toEqual([gus.email, ann.email].sort())
    expect(await move()).toEqual([])
    expect([...service].sort()).toEqual([gus.email, ann.email].sort())
  })
})

describe('the words of a message', () => {
  test('are in the language and the zone of who reads it, and in the event’s zone too', async () => {
    const { ann, gus, move } = await anEvening()
    await changePreferences(kit.as(ann), ann.id, { language: 'de-AT', zone: 'America/New_York' })
    await move()
    const german = kit.mails.find((mail) => mail.to.address === ann.email)!
    expect(german.subject).toBe('Verlegt: Evening')
    expect(german.html).toContain('<html lang="de">')
    expect(german.text).toMatch(/Wann: .+\(Europe\/Berlin\), bei dir .+\(America\/New_York\)/)
    const english = kit.mails.find((mail) => mail.to.address === gus.email)!
    expect(english.subject).toBe('Moved: Evening')
    expect(english.text).not.toContain('for you')
  })

  test('a text has what, when and where one reads on in 320 characters, however long the title', async () => {
    const { event, move } = await anEvening({ changes: ['sms'] })
    const shorts: string[] = []
    ways['sms'] = {
      send: async (message: { short: string }) => (shorts.push(message.short), { sent: true }),
      close: () => {},
    }
    await sql`update events set title = ${'Ein langer Abend '.repeat(11)} where id = ${event.id}`.execute(kit.ctx.db)
    await move()
    expect([...shorts[0]!].length).toBeLessThanOrEqual(320)
    expect(shorts[0]).toMatch(/^Moved: Ein langer Abend .+\(Europe\/Berlin\) http:\/\/localhost:8000\/my$/)
  })
})
