import { randomBytes } from 'node:crypto'
import type { Insertable } from 'kysely'
import { holdLive } from '#accounts'
import type { DB } from '#db/schema'
import type { Tx } from '#kernel/ctx'
import { isId } from '#kernel/ids'
import { slugify } from '#kernel/text'

/** Writes the event under the title's words, an occurrence with its date, and a few letters more when another event has them. */
export async function insertWithFreeSlug(tx: Tx, row: Omit<Insertable<DB['events']>, 'slug'>): Promise<void> {
  await holdLive(tx, row.organizer_id)
  const words = wordsOf(row.title, row.occurrence_at)
  for (const slug of [words, ...Array.from({ length: 5 }, () => `${words}-${randomBytes(4).toString('hex')}`)]) {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('events')
      .values({ ...row, slug })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) return
  }
  throw new Error('no free slug after six tries')
}

/** What an event of this title, on this day of a series, is called in addresses, as long as no other has the name. */
export function wordsOf(title: string, occurrenceAt?: string | null): string {
  const day = occurrenceAt ? `-${occurrenceAt.slice(0, 10)}` : ''
  const spelled = (slugify(title) || 'event') + day
  return isId(spelled) ? `event-${spelled}` : spelled // an address that looks like an id is read as one
}
