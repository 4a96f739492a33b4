import { startWebReceiver, type WebReceiver } from './web-receiver.ts'

export const SERVICE_TOKEN = 'a-token-for-tests-only'
export const SERVICE_OWNER = 'owner-7'

/** A notification service of our own: it lets in who has the token, and confirms in JSON what it takes. */
export function startNotificationService(port = 0): Promise<WebReceiver> {
  return startWebReceiver(({ headers, body }, res) => {
    const known = headers.authorization === `Bearer ${SERVICE_TOKEN}`
    res.writeHead(known ? 200 : 401, { 'content-type': 'application/json' })
    res.end(
      JSON.stringify(known ? { id: (JSON.parse(body) as { id: string }).id, status: 'accepted' } : { error: 'no' }),
    )
  }, port)
}
