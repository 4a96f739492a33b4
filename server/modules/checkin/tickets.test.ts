import { inflateSync } from 'node:zlib'
import decodeQr from 'jsqr'
import { beforeEach, describe, expect, test } from 'vitest'
import { guestToken } from '#registrations/guest-links'
import * as registrations from '#registrations'
import { aGuest, anAccount, anEvent, aRegistration, aVenue, openKit } from '../../../test/kit/kit.ts'
import * as tickets from './tickets.ts'

const kit = await openKit()

beforeEach(() => void kit.mails.splice(0))

describe('a ticket', () => {
  // S3-06
  test('says what, when in the zone of the event, where and who, to whoever holds the place', async () => {
    const venue = await aVenue(kit.ctx, 'Town hall', { address: 'Market 1' })
    const event = await anEvent(kit.ctx, {
      title: 'Chess',
      venueId: venue.id,
      startsAt: '2027-03-20T18:00:00.000Z',
      endsAt: '2027-03-20T20:00:00.000Z',
    })
    const account = await anAccount(kit.ctx, { firstName: 'Ann', lastName: 'Lee' })
    const { id } = await registrations.register(kit.as(account), event.id, { accountId: account.id })
    const answer = await kit.call('GET', `/registrations/${id}/ticket`, { headers: await kit.signIn(account) })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        registrationId: id,
        name: 'Ann Lee',
        when: 'Saturday, 20 March 2027, 19:00–21:00 (Europe/Berlin)',
        event: { title: 'Chess', where: 'Town hall, Market 1' },
      },
    })
    expect(answer.body.code).toMatch(/^[\w-]{22}\.[\w-]{43}$/)
    expect(tickets.registrationIn(answer.body.code)).toBe(id)
  })

  test('is nobody else’s to see, in any form', async () => {
    const { id } = await aRegistration(kit.ctx, (await anEvent(kit.ctx)).id)
    const stranger = await kit.signIn(await anAccount(kit.ctx, { role: 'organizer' }))
    for (const form of ['', '.png', '.svg', '.pdf']) {
      expect(await kit.call('GET', `/registrations/${id}/ticket${form}`)).toMatchObject({ status: 404 })
      expect(await kit.call('GET', `/registrations/${id}/ticket${form}`, { headers: stranger })).toMatchObject({
        status: 404,
      })
      expect(await kit.call('GET', `/guest-links/${id}.${'x'.repeat(43)}/ticket${form}`)).toMatchObject({ status: 404 })
    }
  })

  test('is not for who waits or has cancelled', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const going = await aRegistration(kit.ctx, event.id)
    const waiting = await aRegistration(kit.ctx, event.id)
    expect((await ask(waiting.id, '')).json()).toMatchObject({ status: 409, type: '/problems/checkin/no-ticket' })
    await registrations.cancel(kit.as('system'), going.id)
    expect((await ask(going.id, '')).json()).toMatchObject({ status: 409, type: '/problems/checkin/no-ticket' })
    expect((await ask(waiting.id, '')).statusCode).toBe(200)
  })

  test('has a picture that reads as its code', async () => {
    const { id } = await aRegistration(kit.ctx, (await anEvent(kit.ctx)).id)
    const answer = await ask(id, '.png')
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline; filename="ticket.png"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    const { width, height, pixels } = readPng(answer.rawPayload)
    expect(decodeQr(pixels, width, height)?.data).toBe((await ask(id, '')).json().code)
  })

  test('has the same picture as lines', async () => {
    const { id } = await aRegistration(kit.ctx, (await anEvent(kit.ctx)).id)
    const answer = await ask(id, '.svg')
    expect(answer.headers['content-type']).toBe('image/svg+xml')
    expect(answer.body).toMatch(/^<svg [^>]*viewBox[\s\S]*<\/svg>\s*$/)
  })

  test('prints on one page, with Latin, Cyrillic and Greek letters in it, however long the words are', async () => {
    const words = 'Łódź Žižkov Київ Ελλάδα '
    const event = await anEvent(kit.ctx, { title: words.repeat(8).trim(), place: words.repeat(10).trim() })
    const { id } = await aRegistration(kit.ctx, event.id, { name: words.repeat(8).trim(), email: 'ann@example.org' })
    const answer = await ask(id, '.pdf')
    expect(answer.headers['content-type']).toBe('application/pdf')
    const text = answer.rawPayload.toString('latin1')
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1)
    const shown = lettersIn(answer.rawPayload)
    for (const letter of 'ŁźŽКїΕλά') expect(shown, letter).toContain(letter)
  })

  test('is linked from the mail: for guests by their own link, for accounts on their page', async () => {
    const event = await anEvent(kit.ctx, { capacity: 1 })
    const guest = await aRegistration(kit.ctx, event.id)
    const account = await anAccount(kit.ctx)
    const next = await registrations.register(kit.as(account), event.id, { accountId: account.id })
    await kit.settle()
    const link = `/api/v1/guest-links/${guestToken(kit.ctx.config, guest.id)}/ticket.pdf`
    const mailTo = (address: string) => kit.mails.filter((mail) => mail.to.address === address)
    expect(mailTo(guest.email)[0]!.text).toContain(`http://localhost:8000${link}`)
    expect((await kit.app.inject(link)).headers['content-type']).toBe('application/pdf')
    await registrations.cancel(kit.as('system'), guest.id)
    await kit.settle()
    expect(mailTo(account.email).map((mail) => mail.text.includes('/my/tickets/'))).toEqual([false, true])
    expect(mailTo(account.email)[1]!.html).toContain(`http://localhost:8000/my/tickets/${next.id}`)
  })

  test('has another code when its generation changes, and none that another key has signed', async () => {
    const { id } = await aRegistration(kit.ctx, (await anEvent(kit.ctx)).id, aGuest())
    const before = { registrationId: id, generation: 0 }
    const code = tickets.codeFor(kit.ctx.config, before)
    expect(tickets.isCode(kit.ctx.config, code, before)).toBe(true)
    expect(tickets.isCode(kit.ctx.config, code, { registrationId: id, generation: 1 })).toBe(false)
    expect(tickets.isCode({ secretKey: 'another' }, code, before)).toBe(false)
  })
})

/** Asks as the guest whose registration it is. */
function ask(registrationId: string, form: string) {
  return kit.app.inject(`/api/v1/guest-links/${guestToken(kit.ctx.config, registrationId)}/ticket${form}`)
}

/** The pixels of a PNG as our library writes them: eight bits of red, green, blue and alpha, not interlaced. */
function readPng(file: Buffer): { width: number; height: number; pixels: Uint8ClampedArray } {
  const chunks: Buffer[] = []
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      chunks.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  const bytes = { 2: 3, 6: 4 }[file[25]!]!
  const raw = inflateSync(Buffer.concat(chunks))
  const line = width * bytes
  const lines = Buffer.alloc(line * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)]!
    for (let x = 0; x < line; x++) {
      const left = x >= bytes ? lines[y * line + x - bytes]! : 0
      const up = y > 0 ? lines[(y - 1) * line + x]! : 0
      const corner = x >= bytes && y > 0 ? lines[(y - 1) * line + x - bytes]! : 0
      const nearest = [left, up, corner].sort(
        (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
      )[0]!
      const predicted = [0, left, up, (left + up) >> 1, nearest][filter]!
      lines[y * line + x] = raw[y * (line + 1) + 1 + x]! + predicted
    }
  }
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let n = 0; n < width * height; n++) for (let c = 0; c < 3; c++) pixels[n * 4 + c] = lines[n * bytes + c]!
  return { width, height, pixels }
}

/** Every letter that the fonts of a PDF say they show (their ToUnicode maps). */
function lettersIn(file: Buffer): string {
  let letters = ''
  for (let at = file.indexOf('stream\n'); at >= 0; at = file.indexOf('stream\n', at + 1)) {
    try {
      const map = inflateSync(file.subarray(at + 7)).toString('latin1')
      if (map.includes('begincmap'))
        for (const [, hex] of map.matchAll(/<([0-9a-f]{4})>/gi)) letters += String.fromCharCode(parseInt(hex!, 16))
    } catch {
      // no map: a picture or a font
    }
  }
  return letters
}
