import { Button } from '@mantine/core'
import { send } from '../api/client'
import type { Registration } from '../api/types'
import { exactly } from '../ui/dates'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import styles from './register-card.module.css'

/** What the mail asked for: until this is pressed the place is only held. */
export function Confirm(props: {
  registration: Registration
  token: string
  onDone: (registration: Registration) => void
}) {
  const { event, heldUntil, status } = props.registration
  const submission = useSubmission(async () =>
    props.onDone(await send('put', '/guest-links/{token}/confirmation', { path: { token: props.token } })),
  )
  return (
    <form {...submission.form} className={styles.form}>
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <Button type="submit" size="lg" fullWidth loading={submission.pending}>
        {status === 'waitlisted' ? 'Confirm my place in line' : 'Confirm my place'}
      </Button>
      {heldUntil && <p className={styles.small}>It is held for you until {exactly(heldUntil, event.zone)}.</p>}
      <noscript>Confirming needs JavaScript. Switch it on, or answer the mail.</noscript>
    </form>
  )
}
