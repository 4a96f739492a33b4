import { Link } from '@tanstack/react-router'
import type { EventSummary } from '../api/types'
import { paths } from '../paths'
import { Cover } from '../ui/cover'
import { whenLines, zoneName } from '../ui/dates'
import { whereIs } from '../ui/head'
import { ClockIcon, PinIcon } from '../ui/icons'
import { DateBlock } from './date-block'
import styles from './event-card.module.css'
import { SeatsBar } from './seats'

const dayLater = (instant: string) => new Date(Date.parse(instant) + 86_400_000).toISOString()

/** An event in the list; the title is the link and the whole card its target. */
export function EventCard({ event }: { event: EventSummary }) {
  const [day, time] = whenLines(event)
  return (
    <article className={styles.card} data-off={event.status === 'cancelled' || undefined}>
      <div className={styles.top}>
        <Cover slug={event.slug} category={event.category?.name} className={styles.cover} />
        <DateBlock startsAt={event.startsAt} zone={event.zone} />
      </div>
      <div className={styles.body}>
        <p className={styles.kind}>{event.category?.name ?? 'Event'}</p>
        <h2 className={styles.title}>
          <Link to={paths.event(event.slug)}>{event.title}</Link>
        </h2>
        <ul className={styles.facts}>
          <li>
            <ClockIcon size={18} />
            <span>
              <span className={event.endsAt > dayLater(event.startsAt) ? undefined : 'visually-hidden'}>{day}, </span>
              {time} <span className={styles.soft}>{zoneName(event.zone)}</span>
            </span>
          </li>
          <li>
            <PinIcon size={18} />
            <span>{whereIs(event) ?? 'Place to be announced'}</span>
          </li>
        </ul>
        <SeatsBar event={event} />
      </div>
    </article>
  )
}
