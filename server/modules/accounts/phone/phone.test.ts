import { beforeEach, expect, test } from 'vitest'
import { anAccount, openKit } from '../../../../test/kit/kit.ts'

const kit = await openKit({
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'for tests',
  TWILIO_FROM: '+4930555000',
  RATE_LIMITS: 'on',
  RATE_LIMIT_LOGINS: '1000',
})
const texts: { to: string; says: string }[] = []
beforeEach(() => {
  texts.length = 0
  ;(kit.ctx.channels as Record<string, unknown>)['sms'] = {
    send: async (message: { to: { address: string }; short: string }) => (
      texts.push({ to: message.to.address, says: message.short }),
      { sent: true }
    ),
    close: () => {},
  }
})

async function aPerson() {
  const ann = await anAccount(kit.ctx)
  const headers = await kit.signIn(ann)
  return {
    ask: (phone: string) => kit.call('PUT', '/me/phone', { headers, payload: { phone } }),
    confirm: (code: string) => kit.call('POST', '/me/phone/verification', { headers, payload: { code } }),
    remove: () => kit.call('DELETE', '/me/phone', { headers }),
    phone: async () => (await kit.call('GET', '/me/phone', { headers })).body.phone as string | null,
    code: async () => {
      await kit.settle()
      return /^\d{6}/.exec(texts.at(-1)?.says ?? '')?.[0] ?? 'none'
    },
  }
}

test('a number counts once the code that was sent to it has come back, and once', async () => {
  const ann = await aPerson()
  expect((await ann.ask('+49 (30) 100 2001')).status).toBe(202)
  const code = await ann.code()
  expect(texts.map(({ to }) => to)).toEqual(['+49301002001'])
  expect(await ann.phone()).toBeNull()
  expect((await ann.confirm(code)).status).toBe(204)
  expect(await ann.phone()).toBe('+49301002001')
  expect((await ann.confirm(code)).status).toBe(422)
  expect((await ann.remove()).status).toBe(204)
  expect(await ann.phone()).toBeNull()
})

test('the code is written down nowhere', async () => {
  const ann = await aPerson()
  await ann.ask('+49301002002')
  const code = await ann.code()
  const { rows } = await kit.database.query(
    `select jsonb_agg(to_jsonb(n)) || (select jsonb_agg(to_jsonb(c)) from phone_codes c) || (select jsonb_agg(to_jsonb(f)) from facts f) as all from notifications n`,
  )
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`(?<![\\d-])${code}(?!\\d)`))
})

test('after five wrong codes the right one is none, and after ten minutes', async () => {
  const ann = await aPerson()
  await ann.ask('+49301002003')
  const code = await ann.code()
  const wrong = code === '000000' ? '000001' : '000000'
  const answers = await Promise.all(Array.from({ length: 8 }, () => ann.confirm(wrong)))
  expect(answers.every(({ status }) => status === 422)).toBe(true)
  expect((await ann.confirm(code)).status).toBe(422)
  await ann.ask('+49301002003')
  const late = await ann.code()
  await kit.clock.advance({ minutes: 11 })
  expect((await ann.confirm(late)).status).toBe(422)
})

test('a number is sent so many codes an hour, whoever asks, and what is no number none', async () => {
  const [ann, ben] = [await aPerson(), await aPerson()]
  for (let n = 0; n < 5; n++) expect((await (n % 2 ? ann : ben).ask('+49301002004')).status).toBe(202)
  expect((await ann.ask('+49301002004')).status).toBe(429)
  for (const phone of ['030 123', '+0123456789', '+49 30 1234567890123456', '+49;To=+491'])
    expect((await ben.ask(phone)).status).toBe(422)
})
