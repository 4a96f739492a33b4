import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { send } from '../api/client'
import type { EventDetail } from '../api/types'
import { SeatsBar } from '../events/seats'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { ConfirmButton } from '../ui/confirm'
import { toast } from '../ui/toasts'
import styles from './event-form.module.css'

/** What an organizer may do with the event as it stands; the server says what that is. */
export function EventActions(props: {
  event: EventDetail
  onChanged: (event: EventDetail, words: string) => Promise<void>
}) {
  const { event, onChanged } = props
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const reason = useRef<HTMLTextAreaElement>(null)
  const at = { path: { eventId: event.id } }

  async function act(answer: Promise<EventDetail>, words: string) {
    await onChanged(await answer, words)
  }

  async function remove() {
    await send('delete', '/events/{eventId}', at)
    await navigate({ to: paths.organize(), ignoreBlocker: true })
    await queryClient.invalidateQueries({ queryKey: ['events'] })
    toast('The event is deleted.')
  }

  return (
    <aside className={styles.side} aria-label="The state of the event">
      {event.status === 'draft' ? (
        <p>Only you see this. Publishing opens registration; what you change later is shown at once.</p>
      ) : (
        <SeatsBar event={event} />
      )}
      {event.can.publish && (
        <ConfirmButton
          label="Publish"
          variant="filled"
          question="Publish this event?"
          confirmLabel="Publish"
          stayLabel="Not yet"
          onConfirm={() => act(send('put', '/events/{eventId}/publication', at), 'Published. People can register.')}
        >
          Everyone will see it and can register. Save your changes first.
        </ConfirmButton>
      )}
      <ButtonLink to={paths.event(event.slug)} variant="default">
        See its page
      </ButtonLink>
      {event.can.seeRegistrations && (
        <ButtonLink to={paths.attendees(event.id)} variant="default">
          Attendees
        </ButtonLink>
      )}
      {event.can.close && (
        <ConfirmButton
          label="Close registration"
          question="Close registration?"
          confirmLabel="Close it"
          onConfirm={() => act(send('put', '/events/{eventId}/closure', at), 'Registration is closed.')}
        >
          Nobody can register until you open it again. Who is going stays.
        </ConfirmButton>
      )}
      {event.can.reopen && (
        <ConfirmButton
          label="Reopen registration"
          question="Reopen registration?"
          confirmLabel="Reopen"
          onConfirm={() => act(send('delete', '/events/{eventId}/closure', at), 'Registration is open again.')}
        />
      )}
      {(event.can.cancel || event.can.delete) && <hr />}
      {event.can.cancel && (
        <ConfirmButton
          label="Cancel the event"
          question="Cancel the event?"
          confirmLabel="Cancel the event"
          stayLabel="Keep it"
          danger
          onConfirm={() =>
            act(
              send('put', '/events/{eventId}/cancellation', {
                ...at,
                body: { reason: reason.current?.value.trim() || undefined },
              }),
              'The event is cancelled.',
            )
          }
        >
          <p>Everyone who registered is told. This cannot be undone.</p>
          <Textarea
            ref={reason}
            label="Reason (optional)"
            description="Goes into the mail."
            mt="md"
            rows={3}
            maxLength={1000}
          />
        </ConfirmButton>
      )}
      {event.can.delete && (
        <ConfirmButton
          label="Delete"
          question="Delete the event?"
          confirmLabel="Delete for good"
          stayLabel="Keep it"
          danger
          onConfirm={remove}
        >
          It is gone for good, with everything written here.
        </ConfirmButton>
      )}
    </aside>
  )
}
