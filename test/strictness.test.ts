import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '#config'
import { aGuest, anEvent, openKit } from './kit/kit.ts'

const kit = await openKit()

describe('an id has one spelling', () => {
  test.each([
    ['in capitals', (id: string) => id.toUpperCase()],
    ['as a URN', (id: string) => `urn:uuid:${id}`],
  ])('%s it is refused, and nobody gets a seat', async (_, spelled) => {
    const event = await anEvent(kit.ctx, { capacity: 3 })
    const other = spelled(event.id)
    expect(await kit.call('POST', `/events/${other}/registrations`, { payload: aGuest() })).toMatchObject({
      status: 422,
    })
    expect(await kit.call('GET', `/events?venueId=${other}`)).toMatchObject({ status: 422 })
    expect((await kit.call('GET', `/events/${event.id}`)).body).toMatchObject({ taken: 0 })
  })
})

describe('demo mode is not lenient', () => {
  test('half-set mail is refused with the names that are missing', () => {
    expect(() => readConfig('demo', { SMTP_PORT: '25', SMTP_USER: 'a' })).toThrow(/SMTP_HOST is missing/)
  })

  test('a damaged secret is refused, not signed with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'turnout-secret-'))
    await writeFile(join(folder, 'secret-key'), '')
    expect(() => readConfig('demo', { DATA_DIR: folder })).toThrow(/secret-key is damaged/)
    await rm(folder, { recursive: true })
  })
})
