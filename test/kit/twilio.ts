import { startWebReceiver, type WebReceiver } from './web-receiver.ts'

export const TWILIO = { accountSid: 'AC0123456789abcdef', authToken: 'for-tests-only', from: '+4930555000' }

/** A Twilio of our own: it takes the one request that we make, in its form, and answers in its. */
export function startTwilio(port = 0): Promise<WebReceiver> {
  return startWebReceiver(({ url, headers, body }, res) => {
    const known = Buffer.from(`${TWILIO.accountSid}:${TWILIO.authToken}`).toString('base64')
    const answer = (status: number, said: object) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    if (headers.authorization !== `Basic ${known}`)
      return answer(401, { code: 20003, message: 'Authenticate', status: 401 })
    const form = new URLSearchParams(body)
    if (url !== `/2010-04-01/Accounts/${TWILIO.accountSid}/Messages.json` || !form.get('From') || !form.get('Body'))
      return answer(404, { code: 20404, message: 'not found', status: 404 })
    if (form.get('To')?.endsWith('0000')) return answer(400, { code: 21211, message: 'Invalid To', status: 400 })
    answer(201, { sid: `SM${'0'.repeat(32)}`, status: 'queued', to: form.get('To') })
  }, port)
}
