import { Link } from '@tanstack/react-router'
import type { EventSummary } from '../api/types'
import { paths } from '../paths'
import { Cover } from '../ui/cover'
import { whenLines, zoneName } from '../ui/dates'
import { whereIs } from '../ui/head'
import { ClockIcon, PinIcon } from '../ui/icons'
import { Picture } from '../ui/picture'
import { money } from '../ui/money'
import { DateBlock } from './date-block'
import styles from './event-card.module.css'
import { SeatsBar } from './seats'
import { Tags } from './tags'

const dayLater = (instant: string) => new Date(Date.parse(instant) + 86_400_000).toISOString()

/** An event in the list; the title is the link and the whole card its target. */
export function EventCard({ event }: { event: EventSummary }) {
  const [day, time] = whenLines(event)
  return (
    <article className={styles.card} data-off={event.status === 'cancelled' || undefined}>
      <div className={styles.top}>
        {event.banner ? (
          <Picture
            picture={event.banner}
            alt={event.banner.alt}
            sizes="(max-width: 40rem) 92vw, 24rem"
            className={styles.cover}
          />
        ) : (
          <Cover slug={event.slug} category={event.category?.name} className={styles.cover} />
        )}
        <DateBlock startsAt={event.startsAt} zone={event.zone} />
      </div>
      <div className={styles.body}>
        <p className={styles.kind}>
          {event.category?.name ?? 'Event'}
          {event.price && `, ${money(event.price)}`}
        </p>
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
          {event.tags.length > 0 && (
            <li>
              <Tags tags={event.tags.slice(0, 4)} />
            </li>
          )}
        </ul>
        <SeatsBar event={event} />
      </div>
    </article>
  )
}
