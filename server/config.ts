import { join, resolve } from 'node:path'
import { envFilesIn, settingsIn } from '#kernel/config-files'
import { projectFolder } from '#kernel/project-folder'
import { keptSecret, weaknessesOf } from '#kernel/secret-key'
import { pairOf, type VapidKeys } from '#kernel/vapid'
import {
  cron,
  flag,
  hosts,
  integer,
  issuer,
  logLevel,
  networks,
  oneOf,
  origin,
  origins,
  postgresUrl,
  redisUrl,
  short,
  smtpTls,
  text,
  webAddress,
  zone,
} from '#kernel/setting-values'

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
  CONFIG_FILE: {
    doc: 'A JSON file with settings by these names or their parts: `{"smtp": {"port": 2500}}` is SMTP_PORT. The environment goes before it.',
    read: text,
    default: '',
    defaultDoc: 'none',
  },
  HOST: {
    doc: 'The address to listen on.',
    read: text,
    default: (mode: Mode) => (mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
    defaultDoc: '`0.0.0.0` in production, otherwise `127.0.0.1`',
    aliases: ['APP_IP'],
  },
  PORT: { doc: 'The port to listen on.', read: integer(0, 65_535), default: 8000, aliases: ['APP_PORT'] },
  BASE_URL: {
    doc: 'How people reach this server: the beginning of every link in mails and pages.',
    read: origin,
    default: '',
    defaultDoc: 'required in production, otherwise `http://localhost:PORT`',
  },
  DATA_DIR: {
    doc: 'The folder of the embedded database, of pictures and of what demo mode makes. With the embedded database it belongs to one process at a time.',
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
  POSTGRES_HOST: {
    doc: 'Where PostgreSQL is, for who names it in parts: it counts where DATABASE_URL is not set, together with the four below.',
    read: short,
    default: '',
    defaultDoc: 'none',
    aliases: ['DB_HOST'],
  },
  POSTGRES_PORT: { doc: 'Its port there.', read: integer(1, 65_535), default: 5432, aliases: ['DB_PORT'] },
  POSTGRES_DB: {
    doc: 'The database there.',
    read: text,
    default: '',
    defaultDoc: 'the name of the user',
    aliases: ['DB_NAME'],
  },
  POSTGRES_USER: { doc: 'Who we are there.', read: text, default: 'postgres', aliases: ['DB_USER'] },
  POSTGRES_PASSWORD: {
    doc: 'The password for POSTGRES_USER.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
    aliases: ['DB_PASSWORD'],
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
  ANONYMOUS_WRITES: {
    doc: 'Whether the interfaces of the systems without log-in may be written to without one: `on`, `loopback` (from this machine alone) or `off`. What is made so belongs to a public organizer.',
    read: oneOf('on', 'loopback', 'off'),
    default: (mode: Mode) => (mode === 'demo' ? 'loopback' : 'off') as 'on' | 'loopback' | 'off',
    defaultDoc: '`loopback` in demo mode, otherwise `off`',
  },
  REQUIRE_LOGIN: {
    doc: 'Whether events, and what belongs to them, are shown only to who is logged in: by the API, in calendars and on pages. Who registered as a guest still has the link in the mail.',
    read: flag,
    default: false,
  },
  OPEN_ORGANIZER_SIGNUP: {
    doc: 'Whether people may sign up as organizers by themselves; otherwise an admin makes them one.',
    read: flag,
    default: (mode: Mode) => mode !== 'production',
    defaultDoc: '`false` in production, otherwise `true`',
  },
  REQUIRE_VERIFIED_EMAIL: {
    doc: 'Whether who publishes an event, invites people or helps to organize must have confirmed their e-mail address by the link in our mail.',
    read: flag,
    default: false,
  },
  TERMS_URL: {
    doc: 'Where the terms of this instance are read; goes with TERMS_VERSION. Who signs up accepts them.',
    read: webAddress,
    default: '',
    defaultDoc: 'none',
  },
  TERMS_VERSION: {
    doc: 'Which version of them is in force, like `2027-01`. Who accepted another is asked again.',
    read: short,
    default: '',
    defaultDoc: 'none',
  },
  OIDC_ISSUER: {
    doc: 'An OpenID provider that people can log in through: its address, below which `/.well-known/openid-configuration` is. Goes with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; there, the address to come back to is `BASE_URL/auth/openid/callback`.',
    read: issuer,
    default: '',
    defaultDoc: 'none',
  },
  OIDC_CLIENT_ID: { doc: 'Who we are there.', read: text, default: '', defaultDoc: 'none' },
  OIDC_CLIENT_SECRET: {
    doc: 'The secret for OIDC_CLIENT_ID.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  OIDC_NAME: { doc: 'What the provider is called where people log in.', read: text, default: 'Single sign-on' },
  GOOGLE_CLIENT_ID: {
    doc: 'Lets people log in with Google; goes with GOOGLE_CLIENT_SECRET. The address to come back to is `BASE_URL/auth/google/callback`.',
    read: text,
    default: '',
    defaultDoc: 'none',
  },
  GOOGLE_CLIENT_SECRET: {
    doc: 'The secret for GOOGLE_CLIENT_ID.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  GITHUB_CLIENT_ID: {
    doc: 'Lets people log in with GitHub; goes with GITHUB_CLIENT_SECRET. The address to come back to is `BASE_URL/auth/github/callback`.',
    read: text,
    default: '',
    defaultDoc: 'none',
  },
  GITHUB_CLIENT_SECRET: {
    doc: 'The secret for GITHUB_CLIENT_ID.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  GITHUB_URL: {
    doc: 'Another GitHub than github.com: a GitHub Enterprise Server.',
    read: issuer,
    default: 'https://github.com',
  },
  SMTP_HOST: {
    doc: 'The server that takes our mail.',
    read: text,
    default: '',
    aliases: ['EMAIL_HOST', 'SMTP_IP'],
    defaultDoc: 'required in production with SMTP_PORT and MAIL_FROM; the development mail server in demo mode',
  },
  SMTP_PORT: {
    doc: 'Its port: 587 with STARTTLS, 465 with TLS from the start.',
    read: integer(1, 65_535),
    default: 0,
    defaultDoc: 'none',
    aliases: ['EMAIL_PORT'],
  },
  SMTP_USER: {
    doc: 'The user to log in as; goes with SMTP_PASSWORD.',
    read: text,
    default: '',
    defaultDoc: 'none',
    aliases: ['EMAIL_HOST_USER'],
  },
  SMTP_PASSWORD: {
    doc: 'The password for SMTP_USER.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
    aliases: ['EMAIL_HOST_PASSWORD'],
  },
  SMTP_TLS: {
    doc: 'starttls: required; implicit: from the start; off: only inside a private network. True is starttls and False is off, as EMAIL_USE_TLS has them.',
    read: smtpTls,
    default: '',
    defaultDoc: '`off` where SMTP_HOST is this machine, otherwise `starttls`',
    aliases: ['EMAIL_USE_TLS'],
  },
  MAIL_FROM: {
    doc: 'The sender of our mails: `Name <address>` or an address.',
    read: text,
    default: '',
    defaultDoc: 'SMTP_USER where that is an address, otherwise `Turnout <noreply@…>` at the host of BASE_URL',
    aliases: ['DEFAULT_FROM_EMAIL', 'SMTP_DEFAULT_SENDER'],
  },
  SMTP_DEV_PORT: {
    doc: 'The port of the development mail server, on 127.0.0.1, in demo mode.',
    read: integer(0, 65_535),
    default: 2500,
  },
  NOTIFICATION_SERVICE_URL: {
    doc: 'A service that tells people for us, like https://notifications.example.com/api/notifications; goes with the two below. What is said about registrations and events goes there and not by mail; so does what is said about accounts where no mail server is set.',
    read: webAddress,
    default: '',
    defaultDoc: 'none',
  },
  NOTIFICATION_TOKEN: {
    doc: 'The bearer token that lets us in there.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  NOTIFICATION_SERVICE_OWNER_ID: {
    doc: 'Who we are there: `owner_id` of every message.',
    read: short,
    default: '',
    defaultDoc: 'none',
  },
  TWILIO_ACCOUNT_SID: {
    doc: 'Sends texts to the phones of who wants them, through Twilio; goes with TWILIO_AUTH_TOKEN and TWILIO_FROM.',
    read: short,
    default: '',
    defaultDoc: 'none',
  },
  TWILIO_AUTH_TOKEN: {
    doc: 'The token for TWILIO_ACCOUNT_SID.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  TWILIO_FROM: {
    doc: 'The number that the texts come from, like +4930123456.',
    read: text,
    default: '',
    defaultDoc: 'none',
  },
  TWILIO_URL: {
    doc: 'Another server that speaks Twilio’s REST form.',
    read: origin,
    default: 'https://api.twilio.com',
  },
  LANGUAGE: {
    doc: 'The language of our letters to who has chosen none: `en` or `de`.',
    read: oneOf('en', 'de'),
    default: 'en' as const,
  },
  FILES_S3_BUCKET: {
    doc: 'The bucket that pictures are kept in, at S3 or whatever speaks its protocol; goes with the four below. Needed where several machines serve.',
    read: text,
    default: '',
    defaultDoc: 'none: pictures lie in `DATA_DIR/files`',
  },
  FILES_S3_REGION: { doc: 'Its region.', read: text, default: '', defaultDoc: 'none' },
  FILES_S3_ENDPOINT: {
    doc: 'The server that has it, like https://s3.eu-central-1.amazonaws.com.',
    read: origin,
    default: '',
    defaultDoc: 'none',
  },
  FILES_S3_KEY: { doc: 'The access key id.', read: text, default: '', defaultDoc: 'none' },
  FILES_S3_SECRET: {
    doc: 'The secret access key.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  CLEANUP_EVENTS_AFTER_DAYS: {
    doc: 'Events that ended so many days ago are cleaned up: those that nobody ever used are erased, the others archived. Nothing is, without it.',
    read: integer(1, 36_500),
    default: 0,
    defaultDoc: 'none: off',
  },
  CLEANUP_SCHEDULE: {
    doc: 'When that is done: minute, hour, day, month and weekday as in a crontab, in UTC.',
    read: cron,
    default: '42 2 * * *',
  },
  RETAIN_REGISTRATIONS_DAYS: {
    doc: 'So many days after an event its registrations lose their names and addresses. Counts, entries and payments stay.',
    read: integer(1, 36_500),
    default: 0,
    defaultDoc: 'none: for good',
  },
  RETAIN_MESSAGES_DAYS: {
    doc: 'So many days after it was written a message loses its words and its recipient. 0: never.',
    read: integer(0, 36_500),
    default: 90,
  },
  RETAIN_SESSIONS_DAYS: {
    doc: 'So many days after its end a session, with the name of its browser, is forgotten. 0: never.',
    read: integer(0, 36_500),
    default: 30,
  },
  RETAIN_FACTS_DAYS: {
    doc: 'So many days after it happened a fact is taken from the audit trail. Facts hold ids and no words of people.',
    read: integer(1, 36_500),
    default: 0,
    defaultDoc: 'none: for good',
  },
  SERIES_HORIZON_DAYS: {
    doc: 'How many days ahead the occurrences of recurring events are made.',
    read: integer(1, 3_650),
    default: 180,
  },
  EVENTS_PROVIDER_URL: {
    doc: 'A system whose events are brought in: its address answers with a list, or with `{ results, next }`; `?changed_at=YYYY-MM-DD` with what changed since.',
    read: webAddress,
    default: '',
    defaultDoc: 'none',
  },
  EVENTS_PROVIDER_TOKEN: {
    doc: 'A bearer token for it.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  ICS_URL: {
    doc: 'A calendar (.ics) whose events are brought in. Often secret by its address.',
    read: webAddress,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  TICKETMASTER_API_KEY: {
    doc: 'Lets organizers search and import events of Ticketmaster (Discovery API).',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  TICKETMASTER_SYNC: {
    doc: 'Which of its events are brought in by themselves: a query of its API like `city=Berlin&classificationName=music` that finds 1,000 at most.',
    read: text,
    default: '',
    defaultDoc: 'none',
  },
  TICKETMASTER_URL: { doc: 'Where its API is.', read: webAddress, default: 'https://app.ticketmaster.com' },
  SEATGEEK_CLIENT_ID: {
    doc: 'The same for SeatGeek.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  SEATGEEK_SYNC: {
    doc: 'Which of its events are brought in by themselves: a query of its API like `venue.city=Boston`.',
    read: text,
    default: '',
    defaultDoc: 'none',
  },
  SEATGEEK_URL: { doc: 'Where its API is.', read: webAddress, default: 'https://api.seatgeek.com' },
  SYNC_ORGANIZER: {
    doc: 'The username of the organizer whose events they are.',
    read: text,
    default: '',
    defaultDoc: 'the first admin',
  },
  SYNC_ZONE: {
    doc: 'The time zone of what says none.',
    read: zone,
    default: 'UTC',
  },
  SYNC_SCHEDULE: {
    doc: 'When what changed is brought in, as in a crontab, in UTC.',
    read: cron,
    default: '*/30 * * * *',
  },
  SYNC_FULL_SCHEDULE: {
    doc: 'When everything is read, so that what is gone there is withdrawn here.',
    read: cron,
    default: '12 4 * * *',
  },
  REDIS_URL: {
    doc: 'Redis, for what several processes count together. Without it, and while it is away, PostgreSQL counts.',
    read: redisUrl,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  STRIPE_SECRET_KEY: {
    doc: 'Takes money through Stripe Checkout; goes with STRIPE_WEBHOOK_SECRET.',
    read: text,
    default: '',
    defaultDoc: 'none: payments are marked by hand',
    secret: true as const,
  },
  STRIPE_WEBHOOK_SECRET: {
    doc: 'What Stripe signs its notices to `/api/v1/payments/stripe/notices` with. Events: checkout.session.completed, .expired, .async_payment_succeeded, .async_payment_failed, charge.refunded and refund.failed.',
    read: text,
    default: '',
    defaultDoc: 'none',
    secret: true as const,
  },
  VAPID_PUBLIC_KEY: {
    doc: 'What push services know this server by; goes with VAPID_PRIVATE_KEY. `npx web-push generate-vapid-keys` makes both. With another pair browsers have to be asked again.',
    read: text,
    default: '',
    defaultDoc: 'derived from SECRET_KEY',
  },
  VAPID_PRIVATE_KEY: {
    doc: 'The other half.',
    read: text,
    default: '',
    defaultDoc: 'derived from SECRET_KEY',
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
  RATE_LIMIT_ACCOUNT_LOGINS: {
    doc: 'Log-ins to one account in a quarter of an hour: together from all addresses that it was never logged in from, and from each of the others.',
    read: integer(1, 100_000_000),
    default: 20,
  },
  RATE_LIMIT_REGISTRATIONS: {
    doc: 'Registrations for one event an hour from one account or address, which may be that of a whole campus.',
    read: integer(1, 100_000_000),
    default: 500,
  },
  RATE_LIMIT_FOLLOWERS: {
    doc: 'How often an hour somebody at one account or address may begin to follow one event, by browsers or otherwise.',
    read: integer(1, 100_000_000),
    default: 100,
  },
  RATE_LIMIT_MAILS: {
    doc: 'Mails an hour to one address that people cause who need not be its owner.',
    read: integer(1, 100_000_000),
    default: 20,
  },
  RATE_LIMIT_EVENT_MAILS: {
    doc: 'The same about one event.',
    read: integer(2, 100_000_000),
    default: 5,
  },
  RATE_LIMIT_EVENT_MANAGER: {
    doc: 'Whether the interface of `event-manager` has its own limits, too: 200 requests a day and 50 an hour from one address.',
    read: flag,
    default: false,
  },
  ALLOWED_HOSTS: {
    doc: 'Names this server answers to besides that of BASE_URL, separated by commas: what a proxy calls it, say. Others get a 421.',
    read: hosts,
    default: [] as string[],
    defaultDoc: 'none in production, otherwise those of the machine itself',
  },
  CORS_ORIGINS: {
    doc: 'Origins of other sites whose pages may use the API, by bearer token alone, separated by commas: https://app.example.org.',
    read: origins,
    default: [] as string[],
    defaultDoc: 'none',
  },
  TRUSTED_PROXIES: {
    doc: 'Addresses or networks whose forwarded headers count, separated by commas.',
    read: networks,
    default: [] as string[],
    defaultDoc: 'none',
  },
  LOG_LEVEL: {
    doc: 'How much is logged.',
    read: logLevel,
    default: (mode: Mode) => (mode === 'test' ? 'silent' : 'info') as ReturnType<typeof logLevel>,
    defaultDoc: '`info`',
  },
} satisfies Record<string, Setting<unknown>>

/** What the systems that we replace are told besides, and why nothing has to be said of it here. It does no harm. */
export const UNUSED: Readonly<Record<string, string>> = {
  LOG_FORMAT: 'The log is lines of JSON.',
  DEBUG: 'No page shows the inside of the program, in any mode; LOG_LEVEL says how much is logged.',
  CELERY_BROKER_URL: 'Jobs and messages wait in the database, so there is no broker.',
  REDIS_HOST: 'Where Redis is there, it is named by REDIS_URL.',
  REDIS_PORT: 'The same.',
  REDIS_DB: 'The same.',
  REDIS_PASSWORD: 'The same.',
  PROJECT_NAME: 'The program has its own name.',
  VERSION: 'And its own version.',
  JWT_SECRET_KEY: 'SECRET_KEY signs the tokens, too.',
  JWT_ALGORITHM: 'It is HS256.',
  ACCESS_TOKEN_LIFETIME: 'An access token is good for an hour at most.',
  REFRESH_TOKEN_LIFETIME: 'A session ends a week after the log-in, where it is not renewed.',
}

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
  /** Whether only who is logged in reads of events. */
  requireLogin: boolean
  openOrganizerSignup: boolean
  requireVerifiedEmail: boolean
  /** Null: there is nothing to accept. */
  terms: Terms | null
  /** Who else vouches for people who log in; null where nobody is set. */
  providers: Providers
  /** Null: there is nobody to give mail to; it waits. */
  smtp: Smtp | null
  /** Null: what is said about events goes by mail. */
  notificationService: NotificationService | null
  /** Null: nobody gets texts. */
  twilio: Twilio | null
  /** Of letters to who has chosen none. */
  language: 'en' | 'de'
  mailFrom: string
  smtpDevPort: number
  /** Null: files lie in dataDir. */
  filesS3: S3 | null
  /** Null: old events stay as they are. */
  cleanUp: { afterDays: number; schedule: string } | null
  /** For how many days each kind is kept; null: for good. */
  retain: Record<'registrations' | 'messages' | 'sessions' | 'facts', number | null>
  seriesHorizonDays: number
  anonymousWrites: 'on' | 'loopback' | 'off'
  /** Where events come from besides; null where nobody is set. */
  sync: Sync
  redisUrl: string | null
  /** Null: payments are marked by hand. */
  stripe: Stripe | null
  /** Null: derived from the secret key. */
  vapid: VapidKeys | null
  /** How often each may be done, in the time that kernel/buckets.ts says; null: not limited. */
  rateLimits: {
    reads: number
    writes: number
    logins: number
    accountLogins: number
    registrations: number
    followers: number
    mails: number
    eventMails: number
    eventManager: boolean
  } | null
  /** Besides the base URL's. */
  allowedHosts: string[]
  corsOrigins: string[]
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

/** A service that tells people for us, and who we are there. */
export type NotificationService = { url: string; token: string; ownerId: string }
/** Who sends our texts. */
export type Twilio = { url: string; accountSid: string; authToken: string; from: string }

/** Who we are at a provider of log-ins. */
export type ProviderClient = { clientId: string; clientSecret: string }
export type Providers = {
  openid: (ProviderClient & { issuer: string; name: string }) | null
  google: ProviderClient | null
  github: (ProviderClient & { url: string }) | null
}

/** Where a bucket is, and who we are there. */
export type S3 = { bucket: string; region: string; endpoint: string; key: string; secret: string }
/** What people agree to, and which version of it. */
export type Terms = { url: string; version: string }
/** Whose events they are, when they are read, and where. `query`: what is brought in without being asked for. */
export type Sync = {
  organizer: string | null
  zone: string
  schedule: string
  fullSchedule: string
  feed: { url: string; token: string | null } | null
  ics: { url: string } | null
  ticketmaster: { url: string; apiKey: string | null; query: string | null }
  seatgeek: { url: string; clientId: string | null; query: string | null }
}
export type Stripe = { secretKey: string; webhookSecret: string }

/** Everything that is wrong with the settings, at once. */
export class BadConfiguration extends Error {
  constructor(readonly faults: string[]) {
    super(`These settings are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
  }
}

/** As somebody who tries it out reaches it. In production there is one name. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Reads the settings, once at the start. `commandMode` is the mode that the command stands for, `given` what was typed
 * with it. Throws BadConfiguration.
 */
export function readConfig(
  commandMode: Mode = 'production',
  surrounding: Record<string, string | undefined> = surroundings(),
  given: Record<string, string> = {},
): Config {
  const faults: string[] = []
  const file = surrounding.CONFIG_FILE
  const env = { ...(file ? settingsIn(file, isSetting, faults) : {}), ...said(surrounding), ...given }
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
    databaseUrl: of('DATABASE_URL') || databaseInParts(of, faults),
    databaseConnections: of('DATABASE_CONNECTIONS'),
    secretKey: of('SECRET_KEY'),
    anonymousWrites: of('ANONYMOUS_WRITES'),
    requireLogin: of('REQUIRE_LOGIN'),
    openOrganizerSignup: of('OPEN_ORGANIZER_SIGNUP'),
    requireVerifiedEmail: of('REQUIRE_VERIFIED_EMAIL'),
    terms: termsOf(of, faults),
    providers: providersOf(of, mode, faults),
    smtp: smtpOf(env, of, mode, faults),
    notificationService: serviceOf(of, faults),
    twilio: twilioOf(of, mode, faults),
    language: of('LANGUAGE'),
    mailFrom: of('MAIL_FROM'),
    smtpDevPort: of('SMTP_DEV_PORT'),
    filesS3: filesS3Of(env, of, faults),
    cleanUp: cleanUpOf(of),
    retain: {
      registrations: of('RETAIN_REGISTRATIONS_DAYS') || null,
      messages: of('RETAIN_MESSAGES_DAYS') || null,
      sessions: of('RETAIN_SESSIONS_DAYS') || null,
      facts: of('RETAIN_FACTS_DAYS') || null,
    },
    seriesHorizonDays: of('SERIES_HORIZON_DAYS'),
    sync: syncOf(of),
    redisUrl: of('REDIS_URL') || null,
    stripe: stripeOf(of, faults),
    vapid: vapidOf(of, faults),
    rateLimits: of('RATE_LIMITS')
      ? {
          reads: of('RATE_LIMIT_READS'),
          writes: of('RATE_LIMIT_WRITES'),
          logins: of('RATE_LIMIT_LOGINS'),
          accountLogins: of('RATE_LIMIT_ACCOUNT_LOGINS'),
          registrations: of('RATE_LIMIT_REGISTRATIONS'),
          followers: of('RATE_LIMIT_FOLLOWERS'),
          mails: of('RATE_LIMIT_MAILS'),
          eventMails: of('RATE_LIMIT_EVENT_MAILS'),
          eventManager: of('RATE_LIMIT_EVENT_MANAGER'),
        }
      : null,
    allowedHosts: [...of('ALLOWED_HOSTS'), ...(mode === 'production' ? [] : LOOPBACK)],
    corsOrigins: of('CORS_ORIGINS'),
    trustedProxies: of('TRUSTED_PROXIES'),
    logLevel: of('LOG_LEVEL'),
  }
  config.mailFrom ||= senderOf(config.smtp?.user ?? '', config.baseUrl)
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

function isSetting(name: string): boolean {
  return (
    name in UNUSED ||
    Object.entries<Setting<unknown>>(settings).some(([own, { aliases = [] }]) => own === name || aliases.includes(name))
  )
}

/** What is empty is as if it were not there. */
function said(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value))
}

/** The process's variables, and where they are silent the files of `envFilesIn`. Tests say everything themselves. */
function surroundings(): Record<string, string | undefined> {
  if (process.env.MODE !== 'test') for (const file of envFilesIn(projectFolder)) process.loadEnvFile(file)
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

/** The document of what is not looked at, in the same form. */
export function describeUnused(): string {
  const rows = Object.entries(UNUSED).map(([name, why]) => `| \`${name}\` | ${why} |`)
  return ['| name | why |', '|---|---|', ...rows, ''].join('\n')
}

type Of = <K extends keyof typeof settings>(name: K) => ReturnType<(typeof settings)[K]['read']>

function smtpOf(env: Record<string, string | undefined>, of: Of, mode: Mode, faults: string[]): Smtp | null {
  const complete = ['SMTP_HOST', 'SMTP_PORT'] as const
  const isSet = (name: keyof typeof settings) =>
    [name, ...((settings[name] as Setting<unknown>).aliases ?? [])].some((each) => env[each])
  const begun = [
    ...complete,
    'MAIL_FROM' as const,
    'SMTP_USER' as const,
    'SMTP_PASSWORD' as const,
    'SMTP_TLS' as const,
  ].some(isSet)
  if (!begun && mode === 'demo')
    return { host: '127.0.0.1', port: of('SMTP_DEV_PORT'), tls: 'off', user: null, password: null }
  // In production people are reached by mail, or by the service that tells them.
  if (!begun && (mode !== 'production' || of('NOTIFICATION_SERVICE_URL'))) return null
  const missing = complete.filter((name) => !isSet(name))
  if (missing.length > 0)
    faults.push(`mail is only half set: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`)
  if (isSet('SMTP_USER') !== isSet('SMTP_PASSWORD')) {
    faults.push(`mail is only half set: ${isSet('SMTP_USER') ? 'SMTP_PASSWORD' : 'SMTP_USER'} is missing`)
  }
  const host = of('SMTP_HOST')
  return {
    host,
    port: of('SMTP_PORT'),
    tls: of('SMTP_TLS') || (isThisMachine(host) ? 'off' : 'starttls'),
    user: of('SMTP_USER') || null,
    password: of('SMTP_PASSWORD') || null,
  }
}

/** Nobody listens in between, and mail servers for development know no encryption. */
function isThisMachine(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || host.startsWith('127.')
}

/** Whom mails come from where nobody says. */
function senderOf(user: string, baseUrl: string): string {
  if (user.includes('@')) return user
  return `Turnout <noreply@${URL.canParse(baseUrl) ? new URL(baseUrl).hostname : 'localhost'}>`
}

function databaseInParts(of: Of, faults: string[]): string | null {
  const host = of('POSTGRES_HOST')
  if (!host) return null // the others are also what the container of a database is told, or what stands beside a service
  const [port, user] = [of('POSTGRES_PORT'), of('POSTGRES_USER')]
  const who = [user, of('POSTGRES_PASSWORD')].filter(Boolean).map(encodeURIComponent).join(':')
  const url = `postgres://${who}@${host}:${port}/${encodeURIComponent(of('POSTGRES_DB') || user)}`
  if (!URL.canParse(url))
    faults.push(`POSTGRES_HOST must be the name or address of a host, not ${JSON.stringify(host)}`)
  return url
}

function serviceOf(of: Of, faults: string[]): NotificationService | null {
  const names = ['NOTIFICATION_SERVICE_URL', 'NOTIFICATION_TOKEN', 'NOTIFICATION_SERVICE_OWNER_ID'] as const
  const [url, token, ownerId] = names.map((name) => of(name)) as [string, string, string]
  if (url && !token) faults.push('the notification service is only half set: NOTIFICATION_TOKEN is missing')
  if (!url && (token || ownerId))
    faults.push('the notification service is only half set: NOTIFICATION_SERVICE_URL is missing')
  return url && token ? { url, token, ownerId } : null
}

function twilioOf(of: Of, mode: Mode, faults: string[]): Twilio | null {
  const names = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const
  const missing = names.filter((name) => !of(name))
  if (missing.length === names.length) return null
  if (missing.length > 0)
    faults.push(`texts are only half set: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`)
  const url = of('TWILIO_URL')
  if (mode === 'production' && url.startsWith('http:')) faults.push('TWILIO_URL must be https in production')
  const [accountSid, authToken, from] = names.map((name) => of(name)) as [string, string, string]
  return { url, accountSid, authToken, from }
}

function filesS3Of(env: Record<string, string | undefined>, of: Of, faults: string[]): S3 | null {
  const names = ['FILES_S3_BUCKET', 'FILES_S3_REGION', 'FILES_S3_ENDPOINT', 'FILES_S3_KEY', 'FILES_S3_SECRET'] as const
  const missing = names.filter((name) => !env[name])
  if (missing.length === names.length) return null
  if (missing.length > 0)
    faults.push(`the file store is only half set: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`)
  const [bucket, region, endpoint, key, secret] = names.map((name) => of(name)) as [
    string,
    string,
    string,
    string,
    string,
  ]
  return { bucket, region, endpoint, key, secret }
}

function stripeOf(of: Of, faults: string[]): Stripe | null {
  const [secretKey, webhookSecret] = [of('STRIPE_SECRET_KEY'), of('STRIPE_WEBHOOK_SECRET')]
  if (Boolean(secretKey) !== Boolean(webhookSecret))
    faults.push(`Stripe is only half set: ${secretKey ? 'STRIPE_WEBHOOK_SECRET' : 'STRIPE_SECRET_KEY'} is missing`)
  return secretKey && webhookSecret ? { secretKey, webhookSecret } : null
}

function vapidOf(of: Of, faults: string[]): VapidKeys | null {
  const [publicKey, privateKey] = [of('VAPID_PUBLIC_KEY'), of('VAPID_PRIVATE_KEY')]
  if (!publicKey && !privateKey) return null
  const pair = pairOf(privateKey)
  if (pair?.publicKey === publicKey) return pair
  faults.push('VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are not the two halves of one pair in base64url')
  return null
}

function termsOf(of: Of, faults: string[]): Terms | null {
  const [url, version] = [of('TERMS_URL'), of('TERMS_VERSION')]
  if (Boolean(url) !== Boolean(version))
    faults.push(`the terms are only half set: ${url ? 'TERMS_VERSION' : 'TERMS_URL'} is missing`)
  return url && version ? { url, version } : null
}

function providersOf(of: Of, mode: Mode, faults: string[]): Providers {
  const client = (what: string, names: readonly (keyof typeof settings)[]): ProviderClient | null => {
    const missing = names.filter((name) => !of(name))
    if (missing.length === names.length) return null
    if (missing.length > 0) {
      faults.push(`${what} is only half set: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`)
      return null
    }
    const [clientId, clientSecret] = names.slice(-2).map((name) => of(name)) as [string, string]
    return { clientId, clientSecret }
  }
  const openid = client('the OpenID provider', ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
  const google = client('Google', ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])
  const github = client('GitHub', ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'])
  for (const name of ['OIDC_ISSUER', 'GITHUB_URL'] as const)
    if (mode === 'production' && of(name).startsWith('http:')) faults.push(`${name} must be https in production`)
  return {
    openid: openid && { ...openid, issuer: of('OIDC_ISSUER'), name: of('OIDC_NAME') },
    google,
    github: github && { ...github, url: of('GITHUB_URL') },
  }
}

function cleanUpOf(of: Of): Config['cleanUp'] {
  const [afterDays, schedule] = [of('CLEANUP_EVENTS_AFTER_DAYS'), of('CLEANUP_SCHEDULE')]
  return afterDays ? { afterDays, schedule } : null
}

function syncOf(of: Of): Sync {
  const feed = of('EVENTS_PROVIDER_URL')
  const ics = of('ICS_URL')
  return {
    organizer: of('SYNC_ORGANIZER') || null,
    zone: of('SYNC_ZONE'),
    schedule: of('SYNC_SCHEDULE'),
    fullSchedule: of('SYNC_FULL_SCHEDULE'),
    feed: feed ? { url: feed, token: of('EVENTS_PROVIDER_TOKEN') || null } : null,
    ics: ics ? { url: ics } : null,
    ticketmaster: {
      url: of('TICKETMASTER_URL'),
      apiKey: of('TICKETMASTER_API_KEY') || null,
      query: of('TICKETMASTER_SYNC') || null,
    },
    seatgeek: {
      url: of('SEATGEEK_URL'),
      clientId: of('SEATGEEK_CLIENT_ID') || null,
      query: of('SEATGEEK_SYNC') || null,
    },
  }
}
