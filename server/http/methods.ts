import { METHODS } from 'node:http'
import type { App } from './app.ts'

/**
 * Which methods an address takes, by its path; none where nothing is. Addresses that end in a star (pages, files) take
 * whatever comes and are left out: they would make something of every address there is.
 */
export function collectMethods(app: App): (path: string) => string[] {
  const methods = new Map<string, { path: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const known = methods.get(url) ?? { path: pathOf(url), methods: new Set() }
    methods.set(url, known)
    for (const each of [method].flat()) known.methods.add(each)
  })
  return (path) => {
    const taken = new Set([...methods.values()].flatMap((each) => (each.path.test(path) ? [...each.methods] : [])))
    return METHODS.filter((each) => taken.has(each))
  }
}

/** What a route's address matches: `:name` is anything between two slashes. */
function pathOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}$`)
}
