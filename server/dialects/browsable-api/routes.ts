import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { refuseOtherSites } from '#accounts/authenticate'
import { CrossSite } from '#accounts/problems'
import { writing } from '#dialects/dialect'
import { may } from '#events/policy'
import type { App } from '#http/app'
import { anyone } from '#kernel/policy'
import { Forbidden, MethodNotAllowed, NotFound, SignInRequired, type ProblemType } from '#kernel/problem'
import * as search from '#search'
import type { Collection, Written } from './collections.ts'
import { bodyOf, readFields } from './fields.ts'
import { events, EventWire, updates } from './gatherings.ts'
import { kinds, locations } from './labels.ts'
import { linkTo, numberOf, pathTo, ROOT } from './links.ts'
import { PageOf } from '#dialects/numbered-pages'
import { numberedPage, paging } from './numbered-pages.ts'
import { healthPage, PAGE_POLICY } from './pages.ts'
import { STYLESHEET, STYLESHEET_PATH } from './stylesheet.ts'
import { answerWithPages, listView, oneView, rootView, searchView } from './views.ts'

const MOST_FOUND = 1_000 // of an array without pages
const Anything = { additionalProperties: true }
const Format = { format: Type.Optional(Type.String({ maxLength: 20, description: '`json`, or `api`: a page.' })) }
const One = Type.Object({ id: Type.String({ maxLength: 40, description: 'The number.' }) })
const consumes = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']
const written: ProblemType[] = [SignInRequired, Forbidden, CrossSite]

/** `/events_api/v1/` and `/health_check`: JSON for programs, pages for people. */
export function browsableApiRoutes(app: App): void {
  answerWithPages(app)
  const slash = 'redirect' as const

  app.get(
    ROOT,
    {
      config: { may: anyone(), slash, view: rootView },
      schema: {
        summary: 'What there is, by name and address',
        querystring: Type.Object(Format, Anything),
        response: { 200: Type.Record(Type.String(), Type.String()) },
      },
    },
    async ({ ctx }) =>
      Object.fromEntries([events, kinds, locations, updates].map(({ name }) => [name, linkTo(ctx, name)])),
  )

  app.get(
    `${ROOT}events/search/`,
    {
      config: { may: may.browse, slash, view: searchView },
      schema: {
        summary: 'Events by words, a thousand at most',
        querystring: Type.Object({ search_term: Type.Optional(Type.String({ maxLength: 200 })), ...Format }, Anything),
        response: { 200: Type.Array(EventWire), 400: Type.Object({ error: Type.String() }) },
      },
    },
    async ({ ctx, query }, reply) => {
      const text = query.search_term?.trim()
      if (!text) return reply.code(400).send({ error: 'A search term is required as a query parameter' })
      const { items } = await search.sliceOfEvents(ctx, {
        text,
        when: 'all',
        sort: '-startsAt',
        limit: MOST_FOUND,
        offset: 0,
      })
      return (await events.present(ctx, items)) as never
    },
  )

  collectionRoutes(app, events)
  collectionRoutes(app, kinds)
  collectionRoutes(app, locations)
  collectionRoutes(app, updates)

  app.get('/health_check', { config: { may: anyone() }, schema: { hide: true } }, async ({ ctx }, reply) => {
    await ctx.database.ping()
    return reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).send(healthPage())
  })
  app.get(STYLESHEET_PATH, { config: { may: anyone() }, schema: { hide: true } }, async (_req, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLESHEET),
  )
}

function collectionRoutes<T>(app: App, collection: Collection<T>): void {
  const { name, one, Wire, written: writable } = collection
  const readable = { may: may.browse, slash: 'redirect' as const, refuses: [NotFound] }
  const [list, detail] = [listView(collection), oneView(collection)]

  app.get(
    pathTo(name),
    {
      config: { ...readable, view: list },
      schema: {
        summary: `All ${name}, ten at a time`,
        querystring: Type.Object({ ...paging, ...Format }, Anything),
        response: { 200: PageOf(Wire) },
      },
    },
    async (req) =>
      numberedPage(
        req,
        async (part) => collection.slice(req.ctx, part),
        async (things) => collection.present(req.ctx, things),
      ) as never,
  )

  app.get(
    `${pathTo(name)}:id/`,
    {
      config: { ...readable, view: detail },
      schema: {
        summary: `One ${one}`,
        params: One,
        querystring: Type.Object(Format, Anything),
        response: { 200: Wire },
      },
    },
    async ({ ctx, params }) => presentOne(collection, ctx, numberOf(params.id)) as never,
  )

  if (!writable) return
  const Body = bodyOf(writable.fields)
  const refuses = [...written, ...writable.refuses]

  app.post(
    pathTo(name),
    {
      config: { may: may.browse, refuses, view: list },
      schema: { summary: `Add one to the ${name}`, consumes, body: Body, response: { 201: Wire } },
    },
    async (req, reply) => {
      const ctx = await writingFromHere(req)
      const number = await writable.create(ctx, readFields(writable.fields, req.body, false))
      reply.code(201)
      return presentOne(collection, ctx, number)
    },
  )

  for (const method of ['PUT', 'PATCH'] as const)
    app.route({
      method,
      url: `${pathTo(name)}:id/`,
      config: { may: may.browse, refuses: [NotFound, ...refuses], view: detail },
      schema: {
        summary: method === 'PUT' ? `Change the ${one}` : `Change some of the ${one}`,
        consumes,
        params: One,
        body: Body,
        response: { 200: Wire },
      },
      handler: async (req) => change(req, collection, writable, req.body, method === 'PATCH') as never,
    })

  app.delete(
    `${pathTo(name)}:id/`,
    {
      config: { may: may.browse, refuses: [NotFound, ...refuses], view: detail },
      schema: { summary: `Delete the ${one}`, params: One, response: { 204: Type.Null() } },
    },
    async (req, reply) => {
      await remove(req, collection, writable)
      reply.code(204)
      return null
    },
  )

  // A form of a page can only be posted: ours say in `_method` what they mean. Programs say it themselves.
  app.post(
    `${pathTo(name)}:id/`,
    {
      config: { may: may.browse, refuses: [MethodNotAllowed, NotFound, ...refuses], view: detail },
      schema: { hide: true, params: One, body: Type.Object({}, Anything) },
    },
    async (req, reply) => {
      const { _method: method, ...body } = req.body as Body
      if (!isFromPage(req) || !['PUT', 'PATCH', 'DELETE'].includes(String(method))) {
        reply.header('allow', 'GET, PUT, PATCH, DELETE, HEAD')
        throw MethodNotAllowed('Method "POST" not allowed.')
      }
      if (method === 'PUT') return change(req, collection, writable, body, false)
      if (method === 'PATCH') return change(req, collection, writable, withoutEmpty(body), true)
      await remove(req, collection, writable)
      return reply.redirect(pathTo(name), 303)
    },
  )
}

type Body = Record<string, unknown>
type ById = FastifyRequest<{ Params: { id: string } }>

async function change<T>(req: FastifyRequest, all: Collection<T>, writable: Written<T>, body: Body, partial: boolean) {
  const ctx = await writingFromHere(req)
  const number = numberOf((req as ById).params.id)
  const thing = await all.find(ctx, number)
  await writable.edit(ctx, thing, readFields(writable.fields, body, partial))
  return presentOne(all, ctx, number)
}

async function remove<T>(req: FastifyRequest, all: Collection<T>, writable: Written<T>): Promise<void> {
  const ctx = await writingFromHere(req)
  await writable.remove(ctx, await all.find(ctx, numberOf((req as ById).params.id)))
}

async function presentOne<T>(all: Collection<T>, ctx: FastifyRequest['ctx'], number: number) {
  return (await all.present(ctx, [await all.find(ctx, number)]))[0]!
}

/** Forms are what any page can send without asking: those of other sites are refused, whoever's browser it is. */
async function writingFromHere(req: FastifyRequest) {
  const { origin, host, 'sec-fetch-site': secFetchSite } = req.headers
  refuseOtherSites(req.ctx, { origin, host, secFetchSite })
  return writing(req)
}

function isFromPage({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined
}

/** What is left empty in a form is to stay as it is. */
function withoutEmpty(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''))
}
