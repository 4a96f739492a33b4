import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/client'
import { ConfirmButton } from '../ui/confirm'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { Part } from './part'
import { phoneQuery } from './security-queries'

/** The number that texts go to; nothing where this server sends none. */
export function PhonePart() {
  const phone = useQuery(phoneQuery()).data
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState<string | null>(null)
  const changed = () => queryClient.invalidateQueries({ queryKey: phoneQuery().queryKey })
  const asking = useSubmission(async (data) => {
    const number = String(data.get('phone')).trim()
    await send('put', '/me/phone', { body: { phone: number } })
    setAsked(number)
  })
  const confirming = useSubmission(async (data) => {
    await send('post', '/me/phone/verification', { body: { code: String(data.get('code')).trim() } })
    setAsked(null)
    await changed()
    toast('Your phone is confirmed.')
  })
  if (!phone || (!phone.available && !phone.phone)) return null
  return (
    <Part id="phone" title="Phone">
      {phone.phone && (
        <div className={styles.row}>
          <span className={styles.address}>{phone.phone}</span>
          <ConfirmButton
            label="Take it away"
            question="Take the number away?"
            confirmLabel="Take it away"
            onConfirm={async () => {
              await send('delete', '/me/phone')
              await changed()
              toast('You get no more texts.')
            }}
          >
            You get no more texts.
          </ConfirmButton>
        </div>
      )}
      {asked ? (
        <form {...confirming.form} className={styles.fields}>
          {confirming.message && <Notice kind="error">{confirming.message}</Notice>}
          <TextInput
            label="The code"
            description={`We sent it to ${asked}. It is good for ten minutes.`}
            name="code"
            required
            withAsterisk={false}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            error={confirming.error('code')}
          />
          <div className={styles.buttons}>
            <Button type="submit" loading={confirming.pending}>
              Confirm the number
            </Button>
            <Button variant="default" onClick={() => setAsked(null)}>
              Another number
            </Button>
          </div>
        </form>
      ) : (
        <form {...asking.form} className={styles.fields}>
          {asking.message && <Notice kind="error">{asking.message}</Notice>}
          <TextInput
            label={phone.phone ? 'Another number' : 'Your number'}
            description="For texts about what you choose. With its country, like +49 30 123456."
            type="tel"
            name="phone"
            required
            withAsterisk={false}
            autoComplete="tel"
            maxLength={40}
            error={asking.error('phone')}
          />
          <div className={styles.buttons}>
            <Button type="submit" loading={asking.pending}>
              Send me a code
            </Button>
          </div>
        </form>
      )}
    </Part>
  )
}
