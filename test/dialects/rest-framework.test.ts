import { afterAll, expect, test } from 'vitest'
import { freePort } from '../kit/processes.ts'
import { aTicketmasterEvent, startTicketmaster } from '../kit/providers.ts'
import { PYTHON, run, startDemo } from './demo-server.ts'

// A program that was written for either system on Django REST Framework runs against `npm start`, with a provider of events.

const ticketmaster = await startTicketmaster()
for (const id of ['one', 'two']) ticketmaster.events.push(aTicketmasterEvent(id, `Concert ${id}`)) // one for each time
const server = await startDemo(await freePort(), {
  TICKETMASTER_URL: ticketmaster.url,
  TICKETMASTER_API_KEY: ticketmaster.key,
  RATE_LIMIT_LOGINS: '200',
})
afterAll(async () => {
  await server.stop()
  await ticketmaster.stop()
})

// S2-01 S2-02 S2-03 S2-04 S2-12 S2-13 S2-14 S2-15 S2-16 S2-17 S2-18 S2-19 S2-20 S2-21 S2-22 S2-23 S2-24 S2-25 S2-26 S2-27
// S2-28 S2-29 S2-30 S2-31 S2-32 S2-33 S2-34 S2-35 S2-36 S2-37 S2-38 S2-39 S2-40 S2-41 S2-42 S2-43 S2-44 S2-45 S2-46 S2-47
// S2-48 S2-49 S2-50 S2-51 S2-52 S2-53 S2-62 S3-08 S3-09 S3-10 S3-11 S3-12 S3-13 S3-14 S3-15 S3-16 S3-17 S3-18 S3-38 S3-49
// S3-50 S3-51 S3-52 S3-53 S3-54 S3-55 S3-56 S3-57 S3-58 S3-59 S3-60 S3-61 S3-62 S3-63 S3-64
test('the requests that are documented are answered as they are documented, and so when they are made again', async () => {
  for (const _time of ['first', 'second']) {
    const { stdout, stderr } = await run(PYTHON, ['test/dialects/rest-framework.py'], { BASE_URL: server.home })
    expect(stdout, stderr).toMatch(/^[1-9]\d+ passed, 0 failed\n$/)
  }
}, 150_000)
