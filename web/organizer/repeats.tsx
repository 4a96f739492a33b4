import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../api/client'
import { exactly } from '../ui/dates'
import { Notice } from '../ui/states'
import styles from './event-form.module.css'
import { previewQuery } from './organizer-queries'
import own from './repeats.module.css'
import { DAY_NAMES, kindsFor, NEVER, repetitionOf, ruleOf, weekdayOf, type Repetition } from './repetition'

const UNITS: Partial<Record<Repetition['kind'], string>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  'monthly-weekday': 'month',
  yearly: 'year',
}
const SHOWN = 6

/** Whether and how an event repeats; what it comes to is in the form's field `rule`. `start` is a wall time. */
export function Repeats(props: { start: string; zone: string; rule?: string; error?: string }) {
  const { start, zone } = props
  const [chosen, setChosen] = useState(() => (props.rule ? repetitionOf(props.rule, start) : NEVER))
  const change = (to: Partial<Repetition>) => setChosen({ ...chosen, ...to })
  const rule = ruleOf(chosen, start)
  const repeats = chosen.kind !== 'never'
  // An event of a series is taken out of it by calling off or deleting, not here.
  const kinds = kindsFor(start).filter(({ value }) => !props.rule || value !== 'never')
  return (
    <fieldset className={styles.part}>
      <legend>Again</legend>
      <input type="hidden" name="rule" value={rule} />
      <NativeSelect
        label="Repeats"
        value={chosen.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as Repetition['kind'], rule })}
        error={chosen.kind === 'own' ? undefined : props.error}
        data={kinds}
      />
      {chosen.kind === 'own' && (
        <TextInput
          label="Rule"
          description="As calendars write it (RFC 5545), like FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10."
          defaultValue={chosen.rule}
          maxLength={500}
          error={props.error}
          onBlur={(event) => change({ rule: event.currentTarget.value })}
        />
      )}
      {chosen.kind === 'weekly' && (
        <fieldset className={own.days}>
          <legend>On these days</legend>
          {DAY_NAMES.map((name, day) => {
            const isStart = weekdayOf(start) === day
            return (
              <label key={name} className={own.day}>
                <input
                  type="checkbox"
                  aria-label={name}
                  checked={isStart || chosen.days.includes(day)}
                  disabled={isStart}
                  onChange={() =>
                    change({
                      days: chosen.days.includes(day)
                        ? chosen.days.filter((each) => each !== day)
                        : [...chosen.days, day],
                    })
                  }
                />
                <span aria-hidden="true">{name.slice(0, 2)}</span>
              </label>
            )
          })}
        </fieldset>
      )}
      {repeats && chosen.kind !== 'own' && (
        <div className={styles.pair}>
          <NativeSelect
            label="How often"
            value={String(chosen.every)}
            onChange={(event) => change({ every: Number(event.currentTarget.value) })}
            data={[...new Set([1, 2, 3, 4, 5, 6, chosen.every])].map((every) => ({
              value: String(every),
              label: every === 1 ? `Every ${UNITS[chosen.kind]}` : `Every ${every} ${UNITS[chosen.kind]}s`,
            }))}
          />
          <NativeSelect
            label="How long"
            value={chosen.ends}
            onChange={(event) => change({ ends: event.currentTarget.value as Repetition['ends'] })}
            data={[
              { value: 'never', label: 'Until I stop it' },
              { value: 'on', label: 'Until a date' },
              { value: 'after', label: 'A number of times' },
            ]}
          />
          {chosen.ends === 'on' && (
            <TextInput
              type="date"
              label="Last day"
              name="repeatUntil"
              required
              withAsterisk={false}
              min={start.slice(0, 10)}
              value={chosen.until}
              onChange={(event) => change({ until: event.currentTarget.value })}
            />
          )}
          {chosen.ends === 'after' && (
            <TextInput
              type="number"
              inputMode="numeric"
              label="How many times"
              name="repeatCount"
              required
              withAsterisk={false}
              min={1}
              max={1000}
              value={chosen.count || ''}
              onChange={(event) => change({ count: Number(event.currentTarget.value) })}
            />
          )}
        </div>
      )}
      {repeats && !(chosen.ends === 'on' && !chosen.until) && !(chosen.ends === 'after' && !(chosen.count > 0)) && (
        <Preview rule={rule} start={start} zone={zone} />
      )}
    </fieldset>
  )
}

/** The first dates, as the server finds them. */
function Preview({ rule, start, zone }: { rule: string; start: string; zone: string }) {
  const found = useQuery({ ...previewQuery(rule, start, zone), enabled: rule !== '' && start !== '' })
  if (!start) return <p className={styles.lead}>Say first when it starts.</p>
  if (found.error instanceof ApiError)
    return <Notice kind="error">{found.error.problem.errors?.[0]?.detail ?? found.error.message}</Notice>
  const preview = found.data
  if (!preview) return null
  const more = preview.total === null || preview.total > SHOWN
  return (
    <div className={own.preview} aria-live="polite">
      <p>{preview.sentence ?? 'By a rule of its own'}</p>
      <ol>
        {preview.startsAt.slice(0, SHOWN).map((startsAt) => (
          <li key={startsAt}>{exactly(startsAt, zone).replace(/ \(.*\)$/, '')}</li>
        ))}
      </ol>
      {more && <small>{preview.total === null ? 'And so on.' : `And so on, ${preview.total} in all.`}</small>}
    </div>
  )
}
