import { hash, randomBytes } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { forgetSessions, remembered } from '#accounts/live-sessions'
import { TooManyKeys } from '#accounts/problems'
import { demandRecentProof, demandSession } from '#accounts/proof'
import type { ApiKeys } from '#db/schema'
import { transaction, type Actor, type Ctx, type Role } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { newId } from '#kernel/ids'
import { NotFound, SignInRequired } from '#kernel/problem'
import { sign } from '#kernel/signing'
import type { Scope } from './scopes.ts'

declare module '#kernel/facts' {
  interface Facts {
    'api-key.made': { apiKeyId: string; accountId: string }
    'api-key.revoked': { apiKeyId: string; accountId: string }
  }
}
unseenByOthers('api-key.made', 'api-key.revoked')

const PREFIX = 'tk_'
/** The prefix, 256 random bits, and a mark by which a key that we never made is known without asking the database. */
const FORM = /^tk_([A-Za-z0-9_-]{43})_([A-Za-z0-9_-]{8})$/
const MOST = 50

export type ApiKey = Pick<Selectable<ApiKeys>, 'id' | 'name' | 'scopes' | 'created_at' | 'expires_at' | 'last_used_at'>
const columns = ['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_at'] as const

/** Makes a key that acts for who is logged in, within these scopes; answers it this once. Wants a recent proof. */
export async function make(
  ctx: Ctx,
  given: { name: string; scopes: readonly Scope[]; days: number },
): Promise<ApiKey & { key: string }> {
  const accountId = me(ctx)
  await demandRecentProof(ctx)
  const secret = randomBytes(32).toString('base64url')
  const key = `${PREFIX}${secret}_${markOf(ctx, secret)}`
  return transaction(ctx, async (tx) => {
    await tx.db.selectFrom('accounts').select('id').where('id', '=', accountId).forNoKeyUpdate().execute()
    await demandSession(tx)
    const { count } = await tx.db
      .selectFrom('api_keys')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', sql<Date>`app_now()`)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MOST) throw TooManyKeys()
    const made = await tx.db
      .insertInto('api_keys')
      .values({
        id: newId(),
        account_id: accountId,
        name: given.name.trim(),
        key_hash: hashOf(key),
        scopes: [...new Set(given.scopes)].sort(),
        expires_at: sql<Date>`app_now() + make_interval(days => ${given.days})`,
      })
      .returning(columns)
      .executeTakeFirstOrThrow()
    await record(tx, 'api-key.made', { apiKeyId: made.id, accountId })
    return { ...made, key }
  })
}

/** One's own keys that were not revoked, newest first. */
export async function list(ctx: Ctx): Promise<ApiKey[]> {
  return ctx.db
    .selectFrom('api_keys')
    .select(columns)
    .where('account_id', '=', me(ctx))
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(2 * MOST)
    .execute()
}

/** The key is good for nothing from now on. Twice is not an error. */
export async function revoke(ctx: Ctx, apiKeyId: string): Promise<void> {
  const accountId = me(ctx)
  await transaction(ctx, async (tx) => {
    const theirs = await tx.db
      .selectFrom('api_keys')
      .select('revoked_at')
      .where('id', '=', apiKeyId)
      .where('account_id', '=', accountId)
      .forUpdate()
      .executeTakeFirst()
    if (!theirs) throw NotFound()
    if (theirs.revoked_at) return
    await tx.db
      .updateTable('api_keys')
      .set({ revoked_at: sql`app_now()` })
      .where('id', '=', apiKeyId)
      .execute()
    await record(tx, 'api-key.revoked', { apiKeyId, accountId })
  })
  forgetSessions(ctx)
}

/** Whether somebody means this to be one of our keys. */
export function isApiKey(token: string): boolean {
  return token.startsWith(PREFIX)
}

/** On whose behalf who has the key acts, with the role that the account has now; undefined when it is good for nothing, whatever the reason. */
export async function actorOfKey(ctx: Ctx, key: string): Promise<Actor | undefined> {
  const [, secret, mark] = FORM.exec(key) ?? []
  if (secret === undefined || mark !== markOf(ctx, secret)) return undefined
  const keyHash = hashOf(key)
  const live = await remembered(ctx, `${PREFIX}${keyHash}`, () => lookUp(ctx, keyHash))
  if (!live || live.expiresAt <= ctx.now()) return undefined
  return { kind: 'account', id: live.accountId, role: live.role, sessionId: live.id, scopes: live.scopes }
}

type LiveKey = { id: string; accountId: string; role: Role; scopes: string[]; expiresAt: Date }

async function lookUp(ctx: Ctx, keyHash: string): Promise<LiveKey | undefined> {
  const row = await ctx.db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.id', 'account_id', 'role', 'scopes', 'expires_at'])
    .select(sql<boolean>`coalesce(last_used_at < app_now() - interval '1 minute', true)`.as('quiet'))
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .where('accounts.suspended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.quiet && row.expires_at > ctx.now())
    await ctx.db
      .updateTable('api_keys')
      .set({ last_used_at: sql`app_now()` })
      .where('id', '=', row.id)
      .execute()
  return {
    id: row.id,
    accountId: row.account_id,
    role: row.role as Role,
    scopes: row.scopes,
    expiresAt: row.expires_at,
  }
}

/** Not what lets anybody in: that is the hash in the database. */
function markOf({ config }: Ctx, secret: string): string {
  return sign(config.secretKey, 'api-key', secret).slice(0, 8)
}

function hashOf(key: string): string {
  return hash('sha256', key, 'hex')
}

function me({ actor }: Ctx): string {
  if (actor.kind !== 'account') throw SignInRequired()
  return actor.id
}
