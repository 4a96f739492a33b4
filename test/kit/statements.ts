import type { KyselyPlugin } from 'kysely'
import type { Ctx } from '#kernel/ctx'

/** The same surroundings, and how many statements were made through them. */
export function countingStatements(ctx: Ctx): { ctx: Ctx; count: () => number } {
  let made = 0
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => (made++, node),
    transformResult: async ({ result }) => result,
  }
  const query: Ctx['database']['query'] = (text, values) => (made++, ctx.database.query(text, values))
  return {
    ctx: { ...ctx, db: ctx.db.withPlugin(counter), database: { ...ctx.database, query } },
    count: () => made,
  }
}
