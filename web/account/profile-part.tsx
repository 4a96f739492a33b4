import { Button, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { send } from '../api/client'
import type { Account } from '../api/types'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { meQuery, organizes } from './account-queries'
import { Part } from './part'

/** What one is called here. */
export function ProfilePart({ me }: { me: Account }) {
  const queryClient = useQueryClient()
  const submission = useSubmission(async (data) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const now = await send('patch', '/me', {
      body: {
        username: text('username'),
        firstName: text('firstName'),
        lastName: text('lastName'),
        bio: text('bio'),
      },
    })
    queryClient.setQueryData(meQuery().queryKey, now)
    toast('Your profile is saved.')
  })
  const taken = submission.problem?.type === '/problems/accounts/username-taken'
  return (
    <Part id="profile" title="Profile">
      <form {...submission.form} className={styles.fields}>
        {submission.message && !taken && <Notice kind="error">{submission.message}</Notice>}
        <TextInput
          label="Username"
          name="username"
          defaultValue={me.username}
          required
          withAsterisk={false}
          maxLength={150}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={submission.error('username') ?? (taken ? 'Somebody else has that name. Choose another.' : undefined)}
        />
        <div className={styles.pair}>
          <TextInput
            label="First name"
            name="firstName"
            defaultValue={me.firstName}
            autoComplete="given-name"
            error={submission.error('firstName')}
          />
          <TextInput
            label="Last name"
            name="lastName"
            defaultValue={me.lastName}
            autoComplete="family-name"
            error={submission.error('lastName')}
          />
        </div>
        <Textarea
          label="About you"
          description={
            organizes(me) ? 'Everybody sees it beside your events.' : 'Seen by others only if you organize events.'
          }
          name="bio"
          defaultValue={me.bio}
          rows={4}
          maxLength={2000}
          error={submission.error('bio')}
        />
        <div className={styles.buttons}>
          <Button type="submit" loading={submission.pending}>
            Save the profile
          </Button>
        </div>
      </form>
    </Part>
  )
}
