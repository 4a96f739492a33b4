import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { afterAll, inject } from 'vitest'
import { openLogInProviders } from '#accounts/providers/open'
import { logIn } from '#accounts/sessions'
import { buildApp } from '#app'
import { readConfig, type Config } from '#config'
import { connectEmbedded, connectPostgres, type Database } from '#db/connect'
import type { App } from '#http/app'
import { actingAs, type Actor, type Ctx, type Role } from '#kernel/ctx'
import { openFiles } from '#kernel/files'
import { openLimiter } from '#kernel/limiter'
import { openLog } from '#kernel/log'
import { relayFacts } from '#kernel/relay'
import { CHANNEL_NAMES, type Message } from '#notifications/channels/channel'
import { deliver } from '#notifications/delivery'
import { reactions } from '#reactions'
import { openProviders } from '#payments/providers/open'
import { openDesk } from '#registrations/desk'
import { PASSWORD } from './factories.ts'
import { onServer, withDatabase } from './global-setup.ts'

export { aGuest, anAccount, anEvent, aVenue, aCategory, aRegistration, PASSWORD } from './factories.ts'

/** A database of this test file's own with everything on it, as the program itself would open it. Closes by itself. */
export type Kit = {
  ctx: Ctx
  database: Database
  /** PostgreSQL only: what another process connects to. */
  databaseUrl: string | null
  /** The HTTP server; `inject` asks it without a socket. */
  app: App
  clock: { advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void> }
  /** Mails that were handed over, oldest first. */
  mails: Message[]
  /** The same surroundings on behalf of somebody. */
  as(actor: { id: string; role?: string; sessionId?: string } | 'admin' | 'system' | 'anonymous'): Ctx
  /** Headers that log the account in. Its password must be the factories'. */
  signIn(account: { username: string }): Promise<{ authorization: string }>
  /** Relays facts and delivers messages until nothing is left to do. */
  settle(): Promise<void>
  /** A request under /api/v1. */
  call(
    method: InjectOptions['method'],
    path: string,
    options?: Pick<InjectOptions, 'payload' | 'headers' | 'query'>,
  ): Promise<{ status: number; body: any; headers: Record<string, unknown> }>
}

/** Opens a kit; `env` changes settings. */
export async function openKit(env: Record<string, string> = {}): Promise<Kit> {
  const { database, url, drop } = await cloneTemplate()
  const folder = await mkdtemp(join(tmpdir(), 'turnout-kit-'))
  const config: Config = readConfig('test', {
    DATA_DIR: folder,
    SECRET_KEY: 'for-tests-only-0123456789-abcdefghijklm',
    BASE_URL: 'http://localhost:8000',
    LOG_LEVEL: 'silent',
    ...env,
  })
  const log = openLog(config)
  let ahead = 0
  const mails: Message[] = []
  const wakers: Ctx['wakers'] = new Set()
  const wake: Ctx['wake'] = (about) => wakers.forEach((each) => each(about))
  const limiter = openLimiter({ config, database, log }, () => Date.now() + ahead)
  const ctx: Ctx = {
    db: database.kysely,
    actor: { kind: 'anonymous' },
    now: () => new Date(Date.now() + ahead),
    log,
    config,
    database,
    reactions,
    limiter,
    wake,
    wakers,
    desk: openDesk(database, wake),
    channels: { email: { send: async (message) => (mails.push(message), { sent: true }), close: () => {} } },
    files: openFiles(config),
    pay: openProviders(config),
    logInProviders: openLogInProviders(config),
  }
  const app = await buildApp(ctx, { pages: false })
  await app.ready()
  afterAll(async () => {
    await app.close()
    await ctx.desk.drain()
    await ctx.files.close()
    await limiter.close()
    await database.close()
    await drop()
    await rm(folder, { recursive: true, force: true })
  })

  const kit: Kit = {
    ctx,
    database,
    databaseUrl: url,
    app,
    clock: {
      async advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
        ahead += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
        await database.query(`update testing.clock set ahead = make_interval(secs => $1)`, [ahead / 1_000])
        wake(['*']) // an hour has passed: what is kept for seconds is not kept
      },
    },
    mails,
    as(actor) {
      return actingAs(ctx, actorFor(actor))
    },
    async signIn(account) {
      const { accessToken } = await logIn(ctx, { username: account.username, password: PASSWORD, kind: 'rotating' })
      return { authorization: `Bearer ${accessToken}` }
    },
    async settle() {
      const system = actingAs(ctx, { kind: 'system', name: 'test' })
      const all = async () => {
        let sent = 0
        for (const channel of CHANNEL_NAMES) sent += await deliver(system, { channel })
        return sent
      }
      while ((await relayFacts(system)) + (await all()) > 0);
    },
    async call(method, path, options = {}) {
      const answer = await app.inject({ method, url: `/api/v1${path}`, ...options })
      return { status: answer.statusCode, headers: answer.headers, body: answer.body ? answer.json() : undefined }
    },
  }
  return kit
}

function actorFor(actor: { id: string; role?: string; sessionId?: string } | 'admin' | 'system' | 'anonymous'): Actor {
  if (actor === 'anonymous') return { kind: 'anonymous' }
  if (actor === 'system') return { kind: 'system', name: 'test' }
  if (actor === 'admin')
    return {
      kind: 'account',
      id: '00000000-0000-7000-8000-000000000000',
      role: 'admin',
      sessionId: '00000000-0000-7000-8000-000000000000',
    }
  return {
    kind: 'account',
    id: actor.id,
    role: (actor.role ?? 'attendee') as Role,
    sessionId: actor.sessionId ?? '00000000-0000-7000-8000-000000000000',
  }
}

let clones = 0

async function cloneTemplate(): Promise<{ database: Database; url: string | null; drop: () => Promise<void> }> {
  const template = inject('template')
  if (template.engine === 'embedded') {
    const snapshot = await readFile(template.snapshot)
    return { database: await connectEmbedded({ snapshot: new Uint8Array(snapshot) }), url: null, drop: async () => {} }
  }
  const name = `${template.name}_${process.pid}_${Date.now()}_${++clones}`
  await onServer(template.server, `create database ${name} template ${template.name}`)
  const url = withDatabase(template.server, name)
  const database = connectPostgres(url, { connections: 5, onError: () => {} })
  return { database, url, drop: () => onServer(template.server, `drop database if exists ${name} with (force)`) }
}
