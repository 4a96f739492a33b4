import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { onServer, withDatabase } from '../test/kit/global-setup.ts'
import { freePort, startProcess, type Running } from '../test/kit/processes.ts'
import { projectFolder } from '#kernel/project-folder'

// The program as an operator runs it: processes, signals, folders and ports.

const home = await mkdtemp(join(tmpdir(), 'turnout-main-'))
const running: Running[] = []
afterAll(async () => {
  for (const each of running) await each.kill()
  await rm(home, { recursive: true })
})
const start = async (command: string[], env: Record<string, string> = {}, until = /"(serving|working)"/) => {
  const process = await startProcess({
    command,
    env: { DATA_DIR: join(home, 'data'), LOG_LEVEL: 'info', ...env },
    until,
  })
  running.push(process)
  return process
}
const refusal = (command: string[], env?: Record<string, string>) =>
  start(command, env).then(
    () => 'it started',
    (error: Error) => error.message,
  )
const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const signUp = (url: string, username: string) =>
  post(`${url}/api/v1/accounts`, { username, email: `${username}@example.org`, password: 'tulips in the rain 7' })
const logIn = (url: string, username: string) =>
  post(`${url}/api/v1/sessions`, { username, password: 'tulips in the rain 7' })

describe('with the embedded database', () => {
  // reliability R23, R24; S0-03 S0-14 S3-67
  test('the program starts, keeps others from its folder, survives being killed, and finishes what it has begun before it stops', async () => {
    const first = await start(['serve'])
    expect((await signUp(first.url, 'ann')).status).toBe(201)

    for (const message of await Promise.all([refusal(['serve']), refusal(['migrate'])])) {
      expect(message).toMatch(/ended with 1/)
      expect(message).toContain(`in use by process ${first.pid}`)
      expect(message).not.toMatch(/\n\s+at /) // said, not thrown at the reader
    }
    expect((await logIn(first.url, 'ann')).status).toBe(201)

    await first.kill()
    const second = await start(['serve'])
    expect((await logIn(second.url, 'ann')).status).toBe(201)

    // A request whose headers have arrived is under way: the 100 says that they have.
    const body = JSON.stringify({ username: 'late', email: 'late@example.org', password: 'tulips in the rain 7' })
    const socket = connect(Number(new URL(second.url).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.write(
      `POST /api/v1/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nExpect: 100-continue\r\n\r\n`,
    )
    await expect.poll(() => answer, { timeout: 5_000 }).toContain('100 Continue')
    const ended = second.stop()
    await new Promise((resolve) => setTimeout(resolve, 300))
    socket.write(body)
    await once(socket, 'close')
    expect(answer).toMatch(/HTTP\/1\.1 201 Created/)
    expect(await ended).toBe(0)
    await expect(fetch(second.url)).rejects.toThrow()

    const third = await start(['serve'])
    expect((await logIn(third.url, 'late')).status).toBe(201)
    expect(await third.stop()).toBe(0)
  }, 120_000)

  test('that ends by itself, the program says so and ends', async () => {
    const process = await startProcess({
      command: ['serve'],
      entry: 'test/kit/mortal-database.ts',
      env: { DATA_DIR: join(home, 'mortal') },
    })
    running.push(process)
    globalThis.process.kill(process.pid, 'SIGUSR2')
    expect(await process.ended).toBe(1)
    expect(process.output()).toMatch(/"level":"fatal".*the embedded database has ended by itself; stopping/)
  }, 60_000)

  test('a worker beside it is refused, with what to do instead', async () => {
    const message = await refusal(['worker'], { DATA_DIR: join(home, 'worker') })
    expect(message).toMatch(/ended with 1/)
    expect(message).toMatch(/`serve` does the work of `worker` too\. Set DATABASE_URL/)
  }, 60_000)
})

describe('with PostgreSQL', () => {
  // S0-11
  test('that is not there yet, it waits and says so, and can be stopped meanwhile', async () => {
    const process = await start(
      ['serve'],
      { DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/nothing` },
      /waiting for the database/,
    )
    await expect
      .poll(() => process.output().match(/waiting for the database/g)?.length ?? 0, { timeout: 10_000 })
      .toBeGreaterThan(1)
    expect(process.output()).toContain('ECONNREFUSED')
    expect(await process.stop()).toBe(0)
  }, 60_000)

  const template = inject('template')
  if (template.engine === 'postgres') {
    const { server } = template
    test('that nobody has migrated, production does not start', async () => {
      const name = `turnout_main_${process.pid}_${Date.now()}`
      await onServer(server, `create database ${name}`)
      try {
        const env = {
          MODE: 'production',
          DATABASE_URL: withDatabase(server, name),
          SECRET_KEY: 'mC4z0hQm7xW2pVb9tYkR5sLd8fGj1aNu',
          SMTP_HOST: '127.0.0.1',
          SMTP_PORT: '25',
          MAIL_FROM: 'a@example.org',
          BASE_URL: 'https://events.example.org',
        }
        expect(await refusal(['serve'], env)).toMatch(/ended with 1:[\s\S]*run `migrate` first/)
        expect(await refusal(['migrate'], env)).toMatch(/ended with 0/)
        const process = await start(['serve'], env)
        expect((await fetch(`${process.url}/health/ready`)).status).toBe(200)
        expect(await process.stop()).toBe(0)
      } finally {
        await onServer(server, `drop database if exists ${name} with (force)`)
      }
    }, 120_000)
  }
})

describe('the command line', () => {
  const run = async (args: string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...args], {
      cwd: projectFolder,
      env: { PATH: process.env.PATH, ...env },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    const [code] = (await once(child, 'close')) as [number]
    return { code, output }
  }

  test('says what there is when it is asked or misunderstood', async () => {
    const [help, wrong] = await Promise.all([run(['help']), run(['dance'])])
    expect([help.code, wrong.code]).toEqual([0, 2])
    for (const { output } of [help, wrong])
      for (const command of ['start', 'serve', 'worker', 'migrate', 'create-admin']) expect(output).toContain(command)
  }, 60_000)

  test('in production without settings names everything that is missing, and nothing else', async () => {
    const { code, output } = await run(['serve'])
    expect(code).toBe(1)
    for (const name of ['BASE_URL', 'SECRET_KEY', 'SMTP_HOST, SMTP_PORT, MAIL_FROM']) expect(output).toContain(name)
    expect(output).not.toMatch(/\n\s+at /)
  }, 60_000)
})
