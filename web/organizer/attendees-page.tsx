import { Button, NativeSelect, TextInput } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { send } from '../api/client'
import type { Attendee, EventDetail, Registration } from '../api/types'
import { eventQuery } from '../events/event-queries'
import { paths } from '../paths'
import { attendeesQuery, type AttendeeFilters } from '../registrations/registration-queries'
import { ConfirmButton } from '../ui/confirm'
import { briefly, momentIn, short } from '../ui/dates'
import { Pill } from '../ui/pill'
import { Empty, Loading, Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import styles from './attendees-page.module.css'
import { ChangePerson } from './change-person'
import { priceQuery } from './organizer-queries'
import { SeatPicture } from './seat-picture'

const route = getRouteApi('/organize/$eventId/attendees')

/** Who comes, who waits, who has cancelled. */
export function AttendeesPage() {
  const { eventId } = route.useParams()
  const event = useQuery(eventQuery(eventId)).data
  const [filters, setFilters] = useState<AttendeeFilters>({ text: '', status: '' })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const list = useInfiniteQuery({ ...attendeesQuery(event?.id ?? eventId, filters), placeholderData: keepPreviousData })
  useEffect(() => () => clearTimeout(timer.current), [])
  if (!event) return null

  const people = list.data?.pages.flatMap((page) => page.items) ?? []
  const counts = list.data?.pages[0]?.counts
  const searching = filters.text !== '' || filters.status !== ''

  return (
    <div className={styles.page}>
      <div>
        <p>
          <Link to={paths.event(event.slug)}>{event.title}</Link>, {briefly(event)}
        </p>
        <h1>Attendees</h1>
      </div>
      <p>
        <a href={paths.attendeesCsv(event.id)} download>
          Download the list (CSV)
        </a>
      </p>
      {counts && <SeatPicture counts={counts} capacity={event.capacity} />}
      <form role="search" className={styles.search} onSubmit={(submit) => submit.preventDefault()}>
        <TextInput
          type="search"
          label="Name or e-mail"
          defaultValue=""
          onChange={({ currentTarget: { value } }) => {
            clearTimeout(timer.current)
            timer.current = setTimeout(() => setFilters((before) => ({ ...before, text: value.trim() })), 250)
          }}
        />
        <NativeSelect
          label="Show"
          value={filters.status}
          onChange={({ currentTarget: { value } }) =>
            setFilters((before) => ({ ...before, status: value as AttendeeFilters['status'] }))
          }
          data={[
            { value: '', label: 'Everyone' },
            { value: 'going', label: 'Going' },
            { value: 'waitlisted', label: 'Waiting' },
            { value: 'cancelled', label: 'Cancelled' },
            { value: 'interested', label: 'Interested' },
          ]}
        />
      </form>
      {list.isPending ? (
        <Loading />
      ) : list.isError ? (
        <Notice kind="error">The list could not be loaded. Reload the page to try again.</Notice>
      ) : people.length === 0 ? (
        <Empty title={searching ? 'Nobody matches' : 'Nobody yet'}>
          {searching ? 'Try another name, or show everyone.' : 'Share the event’s page: who registers is listed here.'}
        </Empty>
      ) : (
        <PeopleTable event={event} people={people} />
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  )
}

// The roles are written out because display: block on a phone takes them from the elements.
function PeopleTable({ event, people }: { event: EventDetail; people: Attendee[] }) {
  const byHand =
    useQuery({ ...priceQuery(event.id), enabled: event.price !== null && event.can.setPrice }).data?.provider ===
    'manual'
  return (
    <table className={styles.table} role="table" aria-label="Attendees">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Name
          </th>
          <th role="columnheader" scope="col">
            E-mail
          </th>
          <th role="columnheader" scope="col">
            State
          </th>
          <th role="columnheader" scope="col">
            Since
          </th>
          <th role="columnheader" scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {people.map((person) =>
          person.status === 'interested' ? (
            <tr role="row" key={person.accountId}>
              <td role="cell" className={styles.name}>
                {person.name}
              </td>
              <td role="cell" />
              <td role="cell">
                <Pill tone="plain">Interested</Pill>
              </td>
              <td role="cell" className={styles.since}>
                {moment(person.createdAt, event.zone)}
              </td>
              <td role="cell" />
            </tr>
          ) : (
            <tr role="row" key={person.id}>
              <td role="cell" className={styles.name}>
                {person.name}
              </td>
              <td role="cell">
                <a href={`mailto:${person.email}`}>{person.email}</a>
              </td>
              <td role="cell">
                <StatePill person={person} />
              </td>
              <td role="cell" className={styles.since}>
                {moment(person.cancelledAt ?? person.promotedAt ?? person.createdAt, event.zone)}
              </td>
              <td role="cell" className={styles.action}>
                {byHand && person.heldUntil && !person.mustConfirm && <MarkPaid person={person} />}
                {person.status !== 'cancelled' && event.status !== 'past' && <ChangePerson person={person} />}
                {person.can.cancel && <CancelPerson person={person} />}
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}

function moment(instant: string, zone: string) {
  const { day, month, time } = momentIn(zone, instant)
  return `${day} ${short(month)}, ${time}`
}

function StatePill({ person }: { person: Registration }) {
  if (person.mustConfirm) return <Pill tone="wait">To be confirmed</Pill>
  if (person.heldUntil) return <Pill tone="wait">To be paid</Pill>
  if (person.status === 'going') return <Pill tone="good">Going</Pill>
  if (person.status === 'waitlisted') return <Pill tone="wait">Number {person.position} in line</Pill>
  return <Pill tone="plain">Cancelled</Pill>
}

function MarkPaid({ person }: { person: Registration }) {
  const queryClient = useQueryClient()
  async function mark() {
    const { id } = await send('post', '/registrations/{registrationId}/payment', {
      path: { registrationId: person.id },
    })
    await send('put', '/payments/{paymentId}/receipt', { path: { paymentId: id } })
    await queryClient.invalidateQueries({ queryKey: ['registrations'] })
    toast(`${person.name} has paid.`)
  }
  return (
    <ConfirmButton
      label="Paid"
      ariaLabel={`${person.name} has paid`}
      question={`Has ${person.name} paid?`}
      confirmLabel="Yes, paid"
      stayLabel="Not yet"
      onConfirm={mark}
    >
      The seat is confirmed, and {person.name} is told by mail.
    </ConfirmButton>
  )
}

function CancelPerson({ person }: { person: Registration }) {
  const queryClient = useQueryClient()
  async function cancel() {
    await send('put', '/registrations/{registrationId}/cancellation', { path: { registrationId: person.id } })
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['registrations'] }),
      queryClient.invalidateQueries({ queryKey: ['events'] }),
    ])
    toast(`${person.name} is off the list.`)
  }
  return (
    <ConfirmButton
      label="Cancel"
      ariaLabel={`Cancel the registration of ${person.name}`}
      question={`Take ${person.name} off the list?`}
      confirmLabel="Take off the list"
      stayLabel="Keep"
      danger
      onConfirm={cancel}
    >
      {person.name} is told by mail, and the first in line has the place at once.
    </ConfirmButton>
  )
}
