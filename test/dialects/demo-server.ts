import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '#kernel/project-folder'
import { onServer, withDatabase } from '../kit/global-setup.ts'
import { freePort, startProcess } from '../kit/processes.ts'

export const PYTHON = process.env.PYTHON ?? 'python3'

let demos = 0

/** `npm start`, as it is, with data of its own: on PostgreSQL, where TEST_DATABASE_URL names one, otherwise embedded. */
export async function startDemo(port: number, env: Record<string, string> = {}) {
  const { TEST_DATABASE_URL: databases } = process.env
  const name = `turnout_demo_${process.pid}_${++demos}`
  if (databases) await onServer(databases, `create database ${name}`)
  const folder = await mkdtemp(join(tmpdir(), 'turnout-dialects-'))
  const home = `http://localhost:${port}`
  const server = await startProcess({
    command: ['start'],
    env: {
      MODE: 'demo',
      DATA_DIR: folder,
      PORT: String(port),
      BASE_URL: home,
      SMTP_DEV_PORT: String(await freePort()),
      SECRET_KEY: '',
      ...(databases && { DATABASE_URL: withDatabase(databases, name) }),
      ...env,
    },
  })
  return {
    home,
    url: server.url,
    async stop() {
      await server.stop()
      if (databases) await onServer(databases, `drop database if exists ${name} with (force)`)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The port that programs were written for, or another where somebody listens there. */
export function usualPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(freePort()))
    probe.listen(8000, () => probe.close(() => resolve(8000)))
  })
}

/** Runs a program to its end, whatever that is. */
export function run(command: string, args: string[], env: Record<string, string> = {}, input = '') {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', ...env }, cwd: projectFolder }
    const child = execFile(command, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}
