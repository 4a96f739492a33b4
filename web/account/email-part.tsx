import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import type { Account } from '../api/types'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { Part } from './part'
import { useProven } from './proof'

/** The address of the account: whether it is confirmed, and another one. */
export function EmailPart({ me }: { me: Account }) {
  const [writtenTo, setWrittenTo] = useState<string | null>(null)
  const proven = useProven()
  const submission = useSubmission(async (data, _key, form) => {
    const email = String(data.get('email')).trim()
    await proven(() => send('post', '/me/email-changes', { body: { email } }))
    form.reset()
    setWrittenTo(email)
  })
  return (
    <Part id="email" title="E-mail">
      <p className={styles.address}>{me.email}</p>
      {me.emailVerified ? <Notice kind="good">Confirmed.</Notice> : <NotConfirmed email={me.email} />}
      {writtenTo && (
        <Notice kind="info" title="One more step: your mail">
          We have written to {writtenTo}. It is your address once you have followed the link in it.
        </Notice>
      )}
      <details className={styles.more}>
        <summary>Use another address</summary>
        <form {...submission.form} className={styles.fields}>
          {submission.message && <Notice kind="error">{submission.message}</Notice>}
          <TextInput
            label="New e-mail"
            name="email"
            type="email"
            required
            withAsterisk={false}
            maxLength={254}
            autoComplete="email"
            error={submission.error('email')}
          />
          <div className={styles.buttons}>
            <Button type="submit" loading={submission.pending}>
              Send the link there
            </Button>
          </div>
        </form>
      </details>
    </Part>
  )
}

function NotConfirmed({ email }: { email: string }) {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  async function again() {
    setPending(true)
    setError(null)
    try {
      await send('post', '/email-verification-requests', { body: { email } })
      toast('A mail is on its way.')
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    } finally {
      setPending(false)
    }
  }
  return (
    <>
      <Notice kind="warn" title="Not confirmed yet">
        Follow the link in the mail that we sent there.
      </Notice>
      {error && <Notice kind="error">{error}</Notice>}
      <div className={styles.buttons}>
        <Button variant="default" loading={pending} onClick={() => void again()}>
          Send the mail again
        </Button>
      </div>
    </>
  )
}
