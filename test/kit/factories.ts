import { hashPassword } from '#accounts/passwords'
import * as events from '#events'
import { actingAs, type Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { comparable } from '#kernel/text'
import * as registrations from '#registrations'
import type { Registration } from '#registrations/registration'

// Each builds what it needs and nothing more. Whatever a test does not say is ordinary.

/** The password of every account made here. */
export const PASSWORD = 'tulips in the rain 7'
let hash: Promise<string> | undefined
let made = 0
/** Names are counted from the beginning again. */
export const countAnew = () => void (made = 0)

export type MadeAccount = { id: string; username: string; email: string; role: 'attendee' | 'organizer' | 'admin' }

/** Somebody who can log in. */
export async function anAccount(
  ctx: Ctx,
  fields: Partial<Omit<MadeAccount, 'id'>> & { firstName?: string; lastName?: string } = {},
): Promise<MadeAccount> {
  const n = ++made
  const account = {
    id: newId(),
    username: fields.username ?? `person${n}`,
    email: fields.email ?? `person${n}@example.org`,
    role: fields.role ?? ('attendee' as const),
  }
  await ctx.db
    .insertInto('accounts')
    .values({
      ...account,
      username_key: comparable(account.username),
      email_key: comparable(account.email),
      email_verified_at: ctx.now(),
      password_hash: await (hash ??= hashPassword(PASSWORD)),
      first_name: fields.firstName ?? '',
      last_name: fields.lastName ?? '',
    })
    .execute()
  return account
}

/** A venue, by its name. */
export async function aVenue(
  ctx: Ctx,
  name = `Hall ${++made}`,
  fields: { address?: string; createdBy?: string } = {},
): Promise<{ id: string; name: string }> {
  const venue = {
    id: newId(),
    name,
    name_key: comparable(name),
    address: fields.address ?? '',
    created_by: fields.createdBy ?? null,
  }
  await ctx.db.insertInto('venues').values(venue).execute()
  return { id: venue.id, name }
}

/** A category, by its name. */
export async function aCategory(ctx: Ctx, name = `Kind ${++made}`): Promise<{ id: string; name: string }> {
  const id = newId()
  await ctx.db
    .insertInto('categories')
    .values({ id, name, name_key: comparable(name) })
    .execute()
  return { id, name }
}

type EventOptions = Partial<events.EventFields> & {
  organizer?: MadeAccount
  draft?: boolean
  /** From now. */
  startsInHours?: number
}

/** A published event a week from now, with no limit to its seats, by an organizer of its own. */
export async function anEvent(
  ctx: Ctx,
  options: EventOptions = {},
): Promise<{ id: string; organizer: MadeAccount; startsAt: string; endsAt: string }> {
  const {
    organizer = await anAccount(ctx, { role: 'organizer' }),
    draft = false,
    startsInHours = 168,
    ...fields
  } = options
  const by = actingAs(ctx, { kind: 'account', id: organizer.id, role: organizer.role, sessionId: newId() })
  const startsAt = fields.startsAt ?? new Date(ctx.now().getTime() + startsInHours * 3_600_000).toISOString()
  const endsAt = fields.endsAt ?? new Date(Date.parse(startsAt) + 2 * 3_600_000).toISOString()
  const id = await events.create(by, { title: `Event ${++made}`, zone: 'Europe/Berlin', ...fields, startsAt, endsAt })
  if (!draft) await events.publish(by, id)
  return { id, organizer, startsAt, endsAt }
}

/** A guest, by name and address. */
export function aGuest(name = `Guest ${++made}`): { name: string; email: string } {
  return { name, email: `${comparable(name).replaceAll(/[^a-z0-9]+/g, '.')}@example.com` }
}

/** A guest's registration. */
export function aRegistration(ctx: Ctx, eventId: string, guest = aGuest()): Promise<Registration> {
  return registrations.register(ctx, eventId, guest)
}
