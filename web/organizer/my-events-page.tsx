import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { EventSummary } from '../api/types'
import { DateBlock } from '../events/date-block'
import { SeatsBar, seatsInWords } from '../events/seats'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { whenLines } from '../ui/dates'
import { whereIs } from '../ui/head'
import { PlusIcon } from '../ui/icons'
import { Empty, Loading, Notice } from '../ui/states'
import { WhenTabs } from '../ui/when-tabs'
import styles from './my-events-page.module.css'
import { myEventsQuery } from './organizer-queries'
import { StatusPill } from './status-pill'

const route = getRouteApi('/organize/')

/** The organizer's own events and how full they are. */
export function MyEventsPage() {
  const { when = 'upcoming' } = route.useSearch()
  const list = useInfiniteQuery(myEventsQuery(when))
  const events = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>My events</h1>
        <ButtonLink to={paths.newEvent()} size="md" leftSection={<PlusIcon />}>
          New event
        </ButtonLink>
      </div>
      <WhenTabs to={paths.organize()} when={when} />
      {list.isPending ? (
        <Loading />
      ) : list.isError && events.length === 0 ? (
        <Notice kind="error">Your events could not be loaded. Reload the page to try again.</Notice>
      ) : events.length === 0 ? (
        <Empty
          title={when === 'past' ? 'Nothing behind you yet' : 'An empty stage'}
          action={when === 'past' ? null : <ButtonLink to={paths.newEvent()}>Create your first event</ButtonLink>}
        >
          {when === 'past'
            ? 'Events you have run will be kept here.'
            : 'Write down what, when and where. It stays a draft that only you see until you publish it.'}
        </Empty>
      ) : (
        <ul className={styles.list}>
          {events.map((event) => (
            <Row key={event.id} event={event} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  )
}

function Row({ event }: { event: EventSummary }) {
  const [day, time] = whenLines(event)
  const words = event.status === 'draft' ? 'Not published yet' : `${event.taken} going · ${seatsInWords(event)}`
  return (
    <li className={styles.row}>
      <DateBlock startsAt={event.startsAt} zone={event.zone} size="small" />
      <div className={styles.text}>
        <h2>
          <Link to={paths.event(event.slug)}>{event.title}</Link> <StatusPill status={event.status} />
        </h2>
        <p>
          {day}, {time}
          {whereIs(event) ? `, ${whereIs(event)}` : ''}
        </p>
      </div>
      <div className={styles.fill}>
        <SeatsBar event={event} words={words} />
      </div>
      <div className={styles.actions}>
        <ButtonLink to={paths.attendees(event.id)} variant="default" aria-label={`Attendees of ${event.title}`}>
          Attendees
        </ButtonLink>
        <ButtonLink to={paths.editEvent(event.id)} variant="default" aria-label={`Edit ${event.title}`}>
          Edit
        </ButtonLink>
      </div>
    </li>
  )
}
