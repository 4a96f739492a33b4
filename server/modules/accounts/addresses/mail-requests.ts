import { sql } from 'kysely'
import { faultOfEmail, readEmail } from '#accounts/identity'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { invalid } from '#kernel/problem'
import { comparable } from '#kernel/text'
import { sendLink, type Purpose } from './account-links.ts'

declare module '#kernel/facts' {
  interface Facts {
    /** `later`: who has the address is looked for, and written to. */
    'account.mail-asked': { requestId: string }
    /** Somebody wanted to move their account to the address of this one. `later`: its owner is told. */
    'account.address-wanted': { accountId: string }
  }
}
unseenByOthers('account.mail-asked', 'account.address-wanted')

/**
 * Writes down that a mail is wanted at this address. The same is done for every address, and nothing is looked up, so
 * neither the answer nor its time says whether somebody has it.
 */
export async function askForMail(
  ctx: Ctx | Tx,
  kind: Purpose,
  typed: string,
  accountId: string | null = null,
): Promise<void> {
  const email = readEmail(typed)
  const fault = faultOfEmail(email)
  if (fault) throw invalid({ '/email': fault })
  await transaction(ctx, async (tx) => {
    const requestId = newId()
    await tx.db.insertInto('mail_requests').values({ id: requestId, kind, email, account_id: accountId }).execute()
    await record(tx, 'account.mail-asked', { requestId })
  })
}

type Asked = { kind: Purpose; email: string; account_id: string | null }

/** Sends the links that were asked for to those who have an account, and forgets the addresses of all. */
export async function answerRequests(tx: Tx, facts: ReadonlyArray<{ data: { requestId: string } }>): Promise<void> {
  const ids = facts.map(({ data }) => data.requestId)
  const { rows } = await sql<Asked>`
    delete from mail_requests where id = any(${ids}::uuid[]) returning kind, email, account_id`.execute(tx.db)
  for (const asked of rows) await (asked.kind === 'change-email' ? answerChange(tx, asked) : answer(tx, asked))
}

async function answer(tx: Tx, { kind, email }: Asked): Promise<void> {
  const account = await tx.db
    .selectFrom('accounts')
    .select(['id', 'email', 'email_verified_at'])
    .where('email_key', '=', comparable(email))
    .where('suspended_at', 'is', null)
    .executeTakeFirst()
  if (!account || (kind === 'verify-email' && account.email_verified_at)) return
  await sendLink(tx, { accountId: account.id, purpose: kind, email: account.email })
}

async function answerChange(tx: Tx, { email, account_id: accountId }: Asked): Promise<void> {
  const key = comparable(email)
  const { rows } = await sql<{ id: string }>`
    select id from accounts where email_key = ${key} or username_key = ${key} and id <> ${accountId}`.execute(tx.db)
  const [owner] = rows
  if (!owner) await sendLink(tx, { accountId: accountId!, purpose: 'change-email', email })
  else if (owner.id !== accountId) await record(tx, 'account.address-wanted', { accountId: owner.id })
}
