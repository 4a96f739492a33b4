import type { Gathered } from './provider.ts'

/** Counts what pages give, because a list that changes while it is read gives one row twice and another never. */
export function countPages() {
  const ids = new Set<string>()
  let [pages, rows, nameless] = [0, 0, 0]
  let said: number | null = null
  return {
    /** One page more, and how many there are in all, if it says so. False: not as many as were said before. */
    take({ items, skipped }: Pick<Gathered, 'items' | 'skipped'>, count: number | null): boolean {
      pages++
      rows += items.length + skipped.length
      for (const { externalId } of [...items, ...skipped])
        if (externalId === null) nameless++
        else ids.add(externalId)
      if (said !== null && count !== null && count !== said) return false
      said ??= count
      return true
    },
    rows: () => rows,
    /** Why it was not read to its end, as far as it says how many there are. */
    lacking: () =>
      said !== null && rows < said
        ? `It says ${said} and gave ${rows}: it changed while it was read, or was cut off.`
        : null,
    /** Whether every row was seen. Of several pages only their count tells. */
    isWhole: () => pages === 1 || (said !== null && ids.size + nameless >= said),
  }
}

/** Why what was read of such a list is worth nothing. */
export const CHANGED = { failed: 'It changed while it was read.' }
