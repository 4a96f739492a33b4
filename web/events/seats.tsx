import type { EventSummary } from '../api/types'
import styles from './seats.module.css'

type Seats = Pick<EventSummary, 'capacity' | 'taken' | 'waiting' | 'seatsLeft' | 'hasWaitlist' | 'status'>

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** How full it is, in words: "12 of 40 seats left", "Full, 3 waiting". */
export function seatsInWords({ capacity, taken, waiting, seatsLeft, hasWaitlist, status }: Seats): string {
  if (status === 'cancelled') return 'Cancelled'
  if (status === 'past') return taken > 0 ? `${plural(taken, 'person', 'people')} went` : 'Over'
  if (status === 'closed') return 'Registration is closed'
  if (capacity === null || seatsLeft === null) {
    return taken > 0 ? `${plural(taken, 'person', 'people')} going, room for more` : 'Room for everyone'
  }
  if (seatsLeft === 0) return waiting > 0 ? `Full, ${waiting} waiting` : hasWaitlist ? 'Full, waitlist open' : 'Full'
  if (seatsLeft === 1) return 'One seat left'
  if (seatsLeft <= 5) return `Last ${seatsLeft} seats`
  return `${seatsLeft.toLocaleString('en-GB')} of ${plural(capacity, 'seat', 'seats')} left`
}

/** The words and a bar of how much is taken; without a limit there is nothing to fill. */
export function SeatsBar(props: { event: Seats; words?: string }) {
  const { capacity, taken, seatsLeft, status } = props.event
  const ended = status === 'cancelled' || status === 'past'
  const share = capacity ? Math.min(1, taken / capacity) : capacity === 0 ? 1 : null
  return (
    <div className={styles.seats}>
      {share !== null && !ended && (
        <div className={styles.bar} aria-hidden="true">
          <div
            className={styles.fill}
            data-tight={(seatsLeft ?? 1) <= 5 || undefined}
            style={{ width: `${Math.round(share * 100)}%` }}
          />
        </div>
      )}
      <span className={styles.words} data-cancelled={status === 'cancelled' || undefined}>
        {props.words ?? seatsInWords(props.event)}
      </span>
    </div>
  )
}
