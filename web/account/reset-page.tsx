import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../api/client'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { becomeAccount } from './account-queries'
import { Door } from './door'
import styles from './door.module.css'

const route = getRouteApi('/reset/$token')

/** Another password, by the link in the mail. */
export function ResetPage() {
  const { token } = route.useParams()
  const queryClient = useQueryClient()
  const [done, setDone] = useState(false)
  const submission = useSubmission(async (data) => {
    await send('post', '/password-resets', { body: { token, password: String(data.get('password')) } })
    becomeAccount(queryClient, null) // every session ended, whoever's this browser had
    setDone(true)
  })

  if (done) {
    return (
      <Door title="You have a new password" slug="reset">
        <Notice kind="good">Wherever you were logged in, you are logged out now.</Notice>
        <ButtonLink to={paths.login()}>Log in with it</ButtonLink>
      </Door>
    )
  }
  if (submission.problem?.type === '/problems/accounts/link-spent') {
    return (
      <Door title="This link is not good any more" slug="reset">
        <Notice kind="info">It was used already, or is older than an hour. Ask for another.</Notice>
        <ButtonLink to={paths.forgot()}>Send me another link</ButtonLink>
      </Door>
    )
  }
  return (
    <Door title="Choose a new password" slug="reset">
      <form {...submission.form} className={styles.form}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <TextInput
          label="New password"
          description="At least 8 characters; a short sentence is best."
          name="password"
          type="password"
          required
          withAsterisk={false}
          minLength={8}
          maxLength={128}
          autoComplete="new-password"
          error={submission.error('password')}
        />
        <Button type="submit" size="lg" fullWidth loading={submission.pending}>
          Save it
        </Button>
      </form>
      <p className={styles.other}>
        You remember it? <Link to={paths.login()}>Log in</Link>
      </p>
    </Door>
  )
}
