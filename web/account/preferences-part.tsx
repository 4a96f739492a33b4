import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { send } from '../api/client'
import type { Preferences } from '../api/types'
import { categoriesQuery } from '../events/event-queries'
import { Check } from '../ui/check'
import { useInBrowser } from '../ui/dates'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { Part } from './part'
import { preferencesQuery } from './security-queries'

const LANGUAGES = [
  { value: '', label: 'As this server has it' },
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'es', label: 'Español' },
  { value: 'fr', label: 'Français' },
  { value: 'it', label: 'Italiano' },
  { value: 'nl', label: 'Nederlands' },
  { value: 'pl', label: 'Polski' },
  { value: 'pt', label: 'Português' },
]

const TOPICS: Record<keyof Preferences['channels'], string> = {
  registrations: 'Your places: confirmed, moved up, cancelled',
  reminders: 'Reminders before what you go to',
  changes: 'Changes of what you go to',
  recommendations: 'What you might like',
}
const WAYS: Record<string, string> = {
  email: 'By e-mail',
  sms: 'By text message',
  push: 'In this browser',
}

/** How one likes to have things. */
export function PreferencesPart() {
  const preferences = useQuery(preferencesQuery()).data
  const categories = useQuery(categoriesQuery()).data?.items ?? []
  const queryClient = useQueryClient()
  const zones = useId()
  // The server's list of zones is not the browser's.
  const inBrowser = useInBrowser()
  const submission = useSubmission(async (data) => {
    const text = (name: string) => String(data.get(name) ?? '').trim() || null
    const now = await send('patch', '/me/preferences', {
      body: {
        shownToAttendees: data.has('shownToAttendees'),
        language: text('language'),
        zone: text('zone'),
        categories: data.getAll('categories').map(String),
        channels: channelsIn(data, preferences?.ways ?? []),
      },
    })
    queryClient.setQueryData(preferencesQuery().queryKey, now)
    toast('Your preferences are saved.')
  })
  if (!preferences) return null
  const { language } = preferences
  const known = !language || LANGUAGES.some(({ value }) => value === language)
  return (
    <Part id="preferences" title="Preferences">
      <form {...submission.form} className={styles.fields}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <Check
          name="shownToAttendees"
          defaultChecked={preferences.shownToAttendees}
          label="Show me to others who are going"
          description="At what you register for from now on. Organizers see you in any case."
        />
        <NativeSelect
          label="Language"
          name="language"
          defaultValue={language ?? ''}
          data={known ? LANGUAGES : [...LANGUAGES, { value: language, label: language }]}
          error={submission.error('language')}
        />
        <TextInput
          label="Time zone"
          description="Empty: where your browser is."
          placeholder="Europe/Berlin"
          name="zone"
          defaultValue={preferences.zone ?? ''}
          maxLength={60}
          list={zones}
          autoCapitalize="none"
          spellCheck={false}
          error={submission.error('zone')}
        />
        <datalist id={zones}>
          {inBrowser && Intl.supportedValuesOf('timeZone').map((zone) => <option key={zone} value={zone} />)}
        </datalist>
        {categories.length > 0 && (
          <fieldset className={styles.boxes}>
            <legend>Kinds of event you like</legend>
            {categories.map(({ id, name }) => (
              <Check
                key={id}
                name="categories"
                value={id}
                defaultChecked={preferences.categories.includes(id)}
                label={name}
              />
            ))}
          </fieldset>
        )}
        {topics.map((topic) => (
          <fieldset key={topic} className={styles.boxes}>
            <legend>{TOPICS[topic]}</legend>
            {preferences.ways.map((way) => (
              <Check
                key={way}
                name={topic}
                value={way}
                defaultChecked={preferences.channels[topic]?.includes(way) ?? true}
                label={WAYS[way] ?? way}
              />
            ))}
          </fieldset>
        ))}
        <div className={styles.buttons}>
          <Button type="submit" loading={submission.pending}>
            Save the preferences
          </Button>
        </div>
      </form>
    </Part>
  )
}

const topics = Object.keys(TOPICS) as (keyof Preferences['channels'])[]

/** Every way is no choice: who has not said otherwise hears also by those that are still to come. */
function channelsIn(data: FormData, ways: Preferences['ways']): Preferences['channels'] {
  const chosen = topics.map((topic) => [topic, ways.filter((way) => data.getAll(topic).includes(way))] as const)
  return Object.fromEntries(chosen.filter(([, some]) => some.length < ways.length))
}
