import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useMe } from '../account/account-queries'
import { ApiError, send } from '../api/client'
import type { EventDetail } from '../api/types'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { pushOfThisBrowser } from './browser-push'
import styles from './remind-me.module.css'

/**
 * Lets anybody hear of the event without a place at it: in this browser, or else by account, or by an address. Pressed
 * again it ends that. What ends it is kept in this browser alone. `pressed`: somebody wants it, and waits for this code.
 */
export function RemindMe({ event, pressed }: { event: EventDetail; pressed: boolean }) {
  const me = useMe()
  const kept = `reminded:${event.id}`
  const [link, setLink] = useState(() => localStorage.getItem(kept))
  const [asks, setAsks] = useState<'no' | 'address' | 'sent'>('no')
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)

  function keep(token: string | null) {
    if (token) localStorage.setItem(kept, token)
    else localStorage.removeItem(kept)
    setLink(token)
  }

  async function change() {
    if (link) {
      await send('delete', '/subscription-links/{token}', { path: { token: link } })
      return keep(null)
    }
    const push = await pushOfThisBrowser()
    if (!push && !me) return setAsks('address')
    const body = push ? { push } : {}
    keep((await send('post', '/events/{eventId}/subscriptions', { path: { eventId: event.id }, body })).link)
  }

  async function press() {
    setPending(true)
    setError(null)
    try {
      await change()
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    }
    setPending(false)
  }

  const hasBegun = useRef(false)
  useEffect(() => {
    if (pressed && !hasBegun.current) void press() // what was pressed was there before this was
    hasBegun.current = true
  })

  return (
    <section className={styles.part} aria-label="Reminder">
      {error && <Notice kind="error">{error}</Notice>}
      {asks === 'sent' ? (
        <Notice kind="good">We have written to you. The mail says how to end it.</Notice>
      ) : asks === 'address' ? (
        <ByAddress eventId={event.id} onSent={() => setAsks('sent')} />
      ) : (
        <>
          <Button variant="default" fullWidth loading={pending} onClick={() => void press()}>
            {link ? 'No reminder after all' : 'Remind me'}
          </Button>
          <p className={styles.small} role="status">
            {link
              ? 'You will hear when it is moved or cancelled, and before it begins.'
              : 'Before it begins, and when it is moved or cancelled. It is no registration.'}
          </p>
        </>
      )}
    </section>
  )
}

function ByAddress({ eventId, onSent }: { eventId: string; onSent: () => void }) {
  const submission = useSubmission(async (data, idempotencyKey) => {
    const email = String(data.get('email')).trim()
    await send('post', '/events/{eventId}/subscriptions', { path: { eventId }, body: { email }, idempotencyKey })
    onSent()
  })
  return (
    <form {...submission.form} className={styles.form} aria-label="Be reminded by mail">
      <TextInput
        type="email"
        label="Where shall we write to?"
        description="This browser cannot show reminders, or may not."
        name="email"
        autoComplete="email"
        required
        withAsterisk={false}
        maxLength={254}
        error={submission.error('email')}
        autoFocus
      />
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <Button type="submit" variant="default" fullWidth loading={submission.pending}>
        Remind me by mail
      </Button>
    </form>
  )
}
