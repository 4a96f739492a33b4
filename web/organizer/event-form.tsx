import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { send } from '../api/client'
import type { EventDetail, EventDraft, Series } from '../api/types'
import { categoriesQuery } from '../events/event-queries'
import { useInBrowser, zoneName } from '../ui/dates'
import { LeaveGuard } from '../ui/leave-guard'
import { Loading, Notice } from '../ui/states'
import { FieldError, useSubmission } from '../ui/submission'
import styles from './event-form.module.css'
import { venuesQuery } from './organizer-queries'
import { before, DEFAULT_REMINDERS, USUAL_REMINDERS } from './reminder-words'
import { Repeats } from './repeats'
import { WhereFields } from './where-fields'
import { instantOf, twoHoursAfter, wallTime } from './wall-time'

type Props = {
  event?: EventDetail
  /** What the event is an occurrence of. */
  series?: Series
  /** Whether it may be made one that repeats. */
  mayRepeat?: boolean
  submitLabel: string
  /** `rule` is empty for an event that does not repeat. `false`: nothing was sent after all. */
  onSubmit: (draft: EventDraft, idempotencyKey: string, rule: string) => Promise<void | false>
}

/** Writes an event down. Times are those on the clocks of the event's own zone. */
export function EventForm(props: Props) {
  // Zones and "my zone" are known to the browser alone, and nothing can be sent without it.
  return useInBrowser() ? <Fields {...props} /> : <Loading rows={4} />
}

function Fields({ event, series, mayRepeat = true, submitLabel, onSubmit }: Props) {
  const queryClient = useQueryClient()
  const categories = useQuery(categoriesQuery()).data?.items ?? []
  const venues = useQuery(venuesQuery()).data?.items ?? []
  const [zone, setZone] = useState(event?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [start, setStart] = useState(event ? wallTime(event.startsAt, event.zone) : '')
  const [where, setWhere] = useState(event?.venue?.id ?? (event?.place ? 'place' : ''))
  const end = useRef<HTMLInputElement>(null)
  const saved = useRef('') // what the form held when it was last saved, or opened

  const submission = useSubmission(async (data, key, element) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const [startsAt, endsAt] = [await instant('startsAt'), await instant('endsAt')]
    if (endsAt <= startsAt) throw new FieldError('endsAt', 'It has to end after it starts.')
    const registrationDeadline = text('registrationDeadline') ? await instant('registrationDeadline') : null

    const sent = await onSubmit(
      {
        title: text('title'),
        description: String(data.get('description') ?? ''),
        startsAt,
        endsAt,
        zone,
        venueId: where === 'new' ? await newVenue() : where === 'place' || !where ? null : where,
        place: where ? text('place') || null : null,
        categoryId: text('categoryId') || null,
        tags: text('tags')
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
        capacity: text('capacity') ? Number(text('capacity')) : null,
        registrationDeadline,
        hasWaitlist: data.has('hasWaitlist'),
        confirmsGuests: data.has('confirmsGuests'),
        reminderMinutes: data.getAll('reminderMinutes').map(Number),
        visibility: text('visibility') as EventDraft['visibility'],
        onlineUrl: text('onlineUrl') || null,
      },
      key,
      text('rule'),
    )
    if (sent !== false) saved.current = contentOf(element)

    async function instant(name: 'startsAt' | 'endsAt' | 'registrationDeadline') {
      // What nobody has touched stays to the second, and stays the later of two when clocks are put back.
      const before = event?.[name]
      if (before && zone === event.zone && wallTime(before, zone) === text(name)) return before
      const found = await instantOf(text(name), zone)
      if (!found) throw new FieldError(name, `Clocks are put forward over this time (${zoneName(zone)}).`)
      return found
    }

    // The venue stays when the event is refused afterwards: the select then shows it, and it is not made twice.
    async function newVenue() {
      const venue = await send('post', '/venues', { body: { name: text('venueName'), address: text('venueAddress') } })
      await queryClient.invalidateQueries({ queryKey: venuesQuery().queryKey })
      setWhere(venue.id)
      return venue.id
    }
  })

  const { error } = submission
  const form = submission.form.ref
  useEffect(() => {
    saved.current = contentOf(form.current)
  }, [form, series?.rule])

  const reminders = event?.reminderMinutes ?? DEFAULT_REMINDERS
  const zones = [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
  const listed = event?.venue && !venues.some(({ id }) => id === event.venue?.id) ? [event.venue, ...venues] : venues
  const local = (instant: string | null | undefined) => (instant && event ? wallTime(instant, event.zone) : undefined)

  return (
    <form {...submission.form} className={styles.form}>
      <LeaveGuard isUnsaved={() => contentOf(form.current) !== saved.current} />
      <fieldset className={styles.part}>
        <legend>What</legend>
        <TextInput
          label="Title"
          name="title"
          required
          maxLength={255}
          defaultValue={event?.title}
          error={error('title')}
          withAsterisk={false}
        />
        <NativeSelect
          label="Category"
          name="categoryId"
          defaultValue={event?.category?.id ?? ''}
          error={error('categoryId')}
          data={[{ value: '', label: 'None' }, ...categories.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TextInput
          label="Tags"
          description="Words people look for, with commas between them."
          name="tags"
          maxLength={1000}
          defaultValue={event?.tags.join(', ')}
          error={error('tags')}
        />
        <Textarea
          label="Description"
          description="What happens, for whom, what to bring. **Bold**, lists and links as in Markdown."
          name="description"
          rows={9}
          maxLength={20000}
          defaultValue={event?.description}
          error={error('description')}
        />
      </fieldset>

      <fieldset className={styles.part}>
        <legend>When</legend>
        <div className={styles.pair}>
          <TextInput
            type="datetime-local"
            label="Starts"
            name="startsAt"
            required
            withAsterisk={false}
            defaultValue={local(event?.startsAt)}
            error={error('startsAt')}
            onChange={(change) => setStart(change.currentTarget.value)}
            onBlur={({ currentTarget }) => {
              if (end.current && !end.current.value) end.current.value = twoHoursAfter(currentTarget.value)
            }}
          />
          <TextInput
            ref={end}
            type="datetime-local"
            label="Ends"
            name="endsAt"
            required
            withAsterisk={false}
            defaultValue={local(event?.endsAt)}
            error={error('endsAt')}
          />
        </div>
        <NativeSelect
          label="Time zone"
          description={`The times above are ${zoneName(zone)}.`}
          name="zone"
          value={zone}
          onChange={(change) => setZone(change.currentTarget.value)}
          error={error('zone')}
          data={zones}
        />
      </fieldset>

      {event?.status !== 'cancelled' && event?.status !== 'past' && (series || mayRepeat) && (
        <Repeats key={series?.rule} start={start} zone={zone} rule={series?.rule} error={error('rule')} />
      )}

      <WhereFields event={event} where={where} venues={listed} onChange={setWhere} error={error} />

      <fieldset className={styles.part}>
        <legend>For whom</legend>
        <NativeSelect
          label="Who sees it"
          name="visibility"
          defaultValue={event?.visibility ?? 'public'}
          error={error('visibility')}
          data={[
            { value: 'public', label: 'Everybody' },
            { value: 'unlisted', label: 'Whoever has the link' },
            { value: 'private', label: 'Only who is invited' },
          ]}
        />
        <TextInput
          type="url"
          label="Online link"
          description="Only you and who is going see it."
          name="onlineUrl"
          maxLength={2000}
          placeholder="https://"
          defaultValue={event?.onlineUrl ?? ''}
          error={error('onlineUrl')}
        />
      </fieldset>

      <fieldset className={styles.part}>
        <legend>Seats</legend>
        <div className={styles.pair}>
          <TextInput
            type="number"
            inputMode="numeric"
            min={1}
            step={1}
            label="Seats"
            description="Empty means as many as come."
            name="capacity"
            defaultValue={event?.capacity ?? ''}
            error={error('capacity')}
          />
          <TextInput
            type="datetime-local"
            label="Register until"
            description="Empty means until it starts."
            name="registrationDeadline"
            defaultValue={local(event?.registrationDeadline)}
            error={error('registrationDeadline')}
          />
        </div>
        <label className={styles.check}>
          <input type="checkbox" name="hasWaitlist" defaultChecked={event?.hasWaitlist ?? true} />
          <span>
            Keep a waitlist when it is full
            <small>Who is first in line has the next free seat at once.</small>
          </span>
        </label>
        <label className={styles.check}>
          <input type="checkbox" name="confirmsGuests" defaultChecked={event?.confirmsGuests ?? false} />
          <span>
            Guests confirm by mail
            <small>
              Who has no account has an hour to follow the link they get; otherwise the place is the next one’s.
            </small>
          </span>
        </label>
      </fieldset>

      <fieldset className={styles.part}>
        <legend>Reminders</legend>
        <p className={styles.about}>Who is going, or follows the event, is reminded before it begins.</p>
        {[...new Set([...USUAL_REMINDERS, ...reminders])]
          .sort((a, b) => b - a)
          .map((minutes) => (
            <label key={minutes} className={styles.check}>
              <input
                type="checkbox"
                name="reminderMinutes"
                value={minutes}
                defaultChecked={reminders.includes(minutes)}
              />
              <span>{before(minutes)}</span>
            </label>
          ))}
      </fieldset>

      <div className={styles.end}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <Button type="submit" size="lg" loading={submission.pending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}

/** Everything that is filled in, to be compared; of a form that is gone nothing. */
function contentOf(form: HTMLFormElement | null) {
  return form ? JSON.stringify([...new FormData(form)]) : ''
}
