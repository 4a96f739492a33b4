import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { send } from '../api/client'
import type { Account } from '../api/types'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { meQuery } from './account-queries'
import { Part } from './part'

/** Terms that are in force and not accepted yet; nothing where there are none. */
export function TermsPart({ terms }: { terms: Account['termsToAccept'] }) {
  const queryClient = useQueryClient()
  const submission = useSubmission(async () => {
    if (!terms) return
    const me = await send('put', '/me/accepted-terms', { body: { version: terms.version } })
    queryClient.setQueryData(meQuery().queryKey, me)
    toast('You have accepted the terms.')
  })
  if (!terms) return null
  return (
    <Part id="terms" title="New terms">
      <Notice kind="warn">
        The{' '}
        <a href={terms.url} target="_blank" rel="noopener noreferrer">
          terms of this server
        </a>{' '}
        have changed. Please read and accept them.
      </Notice>
      <form {...submission.form} className={styles.fields}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <div className={styles.buttons}>
          <Button type="submit" loading={submission.pending}>
            I accept them
          </Button>
        </div>
      </form>
    </Part>
  )
}
