import type { Config } from '#config'
import { actingAs, type Ctx } from '#kernel/ctx'
import { isId } from '#kernel/ids'
import { isSignedBy, sign } from '#kernel/signing'
import { LinkInvalid } from './problems.ts'

/**
 * What a guest's link ends in: it opens this one registration, and only the mail to their address has it. When the
 * address is corrected there is a next generation of links, and the one before opens nothing.
 */
export function guestToken(config: Pick<Config, 'secretKey'>, registrationId: string, generation = 0): string {
  const opens = generation === 0 ? registrationId : `${registrationId}.${generation}`
  return `${opens}.${sign(config.secretKey, 'guest-link', opens)}`
}

/** What a guest's link is for, and of which generation it is; undefined when it is none of ours. */
export function openedBy(
  config: Pick<Config, 'secretKey'>,
  token: string,
): { registrationId: string; generation: number } | undefined {
  const [, opens = '', registrationId = '', generation = '0', signature = ''] =
    /^(([^.]+)(?:\.([1-9]\d{0,8}))?)\.([^.]+)$/.exec(token) ?? []
  return isId(registrationId) && isSignedBy(config.secretKey, 'guest-link', opens, signature)
    ? { registrationId, generation: Number(generation) }
    : undefined
}

/** The surroundings on behalf of the guest whose link this is. Throws `LinkInvalid`. */
export function asGuest(ctx: Ctx, token: string): { ctx: Ctx; registrationId: string } {
  const opened = openedBy(ctx.config, token)
  if (!opened) throw LinkInvalid()
  return { ctx: actingAs(ctx, { kind: 'guest', ...opened }), registrationId: opened.registrationId }
}
