import { sql } from 'kysely'
import qrcode from 'qrcode'
import { forgetSessions } from '#accounts/live-sessions'
import { may } from '#accounts/policy'
import { TwoFactorOff, TwoFactorOn, WrongCode } from '#accounts/problems'
import { demandRecentProof, demandSession } from '#accounts/proof'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { record, unseenByOthers } from '#kernel/facts'
import { demand } from '#kernel/policy'
import { NotFound, SignInRequired } from '#kernel/problem'
import { hashOfCode, makeRecoveryCodes, makeSecret, uriOf } from './codes.ts'
import { isOn, sealSecret, stepIn, takeTry } from './second-factor.ts'

declare module '#kernel/facts' {
  interface Facts {
    'two-factor.turned-on': { accountId: string }
    'two-factor.turned-off': { accountId: string }
    'two-factor.recovery-codes-renewed': { accountId: string }
  }
}
unseenByOthers('two-factor.turned-on', 'two-factor.turned-off', 'two-factor.recovery-codes-renewed')

/** Whether it is on, since when, and how many recovery codes are left. */
export type TwoFactor = { since: Date | null; recoveryCodesLeft: number }
/** A secret for an app, as words, as what the app scans, and as the picture of that. */
export type Enrolment = { secret: string; uri: string; qrCode: string }

/** Begins to set up an app: nothing is asked of anybody until it is confirmed. Refuses where one is on; a begun one is begun anew. */
export async function enrol(ctx: Ctx): Promise<Enrolment> {
  const accountId = me(ctx)
  await demandRecentProof(ctx)
  const secret = makeSecret()
  const sealed = sealSecret(ctx, accountId, secret)
  const { rows } = await sql<{ username: string }>`
    with begun as (
      insert into second_factors (account_id, secret) values (${accountId}, ${sealed})
      on conflict (account_id) do update set secret = excluded.secret, created_at = app_now()
        where second_factors.confirmed_at is null
      returning account_id
    ) select username from accounts join begun on begun.account_id = accounts.id`.execute(ctx.db)
  if (!rows[0]) throw TwoFactorOn()
  const uri = uriOf(secret, { username: rows[0].username, host: new URL(ctx.config.baseUrl).hostname })
  const svg = await qrcode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 })
  return { secret, uri, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` }
}

/** Turns it on with a code of the new app; everybody else who is logged in to the account is out. Answers the recovery codes, this once. */
export async function confirm(ctx: Ctx, code: string): Promise<string[]> {
  const accountId = me(ctx)
  const sealed = await takeTry(ctx, accountId, { on: false })
  if (sealed === undefined) throw TwoFactorOff()
  const step = stepIn(ctx, { accountId, sealed, code })
  if (step === undefined) throw WrongCode()
  const codes = await transaction(ctx, async (tx) => {
    await holdLogIns(tx, accountId)
    await demandSession(tx)
    const { numUpdatedRows } = await tx.db
      .updateTable('second_factors')
      .set({ confirmed_at: sql`app_now()`, last_step: step, tries: 0 })
      .where('account_id', '=', accountId)
      .where('secret', '=', sealed) // what was confirmed, and not what was begun anew meanwhile
      .where('confirmed_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw TwoFactorOff()
    await endOtherSessions(tx, accountId)
    await record(tx, 'two-factor.turned-on', { accountId })
    return writeRecoveryCodes(tx, accountId)
  })
  forgetSessions(ctx)
  return codes
}

/** Whether it is on for who is logged in. */
export async function find(ctx: Ctx): Promise<TwoFactor> {
  const { rows } = await sql<{ since: Date; left: number }>`
    select confirmed_at as since, (select count(*)::int from recovery_codes c where c.account_id = f.account_id and used_at is null) as left
    from second_factors f where account_id = ${me(ctx)} and confirmed_at is not null`.execute(ctx.db)
  return { since: rows[0]?.since ?? null, recoveryCodesLeft: rows[0]?.left ?? 0 }
}

/** New recovery codes; the ones before are good for nothing. */
export async function renewRecoveryCodes(ctx: Ctx): Promise<string[]> {
  const accountId = me(ctx)
  await demandRecentProof(ctx)
  return transaction(ctx, async (tx) => {
    await holdLogIns(tx, accountId)
    await demandSession(tx)
    if (!(await isOn(tx, accountId))) throw TwoFactorOff()
    await record(tx, 'two-factor.recovery-codes-renewed', { accountId })
    return writeRecoveryCodes(tx, accountId)
  })
}

/** Turns it off, for oneself; an admin for somebody who has lost app and recovery codes. Either proves again who they are. Log-ins in other places end. */
export async function turnOff(ctx: Ctx, accountId: string): Promise<void> {
  demand(ctx, may.turnOffTwoFactor, { accountId })
  await demandRecentProof(ctx)
  await transaction(ctx, async (tx) => {
    await holdLogIns(tx, accountId)
    await demandSession(tx)
    const { numDeletedRows } = await tx.db
      .deleteFrom('second_factors')
      .where('account_id', '=', accountId)
      .where('confirmed_at', 'is not', null)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw TwoFactorOff()
    await endOtherSessions(tx, accountId)
    await record(tx, 'two-factor.turned-off', { accountId })
  })
  forgetSessions(ctx)
}

async function writeRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
  const codes = makeRecoveryCodes()
  await tx.db.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
  await tx.db
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ account_id: accountId, code_hash: hashOfCode(accountId, code) })))
    .execute()
  return codes
}

/** Log-ins hold their account's row while they look whether a code is wanted: whoever changes that waits for them, or they see it. */
async function holdLogIns(tx: Tx, accountId: string): Promise<void> {
  const held = await tx.db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!held) throw NotFound()
}

async function endOtherSessions(tx: Tx, accountId: string): Promise<void> {
  const { actor } = tx
  const ended = await tx.db
    .updateTable('sessions')
    .set({ revoked_at: sql`app_now()` })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .$if(actor.kind === 'account' && actor.sessionId !== '', (query) =>
      query.where('id', '<>', (actor as { sessionId: string }).sessionId),
    )
    .returning('id')
    .execute()
  for (const { id } of ended) await record(tx, 'session.ended', { sessionId: id, accountId })
}

function me({ actor }: Ctx): string {
  if (actor.kind !== 'account') throw SignInRequired()
  return actor.id
}
