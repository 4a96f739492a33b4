import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { signUp } from '#accounts'
import { anAccount, anEvent, openKit, PASSWORD } from '../kit/kit.ts'

// S5: nobody finds out who has an account. The same is asked about addresses that are known and that are not, in turn,
// so that whatever else the machine does falls on both alike.

const kit = await openKit()
const { ctx } = kit
const ROUNDS = 25
const NEAR_MS = 10
const KNOWN = 20

const known: string[] = []
beforeAll(async () => {
  for (let i = 0; i < KNOWN; i++) {
    const { email } = await anAccount(ctx)
    known.push(email)
  }
  // Also of people who have not confirmed their address yet.
  // And of people who have two-factor on: what the password is wrong for says nothing of that.
  for (let i = 0; i < 3; i++) {
    const { id, email } = await anAccount(ctx)
    await sql`insert into second_factors (account_id, secret, confirmed_at) values (${id}, 'x', app_now())`.execute(
      ctx.db,
    )
    known.unshift(email)
  }
  for (let i = 0; i < 3; i++) {
    const email = `unconfirmed${i}@example.org`
    await signUp(ctx, { username: `unconfirmed${i}`, email, password: PASSWORD })
    known.push(email)
  }
  await ask('/password-reset-requests', { email: 'warm@example.org' })
  await ask('/accounts', { username: 'warm', email: 'warm@example.org', password: PASSWORD })
})

let nth = 0
let asker: Record<string, string>
let events: { id: string }[]
beforeAll(async () => {
  const organizer = await anAccount(ctx, { role: 'organizer' })
  events = await Promise.all([0, 1, 2, 3].map(() => anEvent(ctx, { organizer })))
  asker = await kit.signIn(organizer)
})
/** A team has its limit, so they are asked onto several. */
const nextEvent = () => events[++nth % events.length]!.id
const askAs = (path: string, payload: object) =>
  kit.app.inject({ method: 'POST', url: `/api/v1${path}`, payload, headers: asker })
const ask = (path: string, payload: object) => kit.app.inject({ method: 'POST', url: `/api/v1${path}`, payload })
type Answer = Awaited<ReturnType<typeof ask>>

const asking: Record<string, (email: string) => Promise<Answer>> = {
  'logging in': (email) => ask('/sessions', { username: email, password: 'not the password' }),
  'logging in as a browser': (email) => ask('/web-sessions', { username: email, password: 'not the password' }),
  'signing up': (email) => ask('/accounts', { username: `newcomer${++nth}`, email, password: 'lighthouse in a storm' }),
  'asking for a reset': (email) => ask('/password-reset-requests', { email }),
  'saying that one’s address will be another': (email) => askAs('/me/email-changes', { email }),
  'inviting to an event': (email) => askAs(`/events/${nextEvent()}/invitations`, { emails: [email] }),
  'asking onto a team': (email) => askAs(`/events/${nextEvent()}/team/invitations`, { email, role: 'check-in' }),
  'asking for the link again': (email) => ask('/email-verification-requests', { email }),
}

describe.each(Object.entries(asking))('%s', (_, attempt) => {
  test('is answered alike for a known and an unknown address', async () => {
    const nobody = `nobody${++nth}@example.org`
    const ours = shapeOf(await attempt(known[0]!), known[0])
    const theirs = shapeOf(await attempt(nobody), nobody)
    expect(ours).toEqual(theirs)
  })

  test('takes as long for a known as for an unknown address', { timeout: 120_000, retry: 2 }, async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    const timed = async (which: 'known' | 'unknown', email: string) => {
      const begun = performance.now()
      await attempt(email)
      times[which].push(performance.now() - begun)
    }
    for (let i = 0; i < ROUNDS; i++) {
      const both = [
        () => timed('known', known[i % known.length]!),
        () => timed('unknown', `nobody${++nth}@example.org`),
      ]
      for (const one of i % 2 ? both : both.reverse()) await one()
    }
    const apart = Math.abs(median(times.known) - median(times.unknown))
    expect(apart < NEAR_MS || probabilityOfChance(times.known, times.unknown) > 0.01, `${apart.toFixed(1)} ms`).toBe(
      true,
    )
  })
})

test('numbers go on as if every sign-up had opened an account', async () => {
  const numbers: number[] = []
  for (const email of ['one@example.net', known[0]!, 'two@example.net', known[0]!, 'three@example.net'])
    numbers.push((await asking['signing up']!(email)).json().number as number)
  expect(numbers.map((number) => number - numbers[0]!)).toEqual([0, 1, 2, 3, 4])
})

test('a username that is an address is refused whoever has that address', async () => {
  const attempt = (username: string) => ask('/accounts', { username, email: 'eve@example.org', password: PASSWORD })
  const [ours, theirs] = [await attempt(known[0]!), await attempt('nobody-at-all@example.org')].map((answer) =>
    shapeOf(answer),
  )
  expect(ours).toEqual(theirs)
  expect(ours!.status).toBe(422)
})

/** An answer without what differs between any two of them. */
function shapeOf(answer: Answer, asked = '') {
  const { date: _, 'content-length': __, etag: ___, ...headers } = answer.headers
  const { id, number, createdAt, email, username, requestId, ...body } = answer.json<Record<string, unknown>>()
  const kinds = Object.entries({ id, number, createdAt, email, username, requestId }).map(([name, value]) => [
    name,
    typeof value,
  ])
  const told = JSON.stringify(body)
    .replaceAll(asked || '\0', 'the address')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an id')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a moment')
  return { status: answer.statusCode, headers, told, kinds }
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

/** Mann and Whitney's: how likely two such series are when there is no difference, by the normal approximation. */
function probabilityOfChance(a: number[], b: number[]): number {
  const all = [...a.map((value) => ({ value, a: true })), ...b.map((value) => ({ value, a: false }))]
  all.sort((x, y) => x.value - y.value)
  const ranks = all.reduce((sum, each, i) => (each.a ? sum + i + 1 : sum), 0)
  const u = ranks - (a.length * (a.length + 1)) / 2
  const mean = (a.length * b.length) / 2
  const deviation = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  const z = Math.abs(u - mean) / deviation
  return 2 * (1 - normal(z))
}

/** The normal distribution up to z, by Abramowitz and Stegun's 26.2.17. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - Math.exp((-z * z) / 2) * 0.3989422804 * tail
}
