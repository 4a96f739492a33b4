import { Button } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useEffect, useId, useRef } from 'react'
import styles from './confirm.module.css'

/** Asks before the page is left, by a link or by closing it, while there is something that is not saved. */
export function LeaveGuard({ isUnsaved }: { isUnsaved: () => boolean }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: isUnsaved, // where the browser asks in its own words
    withResolver: true,
  })

  useEffect(() => {
    if (status === 'blocked') dialog.current?.showModal()
    else dialog.current?.close()
  }, [status])

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={heading} onCancel={() => reset?.()}>
      <h2 id={heading} className={styles.question}>
        Leave without saving?
      </h2>
      <div className={styles.text}>What you changed here will be lost.</div>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => reset?.()}>
          Keep editing
        </Button>
        <Button variant="danger" onClick={() => proceed?.()}>
          Leave
        </Button>
      </div>
    </dialog>
  )
}
