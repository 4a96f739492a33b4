import type {} from '@fastify/cookie'
import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { FastifyReply } from 'fastify'
import { LastAdmin, ProofRequired, TooManyTries, WrongPassword } from '#accounts/problems'
import { sessionCookie } from '#accounts/tokens'
import type { App } from '#http/app'
import { Fields } from '#http/wire'
import { NotFound, Unavailable } from '#kernel/problem'
import { HasAccount, LinkInvalid } from '#registrations/problems'
import * as data from './export.ts'
import { may } from './policy.ts'
import { eraseGuest, eraseMe } from './privacy.ts'
import { StillNeeded } from './problems.ts'
import { retain } from './retention.ts'
import { AccountData, ErasureBody, GuestData, present, RetentionBody, RetentionWire } from './wire.ts'

const tags = ['privacy']
const MOST = 5_000
const Link = Fields({ token: Type.String({ maxLength: 200 }) })

const asFile = (reply: FastifyReply, name: string, written: AsyncIterable<string>) =>
  reply
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}.json"`)
    .send(Readable.from(written))

/** What is kept of a person: to take along, to take away, and for how long it is. */
export function privacyRoutes(app: App): void {
  app.get(
    '/me/data',
    {
      schema: {
        tags,
        summary: 'Everything that is kept of you',
        description: 'As one JSON document to download. Nothing in it logs anybody in.',
        response: { 200: { description: 'Your data.', content: { 'application/json': { schema: AccountData } } } },
      },
      config: { may: may.takeMyData },
    },
    async (req, reply: FastifyReply) => asFile(reply, 'my-data', await data.mine(req.ctx)),
  )

  app.put(
    '/me/erasure',
    {
      schema: {
        tags,
        summary: 'Delete your account',
        description:
          'At once and for good. Places at what is to come go to the next in line; what is past keeps its counts and stars, without your name.',
        body: ErasureBody,
        response: { 204: Type.Null() },
      },
      config: {
        may: may.eraseMe,
        limit: 'logins',
        refuses: [WrongPassword, ProofRequired, TooManyTries, StillNeeded, LastAdmin, NotFound, Unavailable],
      },
    },
    async (req, reply) => {
      await eraseMe(req.ctx, req.body)
      const { name, options } = sessionCookie(req.ctx.config)
      reply.header('set-cookie', app.serializeCookie(name, '', { ...options, expires: new Date(0) })).code(204)
      return null
    },
  )

  app.get(
    '/guest-links/:token/data',
    {
      schema: {
        tags,
        summary: 'Everything that is kept of a guest',
        description: 'The registration of this link, and what was written to its address about it.',
        params: Link,
        response: { 200: { description: 'The guest’s data.', content: { 'application/json': { schema: GuestData } } } },
      },
      config: { may: may.useLink, refuses: [LinkInvalid] },
    },
    async (req, reply: FastifyReply) =>
      asFile(reply, 'my-registration', await data.ofGuest(req.ctx, (req.params as { token: string }).token)),
  )

  app.delete(
    '/guest-links/:token',
    {
      schema: {
        tags,
        summary: 'Delete a guest’s name and address',
        description: 'At once and for good; the place goes to the next in line, and the link opens nothing any more.',
        params: Link,
        response: { 204: Type.Null() },
      },
      config: { may: may.useLink, refuses: [LinkInvalid, HasAccount] },
    },
    async (req, reply) => {
      await eraseGuest(req.ctx, req.params.token)
      reply.code(204)
      return null
    },
  )

  app.post(
    '/retention',
    {
      schema: {
        tags,
        summary: 'Take away what was kept for long enough',
        description: `For admins: what the job does every night, at once, or what it would do. ${MOST} of a kind at a time.`,
        body: RetentionBody,
        response: { 200: RetentionWire },
      },
      config: { may: may.retain },
    },
    async (req) => {
      const { dryRun = false, ...periods } = req.body
      return present(dryRun, await retain(req.ctx, { dryRun, periods, most: MOST }))
    },
  )
}
