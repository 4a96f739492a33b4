import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'
import { writeNotices, type NoticeTopic } from './notices.ts'

// What is written to people about their accounts. Each reacts to a fact, which may be delivered again and tells once.

type AboutAccount = { id: number; data: { accountId: string } }
type AboutLink = { data: { linkId: string } }

/** Mails the links that were made and are still good. */
export async function tellLinks(tx: Tx, facts: ReadonlyArray<AboutLink>): Promise<void> {
  const ids = facts.map(({ data }) => data.linkId)
  const links = await tx.db
    .selectFrom('account_links as l')
    .innerJoin('accounts as a', 'a.id', 'l.account_id')
    .select(['l.id', 'l.account_id', 'l.purpose', 'l.email', 'a.first_name', 'a.username', 'a.email_verified_at'])
    .where('l.id', 'in', ids)
    .where('l.used_at', 'is', null)
    .orderBy('l.created_at')
    .execute()
  await writeNotices(
    tx,
    links.map((link) => ({
      topic: link.purpose as NoticeTopic,
      recipient: link.email,
      // Whoever typed an address that is not theirs does not get to say how its owner is greeted.
      name: link.email_verified_at && link.purpose !== 'change-email' ? nameOf(link) : '',
      link: link.id,
      accountId: link.account_id,
      dedupeKey: link.id,
    })),
  )
}

/** Tells people that their password is another one now. */
export async function tellPasswordChanged(tx: Tx, facts: ReadonlyArray<AboutAccount>): Promise<void> {
  await tell(tx, 'password-changed', facts)
}

/** Tells people that their password opens nothing new until they have looked who used a token twice: once for a session. */
export async function tellTokenReused(
  tx: Tx,
  facts: ReadonlyArray<{ id: number; data: { accountId: string; sessionId: string } }>,
): Promise<void> {
  await tell(tx, 'token-reused', facts, ({ data }) => data.sessionId)
}

/** Tells the address that an account had before that it has another now. */
export async function tellEmailChanged(
  tx: Tx,
  facts: ReadonlyArray<AboutAccount & { data: { linkId: string } }>,
): Promise<void> {
  const ids = facts.map(({ data }) => data.linkId)
  const links = await tx.db
    .selectFrom('account_links as l')
    .innerJoin('accounts as a', 'a.id', 'l.account_id')
    .select(['l.id', 'l.account_id', 'l.replaced_email', 'a.first_name', 'a.username'])
    .where('l.id', 'in', ids)
    .where('l.replaced_email', 'is not', null)
    .execute()
  await writeNotices(
    tx,
    links.map((link) => ({
      topic: 'email-changed' as const,
      recipient: link.replaced_email!,
      accountId: link.account_id,
      name: nameOf(link),
      dedupeKey: link.id,
    })),
  )
}

/** Tells who has an address that somebody else wanted it for theirs; once a day at most. */
export async function tellAddressWanted(tx: Tx, facts: ReadonlyArray<AboutAccount & { at: Date }>): Promise<void> {
  await tell(tx, 'address-wanted', facts, ({ data, at }) => `${data.accountId}:${at.toISOString().slice(0, 10)}`)
}

/** Sends the code that was asked for to the phone that it is to show is theirs, while it is good. */
export async function tellPhoneCode(tx: Tx, facts: ReadonlyArray<{ data: { codeId: string } }>): Promise<void> {
  const codes = await tx.db
    .selectFrom('phone_codes')
    .select(['id', 'account_id', 'phone'])
    .where(
      'id',
      'in',
      facts.map(({ data }) => data.codeId),
    )
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .execute()
  await writeNotices(
    tx,
    codes.map((code) => ({
      topic: 'phone-code' as const,
      channel: 'sms' as const,
      recipient: code.phone,
      accountId: code.account_id,
      name: '',
      link: code.id,
      dedupeKey: code.id,
    })),
  )
}

/** Tells people that they are kept out, and why. */
export async function tellSuspended(tx: Tx, facts: ReadonlyArray<AboutAccount>): Promise<void> {
  await tell(tx, 'suspended', facts)
}

/** Tells people that they may come back. */
export async function tellSuspensionLifted(tx: Tx, facts: ReadonlyArray<AboutAccount>): Promise<void> {
  await tell(tx, 'suspension-lifted', facts)
}

async function tell<F extends AboutAccount>(
  tx: Tx,
  topic: NoticeTopic,
  facts: ReadonlyArray<F>,
  onceFor: (fact: F) => string = ({ id }) => String(id),
): Promise<void> {
  const ids = facts.map(({ data }) => data.accountId)
  const rows = await tx.db
    .selectFrom('accounts')
    .select(['id', 'email', 'first_name', 'username', 'suspension_reason'])
    .where('id', 'in', ids)
    .execute()
  const accounts = new Map(rows.map((row) => [row.id, row]))
  const known = facts.flatMap((fact) => {
    const account = accounts.get(fact.data.accountId)
    return account ? [{ fact, account }] : []
  })
  await writeNotices(
    tx,
    known.map(({ fact, account }) => ({
      topic,
      recipient: account.email,
      accountId: account.id,
      name: nameOf(account),
      dedupeKey: onceFor(fact),
      ...(topic === 'suspended' && account.suspension_reason ? { words: { reason: account.suspension_reason } } : {}),
    })),
  )
}

function nameOf(account: { first_name: string; username: string }): string {
  return account.first_name || account.username
}
