import { Type, type TObject, type TProperties, type TSchema } from 'typebox'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Dialect } from '#dialects/dialect'
import type { Actor } from '#kernel/ctx'
import { anyone, hasChance } from '#kernel/policy'
import { Forbidden, SignInRequired, type ProblemType } from '#kernel/problem'

// Several systems have the same address. The dialect that registers it does not know of the others: each says in its own
// folder what it has there, and takes that along when it goes.

/** A form of its own: the request shows whose it is, and is then answered, or refused, by that system alone. */
export type Instead = {
  isMeant: (req: FastifyRequest) => boolean
  answer: (req: FastifyRequest, reply: FastifyReply) => Promise<unknown>
  refuses: readonly ProblemType[]
  /** For the document: when it is meant, and what is answered by status. */
  description: string
  responses: Readonly<Record<number, TSchema>>
}

/** The same form: what that system finds in the answer besides. */
export type Besides = { adds: (answer: never) => object; fields: TProperties }

/** By method and address, like `POST /api/events/`. */
export type SharedAddresses = Readonly<Record<string, Instead | Besides>>

type Route = Pick<RouteOptions, 'method' | 'url' | 'handler' | 'config' | 'schema' | 'preValidation'>
type Schema = { tags?: string[]; description?: string; response?: Record<string, TSchema> }

/** Has the others that share the route's address answer there, too. */
export function share(route: Route, dialect: Dialect, others: readonly Dialect[]): void {
  const address = `${[route.method].flat().join()} ${route.url}`
  for (const other of others) {
    const shared = other === dialect ? undefined : other.shares?.[address]
    if (!shared) continue
    if ('adds' in shared) addTo(route, shared)
    else stepIn(route, dialect, other, shared)
    const { tags = [] } = route.schema as Schema
    route.schema = { ...route.schema, tags: [...tags, other.tag] }
  }
}

/** Who speaks here: another, where the request is in its form. */
export function speakerOf(req: FastifyRequest, own: Dialect): Dialect {
  const { instead } = req.routeOptions.config
  return instead?.isMeant(req) ? instead.dialect : own
}

function addTo(route: Route, { adds, fields }: Besides): void {
  const { handler } = route
  const schema = (route.schema ?? {}) as Schema
  route.handler = async function (req, reply) {
    const answer = (await handler.call(this, req, reply)) as object
    return { ...answer, ...adds(answer as never) }
  }
  const response = Object.entries(schema.response ?? {}).map(([status, answer]) => [
    status,
    Type.Object({ ...(answer as TObject).properties, ...fields }),
  ])
  route.schema = { ...schema, response: Object.fromEntries(response) as Record<string, TSchema> }
}

function stepIn(route: Route, own: Dialect, dialect: Dialect, form: Instead): void {
  const { handler, config = {} } = route
  const schema = (route.schema ?? {}) as Schema
  const { may = anyone(), refuses = [] } = config
  if (config.instead) throw new Error(`${route.url} has a third form: which it is cannot be told`)
  route.config = {
    ...config,
    may: { ...may, who: 'anyone' }, // what is sent shows whose rule it is, so that is asked when it is there
    instead: { dialect, isMeant: form.isMeant },
    refuses: may.who === 'anyone' ? refuses : [...refuses, SignInRequired, Forbidden],
    refusal: Type.Union([own.refusal, dialect.refusal]),
  }
  route.preValidation = async (req) => {
    if (!form.isMeant(req)) letIn(may, req.ctx.actor)
  }
  route.handler = function (req, reply) {
    return form.isMeant(req) ? form.answer(req, reply) : handler.call(this, req, reply)
  }
  const response = { ...schema.response }
  for (const [status, answer] of Object.entries(form.responses))
    response[status] = response[status] ? Type.Union([response[status], answer]) : answer
  route.schema = { ...schema, description: [schema.description, form.description].filter(Boolean).join(' '), response }
}

function letIn(may: Parameters<typeof hasChance>[0], actor: Actor): void {
  if (!hasChance(may, actor)) throw actor.kind === 'anonymous' ? SignInRequired() : Forbidden()
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Another dialect's form at the same address. */
    instead?: { dialect: Dialect; isMeant: (req: FastifyRequest) => boolean }
  }
}
