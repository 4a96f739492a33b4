import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { settings } from '#config'
import { projectFolder } from '#kernel/project-folder'
import { build, staleParts } from '../scripts/build.mjs'
import { freePort } from '../test/kit/processes.ts'

/** A process under measurement. */
export type Program = { url: string; residentMegabytes(): number | null; stop(): Promise<void> }

const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))

/** The program as an operator runs it, logging as it would, to where it costs no disk. */
export async function startTurnout(databaseUrl: string): Promise<Program> {
  if (staleParts().includes('server')) await build(['server'])
  const port = await freePort()
  const limits = Object.entries(settings).flatMap(([name, { default: most }]) =>
    name.startsWith('RATE_LIMIT_') && typeof most === 'number' ? [name] : [],
  )
  const most = '100000000' // raised, not off: what they cost is part of every answer
  const env = {
    MODE: 'test',
    LOG_LEVEL: 'info',
    SECRET_KEY: 'for-the-bench-only-0123456789-abcdefg',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    RATE_LIMITS: 'on',
    ...Object.fromEntries(limits.map((name) => [name, most])),
  }
  return start(
    ['--max-semi-space-size=64', '--enable-source-maps', 'dist/server/main.js', 'serve'],
    port,
    '/health/ready',
    env,
  )
}

/** A bare Fastify that says hello. */
export async function startHello(): Promise<Program> {
  const port = await freePort()
  return start(['--import', 'tsx', 'bench/hello.ts', String(port)], port, '/', {})
}

async function start(args: string[], port: number, ready: string, env: Record<string, string>): Promise<Program> {
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.add(child)
  const gone = once(child, 'exit').then(() => void running.delete(child))
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4_000)))
  const url = `http://127.0.0.1:${port}`
  for (const begun = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}:\n${complaints}`)
    if (Date.now() - begun > 30_000) throw new Error(`${args.join(' ')} was not ready after 30 s:\n${complaints}`)
    if (
      await fetch(url + ready).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break
  }
  return {
    url,
    residentMegabytes() {
      try {
        return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024)
      } catch {
        return null // only Linux tells
      }
    },
    async stop() {
      if (running.has(child)) child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await gone
      clearTimeout(late)
    },
  }
}
