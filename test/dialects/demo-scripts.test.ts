import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import { freePort, startProcess, type Running } from '../kit/processes.ts'

let server: Running | undefined
const folder = await mkdtemp(join(tmpdir(), 'turnout-demo-scripts-'))
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

// S0-24 S0-26 S0-28 S0-30 S0-31 S0-32
test('the demo script passes against a fresh demo server, and fails where there is none', async () => {
  const port = await freePort()
  const home = `http://localhost:${port}`
  const run = async (base: string) => {
    const env = { ...process.env, BASE_URL: base, PYTHONDONTWRITEBYTECODE: '1' }
    const { stdout, code } = await promisify(execFile)('python3', [join(projectFolder, 'demo_scripts.py')], {
      env,
    }).then(
      (done) => ({ stdout: done.stdout, code: 0 }),
      (error: { stdout: string; code: number }) => error,
    )
    return { code, last: stdout.trim().split('\n').at(-1), stdout }
  }
  expect(await run(home)).toMatchObject({ code: 1, last: '0 passed, 1 failed' })
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
  for (const base of [home, home.replace('localhost', '127.0.0.1')]) {
    const { code, last, stdout } = await run(base)
    expect([code, last], stdout).toEqual([0, expect.stringMatching(/^\d{2} passed, 0 failed$/)])
  }
}, 150_000)
