import { STATUS_CODES } from 'node:http'
import { escapeHtml as e } from '#kernel/text'
import { ROOT } from './links.ts'
import { DEEPEST, STYLESHEET_PATH } from './stylesheet.ts'

// Small pages, made here, that work without a script and run none.

export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** What a page shows besides the answer. `tools`, `lead` and `forms` are HTML. */
export type Part = {
  title: string
  crumbs: readonly (readonly [words: string, path: string])[]
  about: string
  notice?: { words: string; link?: string }
  extraActions?: Record<string, string>
  tools?: string
  /** Before the answer. */
  lead?: string
  forms?: string
  beside?: { count: number; page: number; last: number; next?: string | null; previous?: string | null }
  found?: number
}

/** Who looks: somebody by name, or nobody, who can write or not. */
export type Viewer = { name: string } | { writes: boolean }

/** `home` is how links begin that lead here: those are followed where the browser is. */
export type Drawn = Part & { method: string; url: string; status: number; data: unknown; viewer: Viewer; home: string }

/** The answer to a request as a page. */
export function drawPage(drawn: Drawn): string {
  const { title, crumbs, about, method, url, status, data, home, forms = '', tools = '', lead = '', notice } = drawn
  const last = crumbs.length - 1
  const trail = crumbs.map(([words, path], at) => `<li><a href="${e(path)}"${at === last ? ' aria-current="page"' : ''}>${e(words)}</a></li>`) // prettier-ignore
  const actions = Object.entries(drawn.extraActions ?? {}).map(
    ([words, path]) => `<li><a href="${e(path)}">${e(words)}</a></li>`,
  )
  const menu = actions.length > 0 ? `<details class="menu"><summary>Extra Actions</summary><ul>${actions.join('')}</ul></details>` : '' // prettier-ignore
  const told = notice
    ? `<p class="notice" role="status">${e(notice.words)}${notice.link ? ` <a href="${e(local(notice.link, home))}">${e(notice.link)}</a>` : ''}</p>`
    : ''
  const path = url.split('?')[0]!
  return frame(
    title,
    `<nav aria-label="Where you are"><ol class="crumbs">${trail.join('')}</ol></nav>
<div class="top"><div><h1>${e(title)}</h1>${about ? `<p class="about">${e(about)}</p>` : ''}</div>
<div class="tools">${menu}<a class="button" href="${e(path)}">GET</a><a class="button" href="${e(withFormat(url))}">JSON</a>${tools}</div></div>
${lead}${told}
<section class="answer" aria-label="The answer"><p class="request"><b>${e(method)}</b> ${e(url)}</p>
<p class="status ${status < 400 ? 'fine' : 'bad'}"><b>HTTP ${status} ${e(STATUS_CODES[status] ?? '')}</b></p>
<div class="json">${drawJson(data, home)}</div></section>
${besides(drawn)}
${forms}`,
    drawn.viewer,
  )
}

/** What says that the server is up. */
export function healthPage(): string {
  return frame(
    'All is well',
    `<div class="top"><div><h1>All is well</h1><p class="about">The server is up and its database answers.</p></div></div>
<p><a href="${ROOT}">The API</a></p>`,
  )
}

function besides({ beside, found, home }: Drawn): string {
  if (found !== undefined) return `<p class="count">${found === 1 ? '1 event' : `${found} events`}</p>`
  if (!beside) return ''
  const { count, page, last, next, previous } = beside
  const to = (words: string, link: string | null | undefined) => link ? `<a class="button" href="${e(local(link, home))}">${words}</a>` : `<span class="button off">${words}</span>` // prettier-ignore
  const turns = last > 1 ? `${to('Previous', previous)}<span>Page ${page} of ${last}</span>${to('Next', next)}` : ''
  return `<nav class="turn" aria-label="Pages"><span class="count">${count} in all</span>${turns}</nav>`
}

/** The same address, for a program. */
function withFormat(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://here')
  searchParams.set('format', 'json')
  return `${pathname}?${searchParams.toString()}`
}

/** A link of ours from where the browser is, by whatever name it calls us. */
function local(link: string, home: string): string {
  return link.startsWith(`${home}${ROOT}`) ? link.slice(home.length) : link
}

/** JSON for people, line by line: what is too long for one goes on further in. Links of ours can be followed. */
function drawJson(data: unknown, home: string): string {
  const lines: string[] = []
  let line = ''
  const end = (depth: number) => {
    lines.push(`<span class="d${Math.min(depth, DEEPEST)}">${line}</span>`)
    line = ''
  }
  const write = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null) return void (line += drawValue(value, home))
    const [open, close] = Array.isArray(value) ? '[]' : '{}'
    const parts = Object.entries(value)
    line += open
    if (parts.length > 0) end(depth)
    parts.forEach(([name, part], at) => {
      if (!Array.isArray(value)) line += `<b>${e(JSON.stringify(name))}</b>: `
      write(part, depth + 1)
      if (at < parts.length - 1) line += ','
      // What was opened was drawn as it began; the line that closes it stands as deep.
      end(depth + 1)
    })
    line += close
  }
  write(data, 0)
  end(0)
  return lines.join('')
}

function drawValue(value: unknown, home: string): string {
  const words = e(JSON.stringify(value))
  if (typeof value !== 'string') return `<i>${words}</i>`
  return value.startsWith(`${home}${ROOT}`) ? `<a href="${e(local(value, home))}">${words}</a>` : words
}

function frame(title: string, body: string, viewer?: Viewer): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${e(title)} – Turnout</title>
<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="${STYLESHEET_PATH}"></head>
<body><header class="band"><div><a class="home" href="/"><img src="/favicon.svg" alt="" width="28" height="28">Turnout</a>
<a href="${ROOT}">API</a>${viewer ? whoLooks(viewer) : ''}</div></header>
<main>${body}</main></body></html>`
}

function whoLooks(viewer: Viewer): string {
  if ('name' in viewer) return `<span class="who">${e(viewer.name)}</span>`
  return `<span class="who">${viewer.writes ? 'Writing as anybody' : 'Only reading'} · <a href="/login">Log in</a></span>`
}
