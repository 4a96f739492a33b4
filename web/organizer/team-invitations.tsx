import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import type { TeamInvitation } from '../api/types'
import { ConfirmButton } from '../ui/confirm'
import { Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import { myTeamInvitationsQuery } from './team-queries'
import styles from './team-page.module.css'

const asks = {
  owner: 'offers you',
  'co-organizer': 'asks you to help run',
  'check-in': 'asks you to help at the door of',
} as const

/** Who asks what, in one sentence. */
export function askedWords({ invitedBy, role, title, seriesId }: TeamInvitation) {
  return `${invitedBy ?? 'The organizer'} ${asks[role]} “${title}”${seriesId ? ', on all its dates' : ''}.`
}

/** Yes or no. What goes wrong is said beside the buttons. */
export function AnswerButtons(props: {
  invitation: TeamInvitation
  answerBy: string
  onAnswered: (now: TeamInvitation) => unknown
}) {
  const { invitation, answerBy, onAnswered } = props
  const queryClient = useQueryClient()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const at = { path: { invitation: answerBy } }

  async function accept() {
    setPending(true)
    setError(null)
    try {
      onAnswered(await send('put', '/team-invitations/{invitation}/acceptance', at))
      await queryClient.invalidateQueries({ queryKey: ['events'] })
      toast(invitation.role === 'owner' ? 'It is yours now.' : 'You are on the team.')
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    } finally {
      setPending(false)
    }
  }

  return (
    <>
      {error && <Notice kind="error">{error}</Notice>}
      {invitation.can.accept && (
        <Button loading={pending} onClick={() => void accept()} aria-label={`Accept: ${invitation.title}`}>
          Accept
        </Button>
      )}
      {invitation.can.decline && (
        <ConfirmButton
          label="Decline"
          ariaLabel={`Decline: ${invitation.title}`}
          question="Decline the invitation?"
          confirmLabel="Decline"
          onConfirm={async () => onAnswered(await send('put', '/team-invitations/{invitation}/refusal', at))}
        >
          Whoever asked you is told.
        </ConfirmButton>
      )}
    </>
  )
}

/** What the account is asked to help with; nothing where that is nothing. */
export function MyTeamInvitations() {
  const queryClient = useQueryClient()
  const items = useQuery(myTeamInvitationsQuery()).data?.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-label="You are invited to a team" className={styles.list}>
      {items.map((invitation) => (
        <div key={invitation.id} className={styles.part}>
          <p>{askedWords(invitation)}</p>
          <div className={styles.buttons}>
            <AnswerButtons
              invitation={invitation}
              answerBy={invitation.id}
              onAnswered={() => queryClient.invalidateQueries({ queryKey: ['team-invitations'] })}
            />
          </div>
        </div>
      ))}
    </section>
  )
}
