import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { send } from '../api/client'
import type { EventDetail, Series } from '../api/types'
import { SeatsBar } from '../events/seats'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { ConfirmButton } from '../ui/confirm'
import { toast } from '../ui/toasts'
import styles from './event-form.module.css'
import { CopyEvent, PublishLater } from './event-plans'
import { ScopeChoice, type Scope } from './scope'

/** What an organizer may do with the event as it stands; the server says what that is. */
export function EventActions(props: {
  event: EventDetail
  series?: Series
  onChanged: (event: EventDetail, words: string) => Promise<void>
  onShownAnew: (words: string) => Promise<void>
}) {
  const { event, series, onChanged, onShownAnew } = props
  const [scope, setScope] = useState<Scope>('one')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const reason = useRef<HTMLTextAreaElement>(null)
  const at = { path: { eventId: event.id } }

  async function act(answer: Promise<EventDetail>, words: string) {
    await onChanged(await answer, words)
  }

  const one = !series || scope === 'one'
  const together = { path: { seriesId: series?.id ?? '' } }
  const from = scope === 'following' ? event.id : undefined

  async function publish() {
    if (one || scope === 'following')
      return act(send('put', '/events/{eventId}/publication', { ...at, body: {} }), 'Published. People can register.')
    await send('put', '/series/{seriesId}/publication', together)
    await onShownAnew('All are published. People can register.')
  }

  async function cancel() {
    const why = reason.current?.value.trim() || undefined
    if (one)
      return act(
        send('put', '/events/{eventId}/cancellation', { ...at, body: { reason: why } }),
        'The event is cancelled.',
      )
    await send('put', '/series/{seriesId}/cancellation', { ...together, body: { from, reason: why } })
    await onShownAnew('They are cancelled.')
  }

  async function remove() {
    if (one) await send('delete', '/events/{eventId}', at)
    else await send('delete', '/series/{seriesId}', { ...together, query: { from } })
    await navigate({ to: paths.organize(), ignoreBlocker: true })
    await queryClient.invalidateQueries({ queryKey: ['events'] })
    toast(one ? 'The event is deleted.' : 'They are deleted.')
  }

  const which = (of?: Scope[]) =>
    series?.endedAt === null && (
      <ScopeChoice of={of} value={of && !of.includes(scope) ? 'one' : scope} onChange={setScope} />
    )

  return (
    <aside className={styles.side} aria-label="The state of the event">
      {series?.sentence && <p>{series.sentence}.</p>}
      {event.status === 'draft' ? (
        <p>Only who runs it sees this. Publishing opens registration; what you change later is shown at once.</p>
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
          onConfirm={publish}
        >
          <p>Everyone will see it and can register. Save your changes first.</p>
          {which(['one', 'all'])}
        </ConfirmButton>
      )}
      {event.can.publish && <PublishLater event={event} onChanged={onChanged} />}
      <ButtonLink to={paths.event(event.slug)} variant="default">
        See its page
      </ButtonLink>
      {event.can.seeRegistrations && (
        <ButtonLink to={paths.attendees(event.id)} variant="default">
          Attendees
        </ButtonLink>
      )}
      {event.can.seeTeam && (
        <ButtonLink to={paths.team(event.id)} variant="default">
          Team
        </ButtonLink>
      )}
      {event.can.seeRegistrations && (
        <ButtonLink to={paths.messages(event.id)} variant="default">
          Messages
        </ButtonLink>
      )}
      <ButtonLink to={paths.history(event.id)} variant="default">
        History
      </ButtonLink>
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
      {event.can.changeTeam && <CopyEvent event={event} />}
      {(event.can.cancel || event.can.delete) && <hr />}
      {event.can.cancel && (
        <ConfirmButton
          label="Cancel the event"
          question="Cancel the event?"
          confirmLabel="Cancel the event"
          stayLabel="Keep it"
          danger
          onConfirm={cancel}
        >
          <p>Everyone who registered is told. This cannot be undone.</p>
          {which()}
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
          <p>It is gone for good, with everything written here.</p>
          {which()}
        </ConfirmButton>
      )}
    </aside>
  )
}
