import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { send } from '../api/client'
import { paths } from '../paths'
import dialogStyles from '../ui/confirm.module.css'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import accountStyles from './account-page.module.css'
import { becomeAccount } from './account-queries'
import styles from './your-data.module.css'

type Needing = { id: string; slug: string; title: string }

/** What is kept of somebody: to take along, and to take away for good. */
export function YourData() {
  return (
    <section id="data" className={accountStyles.part} aria-labelledby="data-heading">
      <h2 id="data-heading" className={accountStyles.heading}>
        Your data
      </h2>
      <div className={styles.way}>
        <p>Everything that is kept of you, in one file: your account, registrations, reviews, events and messages.</p>
        <Button component="a" href="/api/v1/me/data" download="my-data.json" variant="default">
          Download your data
        </Button>
      </div>
      <div className={styles.way}>
        <p>
          Deleting your account cannot be undone. Your places go to the next in line, and your name, your address, your
          picture and the words of your reviews are gone.
        </p>
        <DeleteAccount />
      </div>
    </section>
  )
}

function DeleteAccount() {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const queryClient = useQueryClient()
  const router = useRouter()
  const [round, setRound] = useState(0) // what was typed and refused is not there when it is opened again

  return (
    <>
      <Button
        variant="danger"
        onClick={() => {
          setRound(round + 1)
          dialog.current?.showModal()
        }}
      >
        Delete your account
      </Button>
      <dialog ref={dialog} className={dialogStyles.dialog} aria-labelledby={heading}>
        <h3 id={heading} className={dialogStyles.question}>
          Delete your account for good?
        </h3>
        <Confirmation
          key={round}
          onStay={() => dialog.current?.close()}
          onGone={async () => {
            dialog.current?.close()
            becomeAccount(queryClient, null)
            await router.navigate({ to: paths.browse() })
            await router.invalidate()
            toast('Your account is deleted.')
          }}
        />
      </dialog>
    </>
  )
}

function Confirmation({ onStay, onGone }: { onStay: () => void; onGone: () => Promise<void> }) {
  const submission = useSubmission(async (data) => {
    await send('put', '/me/erasure', { body: { password: String(data.get('password')) } })
    await onGone()
  })
  const { events: needing } = (submission.problem ?? {}) as { events?: Needing[] }
  const wrong = submission.problem?.type === '/problems/accounts/wrong-password'

  return (
    <form {...submission.form}>
      <p className={dialogStyles.text}>
        It happens at once. What you have paid for goes back by the rules of each event. Your name and your address are
        free for others afterwards.
      </p>
      {needing ? (
        <Notice kind="error" title="These events still need somebody">
          <p>Hand each over, cancel it or delete it first.</p>
          <ul className={styles.events}>
            {needing.map((event) => (
              <li key={event.id}>
                <Link to={paths.editEvent(event.id)}>{event.title}</Link>
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        submission.message && !wrong && <Notice kind="error">{submission.message}</Notice>
      )}
      <TextInput
        label="Your password"
        name="password"
        type="password"
        required
        withAsterisk={false}
        autoComplete="current-password"
        error={submission.error('password') ?? (wrong ? 'That is not your password.' : undefined)}
      />
      <div className={dialogStyles.buttons}>
        <Button variant="default" onClick={onStay}>
          Keep my account
        </Button>
        <Button type="submit" variant="danger" loading={submission.pending}>
          Delete it for good
        </Button>
      </div>
    </form>
  )
}
