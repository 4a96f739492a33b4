import { useQueryClient } from '@tanstack/react-query'
import { send } from '../api/client'
import type { Registration } from '../api/types'
import { ConfirmButton } from '../ui/confirm'
import { toast } from '../ui/toasts'

/** Gives one's own place back, after asking. */
export function CancelRegistration(props: { registration: Registration; fullWidth?: boolean }) {
  const { registration } = props
  const queryClient = useQueryClient()
  const waiting = registration.status === 'waitlisted'
  async function cancel() {
    await send('put', '/registrations/{registrationId}/cancellation', { path: { registrationId: registration.id } })
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['registrations'] }),
      queryClient.invalidateQueries({ queryKey: ['events'] }),
    ])
    toast(waiting ? 'You have left the line.' : 'Your place is free for somebody else.')
  }
  return (
    <ConfirmButton
      label={waiting ? 'Leave the line' : 'Cancel my place'}
      ariaLabel={`${waiting ? 'Leave the line for' : 'Cancel my place at'} ${registration.event.title}`}
      question={waiting ? 'Leave the line?' : 'Give your place back?'}
      confirmLabel={waiting ? 'Leave the line' : 'Cancel my place'}
      stayLabel={waiting ? 'Stay in line' : 'Keep my place'}
      fullWidth={props.fullWidth}
      danger
      onConfirm={cancel}
    >
      {waiting
        ? 'If you come back later you start at the end of the line.'
        : 'It goes to the next person at once. If the event fills up you may not get another.'}
    </ConfirmButton>
  )
}
