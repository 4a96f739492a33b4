import type { App } from '#http/app'
import { examine, sendTestMail } from './doctor.ts'
import { may } from './policy.ts'
import { DiagnosisWire, present, TestMailBody, TestMailWire } from './wire.ts'

const tags = ['diagnosis']

/** Whether this instance is well, and what to do where it is not. */
export function doctorRoutes(app: App): void {
  app.get(
    '/admin/doctor',
    {
      schema: {
        tags,
        summary: 'Look at everything that has to be well',
        description:
          'For admins: database, schema, clock, disk, keys, how we are reached, mail, Redis, what waits, and each job. Takes up to ten seconds.',
        response: { 200: DiagnosisWire },
      },
      config: { may: may.examine },
    },
    async (req) => present(await examine(req.ctx)),
  )

  app.post(
    '/admin/doctor/test-mail',
    {
      schema: {
        tags,
        summary: 'Send a test mail',
        description: 'For admins: now, past every queue.',
        body: TestMailBody,
        response: { 200: TestMailWire },
      },
      config: { may: may.examine },
    },
    async (req) => {
      const error = await sendTestMail(req.ctx, req.body.to)
      return { sent: error === null, error }
    },
  )
}
