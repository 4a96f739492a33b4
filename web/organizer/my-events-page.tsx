import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { organizes, useMe } from '../account/account-queries'
import type { MyEvent } from '../api/types'
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
import { Pill } from '../ui/pill'
import { ROLE_WORDS } from './roles'
import { StatusPill } from './status-pill'
import { MyTeamInvitations } from './team-invitations'

const route = getRouteApi('/organize/')

/** The events that somebody runs or helps to run, and how full they are. */
export function MyEventsPage() {
  const { when = 'upcoming' } = route.useSearch()
  const mayBegin = organizes(useMe())
  const list = useInfiniteQuery(myEventsQuery(when))
  const events = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>My events</h1>
        {mayBegin && (
          <div className={styles.begin}>
            <ButtonLink to={paths.importEvent()} size="md" variant="default">
              Import an event
            </ButtonLink>
            <ButtonLink to={paths.newEvent()} size="md" leftSection={<PlusIcon />}>
              New event
            </ButtonLink>
          </div>
        )}
      </div>
      <MyTeamInvitations />
      <WhenTabs to={paths.organize()} when={when} />
      {list.isPending ? (
        <Loading />
      ) : list.isError && events.length === 0 ? (
        <Notice kind="error">Your events could not be loaded. Reload the page to try again.</Notice>
      ) : events.length === 0 ? (
        <Empty
          title={when === 'past' ? 'Nothing behind you yet' : 'An empty stage'}
          action={
            when === 'past' || !mayBegin ? null : <ButtonLink to={paths.newEvent()}>Create your first event</ButtonLink>
          }
        >
          {when === 'past'
            ? 'Events you have run will be kept here.'
            : !mayBegin
              ? 'Events that you help to run are listed here.'
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

function Row({ event }: { event: MyEvent }) {
  const [day, time] = whenLines(event)
  const words = event.status === 'draft' ? 'Not published yet' : `${event.taken} going · ${seatsInWords(event)}`
  return (
    <li className={styles.row}>
      <DateBlock startsAt={event.startsAt} zone={event.zone} size="small" />
      <div className={styles.text}>
        <h2>
          <Link to={paths.event(event.slug)}>{event.title}</Link> <StatusPill status={event.status} />{' '}
          {event.role !== 'owner' && <Pill tone="plain">{ROLE_WORDS[event.role].name}</Pill>}
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
        {event.can.seeRegistrations ? (
          <ButtonLink to={paths.attendees(event.id)} variant="default" aria-label={`Attendees of ${event.title}`}>
            Attendees
          </ButtonLink>
        ) : (
          event.can.checkIn && (
            <ButtonLink to={paths.door(event.id)} variant="default" aria-label={`At the door of ${event.title}`}>
              At the door
            </ButtonLink>
          )
        )}
        {event.role !== 'check-in' && (
          <ButtonLink to={paths.editEvent(event.id)} variant="default" aria-label={`Edit ${event.title}`}>
            Edit
          </ButtonLink>
        )}
      </div>
    </li>
  )
}
