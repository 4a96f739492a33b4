import { afterAll, describe, expect, test } from 'vitest'
import { connectPostgres } from '#db/connect'
import { openKit } from '../../test/kit/kit.ts'
import { countInDatabase, countInRedis, type Limiter, type Verdict } from './limiter.ts'

const kit = await openKit()
const { database } = kit
const { log } = kit.ctx
const now = () => kit.ctx.now().getTime()
const LIMIT = { most: 10, seconds: 60 }
const NOBODY = 'redis://127.0.0.1:1'

/** Two limiters, as two processes have them, on one database. */
const processes = () => [countInDatabase(database, log, now), countInDatabase(database, log, now)]
const burst = (limiters: Limiter[], key: string, times = 100) =>
  Promise.all(Array.from({ length: times }, async (_, n) => limiters[n % limiters.length]!.take(key, LIMIT)))
const passed = (verdicts: (Verdict | undefined)[]) => verdicts.filter((each) => each?.allowed).length
const counted = async (key: string) =>
  (await database.query('select count from rate_counts where key = $1', [key])).rows[0]?.count

describe('counting in the database', () => {
  // S4-14; reliability R27
  test('lets exactly ten of a hundred through that come at once to two processes', async () => {
    const verdicts = await burst(processes(), 'burst')
    expect(passed(verdicts)).toBe(10)
    const allowed = verdicts.filter((each) => each!.allowed).map((each) => each!.remaining)
    expect(allowed.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('keeps apart who is counted together', async () => {
    const [one] = processes()
    const verdicts = await Promise.all(['a', 'b', 'a', 'c'].map(async (key) => one!.take(key, LIMIT)))
    expect(verdicts.map((each) => each!.remaining)).toEqual([9, 9, 8, 9])
  })

  test('begins anew when the window has ended, and says when that is', async () => {
    const [one, other] = processes()
    await burst([one!], 'window')
    expect(await other!.take('window', LIMIT)).toMatchObject({ allowed: false, remaining: 0 })
    expect((await other!.take('window', LIMIT))!.resetSeconds).toBeGreaterThan(50)
    await kit.clock.advance({ seconds: 61 })
    expect(passed(await burst([one!, other!], 'window'))).toBe(10)
  })

  test('asks the database no more about who is over the limit', async () => {
    const [one] = processes()
    await burst([one!], 'flood')
    const before = await counted('flood')
    expect(passed(await burst([one!], 'flood', 500))).toBe(0)
    expect(await counted('flood')).toBe(before)
  })

  test('says that it cannot, when it cannot', async () => {
    const gone = connectPostgres('postgres://nobody@127.0.0.1:1/none', { connections: 1, onError: () => {} })
    afterAll(() => gone.close())
    const limiter = countInDatabase(gone, log)
    expect(await burst([limiter], 'a', 3)).toEqual([undefined, undefined, undefined])
    const redis = countInRedis(NOBODY, log, limiter)
    expect(await redis.take('a', LIMIT)).toBeUndefined()
    await redis.close()
  })
})

// reliability R27
test('without the Redis that was promised, the database counts for all processes', async () => {
  const both = processes().map((each) => countInRedis(NOBODY, log, each))
  expect(passed(await burst(both, 'no redis'))).toBe(10)
  await Promise.all(both.map((each) => each.close()))
})

const { TEST_REDIS_URL } = process.env
// reliability R27
const testWithRedis = TEST_REDIS_URL ? test : () => {} // where there is one
testWithRedis('Redis counts for all processes, and the database is not asked', async () => {
  const both = processes().map((each) => countInRedis(TEST_REDIS_URL!, log, each))
  const key = `test ${Date.now()} ${process.pid}`
  for (let n = 0; ; n++) {
    // Until both are connected the database counts.
    await burst(both, `${key} ${n}`, 2)
    if ((await counted(`${key} ${n}`)) === undefined) break
  }
  expect(passed(await burst(both, key))).toBe(10)
  expect(await counted(key)).toBeUndefined()
  await Promise.all(both.map((each) => each.close()))
})
