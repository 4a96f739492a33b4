import { Button, NativeSelect, TextInput } from '@mantine/core'
import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { ApiError, browserGet, read, send } from '../api/client'
import type { Asked } from '../api/operations'
import type { ExternalEvent } from '../api/types'
import { DateBlock } from '../events/date-block'
import { paths } from '../paths'
import { whenLines } from '../ui/dates'
import { Pill } from '../ui/pill'
import { Empty, Loading, Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import styles from './import-event-page.module.css'

type Provider = NonNullable<NonNullable<Asked<'get', '/external-events'>['query']>['provider']>
type Search = { provider: Provider; query: string; location: string }

const PROVIDERS: { value: Provider; label: string }[] = [
  { value: 'ticketmaster', label: 'Ticketmaster' },
  { value: 'seatgeek', label: 'SeatGeek' },
]

const foundQuery = (search: Search) =>
  infiniteQueryOptions({
    queryKey: ['external events', search],
    queryFn: ({ pageParam }) => read(browserGet, '/external-events', { query: { ...search, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: 60_000,
    retry: false, // what a provider says no to, it says no to again
  })

/** Looks for an event elsewhere and takes it over as a draft. */
export function ImportEventPage() {
  const [search, setSearch] = useState<Search | null>(null)
  return (
    <div className={styles.page}>
      <div>
        <h1>Import an event</h1>
        <p className={styles.lead}>
          Find it where it is announced already. It becomes a draft of yours that you can change.
        </p>
      </div>
      <form
        role="search"
        className={styles.search}
        onSubmit={(submit) => {
          submit.preventDefault()
          const data = new FormData(submit.currentTarget)
          const word = (name: string) => String(data.get(name) ?? '').trim()
          setSearch({ provider: word('provider') as Provider, query: word('query'), location: word('location') })
        }}
      >
        <TextInput type="search" name="query" label="What" placeholder="Name, artist or team" maxLength={200} />
        <TextInput name="location" label="Where" placeholder="City, state or postal code" maxLength={100} />
        <NativeSelect name="provider" label="Announced at" data={PROVIDERS} />
        <Button type="submit">Search</Button>
      </form>
      {search && <Found search={search} />}
    </div>
  )
}

function Found({ search }: { search: Search }) {
  const list = useInfiniteQuery(foundQuery(search))
  const events = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isPending) return <Loading />
  if (list.isError && events.length === 0)
    return (
      <Notice kind="error" title={list.error instanceof ApiError ? list.error.problem.title : 'Nothing came back'}>
        {list.error.message}
      </Notice>
    )
  if (events.length === 0) return <Empty title="Nothing found">Try fewer words, or another place.</Empty>
  return (
    <>
      <ul className={styles.list} aria-label="Events found">
        {events.map((event) => (
          <Row key={event.externalId} event={event} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}

function Row({ event }: { event: ExternalEvent }) {
  const [day, time] = whenLines(event)
  const { provider, externalId } = event
  return (
    <li className={styles.row}>
      <DateBlock startsAt={event.startsAt} zone={event.zone} size="small" />
      <div className={styles.text}>
        <h2>{event.title}</h2>
        <p>
          {day}, {time}
          {event.place ? `, ${event.place}` : ''}
        </p>
        <p>
          {event.priceRange && `${event.priceRange} · `}
          {event.ticketUrl && (
            <a
              href={event.ticketUrl}
              target="_blank"
              rel="noreferrer"
              aria-label={`${event.title} where it is announced`}
            >
              Where it is announced
            </a>
          )}
        </p>
      </div>
      {event.isImported ? (
        <p>
          <Pill tone="plain">Imported</Pill>{' '}
          {event.eventId && (
            <Link to={paths.event(event.eventId)} aria-label={`Show ${event.title}`}>
              Show
            </Link>
          )}
        </p>
      ) : (
        <ImportButton key={externalId} provider={provider as Provider} externalId={externalId} title={event.title} />
      )}
    </li>
  )
}

function ImportButton({ provider, externalId, title }: { provider: Provider; externalId: string; title: string }) {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const key = useRef(crypto.randomUUID())
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  async function bring() {
    setPending(true)
    setRefusal(null)
    try {
      const path = { provider, externalId }
      const { id } = await send('post', '/external-events/{provider}/{externalId}/import', { path, body: {}, idempotencyKey: key.current }) // prettier-ignore
      await Promise.all(
        ['events', 'external events'].map((name) => queryClient.invalidateQueries({ queryKey: [name], refetchType: 'none' })), // prettier-ignore
      )
      await navigate({ to: paths.editEvent(id) })
      toast('Imported as a draft. Publish it when you are ready.')
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
      setRefusal(cause.message)
      setPending(false)
    }
  }
  return (
    <div className={styles.bring}>
      <Button loading={pending} onClick={() => void bring()} aria-label={`Import ${title}`}>
        Import
      </Button>
      {refusal && <p role="alert">{refusal}</p>}
    </div>
  )
}
