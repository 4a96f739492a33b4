import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { signedIn, type App } from '#http/app'
import { Fields, Uuid } from '#http/wire'
import * as calendars from './calendars.ts'
import { may } from './policy.ts'
import * as privateAddress from './private-address.ts'
import { CalendarLinkInvalid } from './problems.ts'
import { CalendarAddress, CalendarFile, present } from './wire.ts'

const tags = ['calendars']
/** A process that is killed after it wrote a fact and before it told the others leaves them with what they have for so long. */
const LONGEST_KEPT = 10 * 60_000
const FEED_KEPT = 5_000

/** Calendars to subscribe to: what is on, and what I go to. */
export function calendarRoutes(app: App): void {
  app.get(
    '/events/:eventId/calendar.ics',
    {
      schema: {
        tags,
        summary: 'One event for a calendar',
        params: Fields({ eventId: Uuid }),
        response: { 200: CalendarFile },
      },
      config: {
        may: may.subscribe,
        shared: (_text, _now, req) => ({
          milliseconds: LONGEST_KEPT,
          eventId: (req.params as { eventId: string }).eventId,
        }),
      },
      onSend: notAgain,
    },
    async (req, reply) => {
      const { slug, text } = await calendars.ofEvent(req.ctx, req.params.eventId)
      reply.header('content-disposition', `attachment; filename="${slug}.ics"`)
      return asCalendar(reply, text)
    },
  )

  const feeds = {
    organizers: ['organizerId', 'The events of an organizer'],
    categories: ['categoryId', 'The events of a category'],
    venues: ['venueId', 'The events at a venue'],
  } as const
  for (const [of, [filter, summary]] of Object.entries(feeds)) {
    app.get(
      `/calendars/${of}/:id.ics`,
      {
        schema: {
          tags,
          summary: `${summary}, as a feed`,
          description: 'Published events from thirty days ago on, at most 1,000.',
          params: Fields({ id: Uuid }),
          response: { 200: CalendarFile },
        },
        config: { may: may.subscribe, shared: () => ({ milliseconds: FEED_KEPT }) },
        onSend: notAgain,
      },
      async (req, reply) => asCalendar(reply, await calendars.feed(req.ctx, { [filter]: req.params.id })),
    )
  }

  app.get(
    '/calendars/all.ics',
    {
      schema: {
        tags,
        summary: 'All events, as a feed',
        description: 'Published events from thirty days ago on, at most 1,000.',
        response: { 200: CalendarFile },
      },
      config: { may: may.subscribe, shared: () => ({ milliseconds: FEED_KEPT }) },
      onSend: notAgain,
    },
    async (req, reply) => asCalendar(reply, await calendars.feed(req.ctx, {})),
  )

  app.get(
    '/calendars/mine/:token.ics',
    {
      schema: {
        tags,
        summary: 'What a person goes to, as a feed',
        description:
          'Of whoever the token in the address belongs to: going is confirmed, waiting for a seat is tentative.',
        params: Fields({ token: Type.String({ maxLength: 200 }) }),
        response: { 200: CalendarFile },
      },
      config: { may: may.useLink, refuses: [CalendarLinkInvalid] },
      onSend: notAgain,
    },
    async (req, reply) => asCalendar(reply, await calendars.mine(req.ctx, req.params.token)),
  )

  app.get(
    '/me/calendar',
    {
      schema: { tags, summary: 'Where my calendar is read', response: { 200: CalendarAddress } },
      config: { may: may.seeMine },
    },
    async (req) => present(await privateAddress.token(req.ctx, signedIn(req).accountId), req.ctx.config.baseUrl),
  )

  // It does not say `creates`: the answer is a secret, which is not kept for an Idempotency-Key.
  app.post(
    '/me/calendar/renewals',
    {
      schema: {
        tags,
        summary: 'Give my calendar a new address',
        description: 'Whoever reads it at the old one is turned away from now on.',
        response: { 201: CalendarAddress },
      },
      config: { may: may.renewMine },
    },
    async (req, reply) => {
      const token = await privateAddress.renew(req.ctx, signedIn(req).accountId)
      reply.code(201)
      return present(token, req.ctx.config.baseUrl)
    },
  )
}

function asCalendar(reply: FastifyReply, text: string): string {
  reply
    .type('text/calendar; charset=utf-8')
    .header('etag', `"${createHash('sha1').update(text).digest('base64url')}"`)
    .header('cache-control', 'private, no-cache')
  return text
}

/** Who has this calendar already is told so, in a few bytes: programs that subscribe ask again and again. */
async function notAgain(req: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const etag = reply.getHeader('etag')
  if (reply.statusCode !== 200 || typeof etag !== 'string') return payload
  const known = (req.headers['if-none-match'] ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  if (!known.includes(etag) && !known.includes('*')) return payload
  reply.code(304).removeHeader('content-length')
  return ''
}
