import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { projectFolder } from '#kernel/project-folder'
import { keptSecret, weaknessesOf } from '#kernel/secret-key'
import { flag, integer, networks, oneOf, origin, postgresUrl, redisUrl, text } from '#kernel/setting-values'

// Every setting there is. docs/configuration.md is generated from this table, and nothing else reads process.env.

type Setting<T> = {
  doc: string
  read: (raw: string) => T
  /** What it is when nobody says; a word for the document where it depends on others. */
  default: T | ((mode: Mode) => T)
  defaultDoc?: string
  secret?: true
  /** Other names that mean the same, from the systems we replace. */
  aliases?: readonly string[]
}

export type Mode = 'demo' | 'production' | 'test'

export const settings = {
  MODE: {
    doc: 'demo: everything in one process, filled with examples. production: secrets required, nothing made up. test: for tests.',
    read: oneOf('demo', 'production', 'test'),
    default: 'production',
    defaultDoc: '`demo` for `npm start`, otherwise `production`',
  },
  HOST: {
    doc: 'The address to listen on.',
    read: text,
    default: (mode: Mode) => (mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
    defaultDoc: '`0.0.0.0` in production, otherwise `127.0.0.1`',
  },
  PORT: { doc: 'The port to listen on.', read: integer(0, 65_535), default: 8000, aliases: ['APP_PORT'] },
  BASE_URL: {
    doc: 'How people reach this server: the beginning of every link in mails and pages.',
    read: origin,
    default: '',
    defaultDoc: 'required in production, otherwise `http://localhost:PORT`',
  },
  DATA_DIR: {
    doc: 'The folder of the embedded database and of what demo mode makes. It belongs to one process at a time.',
    read: text,
    default: 'data',
  },
  DATABASE_URL: {
    doc: 'PostgreSQL 15 or newer. Without it the embedded database in DATA_DIR is used.',
    read: postgresUrl,
    default: '',
    defaultDoc: 'embedded',
    secret: true as const,
  },
  DATABASE_CONNECTIONS: {
    doc: 'Connections of this process to PostgreSQL, besides three for the seat desk and one that listens.',
    read: integer(1, 200),
    default: 10,
  },
  SECRET_KEY: {
    doc: 'Signs tokens, links and cursors. At least 32 characters; `openssl rand -base64 48` makes one. Whoever knows it can sign in as anybody.',
    read: text,
    default: '',
    defaultDoc: 'required in production; otherwise made once and kept in DATA_DIR',
    secret: true as const,
  },
  OPEN_ORGANIZER_SIGNUP: {
    doc: 'Whether people may sign up as organizers by themselves; otherwise an admin makes them one.',
    read: flag,
    default: (mode: Mode) => mode !== 'production',
    defaultDoc: '`false` in production, otherwise `true`',
  },
  SMTP_HOST: {
    doc: 'The server that takes our mail.',
    read: text,
    default: '',
    defaultDoc: 'required in production with SMTP_PORT and MAIL_FROM; the development mail server in demo mode',
  },
  SMTP_PORT: {
    doc: 'Its port: 587 with STARTTLS, 465 with TLS from the start.',
    read: integer(1, 65_535),
    default: 0,
    defaultDoc: 'none',
  },
  SMTP_USER: { doc: 'The user to log in as; goes with SMTP_PASSWORD.', read: text, default: '', defaultDoc: 'none' },
  SMTP_PASSWORD: {
    doc: 'The password for SMTP_USER.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  SMTP_TLS: {
    doc: 'starttls: required; implicit: from the start; off: only inside a private network.',
    read: oneOf('starttls', 'implicit', 'off'),
    default: 'starttls',
  },
  MAIL_FROM: {
    doc: 'The sender of our mails: `Name <address>` or an address.',
    read: text,
    default: '',
    defaultDoc: '`Turnout <noreply@localhost>` outside production',
  },
  SMTP_DEV_PORT: {
    doc: 'The port of the development mail server, on 127.0.0.1, in demo mode.',
    read: integer(0, 65_535),
    default: 2500,
  },
  REDIS_URL: {
    doc: 'Redis, for what several processes count together. Without it each counts for itself.',
    read: redisUrl,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  RATE_LIMITS: {
    doc: '`off` for tests and load; production refuses that.',
    read: flag,
    default: (mode: Mode) => mode !== 'test',
    defaultDoc: '`on`',
  },
  RATE_LIMIT_READS: {
    doc: 'Reads a minute from one account or address, per process.',
    read: integer(1, 100_000_000),
    default: 1200,
  },
  RATE_LIMIT_WRITES: {
    doc: 'Writes a minute from one account or address.',
    read: integer(1, 100_000_000),
    default: 120,
  },
  RATE_LIMIT_LOGINS: {
    doc: 'Log-ins and sign-ups a minute from one address.',
    read: integer(1, 100_000_000),
    default: 20,
  },
  TRUSTED_PROXIES: {
    doc: 'Addresses or networks whose forwarded headers count, separated by commas.',
    read: networks,
    default: [] as string[],
    defaultDoc: 'none',
  },
  LOG_LEVEL: {
    doc: 'How much is logged.',
    read: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    default: (mode: Mode) =>
      (mode === 'test' ? 'silent' : 'info') as 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent',
    defaultDoc: '`info`',
  },
} satisfies Record<string, Setting<unknown>>

/** The settings this process runs with, checked. */
export type Config = {
  mode: Mode
  host: string
  port: number
  /** Scheme, host and port; no slash at the end. */
  baseUrl: string
  dataDir: string
  /** Null: the embedded database. */
  databaseUrl: string | null
  databaseConnections: number
  secretKey: string
  openOrganizerSignup: boolean
  /** Null: there is nobody to give mail to; it waits. */
  smtp: Smtp | null
  mailFrom: string
  smtpDevPort: number
  redisUrl: string | null
  /** Requests a minute; null: not limited. */
  rateLimits: { reads: number; writes: number; logins: number } | null
  trustedProxies: string[]
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export type Smtp = {
  host: string
  port: number
  tls: 'starttls' | 'implicit' | 'off'
  user: string | null
  password: string | null
}

/** Everything that is wrong with the settings, at once. */
export class BadConfiguration extends Error {
  constructor(readonly faults: string[]) {
    super(`These settings are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
  }
}

/** Reads the settings, once at the start. `commandMode` is the mode that the command stands for. Throws BadConfiguration. */
export function readConfig(
  commandMode: Mode = 'production',
  env: Record<string, string | undefined> = surroundings(),
): Config {
  const faults: string[] = []
  const value = <K extends keyof typeof settings>(name: K, mode: Mode): ReturnType<(typeof settings)[K]['read']> => {
    const setting = settings[name] as Setting<ReturnType<(typeof settings)[K]['read']>>
    const fallback = () =>
      typeof setting.default === 'function' ? (setting.default as (mode: Mode) => never)(mode) : setting.default
    const raw = [name, ...(setting.aliases ?? [])].map((each) => env[each]).find(Boolean)
    if (raw === undefined) return fallback()
    try {
      return setting.read(raw)
    } catch (error) {
      faults.push(`${name} ${(error as Error).message}${setting.secret ? '' : `, not ${JSON.stringify(raw)}`}`)
      return fallback()
    }
  }
  const mode = env.MODE ? value('MODE', commandMode) : commandMode
  const of = <K extends keyof typeof settings>(name: K) => value(name, mode)

  const port = of('PORT')
  const dataDir = resolve(projectFolder, of('DATA_DIR'))
  const config: Config = {
    mode,
    host: of('HOST'),
    port,
    baseUrl: of('BASE_URL') || `http://localhost:${port}`,
    dataDir,
    databaseUrl: of('DATABASE_URL') || null,
    databaseConnections: of('DATABASE_CONNECTIONS'),
    secretKey: of('SECRET_KEY'),
    openOrganizerSignup: of('OPEN_ORGANIZER_SIGNUP'),
    smtp: smtpOf(env, of, mode, faults),
    mailFrom: of('MAIL_FROM') || 'Turnout <noreply@localhost>',
    smtpDevPort: of('SMTP_DEV_PORT'),
    redisUrl: of('REDIS_URL') || null,
    rateLimits: of('RATE_LIMITS')
      ? { reads: of('RATE_LIMIT_READS'), writes: of('RATE_LIMIT_WRITES'), logins: of('RATE_LIMIT_LOGINS') }
      : null,
    trustedProxies: of('TRUSTED_PROXIES'),
    logLevel: of('LOG_LEVEL'),
  }
  if (mode === 'production') {
    if (!env.BASE_URL) faults.push('BASE_URL is required in production')
    faults.push(...weaknessesOf(config.secretKey))
    if (!config.rateLimits) faults.push('RATE_LIMITS may not be off in production')
  }
  if (faults.length > 0) throw new BadConfiguration(faults)
  if (!config.secretKey) {
    const file = join(dataDir, 'secret-key')
    const secret = keptSecret(file)
    if (!secret) throw new BadConfiguration([`${file} is damaged: put it back, or delete it and log in again`])
    config.secretKey = secret
  }
  return config
}

/** The process's variables, and where they are silent the file `.env`. Tests say everything themselves. */
function surroundings(): Record<string, string | undefined> {
  const file = join(projectFolder, '.env')
  if (process.env.MODE !== 'test' && existsSync(file)) process.loadEnvFile(file)
  return process.env
}

/** The document of all settings, as Markdown rows. */
export function describeSettings(): string {
  const rows = Object.entries(settings as Record<string, Setting<unknown>>).map(([name, setting]) => {
    const given = setting.defaultDoc ?? `\`${String(setting.default)}\``
    const names = [name, ...(setting.aliases ?? [])].map((each) => `\`${each}\``).join(' or ')
    return `| ${names} | ${setting.doc.replaceAll('|', '\\|')} | ${given} |`
  })
  return ['| setting | what it does | default |', '|---|---|---|', ...rows, ''].join('\n')
}

type Of = <K extends keyof typeof settings>(name: K) => ReturnType<(typeof settings)[K]['read']>

function smtpOf(env: Record<string, string | undefined>, of: Of, mode: Mode, faults: string[]): Smtp | null {
  const complete = ['SMTP_HOST', 'SMTP_PORT', 'MAIL_FROM'] as const
  const begun = Object.keys(env).some((name) => env[name] && (/^SMTP_(?!DEV_)/.test(name) || name === 'MAIL_FROM'))
  if (!begun && mode === 'demo')
    return { host: '127.0.0.1', port: of('SMTP_DEV_PORT'), tls: 'off', user: null, password: null }
  if (!begun && mode !== 'production') return null
  const missing = complete.filter((name) => !env[name])
  if (missing.length > 0)
    faults.push(`mail is only half set: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`)
  if (Boolean(env.SMTP_USER) !== Boolean(env.SMTP_PASSWORD)) {
    faults.push(`mail is only half set: ${env.SMTP_USER ? 'SMTP_PASSWORD' : 'SMTP_USER'} is missing`)
  }
  return {
    host: of('SMTP_HOST'),
    port: of('SMTP_PORT'),
    tls: of('SMTP_TLS'),
    user: of('SMTP_USER') || null,
    password: of('SMTP_PASSWORD') || null,
  }
}
