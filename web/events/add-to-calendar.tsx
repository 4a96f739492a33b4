import type { EventDetail } from '../api/types'
import { paths } from '../paths'
import { useInBrowser } from '../ui/dates'
import { CalendarIcon } from '../ui/icons'
import styles from './add-to-calendar.module.css'

/** Into the visitor's own calendar: this event once, or everything of its organizer from now on. */
export function AddToCalendar({ event }: { event: EventDetail }) {
  const feed = useSubscription(paths.organizerFeed(event.organizer.id))
  return (
    <ul className={styles.links} aria-label="Calendar">
      <li>
        <CalendarIcon /> <a href={paths.eventCalendar(event.id)}>Add to calendar</a>
      </li>
      <li>
        <CalendarIcon /> <a href={feed}>Follow {event.organizer.name} in your calendar</a>
      </li>
    </ul>
  )
}

// The server does not know by which name the visitor came here: until the browser says, it is a file to download.
function useSubscription(path: string) {
  return useInBrowser() ? `webcal://${location.host}${path}` : path
}
