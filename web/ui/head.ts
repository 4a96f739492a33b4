import type { EventDetail, EventSummary } from '../api/types'

/** What a page says about itself outside its body; each route's loader returns one. */
export type PageHead = {
  title: string
  description?: string
  /** The page's one address, without the filters and tokens of the moment. */
  canonical?: string
  /** Private pages and links are not for search engines. */
  hidden?: boolean
  event?: EventDetail
}

/** The window's title: the page, then the house. */
export const titleOf = (head: PageHead | undefined) => (head ? `${head.title} · Turnout` : 'Turnout')

/** Markdown without its marks, cut at a word. */
export function plainText(markdown: string, length: number) {
  const text = markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/^\s*(#+|[-*+]|>|\d+\.)\s+/gm, '')
    .replace(/[*_`~]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`
}

/** Where an event is, in words, or null when nobody said. */
export const whereIs = (event: Pick<EventSummary, 'venue' | 'place'>) => event.venue?.name ?? event.place
