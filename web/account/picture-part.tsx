import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/client'
import type { Account } from '../api/types'
import { ConfirmButton } from '../ui/confirm'
import { Picture } from '../ui/picture'
import { PictureField, pictureForm, useChosenPicture } from '../ui/picture-field'
import pictureStyles from '../ui/picture-field.module.css'
import { Notice } from '../ui/states'
import { FieldError, useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { fullName, meQuery } from './account-queries'
import { Part } from './part'

/** One's picture. */
export function PicturePart({ me }: { me: Account }) {
  const queryClient = useQueryClient()
  const { file, preview, choose } = useChosenPicture()
  const [round, setRound] = useState(0) // a file input is emptied by being made anew

  async function done(words: string) {
    choose(null)
    await queryClient.invalidateQueries({ queryKey: meQuery().queryKey })
    setRound(round + 1)
    toast(words)
  }

  const submission = useSubmission(async () => {
    if (!file) throw new FieldError('picture', 'Choose a picture first.')
    await send('put', '/me/picture', { body: pictureForm(file) })
    await done('Your picture is saved.')
  })

  return (
    <Part id="picture" title="Picture">
      <form {...submission.form} className={styles.fields}>
        <PictureField
          key={round}
          label={me.picture ? 'Another picture' : 'A picture of you'}
          shape="square"
          preview={preview}
          current={
            me.picture ? (
              <Picture picture={me.picture} alt="Your picture" sizes="8rem" className={pictureStyles.square} />
            ) : (
              <span className={styles.nobody} aria-hidden="true">
                {fullName(me).slice(0, 1).toUpperCase()}
              </span>
            )
          }
          onChoose={choose}
          error={submission.error('picture')}
        />
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <div className={pictureStyles.buttons}>
          <Button type="submit" loading={submission.pending}>
            Save the picture
          </Button>
          {me.picture && !file && (
            <ConfirmButton
              label="Remove the picture"
              question="Remove your picture?"
              confirmLabel="Remove it"
              stayLabel="Keep it"
              danger
              onConfirm={async () => {
                await send('delete', '/me/picture')
                await done('Your picture is gone.')
              }}
            />
          )}
        </div>
      </form>
    </Part>
  )
}
