import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '#config'
import type { App } from './app.ts'
import { addressOf } from './limits.ts'
import { sqlState } from '#kernel/database-errors'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { InFlight, invalid, KeyReused } from '#kernel/problem'
import { keyFor } from '#kernel/signing'

/** What makes two requests the same one: who sent it where, under which key, saying what. */
export type Once = { scope: string; key: string; fingerprint: string }

/** The request's Idempotency-Key in full, or undefined when it has none. */
export function onceOf(req: FastifyRequest): Once | undefined {
  const key = req.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid({ '/headers/idempotency-key': 'Up to 255 visible ASCII characters.' })
  }
  const { actor, config } = req.ctx
  const who = actor.kind === 'account' ? actor.id : addressOf(req.ip)
  // Keyed, because a body may hold a password, which a plain hash would let somebody guess.
  const fingerprint = hash('sha256', secretOf(config) + JSON.stringify(req.body ?? null), 'base64url')
  return { scope: `${who} ${req.method} ${req.url.split('?')[0]}`, key, fingerprint }
}

const secrets = new WeakMap<Config, string>()
function secretOf(config: Config): string {
  let secret = secrets.get(config)
  if (!secret) secrets.set(config, (secret = keyFor(config.secretKey, 'fingerprint').toString('hex')))
  return secret
}

/**
 * Gives every route that `creates` its memory: the answer is written in the transaction of the effect, so a repeated
 * request has no second effect and gets the first answer, whatever crashed in between.
 */
export function rememberAnswers(app: App): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.creates !== true) return
    const { handler } = route
    route.handler = function (req, reply) {
      const once = onceOf(req)
      const effect = async (): Promise<unknown> => handler.call(this, req, reply)
      return once ? withEffect(req, reply, once, effect) : effect()
    }
  })
}

/**
 * The same for one route that has something to do before the transaction, because it takes long: `effect` is handed what
 * `prepare` made. Both find the request's surroundings in `req.ctx`, and what operations do in `effect` joins the transaction.
 */
export async function rememberAnswer<P, A>(
  req: FastifyRequest,
  reply: FastifyReply,
  { prepare, effect }: { prepare: () => Promise<P>; effect: (prepared: P) => Promise<A> },
): Promise<A> {
  const once = onceOf(req)
  if (!once) return effect(await prepare())
  const { ctx } = req
  const before = await find(ctx, once)
  if (before) return replay(before, once, reply) as A
  let prepared: P
  try {
    prepared = await prepare()
  } catch (error) {
    const meanwhile = await find(ctx, once) // it may be refused because of what the same request has just done
    if (meanwhile) return replay(meanwhile, once, reply) as A
    throw error
  }
  return withEffect(req, reply, once, () => effect(prepared))
}

/** Has the effect and keeps its answer in one transaction, unless the request was answered before. */
async function withEffect<A>(
  req: FastifyRequest,
  reply: FastifyReply,
  once: Once,
  effect: () => Promise<A>,
): Promise<A> {
  const { ctx } = req
  return transaction(ctx, async (tx) => {
    if (!(await claim(tx, once))) return replay((await find(tx, once))!, once, reply) as A
    req.ctx = tx // the operations join this transaction
    try {
      const answer = await effect()
      await tx.db
        .updateTable('idempotency_keys')
        .set({ status: reply.statusCode, answer: JSON.stringify({ head: headOf(reply), body: answer }) })
        .where('scope', '=', once.scope)
        .where('key', '=', once.key)
        .execute()
      return answer
    } finally {
      req.ctx = ctx
    }
  })
}

/** An answer as it is kept: its body, and of its head what was said of this body. */
type Answer = { head: Record<string, string>; body: unknown }
type Kept = { fingerprint: string; status: number; answer: Answer }

const KEPT_HEAD = ['etag', 'cache-control']

function headOf(reply: FastifyReply): Answer['head'] {
  return Object.fromEntries(
    KEPT_HEAD.filter((name) => reply.hasHeader(name)).map((name) => [name, String(reply.getHeader(name))]),
  )
}

/** Takes the key for this request, waiting for another that has it in hand; false when it was given an answer. */
async function claim(tx: Tx, once: Once): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('idempotency_keys')
    .values({ ...once, status: 0, answer: 'null' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw sqlState(error) === '55P03' ? InFlight(undefined, { retryAfter: 2 }) : error
    })
  return numInsertedOrUpdatedRows === 1n
}

/** The answer that was given under the key. */
async function find(ctx: Ctx | Tx, once: Once): Promise<Kept | undefined> {
  return ctx.db
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'answer'])
    .where('scope', '=', once.scope)
    .where('key', '=', once.key)
    .$narrowType<{ answer: Answer }>()
    .executeTakeFirst()
}

function replay(first: Kept, once: Once, reply: FastifyReply): unknown {
  if (first.fingerprint !== once.fingerprint) throw KeyReused()
  reply.code(first.status).headers(first.answer.head)
  return first.answer.body
}
