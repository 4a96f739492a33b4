import type { Config } from '#config'
import { actingAs, type Ctx } from '#kernel/ctx'
import { isId } from '#kernel/ids'
import { isSignedBy, sign } from '#kernel/signing'
import { LinkInvalid } from './problems.ts'

/** What a guest's link ends in: it opens this one registration, and only the mail to their address has it. */
export function guestToken(config: Pick<Config, 'secretKey'>, registrationId: string): string {
  return `${registrationId}.${sign(config.secretKey, 'guest-link', registrationId)}`
}

/** The surroundings on behalf of the guest whose link this is. Throws `LinkInvalid`. */
export function asGuest(ctx: Ctx, token: string): { ctx: Ctx; registrationId: string } {
  const [registrationId = '', signature = ''] = token.split('.')
  if (!isId(registrationId) || !isSignedBy(ctx.config.secretKey, 'guest-link', registrationId, signature))
    throw LinkInvalid()
  return { ctx: actingAs(ctx, { kind: 'guest', registrationId }), registrationId }
}
