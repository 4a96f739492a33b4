import type { Logger } from 'pino'

/** Work that goes on for as long as the process does. */
export type Loop = {
  /** There is something to do: look now. */
  wake(): void
  /** Lets the round that is under way finish, and begins no other. */
  stop(): Promise<void>
}

/** Calls `round` again and again while it answers that it had something to do, otherwise when woken or after `restMs`. */
export function startLoop(name: string, log: Logger, restMs: number, round: () => Promise<number>): Loop {
  let stopped = false
  let woken = false
  let rouse: () => void = () => {}

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const running = (async () => {
    while (!stopped) {
      woken = false
      const done = await round().catch((error: unknown) => {
        log.error({ err: error, loop: name }, 'a round failed; it will be tried again')
        return 0
      })
      if (done === 0 && !woken && !stopped) await rest(restMs)
    }
  })()

  return {
    wake() {
      woken = true
      rouse()
    },
    stop() {
      stopped = true
      rouse()
      return running
    },
  }
}
