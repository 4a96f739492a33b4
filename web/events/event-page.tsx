import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { EventDetail } from '../api/types'
import { paths } from '../paths'
import { RegisterCard } from '../registrations/register-card'
import { ButtonLink } from '../ui/button-link'
import { Cover } from '../ui/cover'
import { useVisitorZone, whenLines, zoneName } from '../ui/dates'
import { ClockIcon, PeopleIcon, PinIcon } from '../ui/icons'
import { Notice } from '../ui/states'
import { DateBlock } from './date-block'
import styles from './event-page.module.css'
import { eventQuery } from './event-queries'
import { seatsInWords } from './seats'

/** One event: all there is to know, and the way in. */
export function EventPage({ slug }: { slug: string }) {
  const event = useQuery(eventQuery(slug)).data
  if (!event) return null
  return (
    <article className={styles.page}>
      {(event.can.edit || event.can.seeRegistrations) && <OrganizerBar event={event} />}
      <header className={styles.header}>
        <Cover slug={event.slug} category={event.category?.name} columns={14} rows={4} className={styles.cover} />
        <div className={styles.headline}>
          <DateBlock startsAt={event.startsAt} zone={event.zone} />
          <div className={styles.titles}>
            {event.category && <p className={styles.kind}>{event.category.name}</p>}
            <h1>{event.title}</h1>
          </div>
        </div>
      </header>
      <div className={styles.columns}>
        <div className={styles.story}>
          {event.status === 'cancelled' && (
            <Notice kind="error" title="This event is cancelled">
              Everyone who registered has been told.
            </Notice>
          )}
          {event.status === 'past' && <Notice kind="info">This event is over.</Notice>}
          <Facts event={event} />
          {event.descriptionHtml && (
            // The server has reduced the organizer's markdown to harmless HTML.
            <div className={styles.prose} dangerouslySetInnerHTML={{ __html: event.descriptionHtml }} />
          )}
        </div>
        <aside className={styles.side} id="register" aria-label="Registration">
          <RegisterCard event={event} />
        </aside>
      </div>
      {event.can.register && <BottomBar event={event} />}
    </article>
  )
}

function Facts({ event }: { event: EventDetail }) {
  const [day, time] = whenLines(event)
  const visitorZone = useVisitorZone()
  const [theirDay, theirTime] = whenLines(event, visitorZone ?? event.zone)
  return (
    <dl className={styles.facts}>
      <div>
        <dt>
          <ClockIcon /> When
        </dt>
        <dd>
          <strong>{day}</strong>
          <span>
            {time}, {zoneName(event.zone)}
          </span>
          {visitorZone && (theirDay !== day || theirTime !== time) && (
            <span className={styles.soft}>
              For you: {theirDay !== day && `${theirDay}, `}
              {theirTime}, {zoneName(visitorZone)}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>
          <PinIcon /> Where
        </dt>
        <dd>
          <strong>{event.venue?.name ?? event.place ?? 'Place to be announced'}</strong>
          {event.venue?.address && <span>{event.venue.address}</span>}
          {event.venue && event.place && <span>{event.place}</span>}
        </dd>
      </div>
      <div>
        <dt>
          <PeopleIcon /> By
        </dt>
        <dd>
          <strong>{event.organizer.name}</strong>
        </dd>
      </div>
    </dl>
  )
}

const statusWords = {
  draft: 'Draft: only you can see this page',
  open: 'Published and open',
  closed: 'Registration is closed',
  cancelled: 'Cancelled',
  past: 'Over',
}

function OrganizerBar({ event }: { event: EventDetail }) {
  return (
    <div className={styles.organizer}>
      <p>
        <strong>Your event.</strong> {statusWords[event.status]}
      </p>
      <div className={styles.organizerLinks}>
        {event.can.seeRegistrations && (
          <ButtonLink to={paths.attendees(event.id)} variant="default">
            Attendees
          </ButtonLink>
        )}
        {event.can.edit && (
          <ButtonLink to={paths.editEvent(event.id)} variant={event.can.publish ? 'filled' : 'default'}>
            {event.can.publish ? 'Edit and publish' : 'Edit'}
          </ButtonLink>
        )}
      </div>
    </div>
  )
}

/** On a phone the card is far below: the bar is the way there, and leaves when the card is in sight. */
function BottomBar({ event }: { event: EventDetail }) {
  const [there, setThere] = useState(false)
  useEffect(() => {
    const card = document.getElementById('register')
    if (!card) return
    const observer = new IntersectionObserver(([entry]) => {
      // Above the window counts too: the bar must not cover the foot of the page.
      if (entry) setThere(entry.isIntersecting || entry.boundingClientRect.top < 0)
    })
    observer.observe(card)
    return () => observer.disconnect()
  }, [])
  return (
    <div className={styles.bottom} data-there={there || undefined}>
      <span>{seatsInWords(event)}</span>
      <a href="#register" className={styles.bottomLink}>
        {event.seatsLeft === 0 ? 'Join the waitlist' : 'Register'}
      </a>
    </div>
  )
}
