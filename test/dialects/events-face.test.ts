import { afterAll, expect, test } from 'vitest'
import { freePort } from '../kit/processes.ts'
import { PYTHON, run, startDemo } from './demo-server.ts'

// A program that was written for Events-Face runs against `npm start` as it is.

const server = await startDemo(await freePort())
afterAll(() => server.stop())

// S1-63 S1-64 S1-65 S1-66 S1-67 S1-68 S1-69 S1-70 S1-71 S1-72 S1-73 S1-74 S1-75
test('the requests that are documented are answered as they are documented, and so when they are made again', async () => {
  for (const _time of ['first', 'second']) {
    const { stdout } = await run(PYTHON, ['test/dialects/events-face.py'], { BASE_URL: server.home })
    expect(stdout).toMatch(/^[1-9]\d+ passed, 0 failed\n$/)
  }
}, 150_000)
