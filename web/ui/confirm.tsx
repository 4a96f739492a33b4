import { Button } from '@mantine/core'
import { useId, useRef, useState, type ReactNode } from 'react'
import { ApiError } from '../api/client'
import { Notice } from './states'
import { FieldError } from './submission'
import styles from './confirm.module.css'

/** A button that asks first. What goes wrong is said in the dialog, which then stays open. */
export function ConfirmButton(props: {
  label: string
  question: string
  children?: ReactNode
  confirmLabel: string
  stayLabel?: string
  danger?: boolean
  variant?: string
  fullWidth?: boolean
  ariaLabel?: string
  onConfirm: () => Promise<unknown>
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function confirm() {
    setPending(true)
    setError(null)
    try {
      await props.onConfirm()
      dialog.current?.close()
    } catch (cause) {
      setError(wordsOf(cause))
    } finally {
      setPending(false)
    }
  }

  return (
    <>
      <Button
        variant={props.variant ?? 'default'}
        fullWidth={props.fullWidth}
        aria-label={props.ariaLabel}
        onClick={() => {
          setError(null)
          dialog.current?.showModal()
        }}
      >
        {props.label}
      </Button>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby={heading}>
        <h2 id={heading} className={styles.question}>
          {props.question}
        </h2>
        {props.children && <div className={styles.text}>{props.children}</div>}
        {error && <Notice kind="error">{error}</Notice>}
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => dialog.current?.close()}>
            {props.stayLabel ?? 'Go back'}
          </Button>
          <Button variant={props.danger ? 'danger' : 'filled'} loading={pending} onClick={() => void confirm()}>
            {props.confirmLabel}
          </Button>
        </div>
      </dialog>
    </>
  )
}

// A dialog asks for one thing at most: what is wrong with it says more than that something is.
function wordsOf(cause: unknown) {
  if (cause instanceof ApiError) return cause.problem.errors?.[0]?.detail ?? cause.message
  return cause instanceof FieldError ? cause.message : 'That did not work. Please try again.'
}
