import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { exactly, useVisitorZone } from '../ui/dates'
import { channelWords, MESSAGE_STATES, topicWords } from '../ui/message-words'
import { Pill } from '../ui/pill'
import styles from './account-page.module.css'
import { Part } from './part'
import { myMessagesQuery } from './security-queries'

/** What was written to one, and what became of it. */
export function MessagesPart() {
  const list = useInfiniteQuery(myMessagesQuery())
  const messages = list.data?.pages.flatMap((page) => page.items) ?? []
  const zone = useVisitorZone() ?? 'UTC'
  return (
    <Part id="messages" title="Messages">
      {messages.length === 0 ? (
        <p className={styles.hint}>Nothing was written to you yet, or it is not kept any more.</p>
      ) : (
        <ul className={styles.rows}>
          {messages.map(({ id, topic, channel, recipient, state, createdAt }) => (
            <li key={id} className={styles.row}>
              <div className={styles.what}>
                <strong>{topicWords(topic)}</strong>
                <span>
                  {exactly(createdAt, zone)}, {channelWords(channel)}
                  {channel !== 'push' && ` to ${recipient}`}
                </span>
              </div>
              <Pill tone={MESSAGE_STATES[state].tone}>{MESSAGE_STATES[state].words}</Pill>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={styles.buttons}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Part>
  )
}
