import { Button, TextInput } from '@mantine/core'
import { createContext, use, useId, useRef, useState, type ReactNode } from 'react'
import { ApiError, send } from '../api/client'
import dialogStyles from '../ui/confirm.module.css'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import styles from './account-page.module.css'

type Asking = { needs: string[]; refusal: ApiError; settle: (proved: boolean) => void }

const Ask = createContext<(refusal: ApiError) => Promise<boolean>>(() => Promise.resolve(false))

/** Does something that may want a fresh proof that it is you; then it asks for one and does it again. */
export function useProven() {
  const ask = use(Ask)
  return async function proven<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.type !== '/problems/accounts/proof-required') throw error
      if (await ask(error)) return act()
      throw new ApiError({ ...error.problem, detail: 'Nothing was changed: it was not shown that it is you.' })
    }
  }
}

/** Where those who want a proof ask for it. */
export function ProofDialog({
  about = 'this could take the account from you',
  children,
}: {
  about?: string
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const [asking, setAsking] = useState<Asking | null>(null)

  function ask(refusal: ApiError) {
    const { needs = [] } = refusal.problem as { needs?: string[] }
    dialog.current?.showModal()
    return new Promise<boolean>((settle) => setAsking({ needs, refusal, settle }))
  }
  function finish(proved: boolean) {
    asking?.settle(proved)
    setAsking(null)
    dialog.current?.close()
  }

  return (
    <Ask value={ask}>
      {children}
      <dialog ref={dialog} className={dialogStyles.dialog} aria-labelledby={heading} onClose={() => finish(false)}>
        <h2 id={heading} className={dialogStyles.question}>
          Is it you?
        </h2>
        {asking && asking.needs.length > 0 && <ProofForm about={about} needs={asking.needs} onFinish={finish} />}
        {asking?.needs.length === 0 && (
          <>
            <Notice kind="info">
              Your account has no password to ask for. Sign out, log in again as you always do, and come back.
            </Notice>
            <div className={dialogStyles.buttons}>
              <Button onClick={() => finish(false)}>Go back</Button>
            </div>
          </>
        )}
      </dialog>
    </Ask>
  )
}

function ProofForm({
  about,
  needs,
  onFinish,
}: {
  about: string
  needs: string[]
  onFinish: (proved: boolean) => void
}) {
  const submission = useSubmission(async (data) => {
    const [password, code] = [data.get('password'), data.get('code')]
    await send('post', '/sessions/current/proof', {
      body: { ...(password && { password: String(password) }), ...(code && { code: String(code) }) },
    })
    onFinish(true)
  })
  const wrong = submission.problem?.type === '/problems/accounts/wrong-proof'
  return (
    <form {...submission.form} className={styles.fields}>
      <p className={dialogStyles.text}>You logged in a while ago, and {about}.</p>
      {submission.message && (
        <Notice kind="error">{wrong ? 'That does not show that it is you. Try again.' : submission.message}</Notice>
      )}
      {needs.includes('password') && (
        <TextInput
          label="Your password"
          name="password"
          type="password"
          required
          withAsterisk={false}
          autoComplete="current-password"
          error={submission.error('password')}
        />
      )}
      {needs.includes('code') && (
        <TextInput
          label="Code of your app, or a recovery code"
          name="code"
          required
          withAsterisk={false}
          autoComplete="one-time-code"
          error={submission.error('code')}
        />
      )}
      <div className={dialogStyles.buttons}>
        <Button variant="default" onClick={() => onFinish(false)}>
          Go back
        </Button>
        <Button type="submit" loading={submission.pending}>
          It is me
        </Button>
      </div>
    </form>
  )
}
