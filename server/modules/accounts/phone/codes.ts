import { timingSafeEqual } from 'node:crypto'
import type { Config } from '#config'
import { sign } from '#kernel/signing'

/** The six digits that a row of phone_codes stands for: made of its id and our secret, and kept nowhere. */
export function phoneCode(config: Pick<Config, 'secretKey'>, codeId: string): string {
  const number = Buffer.from(sign(config.secretKey, 'phone-code', codeId), 'base64url').readUIntBE(0, 6)
  return String(number % 1_000_000).padStart(6, '0')
}

/** Whether these are they, in time that tells nothing. */
export function isPhoneCode(config: Pick<Config, 'secretKey'>, codeId: string, typed: string): boolean {
  const [expected, given] = [Buffer.from(phoneCode(config, codeId)), Buffer.from(typed)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
