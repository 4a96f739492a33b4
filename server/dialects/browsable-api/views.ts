import type { FastifyReply, FastifyRequest } from 'fastify'
import * as accounts from '#accounts'
import { writerOf } from '#dialects/dialect'
import type { App } from '#http/app'
import { varyBy } from '#http/cors'
import { NotFound } from '#kernel/problem'
import { actingAs } from '#kernel/ctx'
import type { Collection } from './collections.ts'
import { addForm, changeForms, deleteForm, faultsIn, searchForm } from './forms.ts'
import { pathTo, ROOT } from './links.ts'
import { lastOf } from './numbered-pages.ts'
import { drawPage, PAGE_POLICY, type Part, type Viewer } from './pages.ts'

/** What the page of a route shows besides its answer. */
export type View = (req: FastifyRequest, status: number, data: unknown) => Promise<Part>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a browser is shown of it. */
    view?: View
  }
}

const HOME = ['Api Root', ROOT] as const

/** Puts the answers of the routes that have a view into pages, for whoever would rather have those. */
export function answerWithPages(app: App): void {
  app.addHook('preValidation', async (req) => {
    const format = formatOf(req)
    if (req.routeOptions.config.view && format !== undefined && format !== 'json' && format !== 'api') throw NotFound()
  })
  app.addHook('preSerialization', async (req, reply, data) => {
    const { view } = req.routeOptions.config
    if (!view) return data
    varyBy(reply, 'accept, cookie')
    // What could not be done at all is said without asking for anything more.
    return wantsPage(req) && isReached(req) && reply.statusCode < 500 ? inPage(req, reply, view, data) : data
  })
}

/** Refused at the very door, nobody knows yet who asks. */
function isReached(req: FastifyRequest): boolean {
  return (req.ctx as FastifyRequest['ctx'] | undefined) !== undefined
}

/** Whoever has to log in first, or to wait, is shown nothing that has to be looked up. */
function isTurnedAway(status: number): boolean {
  return status === 401 || status === 429
}

async function inPage(req: FastifyRequest, reply: FastifyReply, view: View, data: unknown): Promise<string> {
  const [part, viewer] = [await view(req, reply.statusCode, data), await viewerOf(req)]
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .serializer((page) => page as string)
  const { method, url } = req
  return drawPage({ method, url, status: reply.statusCode, data, viewer, home: req.ctx.config.baseUrl, ...part })
}

function formatOf(req: FastifyRequest): string | undefined {
  const { format } = (req.query ?? {}) as { format?: string | string[] }
  return [format].flat().at(-1)
}

/** Browsers say that they like HTML better; whoever likes both as much is a program. */
function wantsPage(req: FastifyRequest): boolean {
  const format = formatOf(req)
  if (format !== undefined) return format === 'api'
  const { accept = '*/*' } = req.headers
  return likingOf(accept, 'text/html') > likingOf(accept, 'application/json')
}

function likingOf(accept: string, type: string): number {
  const ranges = accept.split(',').map((range) =>
    range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  )
  for (const wanted of [type, `${type.split('/')[0]!}/*`, '*/*']) {
    const range = ranges.find(([name]) => name === wanted)
    const q = Number(range?.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1)
    if (range) return Number.isNaN(q) ? 0 : q
  }
  return 0
}

async function viewerOf(req: FastifyRequest): Promise<Viewer> {
  const { ctx } = req
  if (ctx.actor.kind === 'account') return { name: (await accounts.findAccount(ctx, ctx.actor.id)).username }
  return { writes: writerOf(req).kind === 'account' }
}

export const rootView: View = async () => ({
  title: 'Api Root',
  crumbs: [HOME],
  about: 'What there is to read and to write here. Programs get the same as JSON.',
})

/** The page of a list: the pages beside it, and a form to add to it. */
export function listView<T>(all: Collection<T>): View {
  return async (req, status, data) => {
    const may = !isTurnedAway(status) && (all.written?.mayAdd(writerOf(req)) ?? false)
    const { detail_url: made, count, next, previous } = data as Listed
    const { page = '1' } = (req.query ?? {}) as { page?: string }
    const last = lastOf(count ?? 0)
    return {
      title: `${capital(all.one)} List`,
      crumbs: [HOME, [`${capital(all.one)} List`, pathTo(all.name)]],
      about: all.about,
      extraActions: all.extraActions,
      ...(may ? { tools: '<a class="button" href="#add">POST</a>' } : {}),
      ...(status === 201 ? { notice: { words: `The ${all.one} is there:`, link: made } } : {}),
      ...(count === undefined
        ? {}
        : { beside: { count, page: page === 'last' ? last : Number(page), last, next, previous } }),
      ...(all.written
        ? { forms: may ? await addForm(req.ctx, all, sentIn(req, status), faultsIn(status, data)) : cannot(req, `add to the ${all.name}`) } // prettier-ignore
        : {}),
    }
  }
}

/** The page of one thing: forms to change and to delete it, for whoever may. */
export function oneView<T>(all: Collection<T>): View {
  return async (req, status, data) => {
    const { id } = req.params as { id: string }
    const title = `${capital(all.one)} Instance`
    const part: Part = {
      title,
      crumbs: [HOME, [`${capital(all.one)} List`, pathTo(all.name)], [title, `${pathTo(all.name)}${id}/`]],
      about: nameOf(data),
    }
    if (!all.written || !/^\d{1,15}$/.test(id) || status === 404) return part
    if (isTurnedAway(status)) return { ...part, forms: cannot(req, `change this ${all.one}`) }
    const writer = writerOf(req)
    const ctx = actingAs(req.ctx, writer)
    const thing = await all.find(ctx, Number(id)).catch(() => undefined)
    if (thing === undefined) return part
    if (!all.written.mayChange(writer, thing)) return { ...part, forms: cannot(req, `change this ${all.one}`) }
    const is = (await all.present(ctx, [thing]))[0]!
    const sent = sentIn(req, status)
    return {
      ...part,
      about: nameOf(is),
      ...(status === 200 && req.method !== 'GET' && req.method !== 'HEAD' ? { notice: { words: 'Changed.' } } : {}),
      tools: `<a class="button" href="#change">PUT</a>${deleteForm(all, Number(id))}`,
      forms: await changeForms(req.ctx, all, Number(id), is, sent, faultsIn(status, data)),
    }
  }
}

export const searchView: View = async (req, _status, data) => {
  const { search_term: term = '' } = (req.query ?? {}) as { search_term?: unknown }
  return {
    title: 'Search',
    crumbs: [HOME, ['Event List', pathTo('events')], ['Search', `${ROOT}events/search/`]],
    about: 'Events that have these words in their title or description.',
    lead: searchForm(`${ROOT}events/search/`, typeof term === 'string' ? term : ''),
    ...(Array.isArray(data) ? { found: data.length } : {}),
  }
}

type Listed = { detail_url?: string; count?: number; next?: string | null; previous?: string | null }

/** What a thing is called. */
function nameOf(thing: unknown): string {
  const { title, name, event } = thing as Record<string, unknown>
  return [title, name, event].find((each) => typeof each === 'string') ?? ''
}

/** What was refused, to be mended. */
function sentIn(req: FastifyRequest, status: number): Record<string, unknown> {
  return status === 400 ? ((req.body ?? {}) as Record<string, unknown>) : {}
}

function cannot({ ctx }: FastifyRequest, what: string): string {
  const why = ctx.actor.kind === 'anonymous' ? `To ${what}, <a href="/login">log in</a>.` : `You may not ${what}.`
  return `<p class="aside">${why}</p>`
}

function capital(word: string): string {
  return `${word[0]!.toUpperCase()}${word.slice(1)}`
}
