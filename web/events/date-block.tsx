import { momentIn, short } from '../ui/dates'
import styles from './date-block.module.css'

/** The day an event starts, as a leaf of a calendar. The full date is written elsewhere, so this is decoration. */
export function DateBlock(props: { startsAt: string; zone: string; size?: 'small' | 'large' }) {
  const { weekday, day, month } = momentIn(props.zone, props.startsAt)
  return (
    <span className={styles.block} data-size={props.size} aria-hidden="true">
      <span className={styles.weekday}>{short(weekday)}</span>
      <span className={styles.day}>{day}</span>
      <span className={styles.month}>{short(month)}</span>
    </span>
  )
}
