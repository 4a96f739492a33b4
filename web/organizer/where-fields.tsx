import { NativeSelect, TextInput } from '@mantine/core'
import type { EventDetail } from '../api/types'
import styles from './event-form.module.css'

/** A venue, a place in words, or both. `where` is a venue’s id, or `new`, `place` or nothing. */
export function WhereFields(props: {
  event?: EventDetail
  where: string
  venues: { id: string; name: string }[]
  onChange: (where: string) => void
  error: (name: string) => string | undefined
}) {
  const { event, where, venues, onChange, error } = props
  return (
    <fieldset className={styles.part}>
      <legend>Where</legend>
      <NativeSelect
        label="Venue"
        name="venueId"
        value={where}
        onChange={(change) => onChange(change.currentTarget.value)}
        error={error('venueId')}
        data={[
          { value: '', label: 'To be announced' },
          { value: 'place', label: 'Somewhere else: I describe it' },
          { value: 'new', label: 'Add a new venue' },
          { group: 'Venues', items: venues.map(({ id, name }) => ({ value: id, label: name })) },
        ]}
      />
      {where === 'new' && (
        <div className={styles.pair}>
          <TextInput
            label="Name of the venue"
            name="venueName"
            required
            withAsterisk={false}
            maxLength={200}
            error={error('venueName') ?? error('name')}
          />
          <TextInput
            label="Address"
            name="venueAddress"
            maxLength={300}
            error={error('venueAddress') ?? error('address')}
          />
        </div>
      )}
      {where && (
        <TextInput
          label={where === 'place' ? 'Place' : 'Room, floor, meeting point'}
          description={
            where === 'place' ? 'A meeting point, an address, a link.' : 'Where in the venue, if it needs saying.'
          }
          name="place"
          required={where === 'place'}
          withAsterisk={false}
          maxLength={255}
          defaultValue={event?.place ?? ''}
          error={error('place')}
        />
      )}
    </fieldset>
  )
}
