import { community } from './community.ts'
import { crafts } from './crafts.ts'
import { food } from './food.ts'
import { music } from './music.ts'
import { outdoors } from './outdoors.ts'
import { stage } from './stage.ts'
import { talks } from './talks.ts'
import { technology } from './technology.ts'
import type { Example, Theme } from './theme.ts'

/** Their order is the order of the categories' numbers. */
export const THEMES: readonly Theme[] = [music, technology, crafts, food, outdoors, talks, stage, community]

/**
 * Every example with its category, in the order of the events' numbers: the first of each theme, then the rest.
 * So events 1 to 5 differ, and whoever tries a program on them finds each open, to come and with seats free.
 */
export const EXAMPLES: ReadonlyArray<Example & { category: string }> = [
  ...THEMES.flatMap((theme) => inCategory(theme).slice(0, 1)),
  ...THEMES.flatMap((theme) => inCategory(theme).slice(1)),
]

function inCategory({ name, events }: Theme): Array<Example & { category: string }> {
  return events.map((event) => ({ ...event, category: name }))
}
