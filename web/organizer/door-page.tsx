import { Button, TextInput } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ApiError, send } from '../api/client'
import type { EventDetail } from '../api/types'
import { eventQuery } from '../events/event-queries'
import { paths } from '../paths'
import { briefly, momentIn } from '../ui/dates'
import { Pill } from '../ui/pill'
import { Empty, Loading, Notice } from '../ui/states'
import { DoorAnswer, refusalInWords, type Answer } from './door-answer'
import styles from './door-page.module.css'
import { DoorScanner, useCanScan, useWakeLock } from './door-scanner'
import { WalkIn } from './door-walk-in'
import { doorQuery, enteredQuery } from './organizer-queries'

const route = getRouteApi('/organize/$eventId/door')

/** Letting people in: by their ticket, by their name, or without either. */
export function DoorPage() {
  const { eventId } = route.useParams()
  const event = useQuery(eventQuery(eventId)).data
  return event ? <Door event={event} /> : null
}

function Door({ event }: { event: EventDetail }) {
  const { id, zone } = event
  const path = { eventId: id }
  const queryClient = useQueryClient()
  const counts = useQuery(enteredQuery(id)).data
  const [answer, setAnswer] = useState<Answer | null>(null)
  useWakeLock()

  async function act(what: () => Promise<string>) {
    try {
      setAnswer({ tone: 'in', title: await what() })
    } catch (cause) {
      setAnswer(refusalInWords(cause, zone))
    }
    await queryClient.invalidateQueries({ queryKey: ['door', id] })
  }

  // A scan whose answer was lost is sent again under its name, so that nobody is told of their own first try.
  const unanswered = useRef({ code: '', scanId: '' })
  async function scan(code: string) {
    const { current } = unanswered
    const scanId = current.code === code ? current.scanId : crypto.randomUUID()
    unanswered.current = { code, scanId }
    await act(async () => {
      try {
        const { name } = await send('post', '/events/{eventId}/check-ins', { path, body: { code, scanId } })
        unanswered.current = { code: '', scanId: '' }
        return `${name} is in`
      } catch (cause) {
        if (cause instanceof ApiError && cause.status > 0 && cause.status < 500)
          unanswered.current = { code: '', scanId: '' }
        throw cause
      }
    })
  }

  return (
    <div className={styles.page}>
      <div>
        <p>
          <Link to={paths.event(event.slug)}>{event.title}</Link>, {briefly(event)}
        </p>
        <h1>At the door</h1>
        {counts && (
          <p>
            {counts.in} of {counts.going} are in.
          </p>
        )}
      </div>
      <div className={styles.hand}>
        <DoorAnswer answer={answer} />
        <Tickets onCode={scan} />
      </div>
      <div className={styles.list}>
        <WalkIn event={event} onEntered={(name) => act(() => Promise.resolve(`${name} has a seat and is in`))} />
        <People
          event={event}
          onLetIn={({ registrationId, name }) =>
            act(async () => {
              await send('post', '/events/{eventId}/check-ins', { path, body: { registrationId } })
              return `${name} is in`
            })
          }
          onUndo={({ registrationId, name }) =>
            act(async () => {
              await send('delete', '/events/{eventId}/check-ins/{registrationId}', {
                path: { ...path, registrationId },
              })
              return `${name} is out again`
            })
          }
        />
      </div>
    </div>
  )
}

/** By the camera where there is one that reads codes, and by hand, or a scanner that types, where not. */
function Tickets({ onCode }: { onCode: (code: string) => Promise<void> }) {
  const canScan = useCanScan()
  const [way, setWay] = useState<'none' | 'camera' | 'typing'>('none')
  const [pending, setPending] = useState(false)
  if (way === 'camera') return <DoorScanner onCode={onCode} onStop={() => setWay('none')} />

  async function typed(form: HTMLFormElement) {
    const code = String(new FormData(form).get('code') ?? '').trim()
    if (!code) return
    setPending(true)
    await onCode(code)
    setPending(false)
    form.reset()
  }

  return (
    <>
      {(canScan === false || way === 'typing') && (
        <form
          className={styles.code}
          onSubmit={(submit) => {
            submit.preventDefault()
            void typed(submit.currentTarget)
          }}
        >
          <TextInput
            label="Code of the ticket"
            name="code"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          <Button type="submit" loading={pending}>
            Check
          </Button>
        </form>
      )}
      {canScan && (
        <Button size="lg" fullWidth onClick={() => setWay('camera')}>
          Scan a ticket
        </Button>
      )}
      {canScan && way === 'none' && (
        <Button variant="default" fullWidth onClick={() => setWay('typing')}>
          Type the code
        </Button>
      )}
    </>
  )
}

type Person = { registrationId: string; name: string }

function People(props: {
  event: EventDetail
  onLetIn: (person: Person) => Promise<void>
  onUndo: (person: Person) => Promise<void>
}) {
  const { event, onLetIn, onUndo } = props
  const [text, setText] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const list = useInfiniteQuery({ ...doorQuery(event.id, text), placeholderData: keepPreviousData })
  const people = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <form role="search" onSubmit={(submit) => submit.preventDefault()}>
        <TextInput
          type="search"
          label="Name"
          defaultValue=""
          onChange={({ currentTarget: { value } }) => {
            clearTimeout(timer.current)
            timer.current = setTimeout(() => setText(value.trim()), 250)
          }}
        />
      </form>
      {list.isPending ? (
        <Loading />
      ) : list.isError ? (
        <Notice kind="error">The list could not be loaded. Reload the page to try again.</Notice>
      ) : people.length === 0 ? (
        <Empty title={text ? 'Nobody matches' : 'Nobody yet'}>
          {text ? 'Try another part of the name.' : 'Who registers is listed here.'}
        </Empty>
      ) : (
        <ul className={styles.people} aria-label="Who is expected">
          {people.map((person) => (
            <li key={person.registrationId} className={styles.person}>
              <div className={styles.who}>
                <strong>{person.name}</strong>
                {person.checkedInAt && (
                  <Pill tone="good">In since {momentIn(event.zone, person.checkedInAt).time}</Pill>
                )}
              </div>
              {person.checkedInAt ? (
                <Button
                  variant="default"
                  aria-label={`Undo the check-in of ${person.name}`}
                  onClick={() => void onUndo(person)}
                >
                  Undo
                </Button>
              ) : (
                <Button aria-label={`Let ${person.name} in`} onClick={() => void onLetIn(person)}>
                  Let in
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}
