import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs `text` for one purpose; a signature made for another purpose never fits. */
export function sign(secret: string, purpose: string, text: string): string {
  return createHmac('sha256', keyFor(secret, purpose)).update(text).digest('base64url')
}

/** Whether `signature` is ours, in time that tells nothing. */
export function isSignedBy(secret: string, purpose: string, text: string, signature: string): boolean {
  const expected = Buffer.from(sign(secret, purpose, text))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** The key that is used for one purpose, so that no two uses share one. */
export function keyFor(secret: string, purpose: string): Buffer {
  const name = `${purpose}\0${secret}`
  let key = keys.get(name)
  if (!key) keys.set(name, (key = createHmac('sha256', secret).update(`turnout:${purpose}`).digest()))
  return key
}
const keys = new Map<string, Buffer>() // purposes and secrets are few and never come from outside
