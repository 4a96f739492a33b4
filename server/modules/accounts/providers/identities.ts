import { randomBytes } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { openAccount } from '#accounts'
import { faultOfEmail, faultOfName, faultOfUsername, readEmail, readName, readUsername } from '#accounts/identity'
import { LastWayIn } from '#accounts/problems'
import { demandRecentProof, demandSession } from '#accounts/proof'
import type { Identities } from '#db/schema'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { NotFound, SignInRequired } from '#kernel/problem'
import { comparable } from '#kernel/text'
import type {} from './open.ts'
import type { Person } from './provider.ts'

declare module '#kernel/facts' {
  interface Facts {
    'identity.linked': { identityId: string; accountId: string; provider: string }
    'identity.unlinked': { identityId: string; accountId: string; provider: string }
  }
}
unseenByOthers('identity.linked', 'identity.unlinked')

export type Identity = Pick<Selectable<Identities>, 'id' | 'provider' | 'shown_as' | 'created_at' | 'last_used_at'>

/** A person as one provider vouches for them. */
type Vouched = { provider: string; person: Person }

/**
 * The account that this person opens: the one that knows them; the one with their address, where both the provider and
 * we know that it is theirs; or a new one. Otherwise why not: an address that somebody only claims opens nothing.
 */
export async function admit(
  tx: Tx,
  { provider, person }: Vouched,
): Promise<{ accountId: string; identityId: string } | 'address-not-verified' | 'log-in-first'> {
  await takeTurn(tx, person)
  const known = await tx.db
    .updateTable('identities')
    .set({ last_used_at: sql`app_now()`, shown_as: shownAs(person) })
    .where('issuer', '=', person.issuer)
    .where('subject', '=', person.subject)
    .returning(['id', 'account_id'])
    .executeTakeFirst()
  if (known) return { accountId: known.account_id, identityId: known.id }

  const email = readEmail(person.email ?? '')
  if (!person.emailVerified || faultOfEmail(email)) return 'address-not-verified'
  const key = comparable(email)
  const owner = await tx.db
    .selectFrom('accounts')
    .select(['id', sql<boolean>`email_key = ${key} and email_verified_at is not null`.as('proved')])
    .where((where) => where.or([where('email_key', '=', key), where('username_key', '=', key)]))
    .orderBy(sql`email_key = ${key}`, 'desc')
    .forNoKeyUpdate()
    .executeTakeFirst()
  // Whoever signed up with an address that is not theirs would wait in the account for its owner to come in this way.
  if (owner && !owner.proved) return 'log-in-first'
  const accountId = owner?.id ?? (await openFor(tx, person, email))
  const identityId = await insert(tx, accountId, { provider, person })
  if (owner) await record(tx, 'identity.linked', { identityId, accountId, provider })
  return { accountId, identityId }
}

/** Adds a way into an account; false when it leads into another one already. SignInRequired when the session ended meanwhile. */
export async function linkTo(ctx: Ctx, accountId: string, { provider, person }: Vouched): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    await takeTurn(tx, person)
    await tx.db.selectFrom('accounts').select('id').where('id', '=', accountId).forNoKeyUpdate().execute()
    await demandSession(tx) // they may have been thrown out while they were with the provider
    const known = await tx.db
      .selectFrom('identities')
      .select('account_id')
      .where('issuer', '=', person.issuer)
      .where('subject', '=', person.subject)
      .executeTakeFirst()
    if (known) return known.account_id === accountId
    const identityId = await insert(tx, accountId, { provider, person })
    await record(tx, 'identity.linked', { identityId, accountId, provider })
    return true
  })
}

/** The providers through which who is logged in can come in, oldest first. */
export async function list(ctx: Ctx): Promise<Identity[]> {
  return ctx.db
    .selectFrom('identities')
    .select(['id', 'provider', 'shown_as', 'created_at', 'last_used_at'])
    .where('account_id', '=', me(ctx))
    .orderBy('id')
    .execute()
}

/** Takes a way in away; the last one stays. Wants a recent proof. */
export async function unlink(ctx: Ctx, identityId: string): Promise<void> {
  const accountId = me(ctx)
  await demandRecentProof(ctx)
  // What leads in today: a provider that is not set any more lets nobody in.
  const issuers = [...ctx.logInProviders.values()].map(({ issuer }) => issuer)
  await transaction(ctx, async (tx) => {
    // The lock makes two who take the last two ways away take turns.
    const account = await tx.db
      .selectFrom('accounts')
      .select('password_hash')
      .where('id', '=', accountId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    await demandSession(tx)
    const theirs = await tx.db
      .selectFrom('identities')
      .select(['id', 'provider', 'issuer'])
      .where('account_id', '=', accountId)
      .execute()
    const one = theirs.find(({ id }) => id === identityId)
    if (!account || !one) throw NotFound()
    const others = theirs.filter(({ id, issuer }) => id !== identityId && issuers.includes(issuer))
    if (account.password_hash === null && others.length === 0) throw LastWayIn()
    await tx.db.deleteFrom('identities').where('id', '=', identityId).execute()
    await record(tx, 'identity.unlinked', { identityId, accountId, provider: one.provider })
  })
}

/** Whoever comes back twice at once for the first time has one account: the second finds what the first has made. */
async function takeTurn(tx: Tx, { issuer, subject }: Person): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity ${issuer} ${subject}`}, 0))`.execute(tx.db)
}

async function insert(tx: Tx, accountId: string, { provider, person }: Vouched): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('identities')
    .values({
      id,
      account_id: accountId,
      provider,
      issuer: person.issuer,
      subject: person.subject,
      shown_as: shownAs(person),
      last_used_at: sql`app_now()`,
    })
    .execute()
  return id
}

async function openFor(tx: Tx, person: Person, email: string): Promise<string> {
  const name = (text: string) => (faultOfName(readName(text)) ? '' : readName(text))
  const account = await openAccount(tx, {
    person: {
      username: await freeUsername(tx, person.username || email.split('@')[0]!),
      email,
      firstName: name(person.firstName),
      lastName: name(person.lastName),
    },
    passwordHash: null,
    role: 'attendee',
  })
  await tx.db
    .updateTable('accounts')
    .set({ email_verified_at: sql`app_now()` })
    .where('id', '=', account.id)
    .execute()
  return account.id
}

/** As they are called there, as far as that is a name here and nobody has it; never what could be somebody's address. */
async function freeUsername(tx: Tx, wanted: string): Promise<string> {
  const letters = [...readUsername(wanted.slice(0, 300))].map((letter) => (/[\s@]/.test(letter) ? '.' : letter))
  const cleaned = letters
    .filter((letter) => !faultOfUsername(letter))
    .join('')
    .slice(0, 60)
  const base = faultOfUsername(cleaned) ? 'guest' : cleaned
  const names = [base, ...Array.from({ length: 3 }, () => `${base}-${randomBytes(4).toString('hex')}`)]
  const taken = await tx.db
    .selectFrom('accounts')
    .select('username_key')
    .where('username_key', 'in', names.map(comparable))
    .execute()
  return names.find((each) => !taken.some(({ username_key: key }) => key === comparable(each))) ?? names[1]!
}

/** How somebody tells two of theirs apart. */
function shownAs({ email, username }: Person): string {
  return readName(email || username)
    .replace(/\p{Cc}/gu, '')
    .slice(0, 254)
}

function me({ actor }: Ctx): string {
  if (actor.kind !== 'account') throw SignInRequired()
  return actor.id
}
