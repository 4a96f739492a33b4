import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { send } from '../api/client'
import type { EventDraft } from '../api/types'
import { paths } from '../paths'
import { toast } from '../ui/toasts'
import { EventForm } from './event-form'
import styles from './event-form.module.css'

/** Writes a new event down, as a draft. */
export function NewEventPage() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <div className={styles.titles}>
        <h1>New event</h1>
        <p className={styles.lead}>It stays a draft that only you see until you publish it.</p>
      </div>
      <EventForm
        submitLabel="Save the draft"
        onSubmit={async (draft, key, rule) => {
          const id = rule
            ? await firstOf(draft, key, rule)
            : (await send('post', '/events', { body: draft, idempotencyKey: key })).id
          await queryClient.invalidateQueries({ queryKey: ['events'] })
          await navigate({ to: id ? paths.editEvent(id) : paths.organize(), ignoreBlocker: true })
          toast('Saved. Publish it when you are ready.')
        }}
      />
    </div>
  )
}

async function firstOf(draft: EventDraft, idempotencyKey: string, rule: string) {
  const series = await send('post', '/series', { body: { ...draft, rule }, idempotencyKey })
  return series.next?.id
}
