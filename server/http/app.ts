import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Ctx } from '#kernel/ctx'
import type { Who } from '#kernel/policy'
import { SignInRequired, type ProblemType } from '#kernel/problem'

/** The HTTP server as modules see it: routes are validated, serialised, documented and typed by their schema. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyRequest {
    /** The operation's surroundings, on behalf of whoever sent the request. */
    ctx: Ctx
  }
  interface FastifyContextConfig {
    /** The line of the policy table that lets people in here. A route without one does not register. */
    may?: { who: Who }
    /** It makes something new: a repeated Idempotency-Key gets the first answer again. */
    creates?: true | 'keeps its own answer'
    /** Counted apart from other writes. */
    limit?: 'logins'
    /** What it can refuse with, for the document. */
    refuses?: ReadonlyArray<ProblemType>
  }
}

/** The account that sent the request; 401 when nobody is logged in. */
export function signedIn(req: FastifyRequest): { accountId: string; sessionId: string } {
  const { actor } = req.ctx
  if (actor.kind !== 'account') throw SignInRequired()
  return { accountId: actor.id, sessionId: actor.sessionId }
}
