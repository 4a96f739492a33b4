import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import styles from './check.module.css'

/** A box to tick, with its words beside it. */
export function Check({
  label,
  description,
  error,
  ...input
}: { label: ReactNode; description?: string; error?: string } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  const notes = [description && `${id}-about`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={styles.check}>
      <input
        {...input}
        id={id}
        type="checkbox"
        aria-describedby={notes || undefined}
        aria-invalid={error ? true : undefined}
      />
      <label htmlFor={id}>{label}</label>
      {description && (
        <small id={`${id}-about`} className={styles.about}>
          {description}
        </small>
      )}
      {error && (
        <small id={`${id}-error`} className={styles.error}>
          {error}
        </small>
      )}
    </div>
  )
}
