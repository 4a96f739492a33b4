import type { Refusal } from './problem.ts'

/** Lets a few pieces of work run at once and a few more wait for their turn; whoever comes beyond that is refused. */
export function takeTurns(limits: {
  atOnce: number
  inLine: number
  refusal: () => Refusal
}): <T>(work: () => Promise<T>) => Promise<T> {
  const line: Array<() => void> = []
  let running = 0
  return async (work) => {
    if (running < limits.atOnce) running++
    else if (line.length < limits.inLine) await new Promise<void>((go) => line.push(go))
    else throw limits.refusal()
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next)
        next() // takes over this place
      else running--
    }
  }
}
