import { record } from '#kernel/facts'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { comparable } from '#kernel/text'
import { may } from './policy.ts'
import { CategoryNameTaken } from './problems.ts'

declare module '#kernel/facts' {
  interface Facts {
    'category.created': { categoryId: string }
  }
}

export type Category = { id: string; number: number; name: string; description: string }

/** All kinds of event, by name. */
export async function list(ctx: Ctx): Promise<Category[]> {
  return ctx.db.selectFrom('categories').select(['id', 'number', 'name', 'description']).orderBy('name_key').execute()
}

/** Names a new kind of event. Throws CategoryNameTaken. */
export async function create(ctx: Ctx | Tx, fields: { name: string; description?: string }): Promise<Category> {
  demand(ctx, may.nameCategories, undefined)
  return transaction(ctx, async (tx) => {
    const row = await tx.db
      .insertInto('categories')
      .values({
        id: newId(),
        name: fields.name.trim(),
        name_key: comparable(fields.name),
        description: fields.description ?? '',
      })
      .onConflict((conflict) => conflict.column('name_key').doNothing())
      .returning(['id', 'number', 'name', 'description'])
      .executeTakeFirst()
    if (!row) throw CategoryNameTaken()
    await record(tx, 'category.created', { categoryId: row.id })
    return row
  })
}
