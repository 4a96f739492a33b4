import { sql, type Selectable } from 'kysely'
import type { Accounts } from '#db/schema'
import { actingAs, transaction, type Ctx, type Role, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { admitMail } from '#kernel/mail-limits'
import { demand } from '#kernel/policy'
import { Forbidden, invalid, NotFound, SignInRequired, Unavailable } from '#kernel/problem'
import { askForMail } from './addresses/mail-requests.ts'
import {
  faultOfEmail,
  faultOfName,
  faultOfUsername,
  faultOfUsernameAsAddress,
  keysOf,
  readEmail,
  readName,
  readUsername,
} from './identity.ts'
import { forgetSessions } from './live-sessions.ts'
import { faultOfPassword, hashPassword } from './passwords.ts'
import { may } from './policy.ts'
import { AdminStays, EmailTaken, UsernameTaken } from './problems.ts'
import { acceptTerms, faultOfAcceptance } from './terms.ts'

declare module '#kernel/facts' {
  interface Facts {
    'account.created': { accountId: string }
    'account.role-granted': { accountId: string; role: Role }
  }
}
unseenByOthers('account.created', 'account.role-granted')

/** An account as others may know it: all but what it logs in with. */
export type Account = Pick<
  Selectable<Accounts>,
  | 'id'
  | 'number'
  | 'username'
  | 'email'
  | 'email_verified_at'
  | 'first_name'
  | 'last_name'
  | 'bio'
  | 'wants_to_organize_at'
  | 'created_at'
  | 'suspended_at'
> & { role: Role }

/** What a person says of themselves at sign-up. */
export type Application = {
  username: string
  email: string
  password: string
  firstName?: string
  lastName?: string
  /** The version of the instance's terms, where it has some. */
  acceptsTerms?: string
}

export type SignUp = Application & { organizer?: boolean }

export const accountColumns = [
  'accounts.id',
  'accounts.number',
  'accounts.username',
  'accounts.email',
  'accounts.email_verified_at',
  'accounts.first_name',
  'accounts.last_name',
  'accounts.bio',
  'accounts.role',
  'accounts.wants_to_organize_at',
  'accounts.created_at',
  'accounts.suspended_at',
] as const

/**
 * Opens an account. Who wants to organize may at once where sign-up is open for it, and otherwise waits for an admin.
 * With an address that somebody has, nothing is opened, the answer is the same, and the owner of the address is written to.
 */
export async function signUp(ctx: Ctx | Tx, application: SignUp): Promise<Account> {
  return openOrPretend(ctx, await applySignUp(ctx, application))
}

/** The part of signing up that takes long and writes nothing: outside of any transaction. Throws TooManyRequests for a mailbox that was written to too often. */
export async function applySignUp(ctx: Ctx | Tx, application: SignUp): Promise<Applicant> {
  await admitMail(ctx, application.email, 'sign-up')
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
      .select(['role', 'erased_at'])
      .where('id', '=', accountId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!before || before.erased_at) throw NotFound()
    if (before.role === 'admin') throw AdminStays()
    await tx.db.updateTable('accounts').set({ role, wants_to_organize_at: null }).where('id', '=', accountId).execute()
    if (before.role !== role) await record(tx, 'account.role-granted', { accountId, role })
    return findAccount(tx, accountId)
  })
  forgetSessions(ctx)
  return account
}

/**
 * Has the actor organize events from now on, where sign-up is open for it; where it is not, the wish is kept until an admin
 * answers it, and `Forbidden`. Answers the actor that they are then.
 */
export async function beginOrganizing<C extends Ctx | Tx>(ctx: C): Promise<C> {
  const { actor } = ctx
  demand(ctx, may.organize, undefined)
  if (actor.kind !== 'account' || actor.role !== 'attendee') return ctx
  const { openOrganizerSignup: isOpen } = ctx.config
  await transaction(ctx, async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('accounts')
      .set(isOpen ? { role: 'organizer', wants_to_organize_at: null } : { wants_to_organize_at: sql<Date>`app_now()` })
      .where('id', '=', actor.id)
      .where('role', '=', 'attendee')
      .where('erased_at', 'is', null)
      .$if(!isOpen, (wish) => wish.where('wants_to_organize_at', 'is', null))
      .executeTakeFirst()
    if (isOpen && numUpdatedRows > 0n)
      await record(tx, 'account.role-granted', { accountId: actor.id, role: 'organizer' })
  })
  if (!isOpen) throw Forbidden('Only organizers hold events here; an admin has been asked to make you one.')
  forgetSessions(ctx)
  return actingAs(ctx, { ...actor, role: 'organizer' })
}

/** The account stays until the transaction ends: for what writes words in its name. SignInRequired when it was deleted. */
export async function holdLive(tx: Tx, accountId: string): Promise<void> {
  const { rows } = await sql`
    select from accounts where id = ${accountId} and erased_at is null for key share`.execute(tx.db)
  if (rows.length === 0) throw SignInRequired()
}

type As = { role: Role; wantsToOrganize?: boolean }

/** Somebody whose account can be opened, as far as could be seen when they applied. */
export type Applicant = As & { person: Person; passwordHash: string | null }

async function apply(ctx: Ctx | Tx, application: Application, as: As): Promise<Applicant> {
  const person = await read(ctx, application)
  // Asked first because hashing is dear; the constraints below decide. Nothing is said of the address: it is hashed for either way.
  if ((await findTaken(ctx, person)) === 'username') throw UsernameTaken()
  return { ...as, person, passwordHash: await hashPassword(application.password) }
}

/**
 * Opens the account of somebody who applied, or nothing where the address has one: the answer does not say which, and
 * the owner of the address is written to. Only a name that another has taken since is refused. The program is told.
 */
export async function openOrPretend(ctx: Ctx | Tx, applicant: Applicant): Promise<Account> {
  if (ctx.actor.kind === 'system') return openAccount(ctx, applicant)
  return transaction(ctx, async (tx) => (await insertAccount(tx, applicant)) ?? openNothing(tx, applicant))
}

/** Opens the account of somebody whose address is known to be theirs; refused when another has the name or address. */
export async function openAccount(ctx: Ctx | Tx, applicant: Applicant): Promise<Account> {
  return transaction(ctx, async (tx) => {
    const account = await insertAccount(tx, applicant)
    if (account) return account
    const taken = await findTaken(tx, applicant.person)
    throw taken === 'username' ? UsernameTaken() : taken === 'email' ? EmailTaken() : Unavailable()
  })
}

async function insertAccount(tx: Tx, applicant: Applicant): Promise<Account | undefined> {
  const { person, passwordHash, role, wantsToOrganize } = applicant
  const keys = keysOf(person)
  const account = await tx.db
    .insertInto('accounts')
    .values({
      id: newId(),
      username: person.username,
      username_key: keys.username,
      email: person.email,
      email_key: keys.email,
      // The program itself only writes down addresses that its operator has.
      email_verified_at: tx.actor.kind === 'system' ? sql<Date>`app_now()` : null,
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
  if (!account) return undefined
  if (tx.config.terms && person.acceptsTerms) await acceptTerms(tx, account.id, person.acceptsTerms)
  await record(tx, 'account.created', { accountId: account.id })
  return account
}

/** Answers as if an account had been opened, down to the number that it would have had, and has the address’s owner told. */
async function openNothing(tx: Tx, { person, role, wantsToOrganize }: Applicant): Promise<Account> {
  const taken = await findTaken(tx, person)
  if (taken === 'username') throw UsernameTaken()
  if (taken === undefined) throw Unavailable() // gone again since
  await askForMail(tx, 'account-exists', person.email)
  const { rows } = await sql<{ number: number; now: Date }>`
    select currval(pg_get_serial_sequence('accounts', 'number')) as number, app_now() as now`.execute(tx.db)
  const { number, now } = rows[0]!
  return {
    id: newId(),
    number,
    username: person.username,
    email: person.email,
    email_verified_at: null,
    first_name: person.firstName,
    last_name: person.lastName,
    bio: '',
    role,
    wants_to_organize_at: wantsToOrganize ? now : null,
    created_at: now,
    suspended_at: null,
  }
}

type Person = { username: string; email: string; firstName: string; lastName: string; acceptsTerms?: string }

/** Reads what was typed; refuses with everything that is wrong with it. */
async function read(ctx: Ctx | Tx, application: Application): Promise<Person> {
  const { acceptsTerms } = application
  const person = {
    username: readUsername(application.username),
    email: readEmail(application.email),
    firstName: readName(application.firstName ?? ''),
    lastName: readName(application.lastName ?? ''),
    acceptsTerms,
  }
  const faults = {
    '/username': faultOfUsername(person.username) ?? faultOfUsernameAsAddress(person.username, keysOf(person).email),
    '/email': faultOfEmail(person.email),
    '/password': await faultOfPassword(application.password, person),
    '/firstName': faultOfName(person.firstName),
    '/lastName': faultOfName(person.lastName),
    // The program itself is asked by the operator, whose terms they are.
    '/acceptsTerms': ctx.actor.kind === 'system' ? undefined : faultOfAcceptance(ctx, acceptsTerms),
  }
  const found = Object.entries(faults).filter((fault): fault is [string, string] => fault[1] !== undefined)
  if (found.length > 0) throw invalid(Object.fromEntries(found))
  return person
}

/** What of it somebody else has already. A username that is an address is told of as little as the address. */
async function findTaken(ctx: Ctx | Tx, person: Person): Promise<'username' | 'email' | undefined> {
  const { username, email } = keysOf(person)
  const others = await ctx.db
    .selectFrom('accounts')
    .select(['username_key', 'email_key'])
    .where((where) => where.or([where('username_key', 'in', [username, email]), where('email_key', '=', email)]))
    .execute()
  if (others.length === 0) return undefined
  return username !== email && others.some((other) => other.username_key === username) ? 'username' : 'email'
}
