import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { signedIn, type App } from '#http/app'
import { BadRequest, Forbidden, invalid, NotFound } from '#kernel/problem'
import * as registrations from '#registrations'
import * as attendees from '#registrations/attendees'
import * as interest from '#registrations/interest'
import { may } from '#registrations/policy'
import { AlreadyRegistered, EventCancelled, EventFull, EventPast, RegistrationClosed } from '#registrations/problems'
import { visibleEvent } from '#registrations/visibility'
import * as search from '#search'
import { PageOf } from '#dialects/numbered-pages'
import { pageOf, paging, partOf } from './pages.ts'
import { AttendeeWire, MineWire, presentAttendee, presentMine, presentRegistration, presentRsvp, RegistrationWire, RsvpBody, RsvpWire, statusOf } from './registration-wire.ts' // prettier-ignore
import { Anything, Detail, One } from './wire.ts'

const refused = [NotFound, AlreadyRegistered, RegistrationClosed, EventPast, EventCancelled]
const limit = ['writes', 'registrations'] as const
const OVER = { [EventPast.slug]: 'The event is over.' }

/** Coming to an event, in the words of both systems, and seeing who comes. */
export function registrationRoutes(app: App): void {
  app.post(
    '/api/events/:id/register/',
    {
      config: { may: may.seeMine, limit, refuses: [...refused, EventFull] },
      schema: {
        summary: 'Register',
        description: 'For a seat; nobody gets into the line here.',
        params: One,
        body: Type.Object({}, Anything),
        response: { 201: RegistrationWire },
      },
    },
    async (req, reply) => {
      const { accountId } = signedIn(req)
      const event = await search.identify(req.ctx, req.params.id)
      const registration = await registrations.register(req.ctx, event.id, { accountId }, { waitlist: false })
      reply.code(201)
      return presentRegistration(registration, event.number)
    },
  )

  app.post(
    '/api/events/:id/unregister/',
    {
      config: { may: may.seeMine, limit, refuses: [NotFound, EventPast], words: OVER },
      schema: {
        summary: 'Give the place back',
        params: One,
        body: Type.Object({}, Anything),
        response: { 200: Detail },
      },
    },
    async (req) => {
      const { mine } = await placeOf(req, req.params.id)
      if (!mine) throw notRegistered()
      await registrations.cancel(req.ctx, mine.id)
      return { detail: 'Successfully unregistered from the event.' }
    },
  )

  app.post(
    '/api/events/:id/rsvp/',
    {
      config: { may: may.seeMine, limit, refuses: [...refused, EventFull] },
      schema: {
        summary: 'Say whether I come',
        description: '`status` is going unless said, or interested. Where it is full, the answer says `waitlisted`.',
        params: One,
        body: RsvpBody,
        response: { 200: RsvpWire, 201: RsvpWire },
      },
    },
    async (req, reply) => {
      const { accountId } = signedIn(req)
      const status = statusOf(req.body.status ?? 'going')
      if (status === 'cancelled') return cancel(req, req.params.id)
      if (status === undefined || status === 'waitlisted')
        throw invalid({ '/status': `"${req.body.status}" is not a valid choice.` })
      const event = await search.identify(req.ctx, req.params.id)
      reply.code(201)
      if (status === 'interested') {
        await interest.show(req.ctx, event.id)
        return presentRsvp((await interest.mine(req.ctx, event.id))!, event.number)
      }
      return presentRsvp(await registrations.register(req.ctx, event.id, { accountId }), event.number)
    },
  )

  app.post(
    '/api/events/:id/cancel/',
    {
      config: { may: may.seeMine, limit, refuses: [NotFound, EventPast], words: OVER },
      schema: {
        summary: 'Do not come after all',
        params: One,
        body: Type.Object({}, Anything),
        response: { 200: RsvpWire },
      },
    },
    async (req) => cancel(req, req.params.id),
  )

  listRoutes(app)
}

function listRoutes(app: App): void {
  app.get(
    '/api/events/:id/attendees/',
    {
      config: {
        may: may.seeAttendees,
        refuses: [NotFound, Forbidden],
        words: { [Forbidden.slug]: 'Only the organizer can view attendees.' },
      },
      schema: {
        summary: 'Who comes',
        description:
          'Who goes, for who organizes the event. With `status`, for others too: how many there are, and who lets others see it.',
        params: One,
        querystring: Type.Object(
          {
            ...paging,
            status: Type.Optional(
              Type.String({ maxLength: 20, description: 'going, waitlisted, interested or cancelled.' }),
            ),
          },
          Anything,
        ),
        response: { 200: PageOf(AttendeeWire) },
      },
    },
    async (req) => {
      const { ctx, query } = req
      const part = partOf(query, query.status === undefined ? undefined : 10)
      const event = await search.identify(ctx, req.params.id)
      const status = query.status === undefined ? undefined : statusOf(query.status)
      if (query.status !== undefined && !status)
        throw invalid({ '/status': `"${query.status}" is not a valid choice.` })
      const slice = status
        ? await attendees.sliceForOthers(ctx, event.id, { status, ...part })
        : await attendees.sliceOfEvent(ctx, event.id, { status: 'going', ...part })
      return pageOf(req, part, slice, (attendee) => presentAttendee(attendee, event.number))
    },
  )

  const Paging = Type.Object(paging, Anything)
  for (const [url, summary, which] of [
    ['/api/my-registrations/', 'My registrations', {}],
    ['/api/my-registrations/active/', 'What I am going to', { when: 'upcoming', live: true }],
    ['/api/my-registrations/past/', 'What I was registered for', { when: 'past' }],
  ] as const)
    app.get(
      url,
      {
        config: { may: may.seeMine, refuses: [NotFound] },
        schema: { summary, querystring: Paging, response: { 200: PageOf(MineWire) } },
      },
      async (req) => {
        const part = partOf(req.query)
        const slice = await registrations.sliceOfMine(req.ctx, signedIn(req).accountId, { ...which, ...part })
        return pageOf(req, part, slice, presentMine)
      },
    )
}

/** The event, if it may be seen, and the actor's place at it. */
async function placeOf(req: FastifyRequest, numberOrId: string) {
  const { accountId } = signedIn(req)
  const event = await search.identify(req.ctx, numberOrId)
  await visibleEvent(req.ctx, event.id)
  const one = { eventId: event.id, live: true, limit: 1, offset: 0 }
  const { items } = await registrations.sliceOfMine(req.ctx, accountId, one)
  return { event, mine: items[0] }
}

/** Gives the place back, or takes the interest back. */
async function cancel(req: FastifyRequest, numberOrId: string) {
  const { event, mine } = await placeOf(req, numberOrId)
  if (mine) return presentRsvp(await registrations.cancel(req.ctx, mine.id), event.number)
  const wish = await interest.mine(req.ctx, event.id)
  if (!wish) throw notRegistered()
  await interest.withdraw(req.ctx, event.id)
  return { ...presentRsvp(wish, event.number), status: 'cancelled' as const }
}

function notRegistered() {
  return BadRequest('You are not registered for this event.')
}
