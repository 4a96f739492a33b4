import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { TSchema } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import type { Who } from '#kernel/policy'
import { SignInRequired, type ProblemType } from '#kernel/problem'
import type { RouteBucket } from './limits.ts'

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
    may?: { who: Who; reads?: true }
    /** What an API key has to reach to be let in, where method and tag do not say it; null: no key is let in. */
    scope?: string | null
    /** It makes something new: a repeated Idempotency-Key gets the first answer again. */
    creates?: true | 'keeps its own answer'
    /** The buckets that it is counted in, instead of reads or writes; or none. */
    limit?: RouteBucket | readonly RouteBucket[] | 'none'
    /** The form it reads by `readUpload`, as it is documented: multipart/form-data. */
    takes?: TSchema
    /** How it words a refusal, where that is no problem document. */
    refusal?: TSchema
    /** The statuses that it answers refusals with, by their slugs, where they are others. */
    statuses?: Readonly<Record<string, number>>
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
