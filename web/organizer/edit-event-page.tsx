import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { send } from '../api/client'
import type { EventDetail, EventDraft, Series } from '../api/types'
import { eventQuery } from '../events/event-queries'
import { paths } from '../paths'
import { toast } from '../ui/toasts'
import { BannerEditor } from './banner-editor'
import { EventActions } from './event-actions'
import { EventForm } from './event-form'
import styles from './event-form.module.css'
import { Invitations } from './invitations'
import { seriesQuery } from './organizer-queries'
import { PriceForm } from './price-form'
import { repetitionOf, ruleOf } from './repetition'
import { useScopeQuestion, type Scope } from './scope'
import { StatusPill } from './status-pill'
import { wallTime } from './wall-time'

const route = getRouteApi('/organize/$eventId/edit')

/** Changes an event, and what state it is in. */
export function EditEventPage() {
  const { eventId } = route.useParams()
  const queryClient = useQueryClient()
  const event = useQuery(eventQuery(eventId)).data
  const whole = useQuery({ ...seriesQuery(event?.series?.id ?? ''), enabled: Boolean(event?.series) }).data
  // Who helps with one occurrence alone changes that one.
  const series = whole?.can.edit || whole?.can.delete ? whole : undefined
  const navigate = useNavigate()
  const { ask, question } = useScopeQuestion()
  if (!event) return null
  const at = { path: { eventId: event.id } }

  async function changed(now: EventDetail, words: string) {
    queryClient.setQueryData(eventQuery(eventId).queryKey, now)
    await queryClient.invalidateQueries({ queryKey: ['events'] })
    toast(words)
  }

  async function shownAnew(words: string) {
    await queryClient.invalidateQueries({ queryKey: ['events'] })
    toast(words)
  }

  /** Asks which ones are meant, and sends those only what became another. */
  async function saveInSeries(of: Series, draft: EventDraft, rule: string) {
    const now = event!
    const fields = changesOf(now, draft)
    const { kept, moved } = rulesOf(of.rule, now, draft)
    const isOther = rule !== moved
    const isOnAnotherDay = !isOther && moved !== kept
    if (Object.keys(fields).length === 0 && !isOther) return void toast('Nothing is different.')
    // Of several days a week it is this one that moves: what that means for all depends on which of them comes first.
    const hasOtherDays = isOnAnotherDay && moved.includes(',')
    const scopes: Scope[] = isOther
      ? ['following', 'all']
      : hasOtherDays
        ? ['one', 'following']
        : ['one', 'following', 'all']
    const scope = await ask(scopes, isOther || isOnAnotherDay)
    if (scope === null) return false
    if (scope === 'one') {
      return changed(await send('patch', '/events/{eventId}', { ...at, body: fields, version: now.version }), 'Saved.')
    }
    const body = {
      ...fields,
      ...(isOther || isOnAnotherDay ? { rule } : {}),
      [scope === 'all' ? 'of' : 'from']: now.id,
    }
    const { next } = await send('patch', '/series/{seriesId}', { path: { seriesId: of.id }, body, version: of.version })
    // The date that this page was about may be none any more.
    if (hasOtherDays && next) await navigate({ to: paths.editEvent(next.id), ignoreBlocker: true })
    await shownAnew(scope === 'all' ? 'Saved for all that are to come.' : 'Saved, also for those that follow.')
  }

  return (
    <div className={styles.page}>
      {question}
      <div className={styles.titles}>
        <StatusPill status={event.status} />
        <h1>{event.title}</h1>
      </div>
      <div className={styles.columns}>
        <div className={styles.form}>
          <EventForm
            key={event.id}
            event={event}
            series={series}
            mayRepeat={event.can.changeTeam && !event.series}
            submitLabel="Save changes"
            onSubmit={async (draft, key, rule) => {
              if (series) return saveInSeries(series, draft, rule)
              const now = await send('patch', '/events/{eventId}', { ...at, body: draft, version: event.version })
              if (rule) await send('post', '/events/{eventId}/series', { ...at, body: { rule }, idempotencyKey: key })
              await (rule ? shownAnew('Saved. It repeats now.') : changed(now, 'Saved.'))
            }}
          />
          {event.visibility === 'private' && <Invitations event={event} />}
          <BannerEditor event={event} onChanged={shownAnew} />
          {event.can.setPrice && <PriceForm event={event} />}
        </div>
        <EventActions event={event} series={series} onChanged={changed} onShownAnew={shownAnew} />
      </div>
    </div>
  )
}

/** What the form says otherwise than the event does. */
function changesOf(event: EventDetail, draft: EventDraft): Partial<EventDraft> {
  const { venue, category, ...rest } = event
  const was: EventDraft = { ...rest, venueId: venue?.id ?? null, categoryId: category?.id ?? null }
  const isSame = (name: keyof EventDraft) => JSON.stringify(draft[name]) === JSON.stringify(was[name])
  const changed = Object.keys(draft).filter((name) => !isSame(name as keyof EventDraft))
  // A start alone would take the end along, and the form has said both.
  if (changed.includes('startsAt') || changed.includes('endsAt')) changed.push('startsAt', 'endsAt')
  return Object.fromEntries(changed.map((name) => [name, draft[name as keyof EventDraft]]))
}

/** What the form says of the rule while the start is the one there was, and when only the start became another. */
function rulesOf(rule: string, event: EventDetail, draft: EventDraft) {
  const before = wallTime(event.startsAt, event.zone)
  const repetition = repetitionOf(rule, before)
  return { kept: ruleOf(repetition, before), moved: ruleOf(repetition, wallTime(draft.startsAt, draft.zone)) }
}
