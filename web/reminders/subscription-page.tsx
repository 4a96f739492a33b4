import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Door } from '../account/door'
import styles from '../account/door.module.css'
import { send } from '../api/client'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { exactly } from '../ui/dates'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { subscriptionLinkQuery } from './reminder-queries'

const route = getRouteApi('/s/$token')

/** Ends what somebody follows, by the link in a mail. Opening it changes nothing: mail scanners follow links. */
export function SubscriptionPage() {
  const { token } = route.useParams()
  const subscription = useQuery(subscriptionLinkQuery(token)).data
  const [ended, setEnded] = useState(false)
  const submission = useSubmission(async () => {
    await send('delete', '/subscription-links/{token}', { path: { token } })
    setEnded(true)
  })
  if (!subscription) return null
  const { event } = subscription
  if (ended) {
    return (
      <Door title="You hear no more of it" slug="unfollow">
        <Notice kind="good">We write to you about “{event.title}” no more.</Notice>
        <ButtonLink to={paths.event(event.slug)}>The event’s page</ButtonLink>
      </Door>
    )
  }
  return (
    <Door title="Hear no more of it?" slug="unfollow" lead={`${event.title}, ${exactly(event.startsAt, event.zone)}`}>
      <form {...submission.form} className={styles.form}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <Button type="submit" size="lg" fullWidth loading={submission.pending}>
          Write to me no more about it
        </Button>
        <noscript>This needs JavaScript. Switch it on, or answer the mail.</noscript>
      </form>
      <p className={styles.other}>A registration stays as it is, and its mails with it.</p>
    </Door>
  )
}
