import { sql } from 'kysely'
import type { Ctx } from '#kernel/ctx'
import { demandList } from './attendees.ts'

const AT_ONCE = 1_000
const HEAD = ['number', 'name', 'email', 'status', 'registered_at', 'promoted_at', 'cancelled_at', 'checked_in_at']

/**
 * Everybody of an event as CSV (RFC 4180), for its organizer, in the order of arrival. Made page by page as it is read, so a
 * large event needs no more memory than a small one, and no transaction stays open for a slow reader.
 */
export async function csvOf(ctx: Ctx, eventId: string): Promise<{ slug: string; lines: AsyncIterable<string> }> {
  const { slug } = await demandList(ctx, eventId)
  return { slug, lines: lines(ctx, eventId) }
}

async function* lines(ctx: Ctx, eventId: string): AsyncGenerator<string> {
  yield lineOf(HEAD)
  let after: string | number = 0
  for (;;) {
    const page = await ctx.db
      .selectFrom('registrations as r')
      .leftJoin('checkins as c', 'c.registration_id', 'r.id')
      .select(['r.number', 'r.name', 'r.email', 'r.status', 'r.place', 'r.held_until', 'r.unconfirmed_since'])
      .select(['r.created_at', 'r.promoted_at', 'r.cancelled_at', 'c.at as checked_in_at'])
      .where('r.event_id', '=', eventId)
      .where(sql<boolean>`r.place > ${after}`)
      .orderBy('r.place')
      .limit(AT_ONCE)
      .execute()
    const last = page.at(-1)
    if (last === undefined) return
    yield page
      .map((row) =>
        lineOf([
          String(row.number),
          row.name,
          row.email,
          row.unconfirmed_since ? 'unconfirmed' : row.held_until ? 'held' : row.status,
          ...[row.created_at, row.promoted_at, row.cancelled_at, row.checked_in_at].map(
            (moment) => moment?.toISOString() ?? '',
          ),
        ]),
      )
      .join('')
    after = last.place
  }
}

// What a spreadsheet would take for a formula, also behind spaces and in the full-width letters that some read as such.
// Whichever list separator it is set to, a cell of ours may be several to it: each of them begins anew.
const FORMULA = /(^|[;\t|,\r\n])(?=[\s"]*[=+\-@＝＋－＠])/gu
const LEADING = /^(?=[\t\r\n])/u

/** The cells as one line. Whatever a spreadsheet would run as a formula is preceded by an apostrophe, inside of a cell too. */
export function lineOf(cells: string[]): string {
  const written = cells.map((cell) => {
    const harmless = cell.replace(FORMULA, `$1'`).replace(LEADING, `'`)
    return /[",;|\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
  })
  return `${written.join(',')}\r\n`
}
