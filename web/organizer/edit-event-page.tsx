import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { send } from '../api/client'
import type { EventDetail } from '../api/types'
import { eventQuery } from '../events/event-queries'
import { toast } from '../ui/toasts'
import { EventActions } from './event-actions'
import { EventForm } from './event-form'
import styles from './event-form.module.css'
import { StatusPill } from './status-pill'

const route = getRouteApi('/organize/$eventId/edit')

/** Changes an event, and what state it is in. */
export function EditEventPage() {
  const { eventId } = route.useParams()
  const queryClient = useQueryClient()
  const event = useQuery(eventQuery(eventId)).data
  if (!event) return null

  async function changed(now: EventDetail, words: string) {
    queryClient.setQueryData(eventQuery(eventId).queryKey, now)
    await queryClient.invalidateQueries({ queryKey: ['events'] })
    toast(words)
  }

  return (
    <div className={styles.page}>
      <div className={styles.titles}>
        <StatusPill status={event.status} />
        <h1>{event.title}</h1>
      </div>
      <div className={styles.columns}>
        <EventForm
          key={event.id}
          event={event}
          submitLabel="Save changes"
          onSubmit={async (draft) => {
            const now = await send('patch', '/events/{eventId}', {
              path: { eventId: event.id },
              body: draft,
              version: event.version,
            })
            await changed(now, 'Saved.')
          }}
        />
        <EventActions event={event} onChanged={changed} />
      </div>
    </div>
  )
}
