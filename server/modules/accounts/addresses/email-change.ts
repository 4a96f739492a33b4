import { demandRecentProof } from '#accounts/proof'
import type { Ctx } from '#kernel/ctx'
import { admitMail } from '#kernel/mail-limits'
import { askForMail } from './mail-requests.ts'

/**
 * Asks for another address. It becomes the account's when the link that is mailed there is followed; an address that is
 * another's already gets no link, and its owner hears of it. Throws ProofRequired, and TooManyRequests where that mailbox
 * was written to often enough.
 */
export async function askEmailChange(ctx: Ctx, accountId: string, email: string): Promise<void> {
  await demandRecentProof(ctx)
  await admitMail(ctx, email, 'change-email')
  await askForMail(ctx, 'change-email', email, accountId)
}
