import type { Twilio } from '#config'
import type { Channel, Outcome } from './channel.ts'
import { jsonOf, post, type Limits } from './posting.ts'

/** Opens the way to Twilio, or to whoever speaks its REST form. */
export function openSms({ url, accountSid, authToken, from }: Twilio, limits: Limits = {}): Channel {
  const target = new URL(`/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`, url)
  return {
    destination: target.host,
    async send({ to, short, beforeEnd }) {
      if (!PHONE.test(to.address))
        return { sent: false, final: true, error: 'the number cannot be used', unasked: true }
      try {
        await beforeEnd?.()
      } catch {
        return { sent: false, final: false, error: 'it was withdrawn' }
      }
      return post(
        target,
        {
          headers: {
            authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
            accept: 'application/json',
          },
          body: new URLSearchParams({ From: from, To: to.address, Body: short }).toString(),
          doubt: (answer) =>
            answer.status === 201 && typeof (jsonOf(answer) as { sid?: unknown } | undefined)?.sid === 'string'
              ? undefined
              : 'and no sid: no confirmation',
          judge: (answer) => judge((jsonOf(answer) as { code?: unknown } | undefined)?.code),
          now: Date.now(),
        },
        limits,
      )
    },
    close: () => undefined,
  }
}

/** As a row has it; what else stands in one is somebody trying something. */
const PHONE = /^\+[1-9]\d{6,14}$/

// https://www.twilio.com/docs/api/errors: 20003 is about who we are, 20429 and 14107 about how much we send.
const NOT_LET_IN = [20003, 20005, 20404]
const TOO_MUCH = [20429, 14107, 63038]

function judge(code: unknown): Partial<Extract<Outcome, { sent: false }>> | undefined {
  if (typeof code !== 'number') return undefined
  if (NOT_LET_IN.includes(code))
    return { error: `error ${code}: what lets us in there is not right`, channelDown: true, notLetIn: true }
  if (TOO_MUCH.includes(code) || code >= 50_000) return undefined // as its status says
  // 21211 and its like: this number, or this text, and trying again cannot help.
  return code >= 21_000 && code < 22_000 ? { error: `error ${code}`, final: true } : undefined
}
