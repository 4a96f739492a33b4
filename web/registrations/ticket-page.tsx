import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { paths } from '../paths'
import styles from './guest-link-page.module.css'
import { ticketQuery } from './registration-queries'
import { Ticket } from './ticket'

const route = getRouteApi('/my/tickets/$registrationId')

/** One ticket of mine, to be held up at the door. */
export function TicketPage() {
  const { registrationId } = route.useParams()
  const ticket = useQuery(ticketQuery(registrationId)).data
  if (!ticket) return null
  const { event, name, when } = ticket
  return (
    <div className={styles.page}>
      <h1>{name}</h1>
      <div className={styles.text}>
        <h2>
          <Link to={paths.event(event.slug)}>{event.title}</Link>
        </h2>
        <p>{when}</p>
        {event.where && <p>{event.where}</p>}
      </div>
      <Ticket from={`/api/v1/registrations/${registrationId}/ticket`} name={name} />
    </div>
  )
}
