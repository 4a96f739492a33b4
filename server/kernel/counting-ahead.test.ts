import { describe, expect, test } from 'vitest'
import { countAhead } from './counting-ahead.ts'
import { countHere, type Limit, type Limiter } from './limiter.ts'

const LIMIT: Limit = { most: 128, seconds: 60 }

/** What all processes count in, with how often it was asked. */
function shared(now: () => number) {
  const counts = countHere(now)
  const asked = { times: 0, counted: 0 }
  const limiter: Limiter = {
    async take(key, limit, times = 1) {
      asked.times++
      asked.counted += times
      await new Promise((resolve) => setImmediate(resolve))
      return counts.take(key, limit, times)
    },
    close: () => counts.close(),
  }
  return { limiter, asked }
}

// S1-80
describe('what is counted ahead', () => {
  let time = 1_000_000
  const now = () => time
  const taken = async (limiter: Limiter, key: string, limit = LIMIT) => (await limiter.take(key, limit))!.allowed
  const passed = async (answers: Promise<boolean>[]) => (await Promise.all(answers)).filter(Boolean).length

  test('lets exactly the limit through, one after the other, and asks seldom until half of it is gone', async () => {
    const { limiter, asked } = shared(now)
    const here = countAhead(limiter, now)
    let through = 0
    for (let n = 0; n < 64; n++) if (await taken(here, 'a')) through++
    expect([through, asked.times < 12]).toEqual([64, true])
    for (let n = 0; n < 100; n++) if (await taken(here, 'a')) through++
    expect(through).toBe(128)
  })

  test('never lets more through, however many processes ask at once, and keeps back seven for each at most', async () => {
    const { limiter, asked } = shared(now)
    const processes = Array.from({ length: 5 }, () => countAhead(limiter, now))
    const ask = (n: number) => taken(processes[n % 5]!, 'b')
    const first = await passed(Array.from({ length: 60 }, (_, n) => ask(n)))
    const rest = await passed(Array.from({ length: 1_000 }, (_, n) => ask(n)))
    expect(first).toBe(60)
    expect(first + rest).toBeLessThanOrEqual(128)
    expect(first + rest).toBeGreaterThanOrEqual(128 - 5 * 7)
    expect(asked.counted).toBeGreaterThan(128)
  })

  test('is told as left over, and is worth nothing when the window is over', async () => {
    const { limiter } = shared(now)
    const here = countAhead(limiter, now)
    await here.take('c', LIMIT)
    expect(await here.take('c', LIMIT)).toMatchObject({ remaining: 126 })
    expect(await here.take('c', LIMIT)).toMatchObject({ remaining: 125, resetSeconds: 59 })
    time += 60_000
    expect(await here.take('c', LIMIT)).toMatchObject({ remaining: 127 })
  })

  test('is nothing where each must be counted, where the limit is small, and where nobody can count', async () => {
    const { limiter, asked } = shared(now)
    const here = countAhead(limiter, now)
    for (let n = 0; n < 10; n++) await here.take('d', { ...LIMIT, failsClosed: true })
    for (let n = 0; n < 10; n++) await here.take('e', { ...LIMIT, most: 31 })
    expect(asked).toEqual({ times: 20, counted: 20 })
    const nobody = countAhead({ take: async () => undefined, close: async () => {} }, now)
    for (let n = 0; n < 3; n++) expect(await nobody.take('f', LIMIT)).toBeUndefined()
  })
})
