import type { KyselyPlugin, RootOperationNode } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as events from '#events'
import { connectPostgres } from '#db/connect'
import { Refusal } from '#kernel/problem'
import { anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'
import { startProcess, type Running } from '../kit/processes.ts'

// Several who change one event at the same moment, having seen the same version of it, on one PostgreSQL.

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 10)
const WRITERS = 8

// S0-45
describe('under one ETag', () => {
  let kit: Kit
  let doors: Running[]
  beforeAll(async () => {
    kit = await openKit()
    if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
    const options = { command: ['serve'], env: { DATABASE_URL: kit.databaseUrl, RATE_LIMITS: 'off' } }
    doors = await Promise.all([startProcess(options), startProcess(options)])
  })
  afterAll(async () => {
    await Promise.all(doors.map((door) => door.stop()))
  })

  test(`of ${WRITERS} who change an event through two processes exactly one is heard`, async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const { id, organizer } = await anEvent(kit.ctx, { draft: true })
      const { authorization } = await kit.signIn(organizer)
      const answers = await Promise.all(
        Array.from({ length: WRITERS }, async (_, n) => {
          const answer = await fetch(`${doors[n % 2]!.url}/api/v1/events/${id}`, {
            method: 'PATCH',
            headers: { 'content-type': 'application/json', 'if-match': '"1"', authorization },
            body: JSON.stringify({ title: `Writer ${n}` }),
          })
          return { status: answer.status, title: `Writer ${n}` }
        }),
      )
      const heard = answers.filter((each) => each.status === 200)
      expect(
        answers.map((each) => each.status).filter((status) => status !== 200),
        `round ${round}`,
      ).toEqual(Array<number>(WRITERS - 1).fill(412))
      const { rows } = await kit.database.query('select title, version from events where id = $1', [id])
      expect(rows).toEqual([{ title: heard[0]!.title, version: 2 }])
    }
  })
})

// The test above means something only if it fails where the guard is gone.
test('without the lock on the event, several are heard and all but one of them lost', async () => {
  const kit = await openKit()
  await kit.database.query('alter table event_versions drop constraint event_versions_pkey')
  const unlocked: KyselyPlugin = {
    transformQuery: ({ node }): RootOperationNode => {
      if (node.kind !== 'SelectQueryNode') return node
      const { endModifiers: _, ...rest } = node
      return JSON.stringify(rest.from).includes('"events"') ? rest : node
    },
    transformResult: async ({ result }) => result,
  }
  const own = connectPostgres(kit.databaseUrl!, { connections: WRITERS, onError: () => {} })
  const organizer = await anAccount(kit.ctx, { role: 'organizer' })
  const ctx = { ...kit.as(organizer), db: own.kysely.withPlugin(unlocked) }
  let most = 0
  for (let round = 0; round < 20 && most < 2; round++) {
    const { id } = await anEvent(kit.ctx, { organizer, draft: true })
    const heard = await Promise.all(
      Array.from({ length: WRITERS }, (_, n) =>
        events.edit(ctx, id, { title: `Writer ${n}` }, { version: 1 }).then(
          () => 1,
          (error: unknown) => {
            if (!(error instanceof Refusal && error.slug === 'stale')) throw error
            return 0
          },
        ),
      ),
    )
    most = Math.max(most, heard.filter(Boolean).length)
  }
  await own.close()
  expect(most).toBeGreaterThan(1)
})
