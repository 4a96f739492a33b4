import { readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import * as events from '#events'
import { invite } from '#events/invitations/invitations'
import { newId } from '#kernel/ids'
import { projectFolder } from '#kernel/project-folder'
import type { MadeAccount } from '../../../test/kit/factories.ts'
import { anAccount, anEvent, openKit } from '../../../test/kit/kit.ts'
import { aBomb, aForm, anAnimatedPng, anAnimatedWebp, aPicture, aTellingPhoto } from '../../../test/kit/pictures.ts'
import { removeDiscarded } from './cleaning.ts'

const kit = await openKit()

// Logging in is a fact that drops every kept answer, so whoever looks whether one was dropped logs in before.
const signedIn = new Map<string, Promise<{ authorization: string }>>()
const signIn = (account: MadeAccount) => {
  if (!signedIn.has(account.id)) signedIn.set(account.id, kit.signIn(account))
  return signedIn.get(account.id)!
}

const upload = async (
  by: MadeAccount,
  eventId: string,
  value: Buffer | string,
  more: { alt?: string; filename?: string; type?: string } = {},
) => {
  const { alt, filename = 'banner.jpg', type } = more
  const form = aForm(
    { name: 'picture', value, filename, type },
    ...(alt === undefined ? [] : [{ name: 'alt', value: alt }]),
  )
  return kit.call('PUT', `/events/${eventId}/banner`, {
    ...form,
    headers: { ...form.headers, ...(await signIn(by)) },
  })
}
const fetchFile = (url: string, headers = {}) => kit.app.inject({ url, headers })
const stored = () => readdirSync(join(kit.ctx.config.dataDir, 'files'), { recursive: true, encoding: 'utf8' })
/** A socket, for what is sent bit by bit. */
const listening = async () => {
  if (!kit.app.server.listening) await kit.app.listen({ host: '127.0.0.1', port: 0 })
  return kit.app.server.address() as AddressInfo
}
const rows = async () => (await kit.database.query('select id, event_id, stored_at, discarded_at from files')).rows

describe('a banner', () => {
  // S3-23
  test('is put up by the organizer and seen by everybody, in the event and in lists, in several widths', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    await signIn(organizer)
    await kit.call('GET', `/events/${id}`) // kept without a banner from here on
    await kit.call('GET', '/events')
    const { status, body } = await upload(organizer, id, await aPicture({ width: 2000, height: 1000 }), {
      alt: ' A stage ',
    })
    expect(status).toBe(200)
    expect(body).toEqual({
      alt: 'A stage',
      widths: [480, 960, 1600].map((width) => ({
        width,
        url: expect.stringMatching(new RegExp(`^/files/[0-9a-f]{32}/${width}\\.webp$`)),
      })),
      jpeg: expect.stringMatching(/^\/files\/[0-9a-f]{32}\/960\.jpg$/),
    })
    expect((await kit.call('GET', `/events/${id}`)).body.banner).toEqual(body)
    const { items } = (await kit.call('GET', '/events')).body
    expect(items.find((event: { id: string }) => event.id === id).banner).toEqual(body)
    for (const { width, url } of body.widths) {
      const file = await fetchFile(url)
      expect(file.headers).toMatchObject({
        'content-type': 'image/webp',
        'content-length': String(file.rawPayload.length),
      })
      expect(await sharp(file.rawPayload).metadata()).toMatchObject({ format: 'webp', width, height: width / 2 })
    }
    const jpeg = await fetchFile(body.jpeg)
    expect(jpeg.headers['content-type']).toBe('image/jpeg')
    expect(await sharp(jpeg.rawPayload).metadata()).toMatchObject({ format: 'jpeg', width: 960 })
  })

  test.each(['jpeg', 'png', 'webp'] as const)('may be a %s, whatever its name and header say', async (format) => {
    const { id, organizer } = await anEvent(kit.ctx)
    const picture = await aPicture({ width: 300, height: 200, format })
    const { status, body } = await upload(organizer, id, picture, { filename: 'evil.svg', type: 'image/svg+xml' })
    expect([status, body.widths.map((each: { width: number }) => each.width)]).toEqual([200, [300]])
  })

  // reliability S18
  test('stands upright and tells nothing of where, by whom and with what it was taken', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const photo = await aTellingPhoto()
    expect(photo.includes('Ann Canary') && (await sharp(photo).metadata()).orientation === 6).toBe(true)
    const { body } = await upload(organizer, id, photo)
    for (const url of [...body.widths.map((each: { url: string }) => each.url), body.jpeg]) {
      const { rawPayload } = await fetchFile(url)
      const { orientation, exif, xmp, icc, iptc } = await sharp(rawPayload).metadata()
      expect({ orientation, exif, xmp, icc, iptc }).toEqual({})
      expect(rawPayload.includes('Canary')).toBe(false)
      // Red was on the left of what the camera wrote: turned by a quarter, it is above.
      const { data, info } = await sharp(rawPayload).raw().toBuffer({ resolveWithObject: true })
      const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)]
      expect(at(info.width / 2, 10)[0]).toBeGreaterThan(200)
      expect(at(info.width / 2, info.height - 10)[2]).toBeGreaterThan(200)
    }
  })

  test('of a strange shape is cut, not drawn out', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const { body } = await upload(organizer, id, await aPicture({ width: 40, height: 2_000 }))
    const { rawPayload } = await fetchFile(body.widths[0].url)
    expect(await sharp(rawPayload).metadata()).toMatchObject({ width: 40, height: 80 })
    const wide = await upload(organizer, id, await aPicture({ width: 5_000, height: 3 }))
    expect(wide.body.widths.map((each: { width: number }) => each.width)).toEqual([480, 960, 1600])
  })

  test('is replaced at once: the old address is gone, one row is shown, and the cleaning takes the files', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const first = (await upload(organizer, id, await aPicture())).body
    const second = (await upload(organizer, id, await aPicture({ width: 500 }))).body
    expect(second.jpeg).not.toBe(first.jpeg)
    expect((await fetchFile(first.jpeg)).statusCode).toBe(404)
    expect((await fetchFile(second.jpeg)).statusCode).toBe(200)
    const firstId = first.jpeg.split('/')[2]
    expect(stored().some((name) => name.includes(firstId))).toBe(true)
    await removeDiscarded(kit.as('system'))
    expect(stored().some((name) => name.includes(firstId))).toBe(false)
    expect((await rows()).some((row) => row.id === firstId)).toBe(false)
    expect((await fetchFile(second.jpeg)).statusCode).toBe(200)
  })

  test('is described anew without being sent anew', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const headers = await signIn(organizer)
    expect((await kit.call('PATCH', `/events/${id}/banner`, { headers, payload: { alt: 'x' } })).status).toBe(404)
    await upload(organizer, id, await aPicture())
    await kit.call('GET', `/events/${id}`)
    const { body } = await kit.call('PATCH', `/events/${id}/banner`, { headers, payload: { alt: 'A red door' } })
    expect((await kit.call('GET', `/events/${id}`)).body.banner).toEqual(body)
    expect(body.alt).toBe('A red door')
  })

  test('is part of its event’s history, and a change under an ETag of before is refused', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const path = `/events/${id}/banner`
    const form = aForm({ name: 'picture', value: await aPicture(), filename: 'a.jpg' }, { name: 'alt', value: 'One' })
    const send = async (method: 'PUT' | 'PATCH' | 'DELETE', version: number, sent: object = {}) => {
      const headers = {
        ...(sent as { headers?: object }).headers,
        ...(await signIn(organizer)),
        'if-match': `"${version}"`,
      }
      return (await kit.call(method, path, { ...sent, headers })).status
    }
    expect(await send('PUT', 1, form)).toBe(412)
    expect(await send('PUT', 2, form)).toBe(200)
    expect(await send('PATCH', 2, { payload: { alt: 'Two' } })).toBe(412)
    expect(await send('PATCH', 3, { payload: { alt: 'Two' } })).toBe(200)
    expect(await send('PATCH', 4, { payload: { alt: 'Two' } })).toBe(200) // and no version
    expect(await send('DELETE', 3)).toBe(412)
    expect(await send('DELETE', 4)).toBe(204)
    const { body } = await kit.call('GET', `/events/${id}/history`, { headers: await signIn(organizer) })
    const said = (alt: string) => ({ id: expect.any(String), alt })
    expect(body.items.slice(0, 3).map((each: { changes: object }) => each.changes)).toEqual([
      { banner: { from: said('Two'), to: null } },
      { banner: { from: said('One'), to: said('Two') } },
      { banner: { from: null, to: said('One') } },
    ])
    expect((await rows()).filter((row) => row.stored_at && !row.discarded_at && row.event_id === id)).toEqual([])
  })

  test('whose sender is slow takes one place of those that send, and others are not kept from it', async () => {
    const slow = await anEvent(kit.ctx)
    const { address, port } = await listening()
    const stop = new AbortController()
    const headers = await signIn(slow.organizer)
    const begun = Array.from({ length: 12 }, async () => {
      const body = new ReadableStream({
        start: (stream) => {
          stream.enqueue(
            new TextEncoder().encode('--x\r\nContent-Disposition: form-data; name="picture"; filename="a"\r\n\r\n'),
          )
        },
      })
      const answer = await fetch(`http://${address}:${port}/api/v1/events/${slow.id}/banner`, {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
        body,
        duplex: 'half',
        signal: stop.signal,
      } as RequestInit).catch(() => undefined)
      return answer?.status
    })
    const first = await Promise.race(begun) // more than may wait for their turn are refused, so all of them have come
    expect(first).toBe(503)
    const other = await anEvent(kit.ctx)
    expect((await upload(other.organizer, other.id, await aPicture())).status).toBe(200)
    stop.abort()
    await Promise.all(begun)
  })

  test('is taken down, also of an event that was called off, and with its event', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const headers = await signIn(organizer)
    await upload(organizer, id, await aPicture())
    await events.cancel(kit.as(organizer), id)
    expect((await upload(organizer, id, await aPicture())).body.type).toBe('/problems/events/cancelled')
    expect((await kit.call('GET', `/events/${id}`)).body.banner).not.toBeNull()
    expect((await kit.call('DELETE', `/events/${id}/banner`, { headers })).status).toBe(204)
    expect((await kit.call('DELETE', `/events/${id}/banner`, { headers })).status).toBe(204)
    expect((await kit.call('GET', `/events/${id}`)).body.banner).toBeNull()

    const other = await anEvent(kit.ctx, { organizer })
    const { jpeg } = (await upload(organizer, other.id, await aPicture())).body
    await events.remove(kit.as(organizer), other.id)
    expect((await fetchFile(jpeg)).statusCode).toBe(404)
  })

  // reliability S1, S2
  test('is changed by nobody else: who may not see the event learns nothing, and nothing is read of what they send', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const draft = await anEvent(kit.ctx, { organizer, draft: true })
    const hidden = await anEvent(kit.ctx, { organizer, visibility: 'private' })
    const known = await anEvent(kit.ctx, { organizer, visibility: 'private' })
    const other = await anAccount(kit.ctx, { role: 'organizer' })
    await invite(kit.as(organizer), known.id, [other.email])
    const headers = await signIn(other)
    for (const [eventId, status] of [
      [id, 403],
      [known.id, 403],
      [draft.id, 404],
      [hidden.id, 404],
      [newId(), 404],
    ] as const) {
      expect((await upload(other, eventId, 'not even a picture')).status).toBe(status)
      expect((await kit.call('DELETE', `/events/${eventId}/banner`, { headers })).status).toBe(status)
      expect((await kit.call('PATCH', `/events/${eventId}/banner`, { headers, payload: { alt: 'x' } })).status).toBe(
        status,
      )
    }
  })

  test('of two that are sent at once one stays, and no other file is shown', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const pictures = await Promise.all([400, 410, 420, 430].map((width) => aPicture({ width })))
    const answers = await Promise.all(pictures.map((picture) => upload(organizer, id, picture)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    const shown = await Promise.all(answers.map((answer) => fetchFile(answer.body.jpeg)))
    expect(shown.filter((file) => file.statusCode === 200)).toHaveLength(1)
  })
})

describe('what is no picture is refused, and leaves nothing', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><foreignObject/></svg>'
  const gif = Buffer.from('GIF89a/*\x01\x00\x01\x00\x00\x00\x00*/=1;alert(1)', 'latin1')
  const cases: [what: string, bytes: () => Promise<Buffer | string> | Buffer | string, status: number, slug: string][] =
    [
      ['SVG with a script', () => svg, 415, 'pictures/not-a-picture'],
      [
        'SVG with an external entity',
        () => `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${svg}`,
        415,
        'pictures/not-a-picture',
      ],
      ['HTML', () => '<!doctype html><script>alert(1)</script>', 415, 'pictures/not-a-picture'],
      ['PDF', () => '%PDF-1.7\n1 0 obj', 415, 'pictures/not-a-picture'],
      ['a GIF that is also a script', () => gif, 415, 'pictures/not-a-picture'],
      ['HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 415, 'pictures/not-a-picture'],
      ['AVIF', () => Buffer.from('\0\0\0\x18ftypavif\0\0\0\0mif1avif', 'latin1'), 415, 'pictures/not-a-picture'],
      ['TIFF', () => Buffer.from('II*\0\x08\0\0\0', 'latin1'), 415, 'pictures/not-a-picture'],
      ['a zip', () => Buffer.from('PK\x03\x04', 'latin1'), 415, 'pictures/not-a-picture'],
      ['0 bytes', () => '', 422, 'invalid'],
      ['one byte', () => 'x', 415, 'pictures/not-a-picture'],
      ['a JPEG that is cut off', async () => (await aPicture()).subarray(0, 9_000), 422, 'pictures/unreadable'],
      [
        'a PNG that is cut off',
        async () => (await aPicture({ format: 'png' })).subarray(0, 9_000),
        422,
        'pictures/unreadable',
      ],
      [
        'a WebP that is cut off',
        async () => (await aPicture({ format: 'webp' })).subarray(0, 5_000),
        422,
        'pictures/unreadable',
      ],
      [
        'the first bytes of a JPEG and then HTML',
        () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(svg)]),
        422,
        'pictures/unreadable',
      ],
      ['a PNG of 50,000 x 50,000 in its header', () => aBomb(50_000, 50_000), 422, 'pictures/too-many-pixels'],
      ['a PNG of 20,001 x 10', () => aBomb(20_001, 10), 422, 'pictures/too-many-pixels'],
      ['a PNG of 40 million and 8,000 pixels', () => aBomb(8_000, 5_001), 422, 'pictures/too-many-pixels'],
      ['a PNG of 2,147,483,647 on each side', () => aBomb(0x7fffffff, 0x7fffffff), 422, 'pictures/unreadable'],
      ['a WebP that moves', () => anAnimatedWebp(12), 422, 'pictures/animated'],
      ['a PNG that moves', anAnimatedPng, 422, 'pictures/animated'],
    ]
  // reliability S18 S19
  test.each(cases)('%s', async (_what, bytes, status, slug) => {
    const { id, organizer } = await anEvent(kit.ctx)
    const before = [await rows(), stored()]
    const begun = performance.now()
    const answer = await upload(organizer, id, await bytes(), { filename: 'holiday.png', type: 'image/png' })
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${slug}`])
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(performance.now() - begun).toBeLessThan(2_000)
    expect([await rows(), stored()]).toEqual(before)
    expect(JSON.stringify(answer.body)).not.toMatch(/vips|sharp|node_modules/i)
    for (const folder of [projectFolder, tmpdir(), kit.ctx.config.dataDir])
      expect(JSON.stringify(answer.body)).not.toContain(folder)
  })

  test('a bomb is judged by its header: it costs neither memory nor time', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const before = process.memoryUsage.rss()
    for (let n = 0; n < 20; n++) await upload(organizer, id, aBomb(19_999, 19_999))
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 1024 * 1024)
  })

  // reliability S17
  test('what is larger than 10 MB is refused as it comes, whether it says so or not', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const large = Buffer.concat([await aPicture(), Buffer.alloc(10 * 1024 * 1024)])
    const answer = await upload(organizer, id, large)
    expect([answer.status, answer.body.type]).toEqual([413, '/problems/too-large'])
  })

  test.each([
    ['compressed', { 'content-encoding': 'gzip' }, (body: Buffer) => gzipSync(body), 415],
    ['as JSON', { 'content-type': 'application/json' }, () => '{"picture":"data:image/png;base64,AAAA"}', 415],
    ['as a bare file', { 'content-type': 'image/jpeg' }, (body: Buffer) => body, 415],
    ['without a boundary', { 'content-type': 'multipart/form-data' }, (body: Buffer) => body, 400],
    ['cut off', {}, (body: Buffer) => body.subarray(0, body.length - 200), 400],
    ['with nothing in it', {}, () => '', 422],
  ])('a form that comes %s', async (_how, headers, change, status) => {
    const { id, organizer } = await anEvent(kit.ctx)
    const form = aForm({ name: 'picture', value: await aPicture(), filename: 'x.jpg' })
    const answer = await kit.call('PUT', `/events/${id}/banner`, {
      payload: change(form.payload),
      headers: { ...form.headers, ...headers, ...(await signIn(organizer)) },
    })
    expect(answer.status).toBe(status)
  })

  test.each([
    [
      'two files',
      [
        { name: 'picture', filename: 'a.jpg' },
        { name: 'picture', filename: 'b.jpg' },
      ],
      413,
    ],
    ['a file under another name', [{ name: 'banner', filename: 'a.jpg' }], 422],
    ['a field that is not known', [{ name: 'picture', filename: 'a.jpg' }, { name: 'ownerId' }], 422],
    ['a prototype', [{ name: 'picture', filename: 'a.jpg' }, { name: '__proto__' }], 400],
    ['the file as text', [{ name: 'picture' }], 422],
    [
      'too long a description',
      [
        { name: 'picture', filename: 'a.jpg' },
        { name: 'alt', value: 'ü'.repeat(301) },
      ],
      422,
    ],
    [
      'a description with NUL',
      [
        { name: 'picture', filename: 'a.jpg' },
        { name: 'alt', value: 'a\0b' },
      ],
      400,
    ],
  ] as const)('a form with %s', async (_what, parts, status) => {
    const { id, organizer } = await anEvent(kit.ctx)
    const picture = await aPicture({ width: 50, height: 50 })
    const form = aForm(...parts.map((part) => ({ value: 'filename' in part ? picture : 'x', ...part })))
    const headers = { ...form.headers, ...(await signIn(organizer)) }
    const answer = await kit.call('PUT', `/events/${id}/banner`, { ...form, headers })
    expect(answer.status).toBe(status)
    expect((await kit.call('GET', `/events/${id}`)).body.banner).toBeNull()
  })

  test('elsewhere a form is still a kind of content that is not read', async () => {
    const { organizer } = await anEvent(kit.ctx)
    const form = aForm({ name: 'title', value: 'x' })
    const answer = await kit.call('POST', '/events', {
      ...form,
      headers: { ...form.headers, ...(await signIn(organizer)) },
    })
    expect(answer.status).toBe(415)
  })
})

describe('a file', () => {
  // reliability S19
  test('is served so that a browser can do nothing with it but show it, and keep it for ever', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const { jpeg } = (await upload(organizer, id, await aPicture())).body
    const whole = await fetchFile(jpeg)
    for (const answer of [
      whole,
      await kit.app.inject({ method: 'HEAD', url: jpeg }),
      await fetchFile(jpeg, { range: 'bytes=0-9' }),
    ]) {
      expect(answer.statusCode).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
        'cache-control': 'public, max-age=31536000, immutable',
        'accept-ranges': 'none',
        'content-length': String(whole.rawPayload.length),
      })
      expect(answer.headers).not.toHaveProperty('set-cookie')
    }
  })

  // reliability S20
  test('has no address but those that were given out', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const { jpeg, widths } = (await upload(organizer, id, await aPicture())).body
    const [, , fileId] = jpeg.split('/')
    const wrong = [
      `/files/${fileId}`,
      `/files/${fileId}/`,
      `/files/${fileId}/961.jpg`,
      `/files/${fileId}/480.jpg`,
      `/files/${fileId}/480.png`,
      `/files/${fileId}/480.webp.tmp`,
      `/files/${fileId}/0480.webp`,
      `/files/${fileId.toUpperCase()}/480.webp`,
      `/files/${fileId}/%2e%2e%2f${fileId}/480.webp`,
      `/files/${fileId}%2f480.webp%00.jpg`,
      `/files/${'0'.repeat(32)}/480.webp`,
      '/files/../secret-key',
      '/files/%2e%2e/secret-key',
      '/files/..%2fsecret-key',
      '/files/..%5csecret-key',
      '/files/%c0%ae%c0%ae/secret-key',
      '/files/／etc／passwd',
      `/files/${'a'.repeat(5_000)}`,
      '/files/con',
      '/files/',
      '/files',
    ]
    for (const url of wrong)
      expect([400, 404, 414], url).toContain((await fetchFile(encodeURI(url).replaceAll('%25', '%'))).statusCode)
    expect((await fetchFile(widths[0].url)).statusCode).toBe(200)
  })

  // reliability S20
  test.each(['../../x.png', '..\\..\\x.png', '%2e%2e%2fx.png', 'CON', 'x'.repeat(5_000), '／etc／passwd'])(
    'is called what we call it, not %j',
    async (filename) => {
      const { id, organizer } = await anEvent(kit.ctx)
      expect((await upload(organizer, id, await aPicture({ width: 60, height: 30 }), { filename })).status).toBe(200)
      for (const name of stored()) expect(name).toMatch(/^[0-9a-f]{2}(\/[0-9a-f]{32}(\/\d+\.(webp|jpg))?)?$/)
      expect(readdirSync(kit.ctx.config.dataDir)).toEqual(['files'])
    },
  )

  test('that cannot be kept is an answer to come again, and what was shown stays', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const before = (await upload(organizer, id, await aPicture())).body
    const { put } = kit.ctx.files
    let puts = 0
    kit.ctx.files.put = async (...args) => {
      if (++puts === 2) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
      return put(...args)
    }
    const answer = await upload(organizer, id, await aPicture())
    kit.ctx.files.put = put
    expect([answer.status, answer.body.type, answer.headers['retry-after']]).toEqual([
      503,
      '/problems/unavailable',
      '30',
    ])
    expect((await kit.call('GET', `/events/${id}`)).body.banner).toEqual(before)
    await removeDiscarded(kit.as('system'))
    const ids = (await rows()).map((row) => row.id)
    for (const name of stored().filter((each) => each.includes('/'))) expect(ids).toContain(name.split('/')[1])
  })

  test('that a crash cut off is taken out an hour later, not while it may still be coming', async () => {
    const { id } = await anEvent(kit.ctx)
    const file = 'f'.repeat(32)
    await kit.ctx.db
      .insertInto('files')
      .values({ id: file, kind: 'banner', event_id: id, type: 'image/webp', widths: [480], bytes: 1 })
      .execute()
    await kit.ctx.files.put(`${file}/480.webp`, Buffer.from('x'), 'image/webp')
    expect((await fetchFile(`/files/${file}/480.webp`)).statusCode).toBe(404)
    await kit.clock.advance({ minutes: 59 })
    await removeDiscarded(kit.as('system'))
    expect(await kit.ctx.files.open(`${file}/480.webp`).then((found) => found?.stream.destroy() !== undefined)).toBe(
      true,
    )
    await kit.clock.advance({ minutes: 2 })
    await removeDiscarded(kit.as('system'))
    expect(await kit.ctx.files.open(`${file}/480.webp`)).toBeNull()
  })

  test('of an event that is gone for good goes, too; one that will not go does not hold up the others', async () => {
    const { id, organizer } = await anEvent(kit.ctx)
    const { jpeg } = (await upload(organizer, id, await aPicture())).body
    const other = await anEvent(kit.ctx)
    const { jpeg: otherJpeg } = (await upload(other.organizer, other.id, await aPicture())).body
    await kit.database.query('delete from events where id = any($1::uuid[])', [[id, other.id]])
    const { remove } = kit.ctx.files
    kit.ctx.files.remove = async (name) =>
      jpeg.includes(name.slice(0, 32)) ? Promise.reject(new Error('not now')) : remove(name)
    await removeDiscarded(kit.as('system'))
    kit.ctx.files.remove = remove
    expect([(await fetchFile(jpeg)).statusCode, (await fetchFile(otherJpeg)).statusCode]).toEqual([404, 404])
    const left = (await rows()).map((row) => row.id)
    expect([left.includes(jpeg.split('/')[2]), left.includes(otherJpeg.split('/')[2])]).toEqual([true, false])
    await removeDiscarded(kit.as('system'))
    expect((await rows()).map((row) => row.id)).not.toContain(jpeg.split('/')[2])
  })
})

describe('the picture of a person', () => {
  const mine = async (account: MadeAccount, value: Buffer) => {
    const form = aForm({ name: 'picture', value, filename: 'me.jpg' })
    return kit.call('PUT', '/me/picture', { ...form, headers: { ...form.headers, ...(await signIn(account)) } })
  }

  test('is theirs to set, replace and take away, and is a square in two widths', async () => {
    const account = await anAccount(kit.ctx)
    const headers = await signIn(account)
    expect((await kit.call('GET', '/me', { headers })).body.picture).toBeNull()
    const first = await mine(account, await aPicture({ width: 900, height: 100 }))
    expect(first.status).toBe(200)
    expect((await kit.call('GET', '/me', { headers })).body.picture).toEqual(first.body)
    expect(first.body.widths.map((each: { width: number }) => each.width)).toEqual([64, 256])
    for (const { width, url } of first.body.widths)
      expect(await sharp((await fetchFile(url)).rawPayload).metadata()).toMatchObject({ width, height: width })
    const second = await mine(account, await aPicture({ width: 30, height: 40 }))
    expect((await fetchFile(first.body.jpeg)).statusCode).toBe(404)
    expect((await kit.call('GET', '/me', { headers })).body.picture).toEqual(second.body)
    expect((await kit.call('DELETE', '/me/picture', { headers })).status).toBe(204)
    expect((await kit.call('GET', '/me', { headers })).body.picture).toBeNull()
    expect((await fetchFile(second.body.jpeg)).statusCode).toBe(404)
  })

  test('what happened to it is written down', async () => {
    const account = await anAccount(kit.ctx)
    await mine(account, await aPicture({ width: 80 }))
    const { rows: facts } = await kit.database.query(
      `select actor, data from facts where kind = 'account.picture-changed' and data ->> 'accountId' = $1`,
      [account.id],
    )
    expect(facts).toEqual([{ actor: { kind: 'account', id: account.id }, data: { accountId: account.id } }])
  })
})
