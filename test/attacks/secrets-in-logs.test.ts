import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import { startOpenId, type OpenId } from '../kit/openid.ts'
import { startProcess, type Running } from '../kit/processes.ts'

// S32 of the security matrix: a real process writes down all that it ever does, while people log in, and go wrong, in
// every way that there is. Nothing in what it wrote lets anybody in.

const HOME = 'http://localhost:8000'
const PASSWORD = 'canary-password-tulips-77'

let folder: string
let openid: OpenId
let server: Running | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'turnout-logs-'))
  openid = await startOpenId([`${HOME}/auth/openid/callback`])
  server = await startProcess({
    command: ['serve'],
    env: {
      DATA_DIR: folder,
      LOG_LEVEL: 'trace',
      OIDC_ISSUER: openid.issuer,
      OIDC_CLIENT_ID: openid.clientId,
      OIDC_CLIENT_SECRET: openid.clientSecret,
    },
  })
}, 150_000)
afterAll(async () => {
  await server?.stop()
  await openid.stop()
  await rm(folder, { recursive: true, force: true })
})

const cookies = new Map<string, string>()
async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server!.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
    cookies.set(name!, value!)
  }
  const text = await answer.text()
  const read = answer.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Record<string, any>) : {}
  return { status: answer.status, body: read, location: answer.headers.get('location') ?? '' }
}

test('nothing that lets anybody in is ever written to the log', async () => {
  const secrets: Record<string, string> = { password: PASSWORD }
  const api = '/api/v1'
  const person = { username: 'ann', email: 'ann@example.org', password: PASSWORD }
  expect((await ask('POST', `${api}/accounts`, person)).status).toBe(201)
  const session = (await ask('POST', `${api}/sessions`, { username: 'ann', password: PASSWORD })).body
  secrets.accessToken = session.accessToken
  secrets.refreshToken = session.refreshToken
  await ask('POST', `${api}/web-sessions`, { username: 'ann', password: PASSWORD })
  secrets.sessionCookie = cookies.get('turnout_session')!
  const bearer = { authorization: `Bearer ${session.accessToken}` }
  const cookie = { cookie: `turnout_session=${secrets.sessionCookie}`, origin: HOME }

  const key = (await ask('POST', `${api}/me/api-keys`, { name: 'x', scopes: ['events:read'] }, bearer)).body
  secrets.apiKey = key.key
  await ask('GET', `${api}/events`, undefined, { authorization: `Bearer ${key.key}` })

  const enrolment = (await ask('POST', `${api}/me/two-factor/enrolment`, undefined, bearer)).body
  secrets.totpSecret = enrolment.secret
  const code = new TOTP({ secret: Secret.fromBase32(enrolment.secret) }).generate()
  const on = await ask('POST', `${api}/me/two-factor/confirmation`, { code }, bearer)
  expect(on.status).toBe(201)
  secrets.recoveryCode = on.body.recoveryCodes[0]
  secrets.challenge = (await ask('POST', `${api}/sessions`, { username: 'ann', password: PASSWORD })).body.challenge
  await ask('POST', `${api}/session-completions`, { challenge: secrets.challenge, code: secrets.recoveryCode })

  openid.people.set('bob', { email: 'bob@example.org', email_verified: true })
  const away = await ask('GET', '/auth/openid?next=/my')
  secrets.trip = cookies.get('turnout_provider')!
  const back = new URL(await openid.visit(away.location, 'bob'))
  secrets.providerCode = back.searchParams.get('code')!
  secrets.providerState = back.searchParams.get('state')!
  secrets.clientSecret = openid.clientSecret
  const trip = { cookie: `turnout_provider=${secrets.trip}` }
  expect((await ask('GET', `${back.pathname}${back.search}`, undefined, trip)).location).toBe('/my')
  await ask('GET', `${back.pathname}${back.search}`, undefined, trip) // and once more, which goes wrong

  // All of it where it does not belong: in addresses, headers, broken and unknown bodies, and at doors that there are not.
  const reset = 'canaryresetlink0123456789'
  secrets.resetLink = reset
  for (const path of [`/reset/${reset}`, `/verify/${reset}`, `${api}/nothing?token=${reset}`, `/r/${reset}`])
    await ask('GET', path)
  const link = `0198c0de-0000-7000-8000-000000000000.${'s'.repeat(43)}`
  secrets.signedLink = link
  for (const path of ['/unsubscribe', '/s', '/team', `${api}/subscription-links`, `${api}/team-invitations`])
    await ask('GET', `${path}/${link}`)
  for (const path of ['unsubscriptions', 'subscription-links']) await ask('DELETE', `${api}/${path}/${link}`)
  await ask('POST', `${api}/unsubscriptions/${link}`)
  for (const answer of ['acceptance', 'refusal']) await ask('POST', `${api}/team-invitations/${link}/${answer}`)
  for (const [name, secret] of Object.entries(secrets)) {
    if (name === 'recoveryCode' || name === 'totpSecret' || name === 'clientSecret') continue // have no form, and are in no address of ours
    const said = encodeURIComponent(secret)
    await ask('GET', `${api}/events?password=${said}`)
    await ask('GET', `${api}/events?state=${said}&token=${said}&code=${said}`)
    await ask('GET', `/auth/openid/callback?code=${said}&state=${said}`)
    await ask('POST', `${api}/sessions`, { username: secret, password: secret })
    await ask('POST', `${api}/sessions`, { [secret]: secret })
    await ask('POST', `${api}/session-refreshes`, { refreshToken: secret })
    await ask('POST', `${api}/session-completions`, { challenge: secret, code: secret.slice(0, 64) })
    await ask('GET', `${api}/me`, undefined, { authorization: `Bearer ${secret}`, cookie: `turnout_session=${secret}` })
    await ask('DELETE', `${api}/sessions/nothing`, undefined, cookie)
  }
  // Whoever writes line ends writes no line.
  await ask('GET', `/x?y=${encodeURIComponent('\r\n{"level":"fatal","msg":"forged"}')}`, undefined, {
    'user-agent': 'x',
  })

  await server!.stop()
  const written = server!.output()
  expect(written.split('\n').length).toBeGreaterThan(60)
  for (const [name, secret] of Object.entries(secrets)) {
    expect(written, name).not.toContain(secret)
    expect(written, name).not.toContain(encodeURIComponent(secret))
  }
  const levels = written
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { level: string }).level)
  expect(levels).not.toContain('fatal')
})

test('what is known by its name or its form is left out, however deep, also of errors', () => {
  const secrets = {
    key: `tk_${'k'.repeat(43)}`,
    jwt: `eyJ${'a'.repeat(30)}.${'b'.repeat(30)}.${'c'.repeat(43)}`,
    link: `0198c0de-0000-7000-8000-000000000000.${'s'.repeat(43)}`,
    database: 'database-password-77',
  }
  const program = `import { openLog } from '#kernel/log'
    const log = openLog({ logLevel: 'trace', mode: 'test' })
    const secrets = ${JSON.stringify(secrets)}
    log.info({ why: 'it was ' + secrets.key, deep: { deeper: { of: secrets.jwt } } }, 'one')
    log.info({ recoveryCodes: ['canary-code'], secret: 'canary-secret', headers: { cookie: 'canary-cookie', 'set-cookie': 'canary-set' } }, 'two')
    const error = Object.assign(new Error('could not read ' + secrets.link), { client_secret: 'canary-client' })
    log.error({ err: error }, 'three')
    log.error({ err: new Error('postgres://turnout:' + secrets.database + '@db/turnout does not answer') }, 'four')`
  const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  expect(out.split('\n').filter(Boolean)).toHaveLength(4)
  for (const secret of Object.values(secrets)) expect(out).not.toContain(secret)
  expect(out).not.toContain('canary')
  expect(out).toContain('could not read')
})
