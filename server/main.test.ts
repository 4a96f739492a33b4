import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { onServer, withDatabase } from '../test/kit/global-setup.ts'
import { startSmtp } from '../test/kit/smtp.ts'
import { freePort, runnable, startProcess, type Running } from '../test/kit/processes.ts'
import { connectPostgres } from '#db/connect'
import { projectFolder } from '#kernel/project-folder'

// The program as an operator runs it: processes, signals, folders and ports.

const home = await mkdtemp(join(tmpdir(), 'turnout-main-'))
const running: Running[] = []
/** A folder of data of this name that `migrate` has been run on: only the first is made, which takes seconds. */
const folder = async (name: string) => {
  migrated ??= refusal(['migrate'], { DATA_DIR: join(home, 'migrated') })
  expect(await migrated).toMatch(/ended with 0/)
  await cp(join(home, 'migrated'), join(home, name), { recursive: true })
  return join(home, name)
}
let migrated: Promise<string> | undefined
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
  // S0-03 S0-14 S2-11 S3-67 S4-10; reliability R23, R24
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
      env: { DATA_DIR: await folder('mortal') },
    })
    running.push(process)
    globalThis.process.kill(process.pid, 'SIGUSR2')
    expect(await process.ended).toBe(1)
    expect(process.output()).toMatch(/"level":"fatal".*the embedded database has ended by itself; stopping/)
  }, 60_000)

  test('a worker beside it is refused, with what to do instead', async () => {
    for (const command of ['worker', 'beat']) {
      const message = await refusal([command], { DATA_DIR: join(home, 'worker') })
      expect(message).toMatch(/ended with 1/)
      expect(message).toMatch(/`serve` does the work of `worker` too\. Set DATABASE_URL/)
    }
  }, 60_000)

  // S1-42 S1-79
  test('messages are sent by a loop of their own where nobody else has the folder; it ends cleanly at once', async () => {
    const env = { DATA_DIR: await folder('outbox') }
    const port = await freePort()
    const server = await start(['runserver', `127.0.0.1:${port}`], env)
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200)
    const inUse = await refusal(['process_notifications_outbox', '--sleep', '1.0'], env)
    expect(inUse).toContain(`in use by process ${server.pid}`)
    expect(await server.stop()).toBe(0)
    const outbox = await start(['process_notifications_outbox', '--sleep', '1.0'], env)
    expect(await outbox.stop()).toBe(0)
    const interrupted = await start(['outbox'], env)
    process.kill(interrupted.pid, 'SIGINT')
    expect(await interrupted.ended).toBe(0)
    expect(interrupted.output()).not.toMatch(/"level":"(warn|error|fatal)"/)
  }, 120_000)

  // S1-12
  test('a running instance is asked by HTTP how it is; one that rests is told to run a job, and does when it runs', async () => {
    const env = { DATA_DIR: await folder('schedules') }
    const server = await start(['serve'], env)
    const doctor = await refusal(['doctor'], env)
    expect(doctor).toMatch(
      /ended with 1:[\s\S]*Process \d+ has it to itself\.\n +→ Ask that one: GET \/api\/v1\/admin\/doctor/,
    )
    expect(await server.stop()).toBe(0)
    expect(await refusal(['schedules'], env)).toMatch(
      /ended with 0:[\s\S]*^audit-seats +periodic +\*\/10 \* \* \* \* +next /m,
    )
    expect(await refusal(['schedules', 'run', 'audit-seats'], env)).toMatch(
      /ended with 0:[\s\S]*audit-seats runs as soon as/,
    )
    expect(await refusal(['schedules', 'run', 'audit-seats'], env)).toMatch(
      /ended with 1:[\s\S]*A run of this job waits/,
    )
    const again = await start(['serve'], env)
    await expect.poll(() => again.output(), { timeout: 10_000 }).toMatch(/"job":"audit-seats".*"job done"/)
    expect(await again.stop()).toBe(0)
  }, 120_000)
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
    test('that nobody has migrated, production does not start, and no command but `migrate` changes it', async () => {
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
        for (const command of [['serve'], ['schedules'], ['retention', '--dry-run'], ['create-admin']])
          expect(await refusal(command, env)).toMatch(/ended with 1:[\s\S]*run `migrate` first/)
        expect(await refusal(['migrate'], env)).toMatch(/ended with 0/)
        const process = await start(['serve'], env)
        expect((await fetch(`${process.url}/health/ready`)).status).toBe(200)
        expect(await process.stop()).toBe(0)
      } finally {
        await onServer(server, `drop database if exists ${name} with (force)`)
      }
    }, 120_000)

    // S1-60 S2-55 S1-42
    test('each process does its own part: who only fires runs nothing, and a queue is for who is bound to it', async () => {
      const name = `turnout_parts_${process.pid}_${Date.now()}`
      await onServer(server, `create database ${name}`)
      const smtp = await startSmtp()
      const database = connectPostgres(withDatabase(server, name), { connections: 2, onError: () => {} })
      try {
        const env = {
          DATABASE_URL: withDatabase(server, name),
          SMTP_HOST: '127.0.0.1',
          SMTP_PORT: String(smtp.port),
          SMTP_TLS: 'off',
          MAIL_FROM: 'events@example.org',
        }
        const states = async () =>
          (
            await database.query(
              `select name, finished_at is not null as done from job_runs where asked_by->>'name' = 'command line' order by name`,
            )
          ).rows
        expect(await refusal(['migrate'], env)).toMatch(/ended with 0/)
        expect(await refusal(['schedules'], env)).toMatch(/ended with 0:[\s\S]*No worker has ever been here/)
        const beat = await start(['beat'], env)
        for (const job of ['audit-seats', 'process-notifications-outbox'])
          expect(await refusal(['schedules', 'run', job], env)).toMatch(/ended with 0/)
        await database.query(`update schedules set next_run_at = app_now() where name = 'clean-files'`)
        const fired = () => database.query(`select count(*) as n from job_runs where name = 'clean-files'`)
        await expect.poll(async () => (await fired()).rows, { timeout: 10_000 }).toEqual([{ n: 1 }])
        expect(await states()).toMatchObject([{ done: false }, { done: false }])

        const periodic = await start(['worker', '--queues', 'periodic'], env)
        await expect.poll(states, { timeout: 10_000 }).toMatchObject([{ done: true }, { done: false }])
        const web = await start(['serve'], env)
        expect((await signUp(web.url, 'ann')).status).toBe(201)
        await new Promise((resolve) => setTimeout(resolve, 2_000))
        expect(smtp.mails).toEqual([]) // nobody does messages yet
        const outbox = await start(['outbox', '--sleep', '0.2'], env)
        await smtp.waitFor(1, 10_000)
        expect(await states()).toMatchObject([{ done: true }, { done: false }])
        const notifications = await start(['worker', '--queues', 'notifications'], env)
        await expect.poll(states, { timeout: 10_000 }).toMatchObject([{ done: true }, { done: true }])

        const doctor = await refusal(['doctor', '--send-to', 'ann@example.org'], env)
        expect(doctor).toMatch(/^ok +worker /m)
        expect(doctor).toMatch(/^ok +mail /m)
        expect(doctor).toMatch(/^ok +job audit-seats +Ran /m)
        expect(doctor).toMatch(/^ok +test mail /m)
        expect(smtp.mails.at(-1)).toMatchObject({ subject: 'A test mail' })
        for (const each of [beat, periodic, outbox, notifications, web]) expect(await each.stop()).toBe(0)
      } finally {
        await database.close()
        await smtp.stop()
        await onServer(server, `drop database if exists ${name} with (force)`)
      }
    }, 180_000)
  }
})

describe('the command line', () => {
  const run = async (args: string[], env: Record<string, string> = {}, typed = '') => {
    const child = spawn(process.execPath, ['--enable-source-maps', await runnable('server/main.ts'), ...args], {
      cwd: projectFolder,
      env: { PATH: process.env.PATH, ...env },
    })
    child.stdin.end(typed)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    const [code] = (await once(child, 'close')) as [number]
    return { code, output }
  }

  test('says what there is when it is asked or misunderstood', async () => {
    const [help, wrong] = await Promise.all([run(['help']), run(['dance'])])
    expect([help.code, wrong.code]).toEqual([0, 2])
    for (const { output } of [help, wrong])
      for (const command of [
        'start',
        'serve',
        'worker',
        'beat',
        'outbox',
        'migrate',
        'schedules',
        'doctor',
        'create-admin',
        'clean-up',
        'runserver',
        'createsuperuser',
        'process_notifications_outbox',
      ])
        // prettier-ignore
        expect(output).toContain(command)
  }, 60_000)

  // S1-57 S3-68
  test('knows the names that others have for its commands, and says what each takes', async () => {
    const env = { MODE: 'test', DATA_DIR: join(home, 'aliases') }
    for (const [args, message] of [
      [['runserver', 'x:y'], /serve takes \[address:\]port: x:y is none/],
      [
        ['worker', '--queues', 'periodic,urgent'],
        /worker takes --queues notifications,periodic: there is no queue "urgent"/,
      ],
      [['process_notifications_outbox', '--sleep', '0'], /outbox takes --sleep SECONDS: must be from 0\.1 to 3600/],
      [['schedules', 'run'], /schedules takes nothing, or run NAME: which\?/],
      [['beat', 'now'], /beat takes nothing: now is none of that/],
      [['toString'], /turnout <command>/],
    ] as const) {
      const { code, output } = await run([...args], env)
      expect(code).toBe(args[0] === 'toString' ? 2 : 1)
      expect(output).toMatch(message)
      expect(output).not.toMatch(/\n\s+at /)
    }
  }, 60_000)

  // S1-57
  test('makes an admin of who is typed line by line', async () => {
    const env = { MODE: 'test', DATA_DIR: join(home, 'admin') }
    const { code, output } = await run(['createsuperuser'], env, 'ada\nada@example.org\ntulips in the rain 7\n')
    expect([code, output]).toEqual([0, 'ada is an admin now.\n'])
    const again = await run(
      ['create-admin', '--username', 'ada', '--email', 'b@example.org'],
      env,
      'tulips in the rain 7\n',
    )
    expect(again.code).toBe(1)
  }, 60_000)

  test('says what is not well and exits with 1, without making anything', async () => {
    const nowhere = join(home, 'nothing-yet')
    const empty = await run(['doctor'], {
      MODE: 'test',
      DATA_DIR: nowhere,
      SECRET_KEY: 'mC4z0hQm7xW2pVb9tYkR5sLd8fGj1aNu',
    })
    expect(empty.code).toBe(1)
    expect(empty.output).toMatch(/^fail +database +There is none in .*\n +→ Run `migrate`, or set DATABASE_URL\.$/m)
    expect(existsSync(nowhere)).toBe(false)
    const url = `postgres://nobody:hush-hush-42@127.0.0.1:${await freePort()}/nothing`
    const away = await run(['doctor'], { MODE: 'test', DATA_DIR: nowhere, DATABASE_URL: url })
    expect(away.code).toBe(1)
    expect(away.output).toMatch(/^fail +database +It does not answer: .*ECONNREFUSED/m)
    expect(away.output).not.toContain('hush-hush')
  }, 60_000)

  // S1-50
  test('that cleans up old events says what it would do, and what is wrong with how it was asked', async () => {
    const env = { MODE: 'test', DATA_DIR: await folder('clean-up') }
    for (const [args, message] of [
      [[], /clean-up needs --days, or CLEANUP_EVENTS_AFTER_DAYS/],
      [['--days', '0'], /clean-up takes --dry-run and --days N: must be a whole number from 1 to 36500/],
      [['--dryrun'], /clean-up takes --dry-run and --days N: Unknown option/],
    ] as const) {
      const { code, output } = await run(['clean-up', ...args], env)
      expect(code).toBe(1)
      expect(output).toMatch(message)
      expect(output).not.toMatch(/\n\s+at /)
    }
    const { code, output } = await run(['clean-up', '--dry-run'], { ...env, CLEANUP_EVENTS_AFTER_DAYS: '7' })
    expect(code).toBe(0)
    expect(output).toMatch(/^Over for 7 days or more: 0 would be erased, 0 would be archived\.$/m)
  }, 60_000)

  test('in production without settings names everything that is missing, and nothing else', async () => {
    const { code, output } = await run(['serve'])
    expect(code).toBe(1)
    for (const name of ['BASE_URL', 'SECRET_KEY', 'SMTP_HOST, SMTP_PORT']) expect(output).toContain(name)
    expect(output).not.toMatch(/\n\s+at /)
  }, 60_000)
})
