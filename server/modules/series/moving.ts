import type { Made, Plan } from './plan.ts'
import { first, through } from './recurrence.ts'
import { DAY, type Wall } from './wall-clock.ts'

/** From where it should have come to stand. */
const NEAR = 15 * DAY

/** Which time each occurrence has by the plan that is to be; `gone` have none; `out` stand where another comes to stand. */
export type Moves = { to: Map<Made, Wall>; gone: Set<Made>; out: Made[] }

/**
 * By the same rule at other times each moves as far as the first does. Where the rule has no such time, on the 31st of a
 * month of thirty days, the n-th is the n-th, if that is still free and no other month: nobody means to come so much later.
 */
export function inOrder(tail: Made[], before: Plan, after: Plan): Moves {
  const moves: Moves = { to: new Map(), gone: new Set(), out: [] }
  const shift = after.start - before.start
  const old = through(before.rule, before.start, latest(tail))
  const now = first(after.rule, after.start, old.length)
  const times = new Set([...now, ...through(after.rule, after.start, latest(tail) + shift)])
  const free = new Set(times)
  const nth = new Map(old.map((wall, n) => [wall, now[n]]))
  const take = (each: Made, wall: Wall | undefined) => {
    if (wall !== undefined && free.delete(wall)) moves.to.set(each, wall)
  }
  const ofRule = tail.filter((each) => nth.has(each.at))
  for (const each of ofRule) take(each, each.at + shift)
  for (const each of ofRule) {
    const wall = nth.get(each.at)
    if (!moves.to.has(each) && wall !== undefined && Math.abs(wall - each.at - shift) <= NEAR) take(each, wall)
  }
  for (const each of tail) {
    if (moves.to.has(each)) continue
    if (nth.has(each.at)) moves.gone.add(each)
    else if (times.has(each.at)) moves.out.push(each) // of an older rule, and called off since
  }
  return moves
}

/** By another rule an occurrence has the time of the same date, its own if that is still one. */
export function byDate(tail: Made[], after: Plan): Moves {
  const moves: Moves = { to: new Map(), gone: new Set(), out: [] }
  const free = new Set(through(after.rule, after.start, latest(tail) + DAY))
  const sorted = [...tail].sort((a, b) => a.at - b.at)
  const take = (each: Made, wall: Wall | undefined) => {
    if (wall === undefined) return
    moves.to.set(each, wall)
    free.delete(wall)
  }
  for (const each of sorted) if (free.has(each.at)) take(each, each.at)
  const onDate = new Map<number, Wall[]>()
  for (const wall of free) onDate.set(dateOf(wall), [...(onDate.get(dateOf(wall)) ?? []), wall])
  for (const each of sorted) if (!moves.to.has(each)) take(each, onDate.get(dateOf(each.at))?.shift())
  for (const each of sorted) if (!moves.to.has(each)) moves.gone.add(each)
  return moves
}

function latest(tail: Made[]): Wall {
  return tail.reduce((last, each) => Math.max(last, each.at), -Infinity)
}

function dateOf(wall: Wall): number {
  return Math.floor(wall / DAY)
}
