import type { Tx } from '#kernel/ctx'
import { writeNotices, type NoticeTopic } from './notices.ts'

// Whatever changes the ways into an account is told to its owner, who may be somebody else than who changed it.

type About = ReadonlyArray<{ id: number; data: { accountId: string; name?: string; provider?: string; left?: number } }>

export const tellTwoFactorOn = (tx: Tx, facts: About) => tell(tx, 'two-factor-on', facts)
export const tellTwoFactorOff = (tx: Tx, facts: About) => tell(tx, 'two-factor-off', facts)
export const tellRecoveryCodesRenewed = (tx: Tx, facts: About) => tell(tx, 'recovery-codes-renewed', facts)
export const tellRecoveryCodeUsed = (tx: Tx, facts: About) => tell(tx, 'recovery-code-used', facts)
export const tellTwoFactorLocked = (tx: Tx, facts: About) => tell(tx, 'two-factor-locked', facts)
export const tellApiKeyMade = (tx: Tx, facts: About) => tell(tx, 'api-key-made', facts)
export const tellWayInLinked = (tx: Tx, facts: About) => tell(tx, 'way-in-linked', facts)
export const tellWayInUnlinked = (tx: Tx, facts: About) => tell(tx, 'way-in-unlinked', facts)

async function tell(tx: Tx, topic: NoticeTopic, facts: About): Promise<void> {
  const accounts = await tx.db
    .selectFrom('accounts')
    .select(['id', 'email', 'username', 'first_name'])
    .where(
      'id',
      'in',
      facts.map(({ data }) => data.accountId),
    )
    .execute()
  const notices = facts.flatMap(({ id, data }) => {
    const account = accounts.find((each) => each.id === data.accountId)
    if (!account) return []
    const provider = data.provider && (tx.logInProviders.get(data.provider)?.name ?? data.provider)
    const words = { name: data.name ?? '', provider: provider ?? '', left: String(data.left ?? '') }
    return [
      {
        ...{ topic, recipient: account.email, name: account.first_name || account.username, words },
        ...{ accountId: account.id, dedupeKey: String(id) },
      },
    ]
  })
  await writeNotices(tx, notices)
}
