import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { send } from '../api/client'
import type { Payment, Registration } from '../api/types'
import { exactly, useInBrowser } from '../ui/dates'
import { money } from '../ui/money'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import styles from './register-card.module.css'

/** The way to the money for a seat that is held, and how long it still is. */
export function Pay({ registration, token }: { registration: Registration; token?: string }) {
  const [byHand, setByHand] = useState<Payment | null>(null)
  const left = useMinutesLeft(registration.heldUntil)
  const submission = useSubmission(async () => {
    const payment = token
      ? await send('post', '/guest-links/{token}/payment', { path: { token } })
      : await send('post', '/registrations/{registrationId}/payment', { path: { registrationId: registration.id } })
    if (payment.redirectUrl) window.location.assign(payment.redirectUrl)
    else setByHand(payment)
  })
  if (!registration.heldUntil) return null
  if (left !== null && left <= 0)
    return <p className={styles.small}>The time to pay is over. Reload the page to see what has become of the seat.</p>
  if (byHand)
    return (
      <Notice kind="info" title={`Pay ${money(byHand)} to the organizer`}>
        {byHand.instructions ?? 'The organizer takes the money, and confirms your seat then.'}
      </Notice>
    )
  return (
    <form {...submission.form} className={styles.form}>
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <Button type="submit" fullWidth loading={submission.pending} aria-label={`Pay for ${registration.event.title}`}>
        Pay
      </Button>
      <p className={styles.small}>
        Held until {exactly(registration.heldUntil, registration.event.zone)}
        {left !== null && left < 120 && `: ${left === 1 ? 'one minute' : `${left} minutes`} left`}.
      </p>
    </form>
  )
}

/** Null on the server, whose clock is not the visitor's. */
function useMinutesLeft(until: string | null) {
  const inBrowser = useInBrowser()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return inBrowser && until ? Math.ceil((Date.parse(until) - now) / 60_000) : null
}
