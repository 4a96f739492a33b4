import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { send } from '../api/client'
import type { EventDetail } from '../api/types'
import { paths } from '../paths'
import { ConfirmButton } from '../ui/confirm'
import { exactly, zoneName } from '../ui/dates'
import { FieldError } from '../ui/submission'
import { toast } from '../ui/toasts'
import { instantOf, wallTime } from './wall-time'

/** Has a draft published at a time, by itself, or takes that back. */
export function PublishLater(props: {
  event: EventDetail
  onChanged: (event: EventDetail, words: string) => Promise<void>
}) {
  const { event, onChanged } = props
  const time = useRef<HTMLInputElement>(null)
  const path = { eventId: event.id }

  async function plan() {
    const at = await chosen(time.current, event.zone)
    const now = await send('put', '/events/{eventId}/publication', { path, body: { at } })
    await onChanged(now, `It is published on ${exactly(at, event.zone)}.`)
  }

  async function takeBack() {
    await onChanged(await send('delete', '/events/{eventId}/publication', { path }), 'It stays a draft for now.')
  }

  return (
    <>
      {event.publishAt && (
        <p>
          Will be published by itself on <strong>{exactly(event.publishAt, event.zone)}</strong>.
        </p>
      )}
      <ConfirmButton
        label={event.publishAt ? 'Reschedule' : 'Schedule'}
        question="Publish at a time?"
        confirmLabel="Plan it"
        stayLabel="Not now"
        onConfirm={plan}
      >
        <p>Until then only who runs it sees it. Whatever keeps it from being published is told to you by mail.</p>
        <TextInput
          ref={time}
          type="datetime-local"
          label="Publish at"
          description={`By ${zoneName(event.zone)}, before it starts.`}
          defaultValue={event.publishAt ? wallTime(event.publishAt, event.zone) : undefined}
          mt="md"
        />
      </ConfirmButton>
      {event.publishAt && (
        <ConfirmButton
          label="Take the schedule back"
          question="Keep it a draft?"
          confirmLabel="Keep it a draft"
          onConfirm={takeBack}
        >
          It is published when you say so.
        </ConfirmButton>
      )}
    </>
  )
}

/** Makes a draft of the same event at another time. */
export function CopyEvent({ event }: { event: EventDetail }) {
  const time = useRef<HTMLInputElement>(null)
  const asked = useRef({ startsAt: '', key: '' })
  const queryClient = useQueryClient()
  const navigate = useNavigate()

  async function copy() {
    const startsAt = await chosen(time.current, event.zone)
    // The same copy asked for again after a lost answer is not made twice.
    if (asked.current.startsAt !== startsAt) asked.current = { startsAt, key: crypto.randomUUID() }
    const made = await send('post', '/events/{eventId}/copies', {
      path: { eventId: event.id },
      body: { startsAt },
      idempotencyKey: asked.current.key,
    })
    asked.current = { startsAt: '', key: '' }
    await queryClient.invalidateQueries({ queryKey: ['events'] })
    await navigate({ to: paths.editEvent(made.id) })
    toast('This is the copy: a draft that only you see.')
  }

  return (
    <ConfirmButton label="Copy this event" question="Copy this event?" confirmLabel="Make the copy" onConfirm={copy}>
      <p>A new draft with everything but the people: no registrations, no invitations.</p>
      <TextInput
        ref={time}
        type="datetime-local"
        label="Time of the copy"
        description={`By ${zoneName(event.zone)}.`}
        defaultValue={weekLater(event)}
        mt="md"
      />
    </ConfirmButton>
  )
}

async function chosen(input: HTMLInputElement | null, zone: string) {
  if (!input?.value) throw new FieldError('at', 'Say when, please.')
  const instant = await instantOf(input.value, zone)
  if (!instant) throw new FieldError('at', `Clocks are put forward over this time (${zoneName(zone)}).`)
  return instant
}

/** The same weekday and time, a week on from the event, or from now where it is over. */
function weekLater({ startsAt, zone }: EventDetail) {
  const wall = Date.parse(`${wallTime(startsAt, zone)}Z`)
  const weeks = Math.max(1, Math.ceil((Date.now() - Date.parse(startsAt)) / WEEK))
  return new Date(wall + weeks * WEEK).toISOString().slice(0, 16)
}

const WEEK = 7 * 86_400_000
