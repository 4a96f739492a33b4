import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { buildApp } from '#app'
import { openKit } from '../../test/kit/kit.ts'

const kit = await openKit()

describe('a request that says it was forwarded', () => {
  async function warningsOf(trustedProxies: string[], headers: Record<string, string>[]) {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) })
    const app = await buildApp({ ...kit.ctx, log, config: { ...kit.ctx.config, trustedProxies } }, { pages: false })
    for (const each of headers) await app.inject({ url: '/health/live', headers: each, remoteAddress: '10.0.0.7' })
    await app.close()
    return lines
  }

  test.each(['x-forwarded-for', 'x-forwarded-proto'])(
    'by %s, while no proxy is trusted, is told of once',
    async (name) => {
      const warnings = await warningsOf([], [{}, { [name]: 'a' }, { [name]: 'a' }, {}, { [name]: 'b' }])
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/"from":"10\.0\.0\.7".*set TRUSTED_PROXIES to its address/)
    },
  )

  test('is nothing to tell where one is trusted, nor is one that was not forwarded', async () => {
    expect(await warningsOf(['10.0.0.0/8'], [{ 'x-forwarded-for': '192.0.2.1' }])).toEqual([])
    expect(await warningsOf([], [{}, { via: 'x' }])).toEqual([])
  })
})
