import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import { eventQuery } from '../events/event-queries'
import { paths } from '../paths'
import { briefly, exactly } from '../ui/dates'
import { channelWords, MESSAGE_STATES, topicWords } from '../ui/message-words'
import { Pill } from '../ui/pill'
import { Loading, Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import styles from './messages-page.module.css'
import { messagesQuery } from './organizer-queries'

const route = getRouteApi('/organize/$eventId/messages')

/** What was written about an event, to whom, and what became of it. */
export function MessagesPage() {
  const { eventId } = route.useParams()
  const event = useQuery(eventQuery(eventId)).data
  const list = useInfiniteQuery(messagesQuery(event?.id ?? eventId))
  const messages = list.data?.pages.flatMap((page) => page.items) ?? []
  const queryClient = useQueryClient()
  const [sending, setSending] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  if (!event) return null

  async function resend(notificationId: string) {
    setSending(notificationId)
    setError(null)
    try {
      await send('post', '/notifications/{notificationId}/resend', { path: { notificationId } })
      toast('It is on its way again.')
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    }
    await queryClient.invalidateQueries({ queryKey: messagesQuery(event!.id).queryKey })
    setSending(null)
  }

  return (
    <div className={styles.page}>
      <div>
        <p>
          <Link to={paths.event(event.slug)}>{event.title}</Link>, {briefly(event)}
        </p>
        <h1>Messages</h1>
      </div>
      {error && <Notice kind="error">{error}</Notice>}
      {list.isPending ? (
        <Loading />
      ) : list.isError ? (
        <Notice kind="error">The messages could not be loaded. Reload the page to try again.</Notice>
      ) : messages.length === 0 ? (
        <p>Nobody was written to yet.</p>
      ) : (
        <ul className={styles.list}>
          {messages.map(({ id, topic, channel, recipient, state, createdAt }) => (
            <li key={id}>
              <div>
                <strong>{topicWords(topic)}</strong>
                <p>
                  {recipient || 'somebody who was erased'}, {channelWords(channel)}, {exactly(createdAt, event.zone)}
                </p>
              </div>
              <Pill tone={MESSAGE_STATES[state].tone}>{MESSAGE_STATES[state].words}</Pill>
              {state !== 'due' && recipient && (
                <Button
                  variant="default"
                  loading={sending === id}
                  aria-label={`Send again: ${topicWords(topic)} to ${recipient}`}
                  onClick={() => void resend(id)}
                >
                  Send again
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
    </div>
  )
}
