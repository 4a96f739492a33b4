import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { send } from '../api/client'
import type { EventDetail } from '../api/types'
import { ConfirmButton } from '../ui/confirm'
import { Picture } from '../ui/picture'
import { PictureField, pictureForm, useChosenPicture } from '../ui/picture-field'
import pictureStyles from '../ui/picture-field.module.css'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import styles from './event-form.module.css'

/** Puts a banner up, says what is on it, takes it down. Saved by itself, apart from the rest of the event. */
export function BannerEditor(props: { event: EventDetail; onChanged: (words: string) => Promise<void> }) {
  const { event, onChanged } = props
  const { banner } = event
  const { file, preview, choose } = useChosenPicture()
  const [round, setRound] = useState(0) // a file input is emptied by being made anew
  const at = { path: { eventId: event.id } }

  async function done(words: string) {
    choose(null)
    await onChanged(words)
    setRound(round + 1)
  }

  const submission = useSubmission(async (data) => {
    const alt = String(data.get('alt') ?? '').trim()
    if (file) await send('put', '/events/{eventId}/banner', { ...at, body: pictureForm(file, { alt }) })
    else await send('patch', '/events/{eventId}/banner', { ...at, body: { alt } })
    await done('The banner is saved.')
  })

  return (
    <form {...submission.form} className={styles.part} aria-labelledby="banner-heading">
      <h2 id="banner-heading" className={styles.heading}>
        Banner
      </h2>
      <PictureField
        key={round}
        label={banner ? 'Another picture' : 'Picture'}
        shape="wide"
        preview={preview}
        current={banner && <Picture picture={banner} alt={banner.alt} sizes="48rem" className={pictureStyles.wide} />}
        onChoose={choose}
        error={submission.error('picture')}
      />
      {(file || banner) && (
        <TextInput
          label="What is on it"
          description="Read out to who cannot see it."
          name="alt"
          maxLength={300}
          defaultValue={banner?.alt ?? ''}
          error={submission.error('alt')}
        />
      )}
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      {(file || banner) && (
        <div className={pictureStyles.buttons}>
          <Button type="submit" loading={submission.pending}>
            {file ? 'Save the banner' : 'Save the words'}
          </Button>
          {banner && !file && (
            <ConfirmButton
              label="Remove the banner"
              question="Remove the banner?"
              confirmLabel="Remove it"
              stayLabel="Keep it"
              danger
              onConfirm={async () => {
                await send('delete', '/events/{eventId}/banner', at)
                await done('The banner is gone.')
              }}
            >
              The event shows its pattern again.
            </ConfirmButton>
          )}
        </div>
      )}
    </form>
  )
}
