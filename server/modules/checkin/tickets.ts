import { sql } from 'kysely'
import type { Config } from '#config'
import type { Ctx } from '#kernel/ctx'
import { span } from '#kernel/dates'
import { isSignedBy, sign } from '#kernel/signing'
import * as registrations from '#registrations'
import { NoTicket } from './problems.ts'

/** What admits one person. There is no row of it: the code is the registration's id and our signature. */
export type Ticket = {
  registrationId: string
  code: string
  name: string
  /** From when to when, in words and in the event's zone. */
  when: string
  event: { id: string; slug: string; title: string; startsAt: Date; endsAt: Date; zone: string; where: string | null }
}

/** The ticket of a registration that the actor may see. Throws NoTicket, NotFound. */
export async function find(ctx: Ctx, registrationId: string): Promise<Ticket> {
  const { status, heldUntil, name, event, eventId } = await registrations.find(ctx, registrationId)
  if (status !== 'going' || heldUntil) throw NoTicket()
  const row = await ctx.db
    .selectFrom('registrations as r')
    .innerJoin('events as e', 'e.id', 'r.event_id')
    .leftJoin('venues as v', 'v.id', 'e.venue_id')
    .select('r.ticket_generation')
    .select(sql<string | null>`nullif(concat_ws(', ', e.place, v.name, nullif(v.address, '')), '')`.as('where'))
    .where('r.id', '=', registrationId)
    .executeTakeFirstOrThrow()
  const { slug, title, startsAt, endsAt, zone } = event
  return {
    registrationId,
    code: codeFor(ctx.config, { registrationId, generation: row.ticket_generation }),
    name,
    when: span(startsAt, endsAt, zone),
    event: { id: eventId, slug, title, startsAt, endsAt, zone, where: row.where },
  }
}

type Issued = { registrationId: string; generation: number }

/** The code of a ticket: 22 characters of the id, a dot, and 256 bits of signature. */
export function codeFor(config: Pick<Config, 'secretKey'>, issued: Issued): string {
  const id = Buffer.from(issued.registrationId.replaceAll('-', ''), 'hex').toString('base64url')
  return `${id}.${sign(config.secretKey, 'ticket', signed(issued))}`
}

/** The registration that a code speaks of, which is not yet proved; undefined where it speaks of none. */
export function registrationIn(code: string): string | undefined {
  const [, short] = /^([\w-]{22})\.[\w-]{43}$/.exec(code) ?? []
  const hex = short && Buffer.from(short, 'base64url').toString('hex')
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Whether this code is the one that is good now. */
export function isCode(config: Pick<Config, 'secretKey'>, code: string, issued: Issued): boolean {
  return isSignedBy(config.secretKey, 'ticket', signed(issued), code.slice(code.indexOf('.') + 1))
}

function signed({ registrationId, generation }: Issued): string {
  return `${registrationId}:${generation}`
}
