import { ApiError } from '../api/client'
import { momentIn, short } from '../ui/dates'
import { CheckIcon, ClockIcon, WarningIcon } from '../ui/icons'
import styles from './door-page.module.css'

/** What the person at the door is to know: come in, wait, or no. */
export type Answer = { tone: 'in' | 'look' | 'no'; title: string; words?: string }

const ICONS = { in: CheckIcon, look: ClockIcon, no: WarningIcon }

/** The last answer, large enough for an arm's length; read out as it changes. */
export function DoorAnswer({ answer }: { answer: Answer | null }) {
  const Icon = answer && ICONS[answer.tone]
  return (
    <div role="status" aria-live="assertive" aria-label="The last answer" className={styles.answers}>
      {answer && Icon && (
        <div className={`${styles.answer} ${styles[answer.tone]}`} data-tone={answer.tone}>
          <Icon size={34} />
          <div>
            <p className={styles.title}>{answer.title}</p>
            {answer.words && <p>{answer.words}</p>}
          </div>
        </div>
      )}
    </div>
  )
}

const NO_PLACE: Record<string, string> = {
  waitlisted: 'waits in line and has no seat.',
  cancelled: 'has cancelled.',
  held: 'has not paid or confirmed yet.',
}

/** A refusal at the door, in the words of the door. */
export function refusalInWords(cause: unknown, zone: string): Answer {
  if (!(cause instanceof ApiError)) return { tone: 'no', title: 'That did not work', words: 'Please try again.' }
  // What a refusal knows beyond its words stands in its own fields.
  const problem = cause.problem as typeof cause.problem &
    Partial<Record<'at' | 'name' | 'registration' | 'opensAt', string>>
  const { at, name, registration, opensAt } = problem
  switch (problem.type.split('/').slice(-2).join('/')) {
    case 'checkin/already-in':
      return {
        tone: 'look',
        title: `${name ?? 'This person'} is in already`,
        words: at && `Since ${timeOf(at, zone)}.`,
      }
    case 'checkin/not-going':
      return {
        tone: registration === 'held' ? 'look' : 'no',
        title: 'No place',
        words: `${name ?? 'This person'} ${NO_PLACE[registration ?? ''] ?? 'has no seat.'}`,
      }
    case 'checkin/too-early':
      return {
        tone: 'look',
        title: 'The door is not open yet',
        words: opensAt && `It opens at ${timeOf(opensAt, zone)}.`,
      }
    case 'checkin/wrong-event':
      return { tone: 'no', title: 'For another event', words: 'This ticket lets nobody in here.' }
    case 'checkin/code-unknown':
      return {
        tone: 'no',
        title: 'Not a valid ticket',
        words: 'It may have been replaced by a newer one. Look for the name in the list.',
      }
  }
  if (problem.status === 0)
    return { tone: 'look', title: 'No connection', words: 'Nobody was let in. Show the ticket again.' }
  return { tone: 'no', title: problem.title, words: problem.errors?.[0]?.detail ?? problem.detail }
}

/** The time, and the day where that is not today. */
function timeOf(instant: string, zone: string) {
  const [then, now] = [momentIn(zone, instant), momentIn(zone, new Date().toISOString())]
  const isToday = then.day === now.day && then.month === now.month
  return isToday ? then.time : `${then.time} on ${then.day} ${short(then.month)}`
}
