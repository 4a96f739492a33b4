import { sql } from 'kysely'
import type {} from '#kernel/files'
import type { Ctx } from '#kernel/ctx'
import { namesOf } from './naming.ts'

const AT_ONCE = 100

/**
 * Takes out of the store what nobody is shown any more: what was replaced or removed, what a crash cut off an hour ago,
 * what belonged to an event or account that is gone. The files go first and the row last, so that whatever stops it in
 * between, the next cleaning goes on. Answers how many pictures went.
 */
export async function removeDiscarded(ctx: Ctx): Promise<number> {
  // Marked before anything is taken: a picture that is only slow finds itself discarded, not half of itself gone.
  await ctx.db
    .updateTable('files')
    .set({ discarded_at: sql`app_now()` })
    .where('discarded_at', 'is', null)
    .where(
      sql<boolean>`(
      (stored_at is null and created_at < app_now() - interval '1 hour') or (event_id is null and account_id is null))`,
    )
    .execute()
  let removed = 0
  for (let after = ''; ;) {
    const rows = await ctx.db
      .selectFrom('files')
      .select(['id', 'widths'])
      .where('discarded_at', 'is not', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute()
    for (const { id, widths } of rows) {
      try {
        for (const name of namesOf(id, widths)) await ctx.files.remove(name)
        await ctx.db.deleteFrom('files').where('id', '=', id).execute()
        removed++
      } catch (error) {
        ctx.log.warn(
          { err: error, file: id },
          'a picture could not be taken out of the store; the next cleaning tries again',
        )
      }
    }
    if (rows.length < AT_ONCE) return removed
    after = rows.at(-1)!.id
  }
}
