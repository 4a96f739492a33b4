import { afterAll, expect, test } from 'vitest'
import { freePort } from '../kit/processes.ts'
import { run, startDemo } from './demo-server.ts'

// A program that was written for event-manager runs against `npm start` as it is.

const server = await startDemo(await freePort())
afterAll(() => server.stop())

// S4-04 S4-05 S4-06 S4-07 S4-08 S4-09 S4-20 S4-21 S4-22 S4-23 S4-24 S4-25 S4-26 S4-27 S4-28 S4-29 S4-30
test('the requests that are documented are answered as they are documented, and so when they are made again', async () => {
  for (const _time of ['first', 'second']) {
    const { stdout, code } = await run('bash', ['test/dialects/event-manager.sh'], { BASE_URL: server.home })
    expect([stdout, code]).toEqual([expect.stringMatching(/^[1-9]\d+ passed, 0 failed\n$/), 0])
  }
}, 150_000)

test('it fails where there is none', async () => {
  const { stdout, code } = await run('bash', ['test/dialects/event-manager.sh'], { BASE_URL: `http://localhost:${await freePort()}` }) // prettier-ignore
  expect([stdout, code]).toEqual([expect.stringMatching(/\n0 passed, [1-9]\d+ failed\n$/), 1])
})
