import { expect, test } from 'vitest'
import { anEvent, aRegistration, openKit } from '../../../test/kit/kit.ts'
import { notificationJobs } from './jobs.ts'
import { drainOutbox } from './outbox.ts'

const kit = await openKit()
const job = notificationJobs.find(({ name }) => name === 'process-notifications-outbox')!

// S1-02 S1-06 S1-43 S1-51
test('the outbox is a job on the queue of messages: it passes on and sends what there is, once, and says how much', async () => {
  expect([job.queue, job.cron]).toEqual(['notifications', '* * * * *'])
  const event = await anEvent(kit.ctx)
  for (const name of ['ann', 'ben', 'cem'])
    await aRegistration(kit.ctx, event.id, { name, email: `${name}@example.org` })
  expect(await job.run(kit.as('system'), AbortSignal.abort())).toEqual({ facts: 0, messages: 0 }) // its worker stops
  const { signal } = new AbortController()
  expect(await job.run(kit.as('system'), signal)).toEqual({ facts: expect.any(Number), messages: 3 })
  expect(kit.mails.map(({ to }) => to.address).sort()).toEqual([
    'ann@example.org',
    'ben@example.org',
    'cem@example.org',
  ])
  expect(await job.run(kit.as('system'), signal)).toEqual({ facts: 0, messages: 0 })
  expect(kit.mails).toHaveLength(3)
})

test('it ends when it has gone on for long enough, and what is left is for the next time', async () => {
  const event = await anEvent(kit.ctx)
  await aRegistration(kit.ctx, event.id, { name: 'dora', email: 'dora@example.org' })
  expect(await drainOutbox(kit.as('system'), { longest: 0 })).toEqual({ facts: 0, messages: 0 })
  expect(await drainOutbox(kit.as('system'), { signal: AbortSignal.abort() })).toEqual({ facts: 0, messages: 0 })
  expect(kit.mails).toHaveLength(3)
  await drainOutbox(kit.as('system'))
  expect(kit.mails).toHaveLength(4)
})
