import type { KyselyPlugin } from 'kysely'
import type { Ctx } from '#kernel/ctx'

/** The same surroundings, and how many statements were made through them. */
export function countingStatements(ctx: Ctx): { ctx: Ctx; count: () => number } {
  let made = 0
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => (made++, node),
    transformResult: async ({ result }) => result,
  }
  return { ctx: { ...ctx, db: ctx.db.withPlugin(counter) }, count: () => made }
}
