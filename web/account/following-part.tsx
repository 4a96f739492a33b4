import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import { paths } from '../paths'
import { mySubscriptionsQuery } from '../reminders/reminder-queries'
import { exactly } from '../ui/dates'
import { Notice } from '../ui/states'
import styles from './account-page.module.css'
import { Part } from './part'

/** What one asked to be reminded of without a place at it. */
export function FollowingPart() {
  const queryClient = useQueryClient()
  const items = useQuery(mySubscriptionsQuery()).data?.items ?? []
  const [ending, setEnding] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)

  async function end(subscriptionId: string) {
    setEnding(subscriptionId)
    setError(null)
    try {
      await send('delete', '/me/subscriptions/{subscriptionId}', { path: { subscriptionId } })
    } catch (cause) {
      // Gone already is what was wanted.
      if (!(cause instanceof ApiError && cause.status === 404))
        setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    }
    await queryClient.invalidateQueries({ queryKey: mySubscriptionsQuery().queryKey })
    setEnding(null)
  }

  return (
    <Part id="following" title="Reminders">
      {error && <Notice kind="error">{error}</Notice>}
      {items.length === 0 && <p>“Remind me” on an event’s page puts it here, until it is over.</p>}
      <ul className={styles.rows}>
        {items.map(({ id, by, event }) => (
          <li key={id} className={styles.row}>
            <div className={styles.what}>
              <strong>
                <Link to={paths.event(event.slug)}>{event.title}</Link>
              </strong>
              <span>
                {exactly(event.startsAt, event.zone)}, {by === 'browser' ? 'in a browser' : 'as you have chosen'}
              </span>
            </div>
            <Button
              variant="default"
              loading={ending === id}
              aria-label={`No reminder of ${event.title}`}
              onClick={() => void end(id)}
            >
              No reminder
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  )
}
