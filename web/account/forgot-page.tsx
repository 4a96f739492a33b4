import { Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../api/client'
import { paths } from '../paths'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { Door } from './door'
import styles from './door.module.css'

/** Asks for the mail by which one chooses another password; says the same whoever asks. */
export function ForgotPage() {
  const [writtenTo, setWrittenTo] = useState<string | null>(null)
  const submission = useSubmission(async (data) => {
    const email = String(data.get('email')).trim()
    await send('post', '/password-reset-requests', { body: { email } })
    setWrittenTo(email)
  })
  return (
    <Door
      title={writtenTo === null ? 'Forgot your password?' : 'Look into your mail'}
      slug="forgot"
      lead={writtenTo === null ? 'We mail you a link by which you choose another.' : undefined}
    >
      {writtenTo === null ? (
        <form {...submission.form} className={styles.form}>
          {submission.message && <Notice kind="error">{submission.message}</Notice>}
          <TextInput
            label="E-mail"
            name="email"
            type="email"
            required
            withAsterisk={false}
            maxLength={254}
            autoComplete="email"
            error={submission.error('email')}
          />
          <Button type="submit" size="lg" fullWidth loading={submission.pending}>
            Send me the link
          </Button>
        </form>
      ) : (
        <Notice kind="info">
          If there is an account with {writtenTo}, a mail is on its way. Its link is good for an hour. If nothing comes,
          look whether the address is right, and among the spam.
        </Notice>
      )}
      <p className={styles.other}>
        <Link to={paths.login()}>Back to the log-in</Link>
      </p>
    </Door>
  )
}
