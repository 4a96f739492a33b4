import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { projectFolder } from '#kernel/project-folder'
import { bundle } from '../../scripts/build.mjs'

/** A process of our own program, as an operator would start it. */
export type Running = {
  url: string
  pid: number
  output: () => string
  /** Its exit code, when it has ended by itself or otherwise. */
  ended: Promise<number | null>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Asks it to stop and waits; answers its exit code. */
  stop(): Promise<number | null>
}

const SECRET = 'for-tests-only-0123456789-abcdefghijklm'

/** Where a run of tests keeps what it has bundled. */
export const bundlesOf = (run: number) => join(projectFolder, 'dist/test', String(run))

const bundled = new Map<string, Promise<string>>()

/** The file to start: bundled as `npm run build` does it, so that what is started often is compiled once. */
export function runnable(entry: string): Promise<string> {
  if (entry.endsWith('.js')) return Promise.resolve(entry)
  const folder = join(bundlesOf(process.ppid), `${process.pid}-${basename(entry, '.ts')}`)
  const there = bundled.get(entry) ?? bundle(entry, folder)
  bundled.set(entry, there)
  return there
}

/** Starts `entry` (the program itself unless told otherwise) and waits until it is ready to serve, or has logged `until`. */
export async function startProcess(options: {
  command: string[]
  entry?: string
  env?: Record<string, string>
  until?: RegExp
}): Promise<Running> {
  const port = Number(options.env?.PORT) || (await freePort())
  const file = await runnable(options.entry ?? 'server/main.ts')
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...options.command], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      MODE: 'test',
      SECRET_KEY: SECRET,
      PORT: String(port),
      BASE_URL: 'http://localhost:8000', // one name whatever the port, as behind a balancer
      LOG_LEVEL: 'warn',
      ...options.env,
    },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const gone = once(child, 'exit') as Promise<[number | null]>
  const url = `http://127.0.0.1:${port}`

  for (const begun = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}:\n${output}`)
    if (Date.now() - begun > 120_000) {
      child.kill('SIGKILL')
      throw new Error(`the process was not ready after two minutes:\n${output}`)
    }
    if (options.until ? options.until.test(output) : await isReady(url)) break
  }
  return {
    url,
    pid: child.pid!,
    output: () => output,
    ended: gone.then(([code]) => code),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      return (await gone)[0]
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  )
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
