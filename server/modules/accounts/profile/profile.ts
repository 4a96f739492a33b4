import { findAccount, type Account } from '#accounts'
import {
  faultOfBio,
  faultOfName,
  faultOfUsername,
  faultOfUsernameAsAddress,
  readBio,
  readName,
  readUsername,
} from '#accounts/identity'
import { UsernameTaken } from '#accounts/problems'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { violated } from '#kernel/database-errors'
import { record } from '#kernel/facts'
import { invalid, NotFound } from '#kernel/problem'
import { comparable } from '#kernel/text'

declare module '#kernel/facts' {
  interface Facts {
    /** Also of what everybody sees: an organizer's name stands at their events. */
    'account.profile-changed': { accountId: string }
  }
}

export type ProfileFields = { username?: string; firstName?: string; lastName?: string; bio?: string }

/** What everybody may know of an organizer. */
export type Profile = { id: string; name: string; bio: string }

/** Changes what the account says of its owner. Throws UsernameTaken. */
export async function changeProfile(ctx: Ctx | Tx, accountId: string, fields: ProfileFields): Promise<Account> {
  const read = {
    username: fields.username === undefined ? undefined : readUsername(fields.username),
    first_name: fields.firstName === undefined ? undefined : readName(fields.firstName),
    last_name: fields.lastName === undefined ? undefined : readName(fields.lastName),
    bio: fields.bio === undefined ? undefined : readBio(fields.bio),
  }
  return transaction(ctx, async (tx) => {
    const before = await tx.db
      .selectFrom('accounts')
      .select(['username_key', 'email_key'])
      .where('id', '=', accountId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!before) throw NotFound()
    refuseFaults({
      '/username':
        read.username === undefined
          ? undefined
          : (faultOfUsername(read.username) ?? faultOfUsernameAsAddress(read.username, before.email_key)),
      '/firstName': read.first_name === undefined ? undefined : faultOfName(read.first_name),
      '/lastName': read.last_name === undefined ? undefined : faultOfName(read.last_name),
      '/bio': read.bio === undefined ? undefined : faultOfBio(read.bio),
    })
    const changed = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as typeof read
    if (Object.keys(changed).length > 0) {
      const key = read.username === undefined ? {} : { username_key: comparable(read.username) }
      await tx.db
        .updateTable('accounts')
        .set({ ...changed, ...key })
        .where('id', '=', accountId)
        .execute()
      await record(tx, 'account.profile-changed', { accountId })
    }
    return findAccount(tx, accountId)
  }).catch((error: unknown) => {
    throw violated(error) === 'accounts_username_key_key' ? UsernameTaken() : error
  })
}

/** What everybody may know of who holds events; of others, and of who is suspended, there is nothing: NotFound. */
export async function profileOf(ctx: Ctx | Tx, accountId: string): Promise<Profile> {
  const row = await ctx.db
    .selectFrom('accounts')
    .select(['id', 'username', 'first_name', 'last_name', 'bio'])
    .where('id', '=', accountId)
    .where('role', '<>', 'attendee')
    .where('suspended_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw NotFound()
  return { id: row.id, name: `${row.first_name} ${row.last_name}`.trim() || row.username, bio: row.bio }
}

function refuseFaults(faults: Record<string, string | undefined>): void {
  const found = Object.entries(faults).filter((fault): fault is [string, string] => fault[1] !== undefined)
  if (found.length > 0) throw invalid(Object.fromEntries(found))
}
