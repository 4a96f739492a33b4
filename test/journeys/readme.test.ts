import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import { freePort, startProcess, type Running } from '../kit/processes.ts'

// Somebody pastes the tour of the README into a shell while `npm start` runs.

const HOME = 'http://localhost:8000'
let server: Running | undefined
const folder = await mkdtemp(join(tmpdir(), 'turnout-readme-'))
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('the tour with curl does what it says', async () => {
  const readme = await readFile(join(projectFolder, 'README.md'), 'utf8')
  const tour = /^## A tour with curl$[\s\S]*?^```sh$([\s\S]*?)^```$/m.exec(readme)![1]!
  expect(tour).toContain(HOME)
  const port = await freePort()
  const home = HOME.replace('8000', String(port))
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
  const patient = tour.replaceAll(HOME, home).replace('sleep 2', 'sleep 6') // where much else runs, mails take longer
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', patient])
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, any>)
  expect(answers).toMatchObject([
    { items: expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]) },
    { title: 'Soldering for beginners', status: 'open' },
    { name: 'Ann', status: 'going', position: null },
    { name: 'Ben', status: 'waitlisted', position: 1 },
    { status: 'cancelled' },
    {
      items: [
        { name: 'Ann', status: 'cancelled' },
        { name: 'Ben', status: 'going' },
      ],
    },
  ])
}, 150_000)
