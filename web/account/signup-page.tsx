import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import { paths } from '../paths'
import { Check } from '../ui/check'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { becomeAccount, organizes, termsQuery } from './account-queries'
import { Door } from './door'
import styles from './door.module.css'

const route = getRouteApi('/signup')

/** Make an account, as someone who attends or who organizes, and be signed in. */
export function SignupPage() {
  const { as, next } = route.useSearch()
  const queryClient = useQueryClient()
  const router = useRouter()
  const terms = useQuery(termsQuery()).data?.terms
  const [writtenTo, setWrittenTo] = useState<string | null>(null)
  const submission = useSubmission(async (data, key) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const username = text('username')
    const password = String(data.get('password'))
    const account = {
      username,
      email: text('email'),
      password,
      firstName: text('firstName') || undefined,
      lastName: text('lastName') || undefined,
      organizer: data.get('kind') === 'organizer',
      acceptsTerms: data.get('acceptsTerms') ? terms?.version : undefined,
    }
    await send('post', '/accounts', { body: account, idempotencyKey: key })
    const me = await send('post', '/web-sessions', { body: { username, password } }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    })
    // The answer is the same when the address has an account already; only its owner is told.
    if (!me) return setWrittenTo(account.email)
    becomeAccount(queryClient, me)
    router.history.push(next ?? (organizes(me) ? paths.organize() : paths.browse()))
  })

  if (writtenTo) {
    return (
      <Door title="We have written to you" slug="signup">
        <Notice kind="info">
          We sent a mail to {writtenTo}. It says how to go on. If nothing comes, look whether the address is right.
        </Notice>
        <p className={styles.other}>
          <Link to={paths.login()} search={{ next }}>
            Log in
          </Link>
        </p>
      </Door>
    )
  }

  return (
    <Door title="Take your seat" slug="signup" lead="One account to register, keep your place in line, and run events.">
      <form {...submission.form} className={styles.form}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <fieldset className={styles.choice}>
          <legend>What brings you here?</legend>
          <label>
            <input type="radio" name="kind" value="attendee" defaultChecked={as !== 'organizer'} />
            <strong>I want to attend</strong>
            <small>Register and keep track of it.</small>
          </label>
          <label>
            <input type="radio" name="kind" value="organizer" defaultChecked={as === 'organizer'} />
            <strong>I organize</strong>
            <small>Publish events of your own.</small>
          </label>
        </fieldset>
        <TextInput
          label="Username"
          name="username"
          required
          withAsterisk={false}
          minLength={3}
          maxLength={50}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={submission.error('username')}
        />
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          required
          withAsterisk={false}
          maxLength={254}
          autoComplete="email"
          error={submission.error('email')}
        />
        <TextInput
          label="Password"
          description="At least 8 characters; a short sentence is best."
          name="password"
          type="password"
          required
          withAsterisk={false}
          minLength={8}
          autoComplete="new-password"
          error={submission.error('password')}
        />
        <div className={styles.pair}>
          <TextInput
            label="First name (optional)"
            name="firstName"
            autoComplete="given-name"
            error={submission.error('firstName')}
          />
          <TextInput
            label="Last name (optional)"
            name="lastName"
            autoComplete="family-name"
            error={submission.error('lastName')}
          />
        </div>
        {terms && (
          <Check
            name="acceptsTerms"
            label={
              <>
                I accept the{' '}
                <a href={terms.url} target="_blank" rel="noopener noreferrer">
                  terms
                </a>
              </>
            }
            required
            error={submission.error('acceptsTerms')}
          />
        )}
        <Button type="submit" size="lg" fullWidth loading={submission.pending}>
          Sign up
        </Button>
      </form>
      <p className={styles.other}>
        Have an account?{' '}
        <Link to={paths.login()} search={{ next }}>
          Log in
        </Link>
      </p>
    </Door>
  )
}
