import { useSyncExternalStore } from 'react'
import styles from './toasts.module.css'

type Toast = { id: number; text: string }

let toasts: Toast[] = []
let last = 0
const none: Toast[] = []
const listeners = new Set<() => void>()

function change(next: Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says that something worked, for a few seconds. What failed is said inline, where it can be mended. */
export function toast(text: string) {
  const id = ++last
  change([...toasts.slice(-2), { id, text }])
  setTimeout(() => change(toasts.filter((shown) => shown.id !== id)), 7000)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where toasts appear; a polite live region that is always in the page, so that its changes are read out. */
export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  )
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {shown.map(({ id, text }) => (
        <p key={id} className={styles.toast}>
          {text}
        </p>
      ))}
    </div>
  )
}
