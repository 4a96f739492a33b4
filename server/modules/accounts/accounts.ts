import { sql, type Selectable } from 'kysely'
import type { Accounts } from '#db/schema'
import { transaction, type Ctx, type Role, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { invalid, NotFound, Unavailable, type Refusal } from '#kernel/problem'
import { faultOfEmail, faultOfName, faultOfUsername, keysOf, readEmail, readName, readUsername } from './identity.ts'
import { forgetSessions } from './live-sessions.ts'
import { faultOfPassword, hashPassword } from './passwords.ts'
import { may } from './policy.ts'
import { AdminStays, EmailTaken, UsernameTaken } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'account.created': { accountId: string }
    'account.role-granted': { accountId: string; role: Role }
  }
}
unseenByOthers('account.created', 'account.role-granted')

/** An account as others may know it: all but what it logs in with. */
export type Account = Omit<Selectable<Accounts>, 'username_key' | 'email_key' | 'password_hash' | 'role'> & {
  role: Role
}

/** What a person says of themselves at sign-up. */
export type Application = {
  username: string
  email: string
  password: string
  firstName?: string
  lastName?: string
}

export type SignUp = Application & { organizer?: boolean }

export const accountColumns = [
  'accounts.id',
  'accounts.number',
  'accounts.username',
  'accounts.email',
  'accounts.first_name',
  'accounts.last_name',
  'accounts.role',
  'accounts.wants_to_organize_at',
  'accounts.created_at',
  'accounts.suspended_at',
] as const

/** Opens an account. Who wants to organize may at once where sign-up is open for it, and otherwise waits for an admin. */
export async function signUp(ctx: Ctx | Tx, application: SignUp): Promise<Account> {
  return openAccount(ctx, await applySignUp(ctx, application))
}

/** The part of signing up that takes long and writes nothing: outside of any transaction. */
export async function applySignUp(ctx: Ctx | Tx, application: SignUp): Promise<Applicant> {
  if (!application.organizer) return apply(ctx, application, { role: 'attendee' })
  if (ctx.config.openOrganizerSignup) return apply(ctx, application, { role: 'organizer' })
  return apply(ctx, application, { role: 'attendee', wantsToOrganize: true })
}

/** Opens an account for an admin, from the command line. An existing account is never promoted: it is refused as taken. */
export async function createAdmin(ctx: Ctx | Tx, application: Application): Promise<Account> {
  demand(ctx, may.createAdmin, undefined)
  const applicant = await apply(ctx, application, { role: 'admin' })
  return transaction(ctx, async (tx) => {
    const account = await openAccount(tx, applicant)
    await record(tx, 'account.role-granted', { accountId: account.id, role: 'admin' })
    return account
  })
}

/** The account; NotFound when there is none. Asks nothing of the actor: what of it is shown to whom is the caller's matter. */
export async function findAccount(ctx: Ctx | Tx, accountId: string): Promise<Account> {
  const account = await ctx.db
    .selectFrom('accounts')
    .select(accountColumns)
    .where('id', '=', accountId)
    .$narrowType<{ role: Role }>()
    .executeTakeFirst()
  if (!account) throw NotFound()
  return account
}

/** Makes the account an organizer, or an attendee again, and answers a wish to organize. Refuses to touch an admin. */
export async function grantRole(ctx: Ctx | Tx, accountId: string, role: 'attendee' | 'organizer'): Promise<Account> {
  demand(ctx, may.grantRole, undefined)
  const account = await transaction(ctx, async (tx) => {
    const before = await tx.db
      .selectFrom('accounts')
      .select('role')
      .where('id', '=', accountId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!before) throw NotFound()
    if (before.role === 'admin') throw AdminStays()
    await tx.db.updateTable('accounts').set({ role, wants_to_organize_at: null }).where('id', '=', accountId).execute()
    if (before.role !== role) await record(tx, 'account.role-granted', { accountId, role })
    return findAccount(tx, accountId)
  })
  forgetSessions(ctx)
  return account
}

type As = { role: Role; wantsToOrganize?: boolean }

/** Somebody whose account can be opened, as far as could be seen when they applied. */
export type Applicant = As & { person: Person; passwordHash: string }

async function apply(ctx: Ctx | Tx, application: Application, as: As): Promise<Applicant> {
  const person = read(application)
  const taken = await findTaken(ctx, person) // asked first because hashing is dear; the constraints below decide
  if (taken) throw taken
  return { ...as, person, passwordHash: await hashPassword(application.password) }
}

/** Opens the account of somebody who applied; refused when another has taken their name or address since. */
export async function openAccount(ctx: Ctx | Tx, applicant: Applicant): Promise<Account> {
  const { person, passwordHash, role, wantsToOrganize } = applicant
  const keys = keysOf(person)
  return transaction(ctx, async (tx) => {
    const account = await tx.db
      .insertInto('accounts')
      .values({
        id: newId(),
        username: person.username,
        username_key: keys.username,
        email: person.email,
        email_key: keys.email,
        password_hash: passwordHash,
        first_name: person.firstName,
        last_name: person.lastName,
        role,
        wants_to_organize_at: wantsToOrganize ? sql<Date>`app_now()` : null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(accountColumns)
      .$narrowType<{ role: Role }>()
      .executeTakeFirst()
    if (!account) throw (await findTaken(tx, person)) ?? Unavailable()
    await record(tx, 'account.created', { accountId: account.id })
    return account
  })
}

type Person = { username: string; email: string; firstName: string; lastName: string }

/** Reads what was typed; refuses with everything that is wrong with it. */
function read(application: Application): Person {
  const person = {
    username: readUsername(application.username),
    email: readEmail(application.email),
    firstName: readName(application.firstName ?? ''),
    lastName: readName(application.lastName ?? ''),
  }
  const faults = {
    '/username': faultOfUsername(person.username),
    '/email': faultOfEmail(person.email),
    '/password': faultOfPassword(application.password, person),
    '/firstName': faultOfName(person.firstName),
    '/lastName': faultOfName(person.lastName),
  }
  const found = Object.entries(faults).filter((fault): fault is [string, string] => fault[1] !== undefined)
  if (found.length > 0) throw invalid(Object.fromEntries(found))
  return person
}

/**
 * The refusal for what somebody else has already. People log in by either name, so nobody's username
 * may be another's address: it would be unclear who is meant.
 */
async function findTaken(ctx: Ctx | Tx, person: Person): Promise<Refusal | undefined> {
  const { username, email } = keysOf(person)
  const others = await ctx.db
    .selectFrom('accounts')
    .select(['username_key', 'email_key'])
    .where((where) =>
      where.or([where('username_key', 'in', [username, email]), where('email_key', 'in', [username, email])]),
    )
    .execute()
  if (others.length === 0) return undefined
  return others.some((other) => [other.username_key, other.email_key].includes(username))
    ? UsernameTaken()
    : EmailTaken()
}
