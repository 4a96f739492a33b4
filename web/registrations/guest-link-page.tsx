import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { send } from '../api/client'
import { DateBlock } from '../events/date-block'
import { paths } from '../paths'
import { ConfirmButton } from '../ui/confirm'
import { whenLines, zoneName } from '../ui/dates'
import { Notice } from '../ui/states'
import styles from './guest-link-page.module.css'
import { guestLinkQuery } from './registration-queries'

const route = getRouteApi('/r/$token')

/** A guest's registration, reached by the link in the mail. Opening it changes nothing: mail scanners follow links. */
export function GuestLinkPage() {
  const { token } = route.useParams()
  const queryClient = useQueryClient()
  const registration = useQuery(guestLinkQuery(token)).data
  if (!registration) return null
  const { event, status } = registration
  const [day, time] = whenLines(event)
  const waiting = status === 'waitlisted'

  async function cancel() {
    const cancelled = await send('put', '/guest-links/{token}/cancellation', { path: { token } })
    queryClient.setQueryData(guestLinkQuery(token).queryKey, cancelled)
  }

  return (
    <div className={styles.page}>
      <h1>
        {status === 'cancelled'
          ? 'Your registration is cancelled'
          : waiting
            ? `${registration.name}, you are number ${registration.position} in line`
            : `${registration.name}, you are going`}
      </h1>
      <div className={styles.card}>
        <DateBlock startsAt={event.startsAt} zone={event.zone} />
        <div className={styles.text}>
          <h2>
            <Link to={paths.event(event.slug)}>{event.title}</Link>
          </h2>
          <p>{day}</p>
          <p>
            {time}, {zoneName(event.zone)}
          </p>
          <p className={styles.soft}>
            For {registration.name}, {registration.email}
          </p>
        </div>
      </div>
      <div aria-live="polite">
        {event.cancelledAt ? (
          <Notice kind="error" title="This event is cancelled">
            You need not do anything.
          </Notice>
        ) : status === 'cancelled' ? (
          <Notice kind="good">
            Somebody else can have the place. Changed your mind? Register again on the event’s page.
          </Notice>
        ) : waiting ? (
          <Notice kind="info">As soon as it is your turn the seat is yours, and you get a mail.</Notice>
        ) : null}
      </div>
      {registration.can.cancel && (
        <div className={styles.actions}>
          <ConfirmButton
            label={waiting ? 'Leave the line' : 'Cancel my place'}
            question={waiting ? 'Leave the line?' : 'Give your place back?'}
            confirmLabel={waiting ? 'Leave the line' : 'Cancel my place'}
            stayLabel={waiting ? 'Stay in line' : 'Keep my place'}
            danger
            onConfirm={cancel}
          >
            It goes to the next person at once.
          </ConfirmButton>
          <noscript>Cancelling needs JavaScript. Switch it on, or answer the mail.</noscript>
        </div>
      )}
    </div>
  )
}
