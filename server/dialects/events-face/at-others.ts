import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { EmailNotVerified } from '#accounts/problems'
import { writing } from '#dialects/dialect'
import type { Besides, Instead, SharedAddresses } from '#dialects/shared-addresses'
import * as events from '#events'
import { transaction } from '#kernel/ctx'
import { isId } from '#kernel/ids'
import { Forbidden, NotFound, SignInRequired } from '#kernel/problem'
import * as registrations from '#registrations'
import { AlreadyRegistered, EventCancelled, EventFull, EventPast, RegistrationClosed } from '#registrations/problems'
import * as search from '#search'
import { list, readQuery } from './list.ts'
import { readEvent, readVisitor } from './reading.ts'
import { Enveloped, enveloped, EventAnswer, ListAnswer, Nothing, present, Refused } from './wire.ts'

// Other systems have some of its addresses, too. Which is meant is seen from fields that only one of them has.

const has = (given: unknown, ...names: string[]) =>
  typeof given === 'object' && given !== null && names.some((name) => Object.hasOwn(given, name))

/** There an event has a name, and a title elsewhere. */
const newEvent: Instead = {
  isMeant: ({ body }) =>
    has(body, 'event_datetime', 'registration_deadline', 'area_id') || (has(body, 'name') && !has(body, 'title')),
  refuses: [SignInRequired, Forbidden, EmailNotVerified],
  description:
    'With `event_datetime`, `registration_deadline` (both MM.DD.YYYY), `name`, `status?` (open or closed) and `area_id?`: as events-face has it.',
  responses: { 201: EventAnswer, 422: Refused },
  async answer(req, reply) {
    const ctx = await writing(req)
    const { fields, isClosed } = readEvent(req.body)
    const id = await transaction(ctx, async (tx) => {
      const made = await events.create(tx, fields)
      await events.publish(tx, made)
      if (isClosed) await events.close(tx, made)
      return made
    })
    reply.code(201)
    return enveloped(present(await search.event(ctx, id)))
  },
}

/** There events are listed at an address of their own; who asks for them here with its words gets them, too. */
const listed: Instead = {
  isMeant: ({ query }) => has(query, 'order_by', 'name', 'offset'),
  refuses: [],
  description: 'With `name`, `order_by` or `offset`: as at /api/events/list.',
  responses: { 200: ListAnswer },
  answer: async ({ ctx, query }) => list(ctx, readQuery(query)),
}

/** There a visitor registers by name and address, and elsewhere the account that is logged in. */
const visitor: Instead = {
  isMeant: (req) => has(req.body, 'full_name', 'email') || isOfNobody(req),
  refuses: [NotFound, AlreadyRegistered, EventFull, RegistrationClosed, EventPast, EventCancelled],
  description: 'With `full_name` and `email`: a visitor without an account, as events-face has it.',
  responses: { 201: Enveloped(Nothing), 422: Refused },
  async answer(req, reply) {
    const person = readVisitor(req.body)
    const { id } = await search.identify(req.ctx, (req.params as { id: string }).id)
    await registrations.register(req.ctx, id, person, { waitlist: false })
    reply.code(201)
    return enveloped({}, { message: 'Successful registration' })
  },
}

/** Elsewhere nobody registers without a log-in, nor for an event by its UUID. */
function isOfNobody({ ctx, params }: FastifyRequest): boolean {
  return ctx?.actor.kind === 'anonymous' && isId((params as { id: string }).id)
}

const anEnvelope = (data: Parameters<typeof Enveloped>[0]) => Enveloped(data).properties
const Tokens = Type.Object({ access_token: Type.String(), refresh_token: Type.String() })

const signUp: Besides = {
  adds: ({ username }: { username: string }) => enveloped({ username }, { message: 'User created successfully' }),
  fields: anEnvelope(Type.Object({ username: Type.String() })),
}
const logIn: Besides = {
  adds: ({ access, refresh }: { access: string; refresh: string }) =>
    enveloped({ access_token: access, refresh_token: refresh }),
  fields: anEnvelope(Tokens),
}
const refresh: Besides = {
  adds: ({ access }: { access: string }) => enveloped({ access_token: access }),
  fields: anEnvelope(Type.Object({ access_token: Type.String() })),
}
const logOut: Besides = {
  adds: () => enveloped({}, { message: 'Successfully logged out' }),
  fields: anEnvelope(Nothing),
}

export const shares: SharedAddresses = {
  'GET /api/events/': listed,
  'POST /api/events/': newEvent,
  'POST /api/events/:id/register/': visitor,
  'POST /api/auth/register/': signUp,
  'POST /api/auth/login/': logIn,
  'POST /api/auth/refresh/': refresh,
  'POST /api/auth/logout/': logOut,
}
