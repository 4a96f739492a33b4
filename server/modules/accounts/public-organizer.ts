import { transaction, type Actor, type Ctx, type Tx } from '#kernel/ctx'
import { record } from '#kernel/facts'
import { Unavailable } from '#kernel/problem'

// The same in every instance, so that nobody who signs up under that name is taken for it.
const ID = '00000000-0000-7000-8000-00000000000a'

/**
 * The account that whatever nobody in particular writes belongs to. It is made when it is first needed, has no password
 * and no address that mail reaches, and so nobody can log in to it.
 */
export async function publicOrganizer(ctx: Ctx | Tx): Promise<string> {
  const there = await ctx.db.selectFrom('accounts').select('id').where('id', '=', ID).executeTakeFirst()
  if (there) return ID
  await transaction(ctx, async (tx) => {
    for (const username of ['public', 'public-organizer', 'turnout-public'])
      if (await open(tx, username)) return record(tx, 'account.created', { accountId: ID })
    if (!(await tx.db.selectFrom('accounts').select('id').where('id', '=', ID).executeTakeFirst())) throw Unavailable()
  })
  return ID
}

/** Whoever acts through it, which is nobody in particular. */
export const PUBLIC: Actor & { kind: 'account' } = { kind: 'account', id: ID, role: 'organizer', sessionId: ID }

/** Whether the actor is nobody in particular. */
export function isPublic(actor: Actor): boolean {
  return actor.kind === 'account' && actor.id === ID
}

async function open(tx: Tx, username: string): Promise<boolean> {
  const email = `${username}@turnout.invalid`
  const row = await tx.db
    .insertInto('accounts')
    .values({
      id: ID,
      username,
      username_key: username,
      email,
      email_key: email,
      email_verified_at: tx.now(),
      password_hash: null,
      first_name: 'Public',
      last_name: '',
      role: 'organizer',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
