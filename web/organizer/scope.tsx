import { Button } from '@mantine/core'
import { useId, useRef, useState } from 'react'
import confirm from '../ui/confirm.module.css'
import styles from './repeats.module.css'

export type Scope = 'one' | 'following' | 'all'

const WORDS: Record<Scope, string> = {
  one: 'Only this one',
  following: 'This one and those that follow',
  all: 'All that are still to come',
}

/** Which occurrences are meant, to be put into a dialog. */
export function ScopeChoice(props: { of?: Scope[]; value: Scope; onChange: (scope: Scope) => void }) {
  const name = useId()
  return (
    <fieldset className={styles.scope}>
      <legend>Which ones?</legend>
      {(props.of ?? (['one', 'following', 'all'] as const)).map((scope) => (
        <label key={scope}>
          <input type="radio" name={name} checked={props.value === scope} onChange={() => props.onChange(scope)} />
          {WORDS[scope]}
        </label>
      ))}
    </fieldset>
  )
}

/** Asks which occurrences are to be changed. `ask` resolves with the answer, or null for none; the dialog is rendered. */
export function useScopeQuestion() {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const answer = useRef<(scope: Scope | null) => void>(undefined)
  const [of, setOf] = useState<Scope[]>([])
  const [scope, setScope] = useState<Scope>('one')
  const [datesChange, setDatesChange] = useState(false)

  function ask(scopes: Scope[], datesChange: boolean): Promise<Scope | null> {
    setOf(scopes)
    setDatesChange(datesChange)
    setScope(scopes[0] ?? 'one')
    dialog.current?.showModal()
    return new Promise((resolve) => {
      answer.current = resolve
    })
  }

  function close(decided: Scope | null) {
    answer.current?.(decided)
    answer.current = undefined
    dialog.current?.close()
  }

  const question = (
    <dialog ref={dialog} className={confirm.dialog} aria-labelledby={heading} onClose={() => close(null)}>
      <h2 id={heading} className={confirm.question}>
        Save the changes
      </h2>
      <div className={confirm.text}>
        <p>
          {scope === 'one' || !datesChange
            ? 'This event repeats. People who are registered keep their places.'
            : 'Dates that stay keep their people. A date that is none any more is cancelled if somebody is registered, and deleted otherwise.'}
        </p>
        <ScopeChoice of={of} value={scope} onChange={setScope} />
      </div>
      <div className={confirm.buttons}>
        <Button variant="default" onClick={() => close(null)}>
          Go back
        </Button>
        <Button onClick={() => close(scope)}>Save</Button>
      </div>
    </dialog>
  )
  return { ask, question }
}
