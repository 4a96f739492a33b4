import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { send } from '../api/client'
import type { Registration } from '../api/types'
import { DateBlock } from '../events/date-block'
import { paths } from '../paths'
import { ConfirmButton } from '../ui/confirm'
import { whenLines, zoneName } from '../ui/dates'
import { Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import styles from './guest-link-page.module.css'
import { Confirm } from './confirm-place'
import { Pay } from './pay'
import { guestLinkQuery } from './registration-queries'
import { Ticket } from './ticket'

const route = getRouteApi('/r/$token')

/** A guest's registration, reached by the link in the mail. Opening it changes nothing: mail scanners follow links. */
export function GuestLinkPage() {
  const { token } = route.useParams()
  const queryClient = useQueryClient()
  const router = useRouter()
  const registration = useQuery(guestLinkQuery(token)).data
  if (!registration) return null
  const { event, status } = registration
  const [day, time] = whenLines(event)
  const waiting = status === 'waitlisted'

  async function cancel() {
    const cancelled = await send('put', '/guest-links/{token}/cancellation', { path: { token } })
    queryClient.setQueryData(guestLinkQuery(token).queryKey, cancelled)
  }

  async function erase() {
    await send('delete', '/guest-links/{token}', { path: { token } })
    await router.navigate({ to: paths.browse() })
    queryClient.removeQueries({ queryKey: guestLinkQuery(token).queryKey })
    toast('Your name and your address are deleted.')
  }

  function confirmed(answer: Registration) {
    queryClient.setQueryData(guestLinkQuery(token).queryKey, answer)
  }

  return (
    <div className={styles.page}>
      <h1>
        {status === 'cancelled'
          ? 'Your registration is cancelled'
          : registration.mustConfirm
            ? `${registration.name}, do you want this place?`
            : waiting
              ? `${registration.name}, you are number ${registration.position} in line`
              : registration.heldUntil
                ? `${registration.name}, your seat is held`
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
        ) : waiting && !registration.mustConfirm ? (
          <Notice kind="info">As soon as it is your turn the seat is yours, and you get a mail.</Notice>
        ) : null}
      </div>
      {status === 'going' && !registration.heldUntil && (
        <Ticket from={`/api/v1/guest-links/${encodeURIComponent(token)}/ticket`} name={registration.name} />
      )}
      {registration.mustConfirm && <Confirm registration={registration} token={token} onDone={confirmed} />}
      {registration.heldUntil && !registration.mustConfirm && <Pay registration={registration} token={token} />}
      {registration.can.cancel && (
        <div className={styles.actions}>
          <ConfirmButton
            label={registration.mustConfirm ? 'No, thank you' : waiting ? 'Leave the line' : 'Cancel my place'}
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
      <section className={styles.data} aria-labelledby="data-heading">
        <h2 id="data-heading">Your data</h2>
        <p className={styles.soft}>
          This registration and what was written to you about it, to take along or to delete.
        </p>
        <div className={styles.actions}>
          <Button
            component="a"
            href={`/api/v1/guest-links/${encodeURIComponent(token)}/data`}
            download="my-registration.json"
            variant="default"
          >
            Download your data
          </Button>
          <ConfirmButton
            label="Delete your data"
            question="Delete your name and your address for good?"
            confirmLabel="Delete for good"
            stayLabel="Keep them"
            danger
            onConfirm={erase}
          >
            It cannot be undone. A place at what is still to come goes to the next person at once, and this page is
            gone.
          </ConfirmButton>
        </div>
      </section>
    </div>
  )
}
