import type { Logger } from 'pino'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './app.ts'
import { collectMethods } from './methods.ts'
import { NOT_BLANK } from './wire.ts'
import { isTemporary } from '#kernel/database-errors'
import * as problem from '#kernel/problem'
import { Refusal } from '#kernel/problem'

/** Answers every error as RFC 9457 `application/problem+json`: refusals in their words, anything else without a word of it. */
export function answerProblems(app: App, log: Logger): void {
  const methodsOf = collectMethods(app)
  app.setErrorHandler((error, req, reply) => {
    const refusal = refusalOf(error as FastifyError)
    if (refusal.type === problem.Internal) log.error({ reqId: req.id, err: error }, 'request failed')
    if (refusal.type === problem.Unavailable) log.warn({ reqId: req.id, err: error }, 'request could not be served')
    return send(req, reply, refusal)
  })
  app.setNotFoundHandler((req, reply) => {
    const methods = methodsOf(req.url.split('?')[0]!)
    const wrong = methods.length > 0 && !methods.includes(req.method)
    return send(req, reply, wrong ? problem.MethodNotAllowed(undefined, { allow: methods }) : problem.NotFound())
  })
}

/** What the router cannot even read is answered like any other problem. */
export function answerUnreadable(error: FastifyError, req: FastifyRequest, reply: FastifyReply): void {
  void send(req, reply, refusalOf(error))
}

/** Writes a refusal as the answer. */
export function send(req: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { type } = refusal
  const { retryAfter, allow, ...members } = problem.told(refusal) as { retryAfter?: number; allow?: string[] }
  if (type.status === 401) reply.header('www-authenticate', 'Bearer realm="turnout"')
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  if (allow) reply.header('allow', allow.join(', '))
  return reply
    .code(type.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ instance: req.url.split('?')[0], requestId: req.id, ...members })
}

/** What is wrong, in the core's names. */
export function refusalOf(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error
  if (error.validation) return invalidFields(error)
  if (isTemporary(error)) return problem.Unavailable('The database does not answer right now.', { retryAfter: 2 })
  switch (error.statusCode) {
    case 400:
      return problem.BadRequest(
        error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH'
          ? 'The body is not as long as Content-Length says.'
          : undefined,
      )
    case 404:
      return problem.NotFound()
    case 413:
      return problem.TooLarge()
    case 414:
      return problem.AddressTooLong()
    case 431:
      return problem.BadRequest('The headers are too long.')
    case 415:
      return problem.UnsupportedMediaType('Send application/json in UTF-8, not compressed.')
    case 503:
      return problem.Unavailable(undefined, { retryAfter: 2 })
    default:
      return problem.Internal()
  }
}

function invalidFields(error: FastifyError): Refusal {
  const where =
    error.validationContext === 'body'
      ? ''
      : `/${error.validationContext === 'querystring' ? 'query' : error.validationContext}`
  const errors = error.validation!.map(({ instancePath, keyword, params, message }) => {
    const { additionalProperty, missingProperty, allowedValues } = params as Record<string, string & string[]>
    if (keyword === 'additionalProperties')
      return {
        pointer: `${where}${instancePath}/${pointerToken(additionalProperty!)}`,
        detail: 'This field is not known here.',
      }
    if (keyword === 'required')
      return { pointer: `${where}${instancePath}/${missingProperty}`, detail: 'This field is required.' }
    if (keyword === 'discriminator') {
      const { tag, tagValue } = params as { tag: string; tagValue: unknown }
      const detail =
        tagValue === undefined ? 'This field is required.' : 'This is none of the words that are read here.'
      return { pointer: `${where}${instancePath}/${tag}`, detail }
    }
    if (keyword === 'enum')
      return { pointer: `${where}${instancePath}`, detail: `One of ${allowedValues!.join(', ')}.` }
    if (keyword === 'pattern')
      return {
        pointer: `${where}${instancePath}`,
        detail: params.pattern === NOT_BLANK ? 'This may not be blank.' : 'This is not in a form that is read here.',
      }
    return { pointer: `${where}${instancePath}`, detail: `This ${message}.` }
  })
  // A value that fits neither branch of "this or null" is told of once.
  const told = errors.filter((each, index) => errors.findIndex((other) => other.pointer === each.pointer) === index)
  return problem.Invalid(undefined, { errors: told })
}

function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
