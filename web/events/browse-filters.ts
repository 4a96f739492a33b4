import type { BrowseQuery } from '../api/types'

/** What the address of the browse page says; every value is text, so a plain GET form can write it. */
export type BrowseFilters = {
  text?: string
  when?: string
  from?: string
  to?: string
  category?: string
  tag?: string
  seats?: string
  sort?: string
  cursor?: string
}

/** The date presets, in the order they are offered. */
export const presets = [
  { value: '', label: 'Any time' },
  { value: 'today', label: 'Today' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'weekend', label: 'This weekend' },
  { value: 'week', label: 'Next 7 days' },
  { value: 'month', label: 'Next 30 days' },
  { value: 'past', label: 'Past' },
] as const

/** The orders a visitor may choose; empty is the soonest first, or the best match when searching. */
export const sorts = [
  { value: '', label: 'Soonest first' },
  { value: '-popularity', label: 'Most popular' },
  { value: '-createdAt', label: 'Newly added' },
  { value: 'title', label: 'Title A–Z' },
] as const

const names = ['text', 'when', 'from', 'to', 'category', 'tag', 'seats', 'sort', 'cursor'] as const

/** Keeps the filters we know that say something, in one order, so that one search has one address. */
export function filtersOf(search: Record<string, unknown>): BrowseFilters {
  const filters: BrowseFilters = {}
  for (const name of names) {
    const value = search[name]
    if (typeof value === 'string' && value.trim() !== '' && makesSense(name, value.trim())) filters[name] = value.trim()
  }
  return filters
}

// Half-typed and old addresses show a list, not the API's refusal.
function makesSense(name: (typeof names)[number], value: string) {
  if (name === 'when') return presets.some((preset) => preset.value === value)
  if (name === 'sort') return sorts.some((sort) => sort.value === value)
  if (name === 'category') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
  if (name === 'from' || name === 'to') return midnight(value, 0) !== undefined
  return true
}

/** True when the list is narrowed (an order or a page is not narrowing). */
export function isNarrowed({ text, when, from, to, category, tag, seats }: BrowseFilters) {
  return Boolean(text ?? when ?? from ?? to ?? category ?? tag ?? seats)
}

/** What the API is asked. Days begin at midnight of whoever asks: the visitor's, or the server's without JavaScript. */
export function apiQueryOf(filters: BrowseFilters, now = new Date()): BrowseQuery {
  const { text, when = '', category, tag, seats, sort } = filters
  const span = filters.from || filters.to ? pickedSpan(filters) : presetSpan(when, now)
  return {
    text: text?.slice(0, 200),
    categoryId: category,
    tag: tag?.slice(0, 50),
    hasSeats: seats ? true : undefined,
    sort: (sort as BrowseQuery['sort']) ?? (when === 'past' && !text ? '-startsAt' : undefined),
    ...span,
  }
}

type Span = Pick<BrowseQuery, 'when' | 'from' | 'to'>

const dayAfter = (start: Date, days: number) => new Date(start.getFullYear(), start.getMonth(), start.getDate() + days)

function presetSpan(when: string, now: Date): Span {
  const span = (first: number, days: number) => ({
    from: dayAfter(now, first).toISOString(),
    to: dayAfter(now, first + days).toISOString(),
  })
  switch (when) {
    case 'today':
      return span(0, 1)
    case 'tomorrow':
      return span(1, 1)
    case 'week':
      return span(0, 7)
    case 'month':
      return span(0, 30)
    case 'weekend': {
      // On Saturday and Sunday "this weekend" is the one that is going on.
      const weekday = now.getDay()
      if (weekday === 0) return span(0, 1)
      return span(6 - weekday, 2)
    }
    case 'past':
      return { when: 'past' }
    default:
      return {}
  }
}

function pickedSpan({ from, to }: BrowseFilters): Span {
  return { when: 'all', from: midnight(from, 0), to: midnight(to, 1) }
}

function midnight(day: string | undefined, plusDays: number) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '')
  if (!parts) return undefined
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + plusDays)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
