import type { NotificationService } from '#config'
import type { SafeFetchResult } from '#kernel/safe-fetch'
import type { Channel } from './channel.ts'
import { jsonOf, post, type Limits } from './posting.ts'

/** Opens the way to a service that tells people for us: `POST {id, email, message, owner_id}` with a bearer token. */
export function openService({ url, token, ownerId }: NotificationService, limits: Limits = {}): Channel {
  const target = new URL(url)
  return {
    destination: target.host,
    async send({ id, to, text, beforeEnd }) {
      try {
        await beforeEnd?.()
      } catch {
        return { sent: false, final: false, error: 'it was withdrawn' }
      }
      return post(
        target,
        {
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            accept: 'application/json',
            'idempotency-key': id,
          },
          body: JSON.stringify({ id, email: to.address, message: text, owner_id: ownerId }),
          doubt,
          now: Date.now(),
        },
        limits,
      )
    },
    close: () => undefined,
  }
}

/**
 * A confirmation is a 2xx without a body, or with a JSON object that speaks of no failure. Whatever else stands there, like
 * the page of a proxy or of a portal, was not written by the service.
 */
function doubt(answer: SafeFetchResult): string | undefined {
  if (answer.body.length === 0) return answer.status === 200 ? 'and nothing in it: no confirmation' : undefined
  const said = jsonOf(answer)
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return 'and not in JSON: no confirmation'
  const { error, errors, success, ok, sent, status } = said as Record<string, unknown>
  const failed =
    Boolean(error) ||
    (Array.isArray(errors) ? errors.length > 0 : Boolean(errors)) ||
    [success, ok, sent].includes(false) ||
    (typeof status === 'string' && /^(error|fail|failed|failure|rejected)$/i.test(status))
  return failed ? 'and that it failed' : undefined
}
