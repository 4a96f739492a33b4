import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { paths } from '../paths'
import { whenLines } from '../ui/dates'
import { DateBlock } from './date-block'
import { datesQuery } from './event-queries'
import styles from './other-dates.module.css'
import { seatsInWords } from './seats'

/** When else the event is: the next dates of its series that everybody can find. */
export function OtherDates({ eventId, seriesId }: { eventId: string; seriesId: string }) {
  const dates = useQuery(datesQuery(seriesId)).data?.items.filter(({ id }) => id !== eventId) ?? []
  if (dates.length === 0) return null
  return (
    <section aria-labelledby="other-dates">
      <h2 id="other-dates" className={styles.heading}>
        Other dates
      </h2>
      <ul className={styles.list}>
        {dates.slice(0, 6).map((event) => {
          const [day, time] = whenLines(event)
          return (
            <li key={event.id}>
              <Link to={paths.event(event.slug)} className={styles.date}>
                <DateBlock startsAt={event.startsAt} zone={event.zone} size="small" />
                <span>
                  <strong>{day}</strong>
                  <span>
                    {time} · {seatsInWords(event)}
                  </span>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
