import { sql } from 'kysely'
import * as accounts from '#accounts'
import type { Account } from '#accounts'
import { PUBLIC, publicOrganizer } from '#accounts/public-organizer'
import * as events from '#events'
import * as categories from '#events/categories'
import { actingAs, transaction, type Ctx, type Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { Refusal } from '#kernel/problem'
import { comparable } from '#kernel/text'
import * as pictures from '#pictures'
import * as registrations from '#registrations'
import * as venues from '#venues'
import { BANNERS, draw } from './banners.ts'
import { EXAMPLES, THEMES } from './examples.ts'
import { GUESTS, ORGANIZERS, type OrganizerName } from './people.ts'
import { VENUES, type Place } from './venues.ts'
import { schedule } from './wall-clock.ts'

export type Logins = {
  organizer: { username: string; password: string }
  admin: { username: string; password: string }
}

// Known to everybody, and printed at every start: demo mode is for looking around on one's own machine.
const LOGINS: Logins = {
  organizer: { username: 'olivia', password: 'seven tulips at noon' },
  admin: { username: 'admin', password: 'lighthouse in the fog' },
}
const ADMIN_EMAIL = 'admin@turnout.example'

type Organizers = Record<OrganizerName | 'public', Account>
type Ids = ReadonlyMap<string, string>

/**
 * Fills an empty database with examples, and answers who can log in then: null where the database belongs to somebody,
 * which stays as it is, as does one that is full. A filling that was killed is finished by the next: the admin comes last, so with the admin it is done.
 */
export async function fillWithExamples(ctx: Ctx): Promise<Logins | null> {
  const system = actingAs(ctx, { kind: 'system', name: 'demo' })
  const there = await system.db.selectFrom('accounts').select(['id', 'email_key']).execute()
  const ours = new Set<string>(Object.values(ORGANIZERS).map(({ email }) => comparable(email)))
  if (there.some((account) => account.email_key === comparable(ADMIN_EMAIL))) return LOGINS
  if (there.some(({ id, email_key: email }) => !ours.has(email) && id !== PUBLIC.id)) return null

  const organizers = await openAccounts(system, new Map(there.map((account) => [account.email_key, account.id])))
  if ((await idsByTitle(system, organizers)).size === 0) await transaction(system, (tx) => announce(tx, organizers))
  const eventIds = await idsByTitle(system, organizers)
  await Promise.all([fillSeats(system, organizers, eventIds), hangBanners(system, organizers, eventIds)])
  await transaction(system, (tx) => finish(tx, organizers, eventIds))
  return LOGINS
}

/** The organizers, side by side, because most of the time goes into hashing their passwords. */
async function openAccounts(ctx: Ctx, there: Ids): Promise<Organizers> {
  const open = async (username: string, person: { firstName: string; lastName: string; email: string }) => {
    const id = there.get(comparable(person.email))
    const account = id
      ? await accounts.findAccount(ctx, id)
      : await accounts.signUp(ctx, { username, ...person, password: LOGINS.organizer.password, organizer: true })
    return account.role === 'organizer' ? account : accounts.grantRole(ctx, account.id, 'organizer') // sign-up is closed
  }
  const opened = Object.entries(ORGANIZERS).map(async ([username, person]) => [username, await open(username, person)])
  const nobody = accounts.findAccount(ctx, await publicOrganizer(ctx))
  return Object.fromEntries([...(await Promise.all(opened)), ['public', await nobody]]) as Organizers
}

/** Categories, venues and events, in the order that makes their numbers. What is numbered up to 5 is for everybody to try programs on. */
async function announce(tx: Tx, organizers: Organizers): Promise<void> {
  const categoryIds = new Map<string, string>()
  const everybodys = as(tx, organizers.public)
  for (const [n, { name, description }] of THEMES.entries()) {
    categoryIds.set(name, (await categories.create(n < 5 ? everybodys : tx, { name, description })).id)
  }
  const venueIds = new Map<string, string>()
  for (const [n, [key, { id, name, address, description }]] of Object.entries<Place>(VENUES).entries()) {
    const owner = n < 5 ? everybodys : as(tx, organizers.olivia)
    venueIds.set(key, (await venues.create(owner, { name, address, description }, id)).id)
  }
  for (const example of EXAMPLES) {
    const { title, text, by, tags, at, category, seats, waitlist, fate } = example
    const where = typeof at === 'string' ? { venueId: venueIds.get(at), zone: VENUES[at].zone } : at
    const organizer = as(tx, organizers[by])
    const id = await events.create(organizer, {
      title,
      description: text.join('\n\n'),
      categoryId: categoryIds.get(category),
      tags,
      capacity: seats,
      hasWaitlist: waitlist,
      ...where,
      ...schedule(tx.now(), where.zone, example.when, example.deadline),
    })
    if (fate !== 'draft') await events.publish(organizer, id)
  }
}

/** Guests and organizers take their places, all at the desk at once. */
async function fillSeats(ctx: Ctx, organizers: Organizers, eventIds: Ids): Promise<void> {
  const visitor = actingAs(ctx, { kind: 'anonymous' })
  const coming = EXAMPLES.flatMap(({ title, guests, joinedBy }, n) => {
    const id = eventIds.get(title)
    if (!id) return []
    // Others at each event; strides of 7 meet nobody twice as long as the number of guests is no multiple of 7.
    const people = Array.from({ length: guests }, (_, i) => GUESTS[(n * 17 + i * 7) % GUESTS.length]!)
    const seated = people.map((person) => registrations.register(visitor, id, person))
    const joiner = joinedBy && organizers[joinedBy]
    if (joiner) seated.push(registrations.register(as(ctx, joiner), id, { accountId: joiner.id }))
    return seated
  })
  await Promise.all(coming.map(unlessRefused))
}

/** The first example of some themes has a picture; sent like anybody's, so that it is kept like anybody's. */
async function hangBanners(ctx: Ctx, organizers: Organizers, eventIds: Ids): Promise<void> {
  const hung = BANNERS.map(async (banner) => {
    const { title, by } = THEMES[banner.theme]!.events[0]!
    const id = eventIds.get(title)
    const take = async () => ({ picture: await draw(banner), alt: banner.alt })
    if (id) await unlessRefused(pictures.setBanner(as(ctx, organizers[by]), id, take))
  })
  await Promise.all(hung)
}

/** What can only happen once everybody has a place. */
async function finish(tx: Tx, organizers: Organizers, eventIds: Ids): Promise<void> {
  for (const { title, by, fate } of EXAMPLES) {
    const id = eventIds.get(title)
    if (!id || !fate || fate === 'draft') continue
    const organizer = as(tx, organizers[by])
    if (fate === 'closed') await unlessRefused(events.close(organizer, id))
    else await unlessRefused(events.cancel(organizer, id, { reason: fate.cancelled }))
  }
  await accounts.createAdmin(tx, { ...LOGINS.admin, email: ADMIN_EMAIL, firstName: 'Ada', lastName: 'Admin' })
  // These people were never there: without this the first thing anybody sees would be hundreds of mails to them.
  await sql`update facts set delivered_at = app_now() where delivered_at is null`.execute(tx.db)
}

async function idsByTitle(ctx: Ctx, organizers: Organizers): Promise<Ids> {
  const ids = Object.values(organizers).map((organizer) => organizer.id)
  const rows = await ctx.db.selectFrom('events').select(['id', 'title']).where('organizer_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.title, row.id]))
}

/** A filling that is taken up again finds some of it done, and perhaps some events gone by: neither is a failure. */
async function unlessRefused(doing: Promise<unknown>): Promise<void> {
  await doing.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}

function as<C extends Ctx | Tx>(ctx: C, { id, role }: Account): C {
  return actingAs(ctx, { kind: 'account', id, role, sessionId: newId() })
}
