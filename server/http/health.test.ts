import { afterAll, describe, expect, test } from 'vitest'
import { buildApp } from '#app'
import { openKit } from '../../test/kit/kit.ts'

const kit = await openKit()

describe('a process that is being stopped', () => {
  let stopping = false
  const app = buildApp(kit.ctx, { pages: false, isDraining: () => stopping })
  afterAll(async () => (await app).close())
  const ask = async (path: string) => (await app).inject(path)

  test('says that it is not ready, and when to come back, while it still answers and lives', async () => {
    expect((await ask('/health/ready')).json()).toEqual({ status: 'ok' })
    stopping = true
    const answer = await ask('/health/ready')
    expect([answer.statusCode, answer.json().type]).toEqual([503, '/problems/unavailable'])
    expect(answer.headers['retry-after']).toBe('5')
    for (const short of ['/health/', '/health']) expect((await ask(short)).statusCode).toBe(503)
    expect((await ask('/health/live')).statusCode).toBe(200)
    expect((await ask('/api/v1/events')).statusCode).toBe(200)
  })
})

// S3-74
test('whether it is ready is asked for under a shorter name, too', async () => {
  for (const url of ['/health/', '/health']) {
    const answer = await kit.app.inject(url)
    expect([answer.statusCode, answer.json()], url).toEqual([200, { status: 'ok' }])
  }
})

test('a process whose database lacks a migration is not ready', async () => {
  const { rows } = await kit.database.query('select * from migrations order by name desc limit 1')
  await kit.database.query('delete from migrations where name = $1', [rows[0]!.name])
  const answer = await kit.app.inject('/health/ready')
  expect([answer.statusCode, answer.json().detail]).toEqual([503, 'The database is not migrated yet.'])
  expect(answer.headers['retry-after']).toBe('5')
})
