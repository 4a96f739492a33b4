import { expect, test } from 'vitest'
import { sql } from 'kysely'
import * as registrations from '#registrations'
import * as reviews from '#reviews'
import { anAccount, anEvent, openKit, type Kit } from '../kit/kit.ts'

// One person, many devices, and a review from each of them at the same moment, on one PostgreSQL.

const PEOPLE = 20
const AT_ONCE = 10

async function openRace(): Promise<Kit> {
  const kit = await openKit()
  if (!kit.databaseUrl) throw new Error('The races need a PostgreSQL server: set TEST_DATABASE_URL.')
  return kit
}

/** Everything that is wrong after all of them have written; empty when every rule held. */
async function faultsOf(kit: Kit): Promise<string[]> {
  const event = await anEvent(kit.ctx)
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => anAccount(kit.ctx)))
  for (const person of people) await registrations.register(kit.as(person), event.id, { accountId: person.id })
  await sql`update events set starts_at = app_now() - interval '3 hours', ends_at = app_now() - interval '1 hour' where id = ${event.id}`.execute(
    kit.ctx.db,
  )
  const answers = await Promise.all(
    people.flatMap((person) =>
      Array.from({ length: AT_ONCE }, async (_, n) => {
        try {
          await reviews.write(kit.as(person), event.id, { rating: 1 + (n % 5) })
          return 'written'
        } catch (error) {
          return (error as { slug?: string }).slug ?? (error as Error).message
        }
      }),
    ),
  )
  const faults = answers.filter((answer) => answer !== 'written' && answer !== 'reviews/already-reviewed')
  const written = answers.filter((answer) => answer === 'written').length
  if (written !== PEOPLE) faults.push(`${written} were told that theirs is written, of ${PEOPLE} people`)
  const { count } = await reviews.ofEvent(kit.ctx, event.id, {})
  if (count !== PEOPLE) faults.push(`${count} reviews of ${PEOPLE} people`)
  return faults
}

// S3-28
test(`${PEOPLE} people who each send ${AT_ONCE} reviews at once have one each`, async () => {
  expect(await faultsOf(await openRace())).toEqual([])
})

test('where one looks and then writes, without the constraint, somebody has two', async () => {
  const kit = await openRace()
  // The constraint keeps its name, for the statement to name it, and compares what is never the same.
  await kit.database.query(`
    alter table reviews drop constraint reviews_once_per_person, add constraint reviews_once_per_person unique (id);
    create function look_first() returns trigger language plpgsql as $$
    begin
      if exists (select from reviews where event_id = new.event_id and account_id = new.account_id) then return null; end if;
      return new;
    end $$;
    create trigger look_first before insert on reviews for each row execute function look_first()`)
  const faults: string[] = []
  for (let round = 0; round < 5 && faults.length === 0; round++) faults.push(...(await faultsOf(kit)))
  expect(faults).toContainEqual(expect.stringMatching(/^\d+ reviews of/))
})
