import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { send } from '../api/client'
import { paths } from '../paths'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { Part } from './part'
import { sessionsQuery } from './security-queries'

/** Another password, for who knows the one before. */
export function PasswordPart() {
  const queryClient = useQueryClient()
  const submission = useSubmission(async (data, _key, form) => {
    await send('put', '/me/password', {
      body: { oldPassword: String(data.get('oldPassword')), newPassword: String(data.get('newPassword')) },
    })
    form.reset()
    await queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey })
    toast('You have a new password. Everywhere else you are logged out.')
  })
  const wrong = submission.problem?.type === '/problems/accounts/wrong-password'
  return (
    <Part id="password" title="Password">
      <form {...submission.form} className={styles.fields}>
        {submission.message && !wrong && <Notice kind="error">{submission.message}</Notice>}
        <TextInput
          label="Password now"
          name="oldPassword"
          type="password"
          required
          withAsterisk={false}
          autoComplete="current-password"
          error={submission.error('oldPassword') ?? (wrong ? 'That is not your password.' : undefined)}
        />
        <TextInput
          label="New password"
          description="At least 8 characters; a short sentence is best."
          name="newPassword"
          type="password"
          required
          withAsterisk={false}
          minLength={8}
          maxLength={128}
          autoComplete="new-password"
          error={submission.error('newPassword')}
        />
        <div className={styles.buttons}>
          <Button type="submit" loading={submission.pending}>
            Change the password
          </Button>
        </div>
      </form>
      <p className={styles.hint}>
        You have none, or do not remember it? <Link to={paths.forgot()}>Choose one by mail</Link>.
      </p>
    </Part>
  )
}
