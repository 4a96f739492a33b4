import type { Ctx } from '#kernel/ctx'
import { NotFound } from '#kernel/problem'

// Everything has an address, and is named by it.

export const ROOT = '/events_api/v1/'
export type Name = 'events' | 'categories' | 'locations' | 'updates'

/** The address of a collection, or of one in it. */
export function linkTo({ config }: Pick<Ctx, 'config'>, name: Name, number?: number): string {
  return `${config.baseUrl}${pathTo(name, number)}`
}

/** The same without the server, for what a browser follows: it stays where it is. */
export function pathTo(name: Name, number?: number): string {
  return `${ROOT}${name}/${number === undefined ? '' : `${number}/`}`
}

/** The number that a link to one of these ends in. What server it names is not looked at: people call it by many names. */
export function numberIn(link: string, name: Name): number | undefined {
  const path = URL.canParse(link, 'http://here') ? new URL(link, 'http://here').pathname : ''
  const number = path.startsWith(pathTo(name))
    ? /^(\d{1,15})\/?$/.exec(path.slice(pathTo(name).length))?.[1]
    : undefined
  return number === undefined ? undefined : Number(number)
}

/** The number in an address; what is none leads to nothing. */
export function numberOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw NotFound()
  return Number(text)
}
