import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import { ConfirmButton } from '../ui/confirm'
import { exactly, useVisitorZone } from '../ui/dates'
import { Pill } from '../ui/pill'
import { Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { browserWords } from './browser-words'
import { Part } from './part'
import { sessionsQuery } from './security-queries'

/** Where one is logged in, and how one logs out there. */
export function SessionsPart() {
  const items = useQuery(sessionsQuery()).data?.items ?? []
  const sessions = items.toSorted((a, b) => Number(b.current) - Number(a.current))
  const queryClient = useQueryClient()
  const zone = useVisitorZone() ?? 'UTC'
  const [ending, setEnding] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const changed = () => queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey })

  async function end(sessionId: string) {
    setEnding(sessionId)
    setError(null)
    try {
      await send('delete', '/sessions/{sessionId}', { path: { sessionId } })
      toast('You are logged out there.')
    } catch (cause) {
      // Gone already is what was wanted.
      if (!(cause instanceof ApiError && cause.status === 404))
        setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    }
    await changed()
    setEnding(null)
  }

  return (
    <Part id="sessions" title="Where you are logged in">
      {error && <Notice kind="error">{error}</Notice>}
      <ul className={styles.rows}>
        {sessions.map(({ id, kind, userAgent, createdAt, lastUsedAt, current }) => {
          const what = browserWords(userAgent)
          return (
            <li key={id} className={styles.row}>
              <div className={styles.what}>
                <strong>
                  {what} {kind === 'program' && <Pill tone="plain">Program</Pill>}
                </strong>
                <span>
                  {current ? 'This one, since ' : 'Since '}
                  {exactly(createdAt, zone)}
                  {!current && `; last used ${exactly(lastUsedAt, zone)}`}
                </span>
              </div>
              {current ? (
                <Pill tone="good">You are here</Pill>
              ) : (
                <Button
                  variant="default"
                  loading={ending === id}
                  aria-label={`Log out there: ${what}, since ${exactly(createdAt, zone)}`}
                  onClick={() => void end(id)}
                >
                  Log out there
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 && (
        <div className={styles.buttons}>
          <ConfirmButton
            label="Log out everywhere else"
            question="Log out everywhere else?"
            confirmLabel="Log out there"
            onConfirm={async () => {
              await send('delete', '/sessions/others')
              await changed()
              toast('You are logged in here only.')
            }}
          >
            Here you stay logged in.
          </ConfirmButton>
        </div>
      )}
    </Part>
  )
}
