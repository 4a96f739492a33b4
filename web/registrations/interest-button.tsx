import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import { Notice } from '../ui/states'
import styles from './register-card.module.css'
import { countsQuery } from './registration-queries'

/** Says that somebody would like to come, without a seat, or takes that back. */
export function InterestButton({ eventId }: { eventId: string }) {
  const queryClient = useQueryClient()
  const counts = useQuery(countsQuery(eventId)).data
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  if (!counts) return null

  async function change() {
    setPending(true)
    setError(null)
    try {
      const now = await send(counts?.mine ? 'delete' : 'put', '/events/{eventId}/interest', { path: { eventId } })
      queryClient.setQueryData(countsQuery(eventId).queryKey, now)
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    } finally {
      setPending(false)
    }
  }

  const words = counts.interested === 0 ? '' : ` (${counts.interested})`
  return (
    <>
      {error && <Notice kind="error">{error}</Notice>}
      <Button variant="default" fullWidth loading={pending} onClick={() => void change()}>
        {counts.mine ? `You are interested${words}` : `I am interested${words}`}
      </Button>
      <p className={styles.small}>It takes no seat. The organizer sees your name.</p>
    </>
  )
}
