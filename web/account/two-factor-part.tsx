import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import type { Answer } from '../api/operations'
import { ConfirmButton } from '../ui/confirm'
import { exactly, useVisitorZone } from '../ui/dates'
import { ShownOnce } from '../ui/shown-once'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { Part } from './part'
import { useProven } from './proof'
import { sessionsQuery, twoFactorQuery } from './security-queries'

type Enrolment = Answer<'post', '/me/two-factor/enrolment'>

/** A code of an app besides the password: set up, renewed, turned off. */
export function TwoFactorPart() {
  const state = useQuery(twoFactorQuery()).data
  const queryClient = useQueryClient()
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)

  async function changed() {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: twoFactorQuery().queryKey }),
      queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
    ])
  }
  async function shown(recoveryCodes: string[]) {
    setEnrolment(null)
    setCodes(recoveryCodes)
    await changed()
  }

  return (
    <Part id="two-factor" title="Two-factor">
      {codes ? (
        <ShownOnce
          title="Your recovery codes"
          lines={codes}
          fileName="turnout-recovery-codes.txt"
          onDone={() => setCodes(null)}
        >
          Each lets you in once when you do not have your app. Keep them where you will find them: they are not shown
          again.
        </ShownOnce>
      ) : enrolment ? (
        <Confirm enrolment={enrolment} onConfirmed={shown} onStop={() => setEnrolment(null)} />
      ) : state?.since ? (
        <On since={state.since} left={state.recoveryCodesLeft} onCodes={shown} onOff={changed} />
      ) : (
        <Off onEnrolment={setEnrolment} />
      )}
    </Part>
  )
}

function Off({ onEnrolment }: { onEnrolment: (enrolment: Enrolment) => void }) {
  const proven = useProven()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  async function begin() {
    setPending(true)
    setError(null)
    try {
      onEnrolment(await proven(() => send('post', '/me/two-factor/enrolment')))
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    } finally {
      setPending(false)
    }
  }
  return (
    <>
      <p className={styles.hint}>
        It is off. With it, logging in wants a code of an app on your phone as well, so a password that got about opens
        nothing.
      </p>
      {error && <Notice kind="error">{error}</Notice>}
      <div className={styles.buttons}>
        <Button loading={pending} onClick={() => void begin()}>
          Turn on two-factor
        </Button>
      </div>
    </>
  )
}

function Confirm(props: { enrolment: Enrolment; onConfirmed: (codes: string[]) => Promise<void>; onStop: () => void }) {
  const { secret, qrCode } = props.enrolment
  const submission = useSubmission(async (data) => {
    const { recoveryCodes } = await send('post', '/me/two-factor/confirmation', {
      body: { code: String(data.get('code')) },
    })
    await props.onConfirmed(recoveryCodes)
  })
  const wrong = submission.problem?.type === '/problems/accounts/wrong-code'
  return (
    <form {...submission.form} className={styles.fields}>
      <p className={styles.hint}>
        Scan this with your app for codes. Where it cannot scan, type in the secret. Then type the six digits that it
        shows.
      </p>
      <img src={qrCode} alt="QR code for your app; the secret below says the same" className={styles.qr} />
      <p className={styles.secret}>
        <span>Secret</span> <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      {submission.message && !wrong && <Notice kind="error">{submission.message}</Notice>}
      <TextInput
        label="Code of your app"
        name="code"
        autoFocus
        required
        withAsterisk={false}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={submission.error('code') ?? (wrong ? 'That code does not work. Try the next one.' : undefined)}
      />
      <div className={styles.buttons}>
        <Button type="submit" loading={submission.pending}>
          Confirm
        </Button>
        <Button variant="default" onClick={props.onStop}>
          Not now
        </Button>
      </div>
    </form>
  )
}

function On(props: {
  since: string
  left: number
  onCodes: (codes: string[]) => Promise<void>
  onOff: () => Promise<void>
}) {
  const zone = useVisitorZone() ?? 'UTC'
  const proven = useProven()
  return (
    <>
      <Notice kind="good" title="It is on">
        Since {exactly(props.since, zone)}.
      </Notice>
      <p className={styles.hint}>
        {props.left === 0
          ? 'You have no recovery codes left: make new ones.'
          : `You have ${props.left} recovery ${props.left === 1 ? 'code' : 'codes'} left, for when you do not have your app.`}
      </p>
      <div className={styles.buttons}>
        <ConfirmButton
          label="New recovery codes"
          question="Make new recovery codes?"
          confirmLabel="Make them"
          stayLabel="Keep those I have"
          onConfirm={async () => {
            const { recoveryCodes } = await proven(() => send('post', '/me/two-factor/recovery-codes'))
            await props.onCodes(recoveryCodes)
          }}
        >
          Those that you have are good for nothing then.
        </ConfirmButton>
        <ConfirmButton
          label="Turn off two-factor"
          question="Turn two-factor off?"
          confirmLabel="Turn it off"
          stayLabel="Keep it on"
          danger
          onConfirm={async () => {
            await proven(() => send('delete', '/me/two-factor'))
            await props.onOff()
            toast('Two-factor is off.')
          }}
        >
          Your password alone opens your account then.
        </ConfirmButton>
      </div>
    </>
  )
}
