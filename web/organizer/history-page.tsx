import { money } from '../ui/money'
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { EventVersion } from '../api/types'
import { categoriesQuery, eventQuery } from '../events/event-queries'
import { paths } from '../paths'
import { briefly, exactly } from '../ui/dates'
import { Loading, Notice } from '../ui/states'
import styles from './history-page.module.css'
import { historyQuery, venuesQuery } from './organizer-queries'
import { before } from './reminder-words'

const route = getRouteApi('/organize/$eventId/history')

/** Who changed what of an event, and what it was before. */
export function HistoryPage() {
  const { eventId } = route.useParams()
  const event = useQuery(eventQuery(eventId)).data
  const history = useInfiniteQuery(historyQuery(event?.id ?? eventId))
  const say = useWords(event?.zone ?? 'UTC')
  if (!event) return null
  const versions = history.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={styles.page}>
      <div>
        <p>
          <Link to={paths.event(event.slug)}>{event.title}</Link>, {briefly(event)}
        </p>
        <h1>History</h1>
      </div>
      {history.isPending ? (
        <Loading />
      ) : history.isError ? (
        <Notice kind="error">The history could not be loaded. Reload the page to try again.</Notice>
      ) : (
        <ol className={styles.list} reversed>
          {versions.map((version) => (
            <li key={version.version}>
              <h2>{version.version === 1 ? 'Begun' : `Version ${version.version}`}</h2>
              <p className={styles.by}>
                {exactly(version.at, event.zone)}, by {version.actor.name ?? BY[version.actor.kind] ?? 'somebody'}
              </p>
              <dl className={styles.changes}>
                {Object.entries(version.changes)
                  .filter(([, change]) => version.version > 1 || say('', change?.to) !== NOTHING)
                  .map(([field, change]) => (
                    <div key={field}>
                      <dt>{FIELDS[field] ?? field}</dt>
                      <dd>
                        {version.version > 1 && change?.from !== null && (
                          <>
                            <del>{say(field, change?.from)}</del>
                            {' → '}
                          </>
                        )}
                        {say(field, change?.to)}
                      </dd>
                    </div>
                  ))}
              </dl>
            </li>
          ))}
        </ol>
      )}
      {history.hasNextPage && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  )
}

const NOTHING = 'nothing'
const BY: Record<string, string> = { system: 'Turnout', anonymous: 'nobody', guest: 'a guest' }
const FIELDS: Record<keyof EventVersion['changes'] | (string & {}), string> = {
  title: 'Title',
  description: 'Description',
  startsAt: 'Starts',
  endsAt: 'Ends',
  zone: 'Time zone',
  venueId: 'Venue',
  place: 'Place',
  categoryId: 'Category',
  tags: 'Tags',
  visibility: 'Seen by',
  onlineUrl: 'Online link',
  capacity: 'Seats',
  registrationDeadline: 'Register until',
  hasWaitlist: 'Waitlist',
  confirmsGuests: 'Guests confirm by mail',
  reminderMinutes: 'Reminders',
  publishAt: 'To be published',
  publishedAt: 'Published',
  closedAt: 'Registration closed',
  cancelledAt: 'Cancelled',
  cancellationReason: 'Reason',
  deletedAt: 'Deleted',
  archivedAt: 'Archived',
  seriesId: 'Series',
  banner: 'Banner',
  price: 'Price',
}

/** A value as people read it: moments in the event's zone, names for ids. */
function useWords(zone: string) {
  const venues = useQuery(venuesQuery()).data?.items ?? []
  const categories = useQuery(categoriesQuery()).data?.items ?? []
  return (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return field === 'capacity' ? 'as many as come' : NOTHING
    if (field === 'reminderMinutes') return (value as number[]).map(before).join(', ')
    if (Array.isArray(value)) return value.join(', ')
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    if (typeof value === 'number') return String(value)
    if (field === 'price') return money(value as { amount: number; currency: string })
    if (field === 'banner') return (value as { alt: string }).alt || 'a picture'
    if (typeof value !== 'string') return JSON.stringify(value)
    if (field === 'seriesId') return 'a series'
    if (field === 'venueId') return venues.find(({ id }) => id === value)?.name ?? 'a venue'
    if (field === 'categoryId') return categories.find(({ id }) => id === value)?.name ?? 'a category'
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? exactly(value, zone) : value
  }
}
