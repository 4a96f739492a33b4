import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { send } from '../api/client'
import { paths } from '../paths'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { becomeAccount, organizes } from './account-queries'
import styles from './door.module.css'
import { Door } from './door'

const route = getRouteApi('/login')

/** Log in; then on to where one was going. */
export function LoginPage() {
  const { next } = route.useSearch()
  const queryClient = useQueryClient()
  const router = useRouter()
  const submission = useSubmission(async (data) => {
    const me = await send('post', '/web-sessions', {
      body: { username: String(data.get('username')).trim(), password: String(data.get('password')) },
    })
    becomeAccount(queryClient, me)
    router.history.push(next ?? (organizes(me) ? paths.organize() : paths.myRegistrations()))
  })
  const message =
    submission.problem?.status === 401 ? 'That name and password do not belong together.' : submission.message

  return (
    <Door title="Welcome back" slug="login">
      <form {...submission.form} className={styles.form}>
        {message && <Notice kind="error">{message}</Notice>}
        <TextInput
          label="Username or e-mail"
          name="username"
          required
          withAsterisk={false}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={submission.error('username')}
        />
        <TextInput
          label="Password"
          name="password"
          type="password"
          required
          withAsterisk={false}
          autoComplete="current-password"
          error={submission.error('password')}
        />
        <Button type="submit" size="lg" fullWidth loading={submission.pending}>
          Log in
        </Button>
      </form>
      <p className={styles.other}>
        New here?{' '}
        <Link to={paths.signup()} search={{ next }}>
          Sign up
        </Link>
      </p>
    </Door>
  )
}
