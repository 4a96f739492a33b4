import type { Config } from '#config'
import { isId } from './ids.ts'
import { isSignedBy, sign } from './signing.ts'

/** What a link ends in: the id of the row that it stands for, signed for one purpose. The row holds nothing to follow. */
export function linkToken(config: Pick<Config, 'secretKey'>, purpose: string, id: string): string {
  return `${id}.${sign(config.secretKey, purpose, id)}`
}

/** The row that a link stands for; undefined when it is none of ours, or was made for another purpose. */
export function readLink(config: Pick<Config, 'secretKey'>, purpose: string, token: string): string | undefined {
  const [id = '', signature = '', ...more] = token.split('.')
  return more.length === 0 && isId(id) && isSignedBy(config.secretKey, purpose, id, signature) ? id : undefined
}
