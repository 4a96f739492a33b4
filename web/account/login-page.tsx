import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../api/client'
import { paths } from '../paths'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { becomeAccount, organizes } from './account-queries'
import styles from './door.module.css'
import { Door } from './door'
import { outcomeWords } from './provider-words'
import { providersQuery } from './security-queries'

const route = getRouteApi('/login')

/** Log in, with a code where two-factor is on; then on to where one was going. */
export function LoginPage() {
  const { next, problem, step } = route.useSearch()
  // Empty: the challenge is in a cookie, after coming back from a provider.
  const [challenge, setChallenge] = useState<string | null>(step === 'code' ? '' : null)
  const queryClient = useQueryClient()
  const router = useRouter()
  const submission = useSubmission(async (data) => {
    const body = { username: String(data.get('username')).trim(), password: String(data.get('password')) }
    const me =
      challenge === null
        ? await send('post', '/web-sessions', { body })
        : await send('post', '/web-session-completions', {
            body: { code: String(data.get('code')), ...(challenge && { challenge }) },
          })
    if ('challenge' in me) return setChallenge(String(me.challenge))
    becomeAccount(queryClient, me)
    router.history.push(next ?? (organizes(me) ? paths.organize() : paths.myRegistrations()))
  })
  const providers = useQuery(providersQuery()).data?.items ?? []
  const lapsed = submission.problem?.type === '/problems/accounts/invalid-challenge'
  const wrong =
    challenge === null
      ? 'That name and password do not belong together.'
      : lapsed
        ? 'That took too long, or was finished already. Start over.'
        : 'That code does not work. Try the next one.'
  const message =
    (submission.problem?.status === 401 ? wrong : submission.message) ??
    (submission.pending ? null : outcomeWords(problem))

  return (
    <Door
      title={challenge === null ? 'Welcome back' : 'One more step'}
      slug="login"
      lead={challenge === null ? undefined : 'Your account wants a code as well.'}
    >
      <form {...submission.form} className={styles.form}>
        {message && <Notice kind="error">{message}</Notice>}
        {challenge !== null && (
          <TextInput
            label="Code of your app, or a recovery code"
            name="code"
            autoFocus
            required
            withAsterisk={false}
            autoComplete="one-time-code"
            error={submission.error('code')}
          />
        )}
        {challenge === null && (
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
        )}
        {challenge === null && (
          <TextInput
            label="Password"
            name="password"
            type="password"
            required
            withAsterisk={false}
            autoComplete="current-password"
            error={submission.error('password')}
          />
        )}
        {challenge === null && (
          <p className={styles.aside}>
            <Link to={paths.forgot()}>Forgot your password?</Link>
          </p>
        )}
        <Button type="submit" size="lg" fullWidth loading={submission.pending}>
          Log in
        </Button>
      </form>
      {challenge === null && providers.length > 0 && (
        <div className={styles.providers}>
          <p className={styles.or}>or</p>
          {providers.map(({ id, name }) => (
            <Button
              key={id}
              component="a"
              variant="default"
              size="lg"
              fullWidth
              href={paths.provider(id, next ?? paths.myRegistrations())}
            >
              Log in with {name}
            </Button>
          ))}
        </div>
      )}
      {challenge !== null && (
        <Button variant="subtle" onClick={() => window.location.assign(paths.login())}>
          Start over
        </Button>
      )}
      {challenge === null && (
        <p className={styles.other}>
          New here?{' '}
          <Link to={paths.signup()} search={{ next }}>
            Sign up
          </Link>
        </p>
      )}
    </Door>
  )
}
