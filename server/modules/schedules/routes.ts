import { Type } from 'typebox'
import type { App } from '#http/app'
import { Fields, OneOf, PageOf, paging, Uuid } from '#http/wire'
import { NotFound } from '#kernel/problem'
import { may } from './policy.ts'
import { AlreadyOpen, NoSuchJob, NotGivenUp } from './problems.ts'
import { STATES } from './run.ts'
import * as runs from './runs.ts'
import * as schedules from './schedules.ts'
import { JobName, presentRun, presentSchedule, RunWire, ScheduleBody, ScheduleWire } from './wire.ts'

const tags = ['jobs']
const OfJob = Fields({ name: JobName })
const OfRun = Fields({ runId: Uuid })

/** What runs by the clock: when, how it went, and by hand. */
export function scheduleRoutes(app: App): void {
  app.get(
    '/admin/schedules',
    {
      schema: {
        tags,
        summary: 'All jobs',
        description:
          'For admins: when each runs, how the last run went, and when the next is. A worker has to have been here.',
        response: { 200: Fields({ items: Type.Array(ScheduleWire) }) },
      },
      config: { may: may.see },
    },
    async (req) => ({ items: (await schedules.list(req.ctx)).map(presentSchedule) }),
  )

  app.patch(
    '/admin/schedules/:name',
    {
      schema: {
        tags,
        summary: 'Change when a job runs, or pause it',
        description: 'Workers follow within a second. What was missed while it was paused is not made up for.',
        params: OfJob,
        body: ScheduleBody,
        response: { 200: ScheduleWire },
      },
      config: { may: may.change, refuses: [NotFound] },
    },
    async (req) => presentSchedule(await schedules.change(req.ctx, req.params.name, req.body)),
  )

  app.post(
    '/admin/schedules/:name/runs',
    {
      schema: {
        tags,
        summary: 'Run a job now',
        description: 'As soon as a worker is free, also where it is paused; its schedule stays as it is.',
        params: OfJob,
        response: { 202: RunWire },
      },
      config: { may: may.ask, creates: true, refuses: [NotFound, AlreadyOpen] },
    },
    async (req, reply) => {
      const runId = await schedules.ask(req.ctx, req.params.name)
      reply.code(202)
      return presentRun(await runs.find(req.ctx, runId))
    },
  )

  app.get(
    '/admin/job-runs',
    {
      schema: {
        tags,
        summary: 'Runs of jobs',
        description: 'For admins, newest first, of the last 30 days. `failed` are the dead letters.',
        querystring: Fields({ name: Type.Optional(JobName), state: Type.Optional(OneOf(STATES)), ...paging }),
        response: { 200: PageOf(RunWire) },
      },
      config: { may: may.see },
    },
    async (req) => {
      const { items, nextCursor } = await runs.list(req.ctx, req.query)
      return { items: items.map(presentRun), nextCursor }
    },
  )

  app.post(
    '/admin/job-runs/:runId/retries',
    {
      schema: {
        tags,
        summary: 'Try a run again that was given up',
        description: 'It has all its tries again.',
        params: OfRun,
        response: { 202: RunWire },
      },
      config: { may: may.ask, refuses: [NotFound, NotGivenUp, AlreadyOpen, NoSuchJob] },
    },
    async (req, reply) => {
      await runs.retry(req.ctx, req.params.runId)
      reply.code(202)
      return presentRun(await runs.find(req.ctx, req.params.runId))
    },
  )
}
