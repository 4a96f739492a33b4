import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../api/client'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { meQuery, useMe } from './account-queries'
import { Door } from './door'
import styles from './door.module.css'

const route = getRouteApi('/verify/$token')

/** Says that an address is one's own. Opening it changes nothing: mail scanners follow links. */
export function VerifyPage() {
  const { token } = route.useParams()
  const me = useMe()
  const queryClient = useQueryClient()
  const [confirmed, setConfirmed] = useState(false)
  const submission = useSubmission(async () => {
    await send('post', '/email-verifications', { body: { token } })
    setConfirmed(true)
    if (me) await queryClient.invalidateQueries({ queryKey: meQuery().queryKey })
  })
  const onward = me ? (
    <ButtonLink to={paths.account()}>Your account</ButtonLink>
  ) : (
    <ButtonLink to={paths.login()}>Log in</ButtonLink>
  )

  if (confirmed) {
    return (
      <Door title="It is yours" slug="verify">
        <Notice kind="good">Your address is confirmed.</Notice>
        {onward}
      </Door>
    )
  }
  if (submission.problem?.type === '/problems/accounts/link-spent') {
    return (
      <Door title="This link is not good any more" slug="verify">
        <Notice kind="info">
          It was used already, or is too old. If your address still wants to be confirmed, your account sends you
          another.
        </Notice>
        {onward}
      </Door>
    )
  }
  return (
    <Door title="Is this your address?" slug="verify" lead="We wrote to it because somebody gave it for an account.">
      <form {...submission.form} className={styles.form}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <Button type="submit" size="lg" fullWidth loading={submission.pending}>
          Yes, it is mine
        </Button>
      </form>
      <p className={styles.other}>If it was not you, close this page: nothing happens.</p>
    </Door>
  )
}
