import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { organizes, useMe } from '../account/account-queries'
import type { Registration } from '../api/types'
import { DateBlock } from '../events/date-block'
import { myEventsQuery } from '../organizer/organizer-queries'
import { MyTeamInvitations } from '../organizer/team-invitations'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { whenLines, zoneName } from '../ui/dates'
import { Empty, Loading, Notice } from '../ui/states'
import { Pill } from '../ui/pill'
import { WhenTabs } from '../ui/when-tabs'
import { CancelRegistration } from './cancel-registration'
import { MyCalendar } from './my-calendar'
import styles from './my-registrations-page.module.css'
import { Pay } from './pay'
import { myRegistrationsQuery } from './registration-queries'

const route = getRouteApi('/my')

/** Where I am going, where I wait, where I was. */
export function MyRegistrationsPage() {
  const { when = 'upcoming' } = route.useSearch()
  const list = useInfiniteQuery(myRegistrationsQuery(when))
  const me = useMe()
  // Organizers find theirs in the menu.
  const helped = useInfiniteQuery({ ...myEventsQuery('upcoming'), enabled: !organizes(me) }).data
  const helps = !organizes(me) && helped?.pages.some((page) => page.items.length > 0)
  const registrations = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={styles.page}>
      <h1>My registrations</h1>
      <MyTeamInvitations />
      {helps && (
        <p>
          <Link to={paths.organize()}>Events that you help to run</Link>
        </p>
      )}
      <WhenTabs to={paths.myRegistrations()} when={when} />
      {list.isPending ? (
        <Loading />
      ) : list.isError && registrations.length === 0 ? (
        <Notice kind="error">Your registrations could not be loaded. Reload the page to try again.</Notice>
      ) : registrations.length === 0 ? (
        <Empty
          title={when === 'past' ? 'No memories yet' : 'Your evenings are free'}
          action={<ButtonLink to={paths.browse()}>Browse events</ButtonLink>}
        >
          {when === 'past'
            ? 'What you went to will be listed here.'
            : 'Register for something and it will be listed here.'}
        </Empty>
      ) : (
        <ul className={styles.list}>
          {registrations.map((registration) => (
            <Row key={registration.id} registration={registration} over={when === 'past'} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
      <MyCalendar />
    </div>
  )
}

function Row({ registration, over }: { registration: Registration; over: boolean }) {
  const { event } = registration
  const [day, time] = whenLines(event)
  return (
    <li className={styles.row}>
      <DateBlock startsAt={event.startsAt} zone={event.zone} size="small" />
      <div className={styles.text}>
        <h2>
          <Link to={paths.event(event.slug)}>{event.title}</Link>
        </h2>
        <p>
          {day}, {time}, {zoneName(event.zone)}
        </p>
      </div>
      <div className={styles.status}>
        <RegistrationPill registration={registration} over={over} />
      </div>
      <div className={styles.action}>
        {registration.status === 'going' && !registration.heldUntil && !over && (
          <ButtonLink to={paths.ticket(registration.id)} fullWidth>
            Ticket
          </ButtonLink>
        )}
        {!over && <Pay registration={registration} />}
        {registration.can.cancel && <CancelRegistration registration={registration} fullWidth />}
      </div>
    </li>
  )
}

function RegistrationPill({ registration, over }: { registration: Registration; over: boolean }) {
  if (registration.event.cancelledAt) return <Pill tone="bad">Event cancelled</Pill>
  if (registration.status === 'cancelled') return <Pill tone="plain">Cancelled</Pill>
  if (over) {
    return <Pill tone="plain">{registration.status === 'going' ? 'You had a seat' : 'You were in line'}</Pill>
  }
  if (registration.status === 'waitlisted') return <Pill tone="wait">Number {registration.position} in line</Pill>
  if (registration.heldUntil) return <Pill tone="wait">To be paid</Pill>
  return <Pill tone="good">Going</Pill>
}
