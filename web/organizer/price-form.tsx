import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/client'
import type { EventDetail } from '../api/types'
import { money, places } from '../ui/money'
import { ConfirmButton } from '../ui/confirm'
import { Notice } from '../ui/states'
import { FieldError, useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './event-form.module.css'
import { priceQuery } from './organizer-queries'

/** What a seat costs, and when the money goes back. */
export function PriceForm({ event }: { event: EventDetail }) {
  const queryClient = useQueryClient()
  const terms = useQuery({ ...priceQuery(event.id), enabled: event.price !== null })
  const [provider, setProvider] = useState('')
  const path = { eventId: event.id }

  async function changed(words: string) {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['events'] }),
      queryClient.invalidateQueries({ queryKey: priceQuery(event.id).queryKey }),
    ])
    toast(words)
  }

  const submission = useSubmission(async (data) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const currency = text('currency').toUpperCase()
    const amount = Math.round(Number(text('amount')) * 10 ** places(currency))
    if (!(amount > 0)) throw new FieldError('amount', 'More than nothing. To take no money, make it free of charge.')
    const hours = text('refundUntilHours')
    const chosen = text('provider')
    await send('put', '/events/{eventId}/price', {
      path,
      body: {
        amount,
        currency,
        refundUntilHours: hours === '' ? null : Number(hours),
        holdMinutes: Number(text('holdMinutes')),
        instructions: text('instructions') || null,
        ...(chosen === 'stripe' || chosen === 'manual' ? { provider: chosen } : {}),
      },
    })
    await changed('The price is set.')
  })

  if (event.price && terms.isPending) return null
  const price = (event.price && terms.data) ?? null
  const { error } = submission
  const way = provider || price?.provider || ''
  return (
    <form {...submission.form} className={styles.form} aria-label="Price" key={price ? 'priced' : 'free'}>
      <fieldset className={styles.part}>
        <legend>Price</legend>
        <p>
          {price
            ? `A seat costs ${money(price)}. What you change holds for who registers from now on.`
            : 'It is free of charge. With a price, a seat is held for a while and confirmed once it is paid for.'}
        </p>
        <div className={styles.pair}>
          <TextInput
            label="Price of a seat"
            name="amount"
            inputMode="decimal"
            required
            withAsterisk={false}
            defaultValue={price ? money(price).split(' ')[0] : ''}
            error={error('amount')}
          />
          <TextInput
            label="Currency"
            name="currency"
            required
            withAsterisk={false}
            maxLength={3}
            defaultValue={price?.currency ?? 'EUR'}
            error={error('currency')}
          />
          <TextInput
            type="number"
            min={0}
            label="Money back until"
            description="Hours before the start. Empty: none goes back."
            name="refundUntilHours"
            defaultValue={price ? (price.refundUntilHours ?? '') : 48}
            error={error('refundUntilHours')}
          />
          <TextInput
            type="number"
            min={5}
            max={43200}
            label="Time to pay"
            description="Minutes for which a seat is held."
            name="holdMinutes"
            required
            withAsterisk={false}
            defaultValue={price?.holdMinutes ?? 30}
            error={error('holdMinutes')}
          />
        </div>
        <NativeSelect
          label="How it is paid"
          name="provider"
          value={way}
          onChange={(change) => setProvider(change.currentTarget.value)}
          error={error('provider')}
          data={[
            ...(price ? [] : [{ value: '', label: 'As this server takes money' }]),
            { value: 'stripe', label: 'Online, by Stripe' },
            { value: 'manual', label: 'To me: a transfer, or cash at the door' },
          ]}
        />
        {way !== 'stripe' && (
          <Textarea
            label="How to pay you"
            description="Shown to who has to pay by hand."
            name="instructions"
            rows={2}
            maxLength={2000}
            defaultValue={price?.instructions ?? ''}
            error={error('instructions')}
          />
        )}
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <Button type="submit" variant="default" loading={submission.pending}>
          {price ? 'Change the price' : 'Set a price'}
        </Button>
        {price && (
          <ConfirmButton
            label="Make it free of charge"
            question="Make it free of charge?"
            confirmLabel="Make it free"
            stayLabel="Keep the price"
            onConfirm={async () => {
              await send('delete', '/events/{eventId}/price', { path })
              await changed('It is free of charge now.')
            }}
          >
            Whoever still has to pay has the seat without. Who has paid, has paid.
          </ConfirmButton>
        )}
      </fieldset>
    </form>
  )
}
