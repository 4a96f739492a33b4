import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import type { Registration } from '../api/types'
import { Notice } from '../ui/states'
import styles from './register-card.module.css'

/** Whether others who come may see the name; theirs to choose. */
export function NameChoice({ registration }: { registration: Registration }) {
  const queryClient = useQueryClient()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function choose(visibleToAttendees: boolean) {
    setPending(true)
    setError(null)
    try {
      await send('put', '/registrations/{registrationId}/visibility', {
        path: { registrationId: registration.id },
        body: { visibleToAttendees },
      })
      await queryClient.invalidateQueries({ queryKey: ['registrations', 'mine'] })
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    } finally {
      setPending(false)
    }
  }

  return (
    <>
      {error && <Notice kind="error">{error}</Notice>}
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={registration.visibleToAttendees}
          disabled={pending}
          onChange={(change) => void choose(change.currentTarget.checked)}
        />
        Others who come may see my name
      </label>
    </>
  )
}
