import { execSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { BadConfiguration, describeSettings, describeUnused, readConfig, settings, UNUSED, type Mode } from '#config'
import { projectFolder } from '#kernel/project-folder'
import { envFilesIn } from '#kernel/config-files'

const home = mkdtempSync(join(tmpdir(), 'turnout-config-'))
afterAll(() => rmSync(home, { recursive: true }))

const KEY = 'mC4z0hQm7xW2pVb9tYkR5sLd8fGj1aNu'
const mail = { SMTP_HOST: 'smtp.example.org', SMTP_PORT: '587', MAIL_FROM: 'Turnout <no@example.org>' }
const production = { BASE_URL: 'https://events.example.org', SECRET_KEY: KEY, ...mail }
const read = (env: Record<string, string | undefined>, mode: Mode = 'test') =>
  readConfig(mode, { SECRET_KEY: KEY, DATA_DIR: home, ...env })
const faultsOf = (env: Record<string, string | undefined>, mode: Mode = 'test'): string[] => {
  try {
    readConfig(mode, { DATA_DIR: home, ...env })
    return []
  } catch (error) {
    if (error instanceof BadConfiguration) return error.faults
    throw error
  }
}

// S1-14 S1-18
describe('settings', () => {
  test('of a provider of log-ins are there as a whole or not at all', () => {
    expect(faultsOf({ SECRET_KEY: KEY, OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'x' })).toEqual([
      'the OpenID provider is only half set: OIDC_CLIENT_SECRET is missing',
    ])
    expect(faultsOf({ SECRET_KEY: KEY, GOOGLE_CLIENT_SECRET: 'x', GITHUB_CLIENT_ID: 'y' })).toEqual([
      'Google is only half set: GOOGLE_CLIENT_ID is missing',
      'GitHub is only half set: GITHUB_CLIENT_SECRET is missing',
    ])
    expect(faultsOf({ SECRET_KEY: KEY, OIDC_ISSUER: 'login.example.org' })).toContainEqual(
      expect.stringMatching(/^OIDC_ISSUER must be an address/),
    )
    const plain = { OIDC_ISSUER: 'http://login.example.org', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' }
    expect(faultsOf({ ...production, ...plain }, 'production')).toEqual(['OIDC_ISSUER must be https in production'])
    expect(read(plain).providers).toEqual({
      openid: { issuer: plain.OIDC_ISSUER, name: 'Single sign-on', clientId: 'x', clientSecret: 'y' },
      google: null,
      github: null,
    })
  })

  test('have defaults that need nothing to be said', () => {
    expect(read({}, 'demo')).toMatchObject({
      mode: 'demo',
      host: '127.0.0.1',
      port: 8000,
      baseUrl: 'http://localhost:8000',
      databaseUrl: null,
      openOrganizerSignup: true,
      trustedProxies: [],
      smtp: { host: '127.0.0.1', port: 2500, tls: 'off' },
    })
    expect(read({})).toMatchObject({ mode: 'test', smtp: null, logLevel: 'silent', rateLimits: null })
    expect(read(production, 'production')).toMatchObject({
      mode: 'production',
      host: '0.0.0.0',
      openOrganizerSignup: false,
      baseUrl: 'https://events.example.org',
      logLevel: 'info',
      smtp: { host: 'smtp.example.org', port: 587, tls: 'starttls', user: null, password: null },
      rateLimits: { reads: expect.any(Number), writes: expect.any(Number), logins: expect.any(Number) },
    })
  })

  test('are told of all at once when they are wrong', () => {
    const faults = faultsOf({
      MODE: 'fast',
      PORT: '80000',
      BASE_URL: 'example.org/path',
      DATABASE_URL: 'mysql://x',
      DATABASE_CONNECTIONS: '0',
      OPEN_ORGANIZER_SIGNUP: 'perhaps',
      SMTP_TLS: 'ssl',
      LOG_LEVEL: 'loud',
      SECRET_KEY: KEY,
      ...mail,
    })
    for (const name of [
      'MODE',
      'PORT',
      'BASE_URL',
      'DATABASE_URL',
      'DATABASE_CONNECTIONS',
      'OPEN_ORGANIZER_SIGNUP',
      'SMTP_TLS',
      'LOG_LEVEL',
    ]) {
      expect(
        faults.filter((fault) => fault.startsWith(`${name} `)),
        name,
      ).toHaveLength(1)
    }
    expect(new BadConfiguration(faults).message.split('\n')).toHaveLength(faults.length + 1)
  })

  test('that are secret are not repeated when they are wrong', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://user:hunter2@host/db', REDIS_URL: 'hunter2' }).join()).not.toContain(
      'hunter2',
    )
    expect(faultsOf({ PORT: 'eighty' }).join()).toContain('"eighty"')
  })

  test('that are empty are as if they were not there', () => {
    expect(read({ PORT: '', DATABASE_URL: '', SMTP_HOST: '', LOG_LEVEL: '', MODE: '' })).toMatchObject({
      port: 8000,
      databaseUrl: null,
      smtp: null,
      mode: 'test',
    })
  })

  test.each([
    ['true', true],
    ['YES', true],
    ['on', true],
    ['1', true],
    ['false', false],
    ['No', false],
    ['off', false],
    ['0', false],
  ])('a flag may be said as %s', (raw, expected) => {
    expect(read({ OPEN_ORGANIZER_SIGNUP: raw }).openOrganizerSignup).toBe(expected)
  })
  test.each(['maybe', '2', 'tru', 'true false', 'null'])('and not as %s', (raw) =>
    expect(faultsOf({ OPEN_ORGANIZER_SIGNUP: raw })).toEqual([expect.stringContaining('true or false')]),
  )

  test('terms are an address and a version, or there are none', () => {
    expect(read({}).terms).toBeNull()
    const terms = { TERMS_URL: 'https://example.org/terms', TERMS_VERSION: '2027-01' }
    expect(read(terms).terms).toEqual({ url: 'https://example.org/terms', version: '2027-01' })
    expect(faultsOf({ ...terms, TERMS_VERSION: undefined })).toEqual([
      'the terms are only half set: TERMS_VERSION is missing',
    ])
    expect(faultsOf({ ...terms, TERMS_URL: undefined })).toEqual(['the terms are only half set: TERMS_URL is missing'])
    for (const TERMS_URL of ['javascript:alert(1)', 'terms.html'])
      expect(faultsOf({ ...terms, TERMS_URL })[0]).toContain('must be an address like')
    expect(faultsOf({ ...terms, TERMS_VERSION: 'of last year' })[0]).toContain('without spaces')
  })

  test.each([
    ['0', 0],
    ['8080', 8080],
    [' 80 ', 80],
    ['65535', 65535],
  ])('a port may be %j', (raw, expected) => expect(read({ PORT: raw }).port).toBe(expected))
  test.each(['-1', '65536', '80.5', '8e3', '0x50', 'http', '8_0', 'Infinity'])('and not %j', (raw) =>
    expect(faultsOf({ PORT: raw })).toEqual([expect.stringContaining('whole number from 0 to 65535')]),
  )

  test.each([
    ['https://events.example.org', 'https://events.example.org'],
    ['https://events.example.org/', 'https://events.example.org'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['HTTPS://Events.Example.ORG:443', 'https://events.example.org'],
  ])('our own address may be %s', (raw, expected) => expect(read({ BASE_URL: raw }).baseUrl).toBe(expected))
  test.each([
    'events.example.org',
    'https://example.org/events',
    'https://example.org?x',
    'https://example.org#x',
    'ftp://example.org',
    'javascript:alert(1)',
    '//example.org',
    'https://',
  ])('and not %s', (raw) => expect(faultsOf({ BASE_URL: raw })).toEqual([expect.stringContaining('scheme and host')]))

  // S3-66
  test.each(['postgres://user:pass@localhost/dbname', 'postgresql://localhost:5432/x?sslmode=require'])(
    'a database may be %s',
    (raw) => expect(read({ DATABASE_URL: raw }).databaseUrl).toBe(raw),
  )
  test.each(['mysql://x', 'localhost/db', 'postgres', 'http://localhost/db'])('and not %s', (raw) =>
    expect(faultsOf({ DATABASE_URL: raw })).toHaveLength(1),
  )

  // S1-50
  test('that say when something is done are five fields of numbers', () => {
    const schedule = (CLEANUP_SCHEDULE: string) =>
      read({ CLEANUP_EVENTS_AFTER_DAYS: '7', CLEANUP_SCHEDULE }).cleanUp?.schedule
    for (const good of ['0 0 * * *', '*/5 1-3 1,15 */2 1-5/2', '59 23 31 12 7'])
      expect(schedule(` ${good} `)).toBe(good)
    for (const bad of [
      '* * * *',
      '* * * * * *',
      '60 * * * *',
      '* 24 * * *',
      '* * 0 * *',
      '* * * 13 *',
      '* * * * 8',
      '5-1 * * * *',
      '*/0 * * * *',
      '1, * * * *',
      '5/2 * * * *',
      '0 0 30 2 *',
      '0 0 31 4,6 *',
      '-1 * * * *',
      '* * * JAN *',
      '@daily',
      'every night',
    ])
      expect(() => schedule(bad), bad).toThrow(/CLEANUP_SCHEDULE must be five fields of a crontab/)
  })

  // S1-82
  test('that say after how many days old events go are whole days; without them none goes', () => {
    const after = (CLEANUP_EVENTS_AFTER_DAYS: string) => read({ CLEANUP_EVENTS_AFTER_DAYS }).cleanUp
    expect(after('7')).toEqual({ afterDays: 7, schedule: '42 2 * * *' })
    expect(after('')).toBeNull()
    for (const bad of ['0', '-7', '1.5', 'a week', '36501'])
      expect(() => after(bad), bad).toThrow(/CLEANUP_EVENTS_AFTER_DAYS must be a whole number from 1 to 36500/)
  })

  test('that are lists are split at their commas', () => {
    expect(read({ TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,,127.0.0.1' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
      '127.0.0.1',
    ])
  })

  test('come from MODE where it is said, otherwise from the command', () => {
    expect(read({ MODE: 'demo' }, 'production').mode).toBe('demo')
    expect(faultsOf({ MODE: 'production' }, 'demo')).toContainEqual(expect.stringContaining('BASE_URL is required'))
  })
})

describe('mail', () => {
  // S2-54
  test.each([
    [{ SMTP_HOST: 'x' }, 'SMTP_PORT is missing'],
    [{ SMTP_PORT: '25' }, 'SMTP_HOST is missing'],
    [{ MAIL_FROM: 'a@b.c' }, 'SMTP_HOST, SMTP_PORT are missing'],
    [{ SMTP_TLS: 'off' }, 'SMTP_HOST, SMTP_PORT are missing'],
    [{ ...mail, SMTP_USER: 'ann' }, 'SMTP_PASSWORD is missing'],
    [{ ...mail, SMTP_PASSWORD: 'secret' }, 'SMTP_USER is missing'],
  ])('half set as %j says what is missing', (env, missing) => {
    expect(faultsOf(env)).toEqual([`mail is only half set: ${missing}`])
  })

  test('is required in production', () => {
    expect(
      faultsOf({ ...production, SMTP_HOST: undefined, SMTP_PORT: undefined, MAIL_FROM: undefined }, 'production'),
    ).toEqual(['mail is only half set: SMTP_HOST, SMTP_PORT are missing'])
  })

  // S2-54
  test('is set by the five lines of event-management-api, and comes from who logs in, or from this server', () => {
    const theirs = {
      EMAIL_HOST: 'smtp.example.org',
      EMAIL_PORT: '587',
      EMAIL_USE_TLS: 'True',
      EMAIL_HOST_USER: 'events@example.org',
      EMAIL_HOST_PASSWORD: 'secret',
    }
    expect(read(theirs)).toMatchObject({
      smtp: { host: 'smtp.example.org', port: 587, tls: 'starttls', user: 'events@example.org', password: 'secret' },
      mailFrom: 'events@example.org',
    })
    const { MAIL_FROM: _, ...unsigned } = mail
    const { BASE_URL } = production
    expect(read({ ...unsigned, BASE_URL }).mailFrom).toBe('Turnout <noreply@events.example.org>')
    expect(read({ ...unsigned, BASE_URL }).smtp).toMatchObject({ tls: 'starttls' })
    for (const SMTP_HOST of ['localhost', '127.0.0.1', '::1'])
      expect(read({ ...mail, SMTP_HOST }).smtp!.tls).toBe('off')
  })

  test('with everything is complete', () => {
    expect(read({ ...mail, SMTP_USER: 'ann', SMTP_PASSWORD: 'secret', SMTP_TLS: 'implicit' }).smtp).toEqual({
      host: 'smtp.example.org',
      port: 587,
      tls: 'implicit',
      user: 'ann',
      password: 'secret',
    })
    expect(faultsOf({ SMTP_DEV_PORT: '2600' })).toEqual([])
  })
})

describe('the file store', () => {
  const s3 = {
    FILES_S3_BUCKET: 'pictures',
    FILES_S3_REGION: 'eu-central-1',
    FILES_S3_ENDPOINT: 'https://s3.example.org',
    FILES_S3_KEY: 'AKIA',
    FILES_S3_SECRET: 'hush',
  }

  test('is a folder, or a bucket with everything about it', () => {
    expect(read({}).filesS3).toBeNull()
    expect(read(s3).filesS3).toEqual({
      bucket: 'pictures',
      region: 'eu-central-1',
      endpoint: 'https://s3.example.org',
      key: 'AKIA',
      secret: 'hush',
    })
  })

  test('half set says what is missing, and does not tell the secret', () => {
    expect(faultsOf({ ...s3, FILES_S3_KEY: '', FILES_S3_REGION: undefined })).toEqual([
      'the file store is only half set: FILES_S3_REGION, FILES_S3_KEY are missing',
    ])
  })
})

describe('the secret key', () => {
  // S0-08 S1-62; reliability S35
  test.each([
    ['nothing', undefined],
    ['nothing', ''],
    ['too short', KEY.slice(1)],
    ['all the same', 'a'.repeat(64)],
    ['a pattern', 'abcabcabc'.repeat(8)],
    ['an example', 'change-me-please-0123456789-abcdefgh'],
    ['an example', 'my-super-secret-0123456789-abcdefghi'],
    ['an example', 'EXAMPLE-key-0123456789-abcdefghijkl'],
    ['an example', 'your-key-here-0123456789-abcdefghij'],
  ])('is refused in production when it is %s: %j', (_, key) => {
    expect(faultsOf({ ...production, SECRET_KEY: key }, 'production')).toEqual([expect.stringMatching(/^SECRET_KEY /)])
  })

  test('that demo mode makes for itself is long, its owner’s alone, and the same after a restart', () => {
    const folder = join(home, 'fresh')
    const first = readConfig('demo', { DATA_DIR: folder }).secretKey
    expect(first.length).toBeGreaterThanOrEqual(43)
    expect(readConfig('demo', { DATA_DIR: folder }).secretKey).toBe(first)
    expect(statSync(join(folder, 'secret-key')).mode & 0o077).toBe(0)
    expect(readConfig('demo', { DATA_DIR: join(home, 'other') }).secretKey).not.toBe(first)
  })

  test('is not made in production, nor when anything is wrong', () => {
    const folder = join(home, 'untouched')
    faultsOf({ ...production, SECRET_KEY: undefined, DATA_DIR: folder }, 'production')
    faultsOf({ PORT: 'x', DATA_DIR: folder })
    expect(readdirSync(home)).not.toContain('untouched')
  })
})

describe('production', () => {
  test('needs its address, its key and its mail, and says so together', () => {
    const faults = faultsOf({}, 'production')
    for (const name of ['BASE_URL', 'SECRET_KEY', 'SMTP_HOST']) expect(faults.join('\n')).toContain(name)
  })

  test('has its rate limits on', () => {
    expect(faultsOf({ ...production, RATE_LIMITS: 'off' }, 'production')).toEqual([
      expect.stringContaining('RATE_LIMITS'),
    ])
  })

  test('with all of it starts', () => expect(faultsOf(production, 'production')).toEqual([]))
})

test('every setting is in the document, with what it does and its default', () => {
  const rows = describeSettings().trim().split('\n').slice(2)
  expect(rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1])).toEqual(Object.keys(settings))
  for (const row of rows) expect(row).toMatch(/^\| `\w+`[^|]* \| .{10,} \| \S.* \|$/)
})

describe('the settings of Events-Face', () => {
  const theirs = {
    SECRET_KEY: 'your-secret-key-here',
    DEBUG: 'True',
    ALLOWED_HOSTS: 'localhost,127.0.0.1',
    POSTGRES_DB: 'events_face',
    POSTGRES_USER: 'postgres',
    POSTGRES_PASSWORD: 'your-password',
    POSTGRES_HOST: 'postgres',
    POSTGRES_PORT: '5432',
    REDIS_PORT: '6379',
    CELERY_BROKER_URL: 'redis://redis:6379/0',
    NOTIFICATION_SERVICE_URL: 'https://notifications.example.com/api/notifications',
    NOTIFICATION_TOKEN: 'changeme',
    APP_PORT: '8000',
  }

  // S1-17 S1-18 S1-19 S1-20 S1-21 S1-22 S1-23 S1-24 S1-25
  test('are read as they are: C14', () => {
    expect(read(theirs, 'demo')).toMatchObject({
      secretKey: 'your-secret-key-here',
      allowedHosts: expect.arrayContaining(['localhost', '127.0.0.1']),
      databaseUrl: 'postgres://postgres:your-password@postgres:5432/events_face',
      redisUrl: null, // what it names is a broker, which is not needed
      notificationService: { url: theirs.NOTIFICATION_SERVICE_URL, token: 'changeme' },
      port: 8000,
    })
    for (const name of Object.keys(theirs)) {
      const documented = `${describeSettings()}${describeUnused()}`
      expect(documented, name).toMatch(new RegExp(`^\\| [^|]*\`${name}\``, 'm'))
    }
  })

  test('name the database in parts, which one address goes before', () => {
    const { POSTGRES_HOST, POSTGRES_PASSWORD } = theirs
    expect(read({ POSTGRES_PASSWORD }).databaseUrl).toBeNull()
    expect(read({ POSTGRES_HOST }).databaseUrl).toBe('postgres://postgres@postgres:5432/postgres')
    expect(read({ POSTGRES_HOST, POSTGRES_USER: 'a@b', POSTGRES_PASSWORD: '/:?' }).databaseUrl).toBe(
      'postgres://a%40b:%2F%3A%3F@postgres:5432/a%40b',
    )
    const DATABASE_URL = 'postgres://elsewhere/turnout'
    expect(read({ ...theirs, DATABASE_URL }).databaseUrl).toBe(DATABASE_URL)
    expect(faultsOf({ SECRET_KEY: KEY, POSTGRES_HOST: 'a[b' })).toEqual([
      'POSTGRES_HOST must be the name or address of a host, not "a[b"',
    ])
  })

  test('that are not looked at are no settings', () => {
    for (const name of Object.keys(UNUSED)) expect(Object.keys(settings)).not.toContain(name)
  })
})

// S2-63 S2-64
test('the settings of event-management-api are read as they are', () => {
  const parts = { DB_HOST: 'db', DB_NAME: 'events', DB_USER: 'django', DB_PASSWORD: 'p', DB_PORT: '5433' }
  expect(
    read({ ...parts, REDIS_URL: 'redis://redis:6379/0', DEBUG: 'False', ALLOWED_HOSTS: 'a.example,b.example' }),
  ).toMatchObject({
    databaseUrl: 'postgres://django:p@db:5433/events',
    redisUrl: 'redis://redis:6379/0',
    allowedHosts: expect.arrayContaining(['a.example', 'b.example', 'localhost', '127.0.0.1']),
  })
  for (const name of Object.keys(parts)) expect(describeSettings()).toContain(`\`${name}\``)
})

// S4-02
describe('a file of settings', () => {
  const write = (content: unknown) => {
    const file = join(home, 'config.json')
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  test('is read as event-manager has it, and the environment goes before it', () => {
    const file = write({
      app: { port: 8123, ip: '127.0.0.2' },
      log: { level: 'WARNING', format: '%(message)s' },
      smtp: { port: 2500, ip: 'localhost', default_sender: 'event-manager@example.com' },
      allowed: { hosts: ['a.example', 'b.example'] },
    })
    expect(read({ CONFIG_FILE: file, LOG_LEVEL: '' })).toMatchObject({
      port: 8123,
      host: '127.0.0.2',
      logLevel: 'warn',
      smtp: { host: 'localhost', port: 2500, tls: 'off' },
      mailFrom: 'event-manager@example.com',
      allowedHosts: expect.arrayContaining(['a.example', 'b.example']),
    })
    expect(read({ CONFIG_FILE: file, PORT: '9000', LOG_LEVEL: 'error' })).toMatchObject({
      port: 9000,
      logLevel: 'error',
    })
  })

  test('that is none, or says what nobody knows, keeps the program from starting', () => {
    const faults = (content: unknown) => faultsOf({ CONFIG_FILE: write(content), SECRET_KEY: KEY })
    expect(faults({ app: { colour: 'red' }, port: 8000 })).toEqual(['CONFIG_FILE has app.colour, which is no setting'])
    expect(faults({ app: { port: 'http' } })).toEqual([expect.stringMatching(/^PORT must be/)])
    expect(faults('[1]')).toEqual(['CONFIG_FILE must hold an object'])
    expect(faults('{')).toEqual([expect.stringMatching(/^CONFIG_FILE cannot be read: .*JSON/)])
    expect(faultsOf({ CONFIG_FILE: join(home, 'nowhere.json'), SECRET_KEY: KEY })).toEqual([
      expect.stringMatching(/^CONFIG_FILE cannot be read: ENOENT/),
    ])
  })
})

// S0-04 S0-05 S0-06
test('env-templates, renamed to env, is read after .env, and holds settings that there are', () => {
  const templates = join(projectFolder, 'env-templates')
  cpSync(templates, join(home, 'env'), { recursive: true })
  writeFileSync(join(home, '.env'), 'PORT=1')
  writeFileSync(join(home, 'env', 'notes.txt'), 'x')
  expect(envFilesIn(home)).toEqual(['.env', 'env/database.env', 'env/django.env'].map((file) => join(home, file)))
  expect(envFilesIn(templates)).toEqual([])
  const texts = ['database.env', 'django.env'].map((file) => readFileSync(join(templates, file), 'utf8'))
  const said = Object.assign({}, ...texts.map((text) => parseEnv(text))) as Record<string, string>
  for (const name of Object.keys(said)) expect({ ...settings, ...UNUSED }, name).toHaveProperty(name)
  expect(said.SECRET_KEY).toBe('') // no key is committed
  expect(read({ ...said, SECRET_KEY: KEY })).toMatchObject({ databaseUrl: null })
  const filled = { ...said, POSTGRES_HOST: 'db', POSTGRES_PASSWORD: 'p', SECRET_KEY: KEY }
  expect(read(filled)).toMatchObject({ databaseUrl: 'postgres://event_manager:p@db:5432/event_manager' })
})

// S0-07
test('the line that makes a key makes one that production takes, and another each time', () => {
  const line = /^export SECRET_KEY=\$\((.+)\) #/m.exec(
    readFileSync(join(projectFolder, 'docs/operating.md'), 'utf8'),
  )![1]!
  const keys = [1, 2].map(() => execSync(line, { encoding: 'utf8' }).trim())
  expect(keys[0]).not.toBe(keys[1])
  for (const SECRET_KEY of keys) expect(faultsOf({ ...production, SECRET_KEY }, 'production')).toEqual([])
})

// S1-23 S1-24 S1-80 S2-54 S4-02 S3-26
describe('the ways for messages to leave', () => {
  test('mail is set by the names that the systems we replace have for it, too', () => {
    const theirs = {
      EMAIL_HOST: 'smtp.gmail.com',
      EMAIL_PORT: '587',
      DEFAULT_FROM_EMAIL: 'noreply@eventmanagement.com',
    }
    expect(read({ ...theirs, EMAIL_USE_TLS: 'True', EMAIL_HOST_USER: '', EMAIL_HOST_PASSWORD: '' })).toMatchObject({
      smtp: { host: 'smtp.gmail.com', port: 587, tls: 'starttls', user: null, password: null },
      mailFrom: 'noreply@eventmanagement.com',
    })
    const { smtp } = read({ ...theirs, EMAIL_USE_TLS: 'False', EMAIL_HOST_USER: 'ann', EMAIL_HOST_PASSWORD: 'secret' })
    expect(smtp).toMatchObject({ tls: 'off', user: 'ann', password: 'secret' })
    const other = { SMTP_IP: 'localhost', SMTP_PORT: '2500', SMTP_DEFAULT_SENDER: 'event-manager@example.com' }
    expect(read(other)).toMatchObject({
      smtp: { host: 'localhost', port: 2500 },
      mailFrom: 'event-manager@example.com',
    })
  })

  test('the notification service wants its address and its token, and is enough in production without mail', () => {
    const service = { NOTIFICATION_SERVICE_URL: 'https://notifications.example.com/api/notifications' }
    expect(faultsOf({ SECRET_KEY: KEY, ...service })).toEqual([
      'the notification service is only half set: NOTIFICATION_TOKEN is missing',
    ])
    expect(faultsOf({ SECRET_KEY: KEY, NOTIFICATION_TOKEN: 'changeme' })).toEqual([
      'the notification service is only half set: NOTIFICATION_SERVICE_URL is missing',
    ])
    const all = { ...service, NOTIFICATION_TOKEN: 'changeme', NOTIFICATION_SERVICE_OWNER_ID: 'me' }
    const config = read(
      { ...production, ...all, SMTP_HOST: undefined, SMTP_PORT: undefined, MAIL_FROM: undefined },
      'production',
    )
    expect(config).toMatchObject({
      smtp: null,
      notificationService: { url: service.NOTIFICATION_SERVICE_URL, token: 'changeme', ownerId: 'me' },
    })
  })

  test('texts are there as a whole or not at all', () => {
    expect(read({}).twilio).toBeNull()
    expect(faultsOf({ SECRET_KEY: KEY, TWILIO_ACCOUNT_SID: 'AC1' })).toEqual([
      'texts are only half set: TWILIO_AUTH_TOKEN, TWILIO_FROM are missing',
    ])
  })
})
