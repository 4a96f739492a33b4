import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import { freePort, startProcess, type Running } from '../kit/processes.ts'

// A program that was written for Events-Face runs against `npm start` as it is.

const folder = await mkdtemp(join(tmpdir(), 'turnout-events-face-'))
let server: Running | undefined
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

// S1-63 S1-64 S1-65 S1-66 S1-67 S1-68 S1-69 S1-70 S1-71 S1-72 S1-73 S1-74 S1-75
test('the requests that are documented are answered as they are documented, and so when they are made again', async () => {
  const port = await freePort()
  const home = `http://localhost:${port}`
  server = await startProcess({
    command: ['start'],
    env: {
      MODE: 'demo',
      DATA_DIR: folder,
      PORT: String(port),
      BASE_URL: home,
      SMTP_DEV_PORT: String(await freePort()),
      SECRET_KEY: '',
    },
  })
  for (const _time of ['first', 'second']) {
    const { stdout } = await promisify(execFile)(
      process.env.PYTHON ?? 'python3',
      [join(projectFolder, 'test/dialects/events-face.py')],
      {
        env: { PATH: process.env.PATH, BASE_URL: home },
      },
    )
    expect(stdout).toMatch(/^[1-9]\d+ passed, 0 failed\n$/)
  }
}, 150_000)
