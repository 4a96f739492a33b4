import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useMe } from '../account/account-queries'
import type { EventDetail } from '../api/types'
import { paths } from '../paths'
import { RegisterCard } from '../registrations/register-card'
import { ButtonLink } from '../ui/button-link'
import { Cover } from '../ui/cover'
import { useInBrowser, useVisitorZone, whenLines, zoneName } from '../ui/dates'
import { ClockIcon, PeopleIcon, PinIcon, TicketIcon } from '../ui/icons'
import { money } from '../ui/money'
import { Picture } from '../ui/picture'
import { Notice } from '../ui/states'
import { AddToCalendar } from './add-to-calendar'
import { DateBlock } from './date-block'
import { OtherDates } from './other-dates'
import styles from './event-page.module.css'
import { eventQuery } from './event-queries'
import { seatsInWords } from './seats'
import { Reviews } from './reviews'
import { Tags } from './tags'

const route = getRouteApi('/e/$slug')

/** One event: all there is to know, and the way in. */
export function EventPage() {
  const { slug } = route.useParams()
  const { invitation } = route.useSearch()
  const event = useQuery(eventQuery(slug, undefined, invitation)).data
  if (!event) return null
  return (
    <article className={styles.page}>
      {(event.can.edit || event.can.seeRegistrations || event.can.checkIn) && <OrganizerBar event={event} />}
      <header className={styles.header}>
        {event.banner ? (
          <Picture
            picture={event.banner}
            alt={event.banner.alt}
            sizes="(max-width: 76rem) 96vw, 72rem"
            className={styles.banner}
            eager
          />
        ) : (
          <Cover slug={event.slug} category={event.category?.name} columns={14} rows={4} className={styles.cover} />
        )}
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
          <Tags tags={event.tags} linked />
          {event.descriptionHtml && (
            // The server has reduced the organizer's markdown to harmless HTML.
            <div className={styles.prose} dangerouslySetInnerHTML={{ __html: event.descriptionHtml }} />
          )}
          {event.series && <OtherDates eventId={event.id} seriesId={event.series.id} />}
          {event.status === 'past' && <Reviews event={event} />}
        </div>
        <aside className={styles.side} id="register" aria-label="Registration">
          <RegisterCard event={event} invitation={invitation} />
          {(event.status === 'open' || event.status === 'closed') && (
            <>
              <AddToCalendar event={event} />
              <Reminder event={event} />
            </>
          )}
        </aside>
      </div>
      {event.can.register && <BottomBar event={event} />}
    </article>
  )
}

// Nobody needs it to read the page, so its code comes when somebody presses it, or has before.
const RemindMe = lazy(async () => ({ default: (await import('../reminders/remind-me')).RemindMe }))

function Reminder({ event }: { event: EventDetail }) {
  const me = useMe()
  const isInBrowser = useInBrowser()
  const [pressed, setPressed] = useState(false)
  if (!isInBrowser || (event.visibility === 'private' && !me)) return null // whoever only has a link is not known by it here
  if (pressed || localStorage.getItem(`reminded:${event.id}`))
    return (
      <Suspense>
        <RemindMe event={event} pressed={pressed} />
      </Suspense>
    )
  return (
    <section aria-label="Reminder">
      <Button variant="default" fullWidth mt="lg" onClick={() => setPressed(true)}>
        Remind me
      </Button>
    </section>
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
          {event.onlineUrl && (
            <a href={event.onlineUrl} rel="noreferrer">
              Join online
            </a>
          )}
        </dd>
      </div>
      {event.price && (
        <div>
          <dt>
            <TicketIcon /> Price
          </dt>
          <dd>
            <strong>{money(event.price)}</strong>
          </dd>
        </div>
      )}
      <div>
        <dt>
          <PeopleIcon /> By
        </dt>
        <dd>
          <strong>{event.organizer.name}</strong>
          {event.source?.ticketUrl && (
            <a href={event.source.ticketUrl} rel="noreferrer nofollow">
              Where it was announced
            </a>
          )}
        </dd>
      </div>
    </dl>
  )
}

const statusWords = {
  draft: 'Draft: only who runs it sees this page',
  open: 'Published and open',
  closed: 'Registration is closed',
  cancelled: 'Cancelled',
  past: 'Over',
}

const visibilityWords = { unlisted: 'Unlisted: only by its link', private: 'Private: only by invitation' }

function OrganizerBar({ event }: { event: EventDetail }) {
  return (
    <div className={styles.organizer}>
      <p>
        <strong>
          {event.can.changeTeam
            ? 'Your event.'
            : event.can.seeRegistrations
              ? 'You help to run it.'
              : 'You are at the door.'}
        </strong>{' '}
        {statusWords[event.status]}
        {event.visibility !== 'public' && ` · ${visibilityWords[event.visibility]}`}
      </p>
      <div className={styles.organizerLinks}>
        {event.can.seeRegistrations && (
          <ButtonLink to={paths.attendees(event.id)} variant="default">
            Attendees
          </ButtonLink>
        )}
        {event.can.seeRegistrations && (
          <ButtonLink to={paths.numbers(event.id)} variant="default">
            Numbers
          </ButtonLink>
        )}
        {event.can.checkIn && (
          <ButtonLink to={paths.door(event.id)} variant="default">
            At the door
          </ButtonLink>
        )}
        {event.can.seeTeam && (
          <ButtonLink to={paths.team(event.id)} variant="default">
            Team
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
