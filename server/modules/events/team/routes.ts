import { Type, type TProperties } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { EmailNotVerified, ProofRequired } from '#accounts/problems'
import { may } from '#events/policy'
import {
  AlreadyOwner,
  CannotOrganize,
  InvitationForAnother,
  InvitationOver,
  PartOfSeries,
  TeamFull,
} from '#events/problems'
import type { App } from '#http/app'
import { Fields, Uuid } from '#http/wire'
import { invalid } from '#kernel/problem'
import { may as mayWithSeries } from '#series/policy'
import * as seriesTeam from '#series/team/team'
import * as answering from './answering.ts'
import type { To } from './standing.ts'
import * as eventTeam from './team.ts'
import {
  InviteBody,
  OfferBody,
  PendingWire,
  present,
  presentPending,
  presentTeam,
  TeamInvitationWire,
  TeamWire,
} from './wire.ts'

// Of its own, so that no API key opens these: who runs an event is changed by people.
const tags = ['teams']

/** A team is of an event, or of a series: the same routes. */
const WHOLES = [
  {
    path: '/events/:eventId',
    whole: 'an event',
    id: { eventId: Uuid } as TProperties,
    team: eventTeam,
    may,
    refusesOffer: [PartOfSeries, TeamFull, ProofRequired],
  },
  {
    path: '/series/:seriesId',
    whole: 'a series',
    id: { seriesId: Uuid } as TProperties,
    team: seriesTeam,
    may: mayWithSeries,
    refusesOffer: [TeamFull, ProofRequired],
  },
]

/** Who helps to run an event or a series, and whose it is. */
export function teamRoutes(app: App): void {
  for (const { path, whole, id, team, may: line, refusesOffer } of WHOLES) {
    app.get(
      `${path}/team`,
      {
        schema: {
          tags,
          summary: `The team of ${whole}`,
          description: 'For who runs it or helps to.',
          params: Fields(id),
          response: { 200: TeamWire },
        },
        config: { may: line.seeTeam },
      },
      async (req) => presentTeam(await team.show(req.ctx, wholeIn(req))),
    )

    app.post(
      `${path}/team/invitations`,
      {
        schema: {
          tags,
          summary: `Invite somebody onto the team of ${whole}`,
          description:
            'By address or by username; they get a mail with a link, and are on the team once they accept. Co-organizers run it but for deleting, cancelling, money and the team; check-in staff see who comes, by name, and let them in. Who is asked the same again gets no second mail.',
          params: Fields(id),
          body: InviteBody,
          response: { 201: PendingWire },
        },
        config: { may: line.changeTeam, creates: true, refuses: [TeamFull] },
      },
      async (req, reply) => {
        const { role } = req.body
        const pending = await team.invite(req.ctx, wholeIn(req), { ...toIn(req.body), role })
        reply.code(201)
        return presentPending(pending)
      },
    )

    app.delete(
      `${path}/team/invitations/:invitationId`,
      {
        schema: {
          tags,
          summary: `Take an invitation onto the team of ${whole} back`,
          description: 'Also an offer of the whole. Who has accepted stays.',
          params: Fields({ ...id, invitationId: Uuid }),
          response: { 204: Type.Null() },
        },
        config: { may: line.changeTeam },
      },
      async (req, reply) => {
        await team.uninvite(req.ctx, wholeIn(req), req.params.invitationId)
        reply.code(204)
      },
    )

    app.post(
      `${path}/ownership-offers`,
      {
        schema: {
          tags,
          summary: `Hand ${whole} over to somebody`,
          description:
            'It changes hands when they accept, who must be able to organize. The newest offer stands; it is taken back like an invitation. Wants a fresh proof that it is you.',
          params: Fields(id),
          body: OfferBody,
          response: { 201: PendingWire },
        },
        config: { may: line.handOver, creates: true, refuses: refusesOffer },
      },
      async (req, reply) => {
        const pending = await team.offer(req.ctx, wholeIn(req), { ...toIn(req.body), stays: req.body.stays ?? true })
        reply.code(201)
        return presentPending(pending)
      },
    )

    app.delete(
      `${path}/team/me`,
      {
        schema: { tags, summary: `Leave the team of ${whole}`, params: Fields(id), response: { 204: Type.Null() } },
        config: { may: may.leaveTeam },
      },
      async (req, reply) => {
        await team.leave(req.ctx, wholeIn(req))
        reply.code(204)
      },
    )

    app.delete(
      `${path}/team/:accountId`,
      {
        schema: {
          tags,
          summary: `Take somebody off the team of ${whole}`,
          description: 'They are out at once.',
          params: Fields({ ...id, accountId: Uuid }),
          response: { 204: Type.Null() },
        },
        config: { may: line.changeTeam },
      },
      async (req, reply) => {
        await team.remove(req.ctx, wholeIn(req), req.params.accountId)
        reply.code(204)
      },
    )
  }

  app.get(
    '/me/team-invitations',
    {
      schema: {
        tags,
        summary: 'Teams that I am invited to',
        description: 'And events that I am offered. Those by address are here once the address is verified.',
        response: { 200: Fields({ items: Type.Array(TeamInvitationWire) }) },
      },
      config: { may: may.seeMyTeamInvitations },
    },
    async (req) => ({ items: (await answering.mine(req.ctx)).map(present) }),
  )

  const One = Fields({
    invitation: Type.String({ maxLength: 200, description: 'Its id, or what the link in the mail ends in.' }),
  })

  app.get(
    '/team-invitations/:invitation',
    {
      schema: {
        tags,
        summary: 'One invitation onto a team',
        description: 'Changes nothing: what follows the links in mails may follow this one.',
        params: One,
        response: { 200: TeamInvitationWire },
      },
      config: { may: may.seeTeamInvitation },
    },
    async (req) => present(await answering.find(req.ctx, req.params.invitation)),
  )

  app.put(
    '/team-invitations/:invitation/acceptance',
    {
      schema: {
        tags,
        summary: 'Accept an invitation onto a team',
        description: 'For the account or the address that it was sent to alone.',
        params: One,
        response: { 200: TeamInvitationWire },
      },
      config: {
        may: may.acceptTeamInvitation,
        refuses: [InvitationForAnother, InvitationOver, CannotOrganize, AlreadyOwner, EmailNotVerified],
      },
    },
    async (req) => present(await answering.accept(req.ctx, req.params.invitation)),
  )

  app.put(
    '/team-invitations/:invitation/refusal',
    {
      schema: {
        tags,
        summary: 'Decline an invitation onto a team',
        params: One,
        response: { 200: TeamInvitationWire },
      },
      config: { may: may.declineTeamInvitation, refuses: [InvitationOver] },
    },
    async (req) => present(await answering.decline(req.ctx, req.params.invitation)),
  )
}

function wholeIn(req: FastifyRequest): string {
  const { eventId, seriesId } = req.params as { eventId?: string; seriesId?: string }
  return (eventId ?? seriesId)!
}

/** The one of the two that was sent. */
function toIn({ email, username }: { email?: string; username?: string }): To {
  if (email !== undefined && username === undefined) return { email }
  if (username !== undefined && email === undefined) return { username }
  throw invalid({ '/email': 'Either an e-mail address or a username.' })
}
