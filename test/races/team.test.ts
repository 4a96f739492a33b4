import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connectPostgres } from '#db/connect'
import * as answering from '#events/team/answering'
import * as team from '#events/team/team'
import { Refusal } from '#kernel/problem'
import { anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { seeded, shuffled } from './crowd.ts'

// People answer invitations while these are taken back, and become owners while they are taken off the team, each over
// connections of their own.

const ROUNDS = 25
const seed = Number(process.env.RACE_SEED ?? Date.now() % 1_000_000)
const random = seeded(seed)

async function aKit(): Promise<{ kit: Kit; own: ReturnType<typeof connectPostgres> }> {
  const kit = await openKit()
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  return { kit, own: connectPostgres(kit.databaseUrl, { connections: 8, onError: () => {} }) }
}

/** All at once, in any order. Answers which came to pass; what was refused is no fault. */
async function atOnce(works: Record<string, () => Promise<unknown>>): Promise<Record<string, boolean>> {
  const done: Record<string, boolean> = {}
  await Promise.all(
    shuffled(Object.entries(works), random).map(async ([name, work]) => {
      done[name] = await work().then(
        () => true,
        (error: unknown) => {
          if (error instanceof Refusal && error.type.status < 500) return false
          throw error
        },
      )
    }),
  )
  return done
}

async function factsOf(kit: Kit, eventId: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from facts where data->>'eventId' = ${eventId} and (kind like 'team.%' or kind like '%.handed-over') order by id`.execute(
    kit.ctx.db,
  )
  return rows.map((row) => row.kind)
}

async function members(kit: Kit, eventId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from team_members where event_id = ${eventId} order by 1`.execute(kit.ctx.db)
  return rows.map((row) => row.id)
}

test(`an invitation is accepted once by whoever is quick, and either accepted or taken back (seed ${seed})`, async () => {
  const { kit, own } = await aKit()
  const [organizer, helper] = [await anAccount(kit.ctx, { role: 'organizer' }), await anAccount(kit.ctx)]
  const [by, as] = [
    { ...kit.as(organizer), db: own.kysely },
    { ...kit.as(helper), db: own.kysely },
  ]
  const outcomes = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await anEvent(kit.ctx, { organizer })
    const invitation = await team.invite(by, id, { username: helper.username, role: 'co-organizer' })
    const done = await atOnce({
      accept: () => answering.accept(as, invitation.id),
      again: () => answering.accept(as, invitation.id),
      uninvite: () => team.uninvite(by, id, invitation.id),
      decline: () => answering.decline(as, invitation.id),
    })
    const kinds = await factsOf(kit, id)
    expect(kinds).toHaveLength(2) // that they were invited, and one end of it
    const joined = kinds[1] === 'team.joined'
    expect([done['accept'], done['again']]).toEqual([joined, joined])
    expect(await members(kit, id)).toEqual(joined ? [helper.id] : [])
    outcomes.add(kinds[1]!)
  }
  expect(outcomes.size).toBeGreaterThan(1) // it was a race
  await own.close()
})

test(`who is handed an event is not taken off its team by who had it, nor the other way round (seed ${seed})`, async () => {
  const { kit, own } = await aKit()
  const [organizer, heir] = [
    await anAccount(kit.ctx, { role: 'organizer' }),
    await anAccount(kit.ctx, { role: 'organizer' }),
  ]
  const [by, as] = [
    { ...kit.as(organizer), db: own.kysely },
    { ...kit.as(heir), db: own.kysely },
  ]
  await kit.signIn(organizer)
  const session = await kit.ctx.db
    .selectFrom('sessions')
    .select('id as sessionId')
    .where('account_id', '=', organizer.id)
    .executeTakeFirstOrThrow()
  const proved = { ...kit.as({ ...organizer, ...session }), db: own.kysely }
  const outcomes = new Set<boolean>()
  for (let round = 0; round < ROUNDS || (outcomes.size < 2 && round < 10 * ROUNDS); round++) {
    const { id } = await anEvent(kit.ctx, { organizer })
    await answering.accept(as, (await team.invite(by, id, { username: heir.username, role: 'check-in' })).id)
    const offer = await team.offer(proved, id, { username: heir.username, stays: true })
    const done = await atOnce({
      accept: () => answering.accept(as, offer.id),
      remove: () => team.remove(by, id, heir.id),
    })
    const { organizer_id: owner } = await kit.ctx.db
      .selectFrom('events')
      .select('organizer_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(done['accept'], JSON.stringify(done)).toBe(!done['remove'])
    expect(owner).toBe(done['accept'] ? heir.id : organizer.id)
    expect(await members(kit, id)).toEqual(done['accept'] ? [organizer.id] : [])
    outcomes.add(done['accept']!)
  }
  expect(outcomes.size).toBe(2) // it was a race
  await own.close()
})

// The tests above mean something only if they fail where the guard is gone: here both look before they write, without
// holding the event that they meet at.
test('an answer that only looks is given to an invitation that was just taken back', async () => {
  const { kit, own } = await aKit()
  const [organizer, helper] = [await anAccount(kit.ctx, { role: 'organizer' }), await anAccount(kit.ctx)]
  await kit.database.query('alter table team_invitations drop constraint team_invitations_ended_once')
  let both = 0
  for (let round = 0; round < 200 && both === 0; round++) {
    const { id } = await anEvent(kit.ctx, { organizer })
    const invitation = await team.invite(kit.as(organizer), id, { username: helper.username, role: 'co-organizer' })
    const end = (column: string) =>
      own.borrow(async (client) => {
        const open = await client.query({
          text: `select from team_invitations where id = $1 and accepted_at is null and withdrawn_at is null`,
          values: [invitation.id],
        })
        if (open.rows.length === 0) return false
        await client.query({
          text: `update team_invitations set ${column} = app_now() where id = $1`,
          values: [invitation.id],
        })
        return true
      })
    const ended = await Promise.all([end('accepted_at'), end('withdrawn_at')])
    if (ended.every(Boolean)) both++
  }
  expect(both).toBeGreaterThan(0)
  await own.close()
})
