import { describe, expect, test } from 'vitest'
import { aGuest, anAccount, anEvent, openKit, PASSWORD } from '../../test/kit/kit.ts'
import { addressOf } from './limits.ts'
import { countHere } from '#kernel/limiter'

const kit = await openKit({
  RATE_LIMITS: 'on',
  RATE_LIMIT_WRITES: '10',
  RATE_LIMIT_LOGINS: '5',
  RATE_LIMIT_READS: '40',
  REDIS_URL: process.env.TEST_REDIS_URL ?? '',
})

describe('rate limits', () => {
  // S4-10
  test('exactly ten of thirty writes side by side from one address pass, and the others are told when to come back', async () => {
    const event = await anEvent(kit.ctx)
    const from = `203.0.113.${Date.now() % 250}`
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        kit.app.inject({
          method: 'POST',
          url: `/api/v1/events/${event.id}/registrations`,
          payload: aGuest(),
          remoteAddress: from,
        }),
      ),
    )
    expect(answers.filter((each) => each.statusCode === 201)).toHaveLength(10)
    const refused = answers.filter((each) => each.statusCode === 429)
    expect(refused).toHaveLength(20)
    expect(refused[0]!.json()).toMatchObject({ type: '/problems/too-many-requests' })
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('log-ins are counted apart, by address, whoever tries to log in', async () => {
    const account = await anAccount(kit.ctx)
    const from = `198.51.100.${Date.now() % 250}`
    const statuses = []
    for (let n = 0; n < 7; n++) {
      const answer = await kit.app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        payload: { username: account.username, password: PASSWORD },
        remoteAddress: from,
      })
      statuses.push(answer.statusCode)
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429, 429])
  })

  test('a forwarded address from a peer that is no proxy of ours changes nothing', async () => {
    const from = `192.0.2.${Date.now() % 250}`
    const statuses = []
    for (let n = 0; n < 45; n++) {
      const answer = await kit.app.inject({
        url: '/api/v1/categories',
        remoteAddress: from,
        headers: { 'x-forwarded-for': `10.0.0.${n}` },
      })
      statuses.push(answer.statusCode)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(40)
  })

  test('a window ends', () => {
    let now = 0
    const limiter = countHere(() => now)
    const limit = { most: 1, seconds: 60 }
    expect(limiter.take('a', limit).allowed).toBe(true)
    expect(limiter.take('a', limit).allowed).toBe(false)
    now = 60_000
    expect(limiter.take('a', limit).allowed).toBe(true)
  })

  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1', '192.0.2.1'],
  ])('%s counts as %s', (ip, household) => {
    expect(addressOf(ip)).toBe(household)
  })
})
