import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../api/client'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { Door } from './door'
import styles from './door.module.css'

const route = getRouteApi('/unsubscribe/$token')

const GROUPS: Record<string, string> = {
  reminders: 'reminders of events',
  changes: 'mails when an event is moved',
  recommendations: 'mails about events you might like',
}

/** Turns off what a mail belongs to, and on again. Opening it changes nothing: mail scanners follow links. */
export function UnsubscribePage() {
  const { token } = route.useParams()
  const [state, setState] = useState<{ group: string; off: boolean; forAccount: boolean } | null>(null)
  const submission = useSubmission(async () => {
    setState(await send(state?.off ? 'delete' : 'post', '/unsubscriptions/{token}', { path: { token } }))
  })
  const words = GROUPS[state?.group ?? ''] ?? 'mails like this one'
  const lead = !state
    ? 'Mails about your place itself still come: they carry your ticket.'
    : state.off
      ? `You get no more ${words}.`
      : `You get ${words} again.`
  return (
    <Door title={state?.off ? 'It is turned off' : 'No more mails like this?'} slug="unsubscribe" lead={lead}>
      <form {...submission.form} className={styles.form}>
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <Button
          type="submit"
          size="lg"
          fullWidth
          loading={submission.pending}
          variant={state?.off ? 'default' : 'filled'}
        >
          {state?.off ? 'Undo' : 'Turn them off'}
        </Button>
      </form>
      {state?.forAccount && <ButtonLink to={paths.account()}>Your preferences</ButtonLink>}
    </Door>
  )
}
