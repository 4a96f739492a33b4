// The negative controls' server: the same program with a desk that is wrong in the way that is asked for. It exists only here.
import { buildApp } from '#app'
import { readConfig } from '#config'
import { openLog } from '#kernel/log'
import { openDesk } from '#registrations/desk'
import { LOCK_SEATS, SEAT_BATCH } from '#registrations/seats.sql'
import { openDatabase, openSurroundings } from '../../server/surroundings.ts'

const config = readConfig()
const log = openLog(config)
const database = await openDatabase(config, log)
const { ctx, close } = openSurroundings(config, log, database)
const noLock = LOCK_SEATS.replace('for update', '')
const LOOK = 'left join lateral (select * from seat_pools where event_id = a.event_id limit 1) p on true'
const lockInside = SEAT_BATCH.replace(
  LOOK,
  'left join (select * from seat_pools where event_id = any($2::uuid[]) order by event_id for update) p on p.event_id = a.event_id',
)
// Seats that are given to somebody who is in already are lost when the index's refusal is passed over.
const passedOver = lockInside.replace('returning id, number', 'on conflict do nothing\n  returning id, number')
if (lockInside === SEAT_BATCH || passedOver === lockInside || noLock === LOCK_SEATS)
  throw new Error('the statements are not what this file changes')
const statements = process.argv.includes('one-statement')
  ? { lock: noLock, seat: passedOver }
  : { lock: noLock, seat: SEAT_BATCH }
const desk = openDesk(database, ctx.wake, statements)
const app = await buildApp({ ...ctx, desk }, { pages: false })
await app.listen({ host: config.host, port: config.port })
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(close)
      .then(() => process.exit(0)),
)
