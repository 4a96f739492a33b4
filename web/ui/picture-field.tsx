import { useEffect, useId, useState, type ReactNode } from 'react'
import styles from './picture-field.module.css'
import { FieldError } from './submission'

const MOST_BYTES = 10 * 1024 * 1024

/** The file that was chosen, and an address to show it by before it is sent. */
export function useChosenPicture() {
  const [chosen, setChosen] = useState<{ file: File; preview: string } | null>(null)
  useEffect(() => () => (chosen ? URL.revokeObjectURL(chosen.preview) : undefined), [chosen])
  return {
    file: chosen?.file ?? null,
    preview: chosen?.preview ?? null,
    choose: (file: File | null) => setChosen(file && { file, preview: URL.createObjectURL(file) }),
  }
}

/** The form that carries the picture; what is surely too large is not sent first. */
export function pictureForm(file: File, words: Record<string, string> = {}): FormData {
  if (file.size > MOST_BYTES) throw new FieldError('picture', 'The file is larger than 10 MB. Choose a smaller one.')
  const form = new FormData()
  for (const [name, value] of Object.entries(words)) form.set(name, value)
  form.set('picture', file)
  return form
}

/** Chooses a picture, and shows the chosen one, or the one that is there. */
export function PictureField(props: {
  label: string
  shape: 'wide' | 'square'
  preview: string | null
  /** What is shown while nothing else is chosen. */
  current: ReactNode
  onChoose: (file: File | null) => void
  error: string | undefined
}) {
  const id = useId()
  return (
    <div className={styles.field}>
      {props.preview ? (
        <img src={props.preview} alt="The picture you chose" className={styles[props.shape]} />
      ) : (
        props.current
      )}
      <label htmlFor={id} className={styles.label}>
        {props.label}
      </label>
      <input
        id={id}
        type="file"
        name="picture"
        accept="image/jpeg,image/png,image/webp"
        aria-invalid={props.error ? true : undefined}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => props.onChoose(currentTarget.files?.[0] ?? null)}
      />
      <p id={`${id}-hint`} className={props.error ? styles.error : styles.hint}>
        {props.error ?? 'JPEG, PNG or WebP, up to 10 MB. Where and with what it was taken is removed.'}
      </p>
    </div>
  )
}
