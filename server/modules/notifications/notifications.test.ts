import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import * as events from '#events'
import { relayFacts } from '#kernel/relay'
import * as registrations from '#registrations'
import { aGuest, anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../test/kit/kit.ts'
import { compose } from './composing.ts'
import * as notifications from './notifications.ts'
import type { Said } from './notifications.ts'

const kit = await openKit()
const system = kit.as('system')

beforeEach(async () => {
  await sql`truncate notifications`.execute(kit.ctx.db)
})

// S1-37 S2-05
describe('what is told', () => {
  test('everybody who gets a place is told once, however often the fact is delivered', async () => {
    const event = await anEvent(kit.ctx)
    const guests = await Promise.all([1, 2, 3].map(() => aRegistration(kit.ctx, event.id)))
    await relay()
    await kit.ctx.db.updateTable('facts').set({ delivered_at: null }).execute()
    await relay()
    expect(await told()).toEqual(guests.map((guest) => `confirmed ${guest.email}`).sort())
    expect((await rows()).every((row) => row.event_id === event.id && row.channel === 'email')).toBe(true)
  })

  test('a message keeps what was so when it was written', async () => {
    const venue = await aVenue(kit.ctx, 'Town hall', { address: 'Market 1' })
    const event = await anEvent(kit.ctx, { title: 'Chess', venueId: venue.id, place: null })
    const { id } = await aRegistration(kit.ctx, event.id, { name: 'Ann', email: 'ann@x.org' })
    await relay()
    await sql`update events set title = 'Go' where id = ${event.id}`.execute(kit.ctx.db)
    const [row] = await rows()
    expect(row!.payload).toEqual({
      registrationId: id,
      guest: true,
      name: 'Ann',
      event: {
        title: 'Chess',
        slug: expect.any(String),
        startsAt: event.startsAt,
        endsAt: event.endsAt,
        zone: 'Europe/Berlin',
        where: 'Town hall, Market 1',
        deleted: false,
        private: false,
      },
    })
  })

  test('people with an account are written to at the address of their registration, not as guests', async () => {
    const event = await anEvent(kit.ctx)
    const account = await anAccount(kit.ctx, { firstName: 'Ann', lastName: 'Lee' })
    await registrations.register(kit.as(account), event.id, { accountId: account.id })
    await relay()
    const [row] = await rows()
    expect(row).toMatchObject({ recipient: account.email, payload: { guest: false, name: 'Ann Lee' } })
  })

  test('whoever waits is told the number in line; whoever has been promoted meanwhile only of the seat', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const going = await aRegistration(kit.ctx, event.id)
    const line = [
      await aRegistration(kit.ctx, event.id),
      await aRegistration(kit.ctx, event.id),
      await aRegistration(kit.ctx, event.id),
    ]
    await registrations.cancel(system, going.id)
    const other = await anEvent(kit.ctx, { capacity: 1 })
    await aRegistration(kit.ctx, other.id)
    const elsewhere = await aRegistration(kit.ctx, other.id)
    await relay()
    const positions = Object.fromEntries(
      (await rows())
        .filter((row) => row.topic === 'waitlisted')
        .map((row) => [row.recipient, (row.payload as Said).position]),
    )
    expect(positions).toEqual({ [line[1]!.email]: 1, [line[2]!.email]: 2, [elsewhere.email]: 1 })
    expect(await told()).toContain(`promoted ${line[0]!.email}`)
    expect((await told()).filter((each) => each.endsWith(line[0]!.email))).toHaveLength(1)
    expect((await told()).filter((each) => each.endsWith(going.email))).toEqual([`cancelled ${going.email}`])
  })

  test('whoever was told the number in line is told of the seat later', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const going = await aRegistration(kit.ctx, event.id)
    const next = await aRegistration(kit.ctx, event.id)
    await relay()
    await registrations.cancel(system, going.id)
    await relay()
    expect((await told()).filter((each) => each.endsWith(next.email))).toEqual([
      `promoted ${next.email}`,
      `waitlisted ${next.email}`,
    ])
  })

  test('whoever was promoted and has left since hears only that', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const going = await aRegistration(kit.ctx, event.id)
    const next = await aRegistration(kit.ctx, event.id)
    await registrations.cancel(system, going.id)
    await registrations.cancel(system, next.id)
    await relay()
    expect(await told()).toEqual([`cancelled ${going.email}`, `cancelled ${next.email}`].sort())
  })

  test('whoever has cancelled and registered again hears of the new registration only', async () => {
    const event = await anEvent(kit.ctx)
    const guest = aGuest()
    const before = await aRegistration(kit.ctx, event.id, guest)
    await registrations.cancel(system, before.id)
    await aRegistration(kit.ctx, event.id, guest)
    await relay()
    expect(await told()).toEqual([`confirmed ${guest.email}`])
  })

  test('an event that is cancelled tells everybody who had a place or waited then, with the reason, and nobody who had left', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const left = await aRegistration(kit.ctx, event.id)
    const going = await aRegistration(kit.ctx, event.id)
    const waiting = await aRegistration(kit.ctx, event.id)
    await registrations.cancel(system, left.id)
    await events.cancel(system, event.id, { reason: 'Rain' })
    await relay()
    expect(await told()).toEqual(
      [`cancelled ${left.email}`, `event-cancelled ${going.email}`, `event-cancelled ${waiting.email}`].sort(),
    )
    expect(
      (await rows()).filter((row) => row.topic === 'event-cancelled').map((row) => (row.payload as Said).reason),
    ).toEqual(['Rain', 'Rain'])
  })

  test('an event that is moved tells who had a place or waited, of the last move, and nobody who came since', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1, place: 'Old hall' })
    const going = await aRegistration(kit.ctx, event.id)
    const waiting = await aRegistration(kit.ctx, event.id)
    const left = await aRegistration(kit.ctx, event.id)
    await registrations.cancel(system, left.id)
    await relay()
    await sql`truncate notifications`.execute(kit.ctx.db)
    await events.edit(system, event.id, { place: 'Barn' })
    await events.edit(system, event.id, { title: 'Another title', description: 'More', capacity: 2 })
    await events.edit(system, event.id, { place: 'New hall', zone: 'Europe/Paris' })
    const late = await aRegistration(kit.ctx, event.id)
    await relay()
    const moved = (await rows()).filter((row) => row.topic === 'moved')
    expect(moved.map((row) => row.recipient).sort()).toEqual([going.email, waiting.email].sort())
    expect(moved.map((row) => row.recipient)).not.toContain(late.email)
    expect(moved[0]!.payload).toMatchObject({ event: { where: 'New hall' }, was: { where: 'Barn' } })
    await sql`update facts set delivered_at = null`.execute(kit.ctx.db)
    await relay()
    expect((await rows()).filter((row) => row.topic === 'moved')).toHaveLength(2)
  })

  test('a mail of a move that could not be sent is dropped when the event was moved again', async () => {
    const event = await anEvent(kit.ctx, { place: 'One' })
    const { email } = await aRegistration(kit.ctx, event.id)
    await kit.settle()
    kit.mails.length = 0
    await events.edit(system, event.id, { place: 'Two' })
    await relay()
    await events.edit(system, event.id, { place: 'Three' })
    await kit.settle()
    const theirs = kit.mails.filter((mail) => mail.to.address === email)
    expect(theirs.map((mail) => mail.text.includes('Three'))).toEqual([true])
    const { rows: dropped } = await sql<{ last_error: string }>`
      select last_error from notifications where failed_at is not null`.execute(kit.ctx.db)
    expect(dropped).toEqual([{ last_error: 'it was not so any more: the event was moved again' }])
  })

  test('of a draft that is moved, and of a move before an event was called off, nobody hears', async () => {
    const event = await anEvent(kit.ctx)
    const { email } = await aRegistration(kit.ctx, event.id)
    await relay()
    await events.edit(system, event.id, { place: 'Elsewhere' })
    await events.edit(system, event.id, { place: 'Elsewhere ', endsAt: event.endsAt })
    await events.cancel(system, event.id)
    await relay()
    expect((await told()).filter((each) => each.endsWith(email))).toEqual([
      `confirmed ${email}`,
      `event-cancelled ${email}`,
    ])
    const { rows: facts } = await sql`
      select from facts where kind = 'event.rescheduled' and data->>'eventId' = ${event.id}`.execute(kit.ctx.db)
    expect(facts).toHaveLength(1)
  })

  test('an event that is deleted tells those who had a place, without a link to it', async () => {
    const event = await anEvent(kit.ctx)
    const going = await aRegistration(kit.ctx, event.id)
    await relay()
    await events.remove(system, event.id)
    await relay()
    expect(await told()).toEqual([`confirmed ${going.email}`, `event-cancelled ${going.email}`])
    expect((await rows()).find((row) => row.topic === 'event-cancelled')!.payload).toMatchObject({
      event: { deleted: true },
    })
  })

  test('an event that is over is told about no more', async () => {
    const event = await anEvent(kit.ctx, { startsInHours: 1 })
    await aRegistration(kit.ctx, event.id)
    await kit.clock.advance({ hours: 4 })
    await relay()
    expect(await rows()).toEqual([])
  })

  test('a long line is counted once for all who are told', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const guests = Array.from({ length: 1_000 }, (_, n) => ({ name: 'N', email: `n${n}@x.org` }))
    await Promise.all(guests.map((guest) => registrations.register(kit.ctx, event.id, guest)))
    const began = performance.now()
    await relay()
    expect(await rows()).toHaveLength(1_000)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('what a mail says', () => {
  const config = { baseUrl: 'https://events.example', secretKey: 'k'.repeat(32), language: 'en' as const }
  const base: Said = {
    registrationId: '0190f000-0000-7000-8000-000000000001',
    guest: true,
    name: 'Ann',
    event: {
      title: 'Chess night',
      slug: 'chess-night',
      startsAt: '2027-03-20T18:00:00.000Z',
      endsAt: '2027-03-20T20:00:00.000Z',
      zone: 'Europe/Berlin',
      where: 'Town hall',
      deleted: false,
    },
  }
  const write = (topic: string, change: Partial<Said> = {}) =>
    compose(config, {
      id: 'n1',
      topic,
      channel: 'email',
      recipient: 'ann@x.org',
      payload: { ...base, ...change },
      created_at: new Date(0),
    })

  for (const topic of notifications.TOPICS) {
    test(`${topic}: text and HTML say the same, with the time in the event's zone and links to the event and the registration`, () => {
      const follows = /^(subscribed|followed-)/.test(topic)
      const said = follows ? { registrationId: undefined, subscriptionId: base.registrationId } : {}
      const mail = write(topic, said)
      for (const body of [mail.text, mail.html]) {
        expect(body).toContain('Saturday, 20 March 2027, 19:00–21:00 (Europe/Berlin)')
        expect(body).toContain('Town hall')
        expect(body).toContain('https://events.example/e/chess-night')
        // Who is invited has no registration yet, and an organizer none at all.
        if (topic !== 'invited' && topic !== 'not-published')
          expect(body).toContain(`https://events.example/${follows ? 's' : 'r'}/${base.registrationId}.`)
      }
      expect(mail.subject).toMatch(topic === 'reminder' ? /: Chess night, Saturday, 20 March/ : /: Chess night$/)
      expect(write(topic, said)).toEqual(mail)
    })
  }

  test('of a move: what was and what is, in text and HTML', () => {
    const was = { startsAt: '2027-03-19T18:00:00.000Z', endsAt: '2027-03-19T20:00:00.000Z', zone: 'Europe/Berlin', where: 'Barn <1>' } // prettier-ignore
    const mail = write('moved', { was })
    expect(mail.subject).toBe('Moved: Chess night')
    for (const body of [mail.text, mail.html])
      expect(body).toContain('Before, it was Friday, 19 March 2027, 19:00–21:00 (Europe/Berlin).')
    expect(mail.text).toContain('The place was: Barn <1>')
    expect(mail.html).toContain('Barn &#60;1&#62;')
    const same = { ...was, startsAt: base.event.startsAt, endsAt: base.event.endsAt }
    expect(write('moved', { was: same }).text).not.toContain('Before, it was')
  })

  test('people with an account are sent to their registrations, without a link that would open by itself', () => {
    const mail = write('confirmed', { guest: false })
    expect(mail.text).toContain('https://events.example/my')
    expect(mail.text + mail.html).not.toContain('/r/')
  })

  test('whatever a title or a name holds is text', () => {
    const nasty = '<img src=x onerror=alert(1)>"\'&{{7*7}}${1}\u202e'
    const mail = write('event-cancelled', {
      name: nasty,
      reason: nasty,
      event: { ...base.event, title: `${nasty}\r\nBcc: a@b`, where: nasty },
    })
    expect(mail.html).not.toMatch(/<img|onerror=alert\(1\)>"/)
    expect(mail.html).toContain('&#60;img src=x')
    expect(mail.subject).not.toMatch(/[\r\n\u202e]/)
    expect(mail.text).not.toContain('\u202e')
  })

  test('subjects are of one line and bounded, without cutting a character in two', () => {
    const mail = write('confirmed', { event: { ...base.event, title: '👩‍🚀'.repeat(120) } })
    expect([...mail.subject].length).toBeLessThanOrEqual(150)
    expect(mail.subject.isWellFormed?.() ?? !/[\ud800-\udbff](?![\udc00-\udfff])/.test(mail.subject)).toBe(true)
  })

  test('a name that could pass for a link or an address is not greeted', () => {
    for (const name of ['Win at www.evil.org', 'https://evil.org', 'boss@bank.com', 'evil.com'])
      expect(write('confirmed', { name }).text).toContain('\nHello,\n')
    expect(write('confirmed', { name: 'Dr. Ann O’Neil' }).text).toContain('Hello Dr. Ann O’Neil,')
  })

  test('an event over midnight says both days, one without a length its beginning', () => {
    expect(write('confirmed', { event: { ...base.event, endsAt: '2027-03-21T01:30:00.000Z' } }).text).toContain(
      'Saturday, 20 March 2027, 19:00 – Sunday, 21 March 2027, 02:30 (Europe/Berlin)',
    )
    expect(write('confirmed', { event: { ...base.event, endsAt: base.event.startsAt } }).text).toContain(
      '19:00 (Europe/Berlin)',
    )
  })

  test('a deleted event is not linked', () => {
    const mail = write('event-cancelled', { event: { ...base.event, deleted: true } })
    expect(mail.text + mail.html).not.toContain('/e/')
  })
})

describe('the list for admins', () => {
  test('shows every message once over its pages, newest first, and can be narrowed to an event or a state', async () => {
    const [one, two] = [await anEvent(kit.ctx), await anEvent(kit.ctx)]
    for (const event of [one, two, two]) {
      await aRegistration(kit.ctx, event.id)
      await relay()
    }
    await sql`update notifications set sent_at = app_now() where event_id = ${one.id}`.execute(kit.ctx.db)
    const admin = await kit.signIn(await anAccount(kit.ctx, { role: 'admin' }))
    const list = async (query: Record<string, string> = {}) =>
      (await kit.call('GET', '/notifications', { headers: admin, query })).body
    const first = await list({ limit: '2' })
    const second = await list({ limit: '2', cursor: first.nextCursor })
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual(
      (await rows()).reverse().map((row) => row.id),
    )
    expect(second.nextCursor).toBeNull()
    expect((await list({ eventId: two.id })).items.map((item: { state: string }) => item.state)).toEqual(['due', 'due'])
    expect((await list({ state: 'sent' })).items).toEqual([
      expect.objectContaining({
        topic: 'confirmed',
        channel: 'email',
        state: 'sent',
        attempts: 0,
        lastError: null,
        sentAt: expect.stringMatching(/Z$/),
      }),
    ])
    expect((await list({ state: 'failed' })).items).toEqual([])
    expect((await list({ state: 'due', cursor: first.nextCursor })).status).toBe(422)
    expect((await list({ state: 'lost' })).status).toBe(422)
  })

  test('is for admins only', async () => {
    expect((await kit.call('GET', '/notifications')).status).toBe(401)
    const organizer = await kit.signIn(await anAccount(kit.ctx, { role: 'organizer' }))
    expect((await kit.call('GET', '/notifications', { headers: organizer })).status).toBe(403)
  })
})

async function relay(): Promise<void> {
  while ((await relayFacts(system)) > 0);
}

function rows() {
  return kit.ctx.db.selectFrom('notifications').selectAll().orderBy('created_at').orderBy('id').execute()
}

async function told(): Promise<string[]> {
  return (await rows()).map((row) => `${row.topic} ${row.recipient}`).sort()
}
