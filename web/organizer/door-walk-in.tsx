import { Button, TextInput } from '@mantine/core'
import { send } from '../api/client'
import type { EventDetail } from '../api/types'
import { money } from '../ui/money'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import styles from './door-page.module.css'
import form from './event-form.module.css'

/** Gives whoever comes unregistered a free seat and lets them in. */
export function WalkIn({ event, onEntered }: { event: EventDetail; onEntered: (name: string) => Promise<void> }) {
  const submission = useSubmission(async (data, key, element) => {
    const entry = await send('post', '/events/{eventId}/walk-ins', {
      path: { eventId: event.id },
      body: {
        name: String(data.get('name')).trim(),
        email: String(data.get('email')).trim(),
        paid: data.has('paid'),
        evenIfClosed: data.has('evenIfClosed'),
      },
      idempotencyKey: key,
    })
    element.reset()
    await onEntered(entry.name)
  })
  return (
    <details className={styles.walkIn}>
      <summary>Somebody without a registration</summary>
      <form {...submission.form} className={styles.fields} aria-label="Somebody without a registration">
        <TextInput
          label="Their name"
          name="name"
          required
          withAsterisk={false}
          maxLength={100}
          autoComplete="off"
          error={submission.error('name')}
        />
        <TextInput
          type="email"
          label="Their e-mail"
          name="email"
          required
          withAsterisk={false}
          maxLength={254}
          autoComplete="off"
          error={submission.error('email')}
        />
        {event.price && (
          <label className={form.check}>
            <input type="checkbox" name="paid" />
            <span>
              Has paid {money(event.price)}
              <small>Otherwise they owe it.</small>
            </span>
          </label>
        )}
        {event.status !== 'open' && (
          <label className={form.check}>
            <input type="checkbox" name="evenIfClosed" defaultChecked />
            <span>Although registration is closed</span>
          </label>
        )}
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <Button type="submit" size="lg" fullWidth loading={submission.pending}>
          Give a seat and let in
        </Button>
      </form>
    </details>
  )
}
