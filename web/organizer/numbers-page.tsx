import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { eventQuery } from '../events/event-queries'
import { paths } from '../paths'
import { briefly, zoneName } from '../ui/dates'
import { Empty, Loading, Notice } from '../ui/states'
import { DayChart } from './day-chart'
import styles from './numbers-page.module.css'
import { numbersQuery } from './organizer-queries'
import { SeatPicture } from './seat-picture'

const route = getRouteApi('/organize/$eventId/numbers')

/** How an event fills, day by day. */
export function NumbersPage() {
  const { eventId } = route.useParams()
  const event = useQuery(eventQuery(eventId)).data
  const numbers = useQuery(numbersQuery(event?.id ?? eventId))
  if (!event) return null
  return (
    <div className={styles.page}>
      <div>
        <p>
          <Link to={paths.event(event.slug)}>{event.title}</Link>, {briefly(event)}
        </p>
        <h1>Numbers</h1>
      </div>
      {numbers.isPending ? (
        <Loading />
      ) : numbers.isError ? (
        <Notice kind="error">The numbers could not be loaded. Reload the page to try again.</Notice>
      ) : (
        <>
          <SeatPicture
            counts={{
              going: numbers.data.going,
              waitlisted: numbers.data.waiting,
              cancelled: numbers.data.cancelled,
            }}
            capacity={numbers.data.capacity}
          />
          {numbers.data.promoted > 0 && <p>{people(numbers.data.promoted)} came from the waitlist to a seat.</p>}
          {(numbers.data.attended > 0 || numbers.data.noShow > 0) && (
            <p>
              {people(numbers.data.attended)} came
              {numbers.data.noShow > 0 && `, and ${numbers.data.noShow} who had a seat did not`}.
            </p>
          )}
          {numbers.data.rating.average !== null && (
            <p>
              {numbers.data.rating.average.toFixed(1)} of 5, from {numbers.data.rating.count}{' '}
              {numbers.data.rating.count === 1 ? 'review' : 'reviews'}.
            </p>
          )}
          {numbers.data.days.length === 0 ? (
            <Empty title="Nobody yet">Share the event’s page: registrations are counted here, day by day.</Empty>
          ) : (
            <section aria-labelledby="by-day" className={styles.days}>
              <h2 id="by-day">Day by day</h2>
              <p>In {zoneName(numbers.data.zone)}.</p>
              <DayChart days={numbers.data.days} />
            </section>
          )}
        </>
      )}
    </div>
  )
}

function people(count: number): string {
  return count === 1 ? 'One person' : `${count} people`
}
