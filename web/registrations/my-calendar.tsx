import { TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { send } from '../api/client'
import { ConfirmButton } from '../ui/confirm'
import { Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import styles from './my-calendar.module.css'
import { myCalendarQuery } from './registration-queries'

/** The address under which a calendar program reads where I go, and a new one for when it got about. */
export function MyCalendar() {
  const calendar = useQuery(myCalendarQuery())
  const queryClient = useQueryClient()
  async function renew() {
    queryClient.setQueryData(myCalendarQuery().queryKey, await send('post', '/me/calendar/renewals'))
    toast('Your calendar has a new address.')
  }
  return (
    <section className={styles.card} aria-labelledby="my-calendar">
      <h2 id="my-calendar">In your own calendar</h2>
      <p>
        Where you go and where you wait, kept up to date. Whoever has this address can read it: keep it to yourself.
      </p>
      {calendar.isError && <Notice kind="error">The address could not be loaded. Reload the page to try again.</Notice>}
      {calendar.data && (
        <>
          <TextInput
            label="Private address"
            readOnly
            value={calendar.data.address}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
          <div className={styles.actions}>
            <a href={calendar.data.webcal}>Open in your calendar</a>
            <ConfirmButton
              label="New address"
              question="Give your calendar a new address?"
              confirmLabel="New address"
              stayLabel="Keep this one"
              onConfirm={renew}
            >
              Programs that read the old one stop at once: subscribe again with the new one.
            </ConfirmButton>
          </div>
        </>
      )}
    </section>
  )
}
