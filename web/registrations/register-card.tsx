import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { fullName, useMe } from '../account/account-queries'
import { send } from '../api/client'
import type { Account, EventDetail, Registration } from '../api/types'
import { SeatsBar, seatsInWords } from '../events/seats'
import { paths } from '../paths'
import { exactly } from '../ui/dates'
import { money } from '../ui/money'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { CancelRegistration } from './cancel-registration'
import { InterestButton } from './interest-button'
import { NameChoice } from './name-choice'
import { Pay } from './pay'
import styles from './register-card.module.css'
import { myRegistrationQuery } from './registration-queries'

/** The way into an event, and what has become of it. */
export function RegisterCard({ event, invitation }: { event: EventDetail; invitation?: string }) {
  const me = useMe()
  const mine = useQuery({ ...myRegistrationQuery(event.id), enabled: me !== null }).data
  const [asGuest, setAsGuest] = useState<Registration | null>(null)
  const [fresh, setFresh] = useState(false)
  const queryClient = useQueryClient()

  function registered(registration: Registration) {
    setFresh(true)
    if (me) queryClient.setQueryData(myRegistrationQuery(event.id).queryKey, registration)
    else setAsGuest(registration)
    // Seats and lists have changed for everyone; what this page shows is asked again.
    void queryClient.invalidateQueries({ queryKey: ['events'] })
    void queryClient.invalidateQueries({ queryKey: ['registrations', 'mine', 'upcoming'] })
  }

  const registration = me ? mine : asGuest
  return (
    <div className={styles.card}>
      {registration ? (
        <Result event={event} registration={registration} guest={!me} fresh={fresh} />
      ) : event.can.register ? (
        <>
          <h2>{event.seatsLeft === 0 ? 'Join the waitlist' : 'Save your place'}</h2>
          <SeatsBar event={event} />
          {event.seatsLeft === 0 && (
            <p className={styles.note}>
              Every seat is taken. You would be <strong>number {event.waiting + 1} in line</strong>: when somebody
              cancels, the first in line has the seat at once.
            </p>
          )}
          {me ? (
            <AccountForm event={event} me={me} invitation={invitation} onDone={registered} />
          ) : (
            <GuestForm event={event} invitation={invitation} onDone={registered} />
          )}
          {me && <InterestButton eventId={event.id} />}
          {event.registrationDeadline && (
            <p className={styles.small}>Register until {exactly(event.registrationDeadline, event.zone)}.</p>
          )}
        </>
      ) : (
        <Shut event={event} />
      )}
    </div>
  )
}

function registerLabel({ seatsLeft, price }: EventDetail) {
  if (seatsLeft === 0) return 'Join the waitlist'
  return price ? `Register for ${money(price)}` : 'Register'
}

type Way = { event: EventDetail; invitation?: string; onDone: (registration: Registration) => void }

function register({ event, invitation }: Way, who: { name?: string; email?: string }, idempotencyKey: string) {
  return send('post', '/events/{eventId}/registrations', {
    path: { eventId: event.id },
    query: { invitation },
    body: who,
    idempotencyKey,
  })
}

function AccountForm(props: Way & { me: Account }) {
  const { event, me } = props
  const submission = useSubmission(async (_data, key) => {
    props.onDone(await register(props, {}, key))
  })
  return (
    <form {...submission.form} className={styles.form}>
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <Button type="submit" size="lg" fullWidth loading={submission.pending}>
        {registerLabel(event)}
      </Button>
      <p className={styles.small}>
        As {fullName(me)}, {me.email}
      </p>
    </form>
  )
}

function GuestForm(props: Way) {
  const { event } = props
  const submission = useSubmission(async (data, key) => {
    const guest = { name: String(data.get('name')).trim(), email: String(data.get('email')).trim() }
    props.onDone(await register(props, guest, key))
  })
  return (
    <form {...submission.form} className={styles.form} aria-label="Register as a guest">
      <noscript>
        <Notice kind="info">Registering needs JavaScript. Switch it on, or ask the organizer to add you.</Notice>
      </noscript>
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <TextInput
        label="Your name"
        name="name"
        required
        maxLength={100}
        autoComplete="name"
        error={submission.error('name')}
        withAsterisk={false}
      />
      <TextInput
        label="E-mail"
        description="For your confirmation and the link to cancel."
        name="email"
        type="email"
        required
        maxLength={254}
        autoComplete="email"
        error={submission.error('email')}
        withAsterisk={false}
      />
      <Button type="submit" size="lg" fullWidth loading={submission.pending}>
        {registerLabel(event)}
      </Button>
      <p className={styles.small}>
        No account needed. Have one?{' '}
        <Link to={paths.login()} search={{ next: paths.event(event.slug) }}>
          Log in
        </Link>
      </p>
    </form>
  )
}

function Result(props: { event: EventDetail; registration: Registration; guest: boolean; fresh: boolean }) {
  const { event, registration } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const waiting = registration.status === 'waitlisted'
  const held = registration.heldUntil !== null

  // Only what has just come about takes the focus: who comes back to the page starts at its top.
  useEffect(() => {
    if (props.fresh) heading.current?.focus()
  }, [props.fresh])

  const [title, words] = resultInWords(event, registration)
  return (
    <div className={styles.result}>
      <Burst waiting={waiting} />
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{words}</p>
      {props.guest ? (
        <p className={styles.small}>
          We have written to <strong>{registration.email}</strong>. The mail has your link
          {registration.mustConfirm ? ' to confirm' : held ? ' to pay' : ', should plans change'}.
        </p>
      ) : (
        <>
          <Pay registration={registration} />
          <SeatsBar event={event} />
          {event.status !== 'past' && event.status !== 'cancelled' && <NameChoice registration={registration} />}
          {registration.can.cancel && <CancelRegistration registration={registration} fullWidth />}
        </>
      )}
    </div>
  )
}

function resultInWords(event: EventDetail, registration: Registration): [string, string] {
  const { status, position, heldUntil, mustConfirm, attended } = registration
  const waiting = status === 'waitlisted'
  if (event.status === 'past')
    return waiting
      ? ['You were on the waitlist', 'No seat came free in time.']
      : attended === false
        ? ['You had a seat', 'You were not seen at the door.']
        : ['You were there', 'We hope it was good.']
  if (mustConfirm && heldUntil)
    return [
      'One more step: your mail',
      `${waiting ? 'Your place in line' : 'A seat'} is held for you until ${exactly(heldUntil, event.zone)}. Follow the link in the mail to confirm it.`,
    ]
  if (waiting)
    return [
      `You are number ${position ?? '…'} in line`,
      'As soon as a seat is free and your turn has come, it is yours and you get a mail.',
    ]
  const title = heldUntil ? 'Your seat is held' : 'You are going'
  if (event.status === 'cancelled') return [title, 'But the event has been cancelled.']
  return [title, heldUntil ? 'It is yours once it is paid for.' : 'See you there.']
}

function Shut({ event }: { event: EventDetail }) {
  const full = event.status === 'open' && event.seatsLeft === 0
  const reason =
    event.status === 'draft'
      ? 'Registration opens when the event is published.'
      : event.status === 'cancelled'
        ? 'There is nothing to register for any more.'
        : event.status === 'past'
          ? 'Perhaps the next one?'
          : full
            ? 'This event keeps no waitlist. Perhaps somebody cancels: look in again.'
            : event.registrationDeadline && event.status === 'open'
              ? `It was open until ${exactly(event.registrationDeadline, event.zone)}.`
              : 'The organizer takes no more registrations.'
  return (
    <>
      <h2>{full ? 'Every seat is taken' : shutTitle(event)}</h2>
      {(event.status === 'open' || event.status === 'closed') && (
        <SeatsBar event={event} words={`${event.taken} going`} />
      )}
      <p className={styles.note}>{reason}</p>
      <Link to={paths.browse()} className={styles.other}>
        See what else is on
      </Link>
    </>
  )
}

function shutTitle(event: EventDetail) {
  if (event.status === 'draft') return 'Not open yet'
  return event.status === 'open' ? 'Registration is closed' : seatsInWords(event)
}

function Burst({ waiting }: { waiting: boolean }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 60 20" className={styles.burst}>
      <path fill="var(--bar)" d="M0 0h10a10 10 0 0 1-10 10zM20 20V10h10zM50 10a5 5 0 0 0-10 0z" />
      <path
        fill="var(--accent)"
        d="M10 10a5 5 0 0 0 10 0zM40 10v10H30a10 10 0 0 1 10-10zM55 1a4 4 0 0 1 0 8 4 4 0 0 1 0-8z"
      />
      {waiting ? (
        <path fill="var(--ok)" opacity=".35" d="M30 0h10v10zM50 10h10v10H50zM0 10h10v10z" />
      ) : (
        <path fill="var(--ok)" d="M30 0h10v10zM50 10h10v10H50zM0 10h10v10z" />
      )}
    </svg>
  )
}
