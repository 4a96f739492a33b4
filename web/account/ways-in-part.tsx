import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, send } from '../api/client'
import { paths } from '../paths'
import { ConfirmButton } from '../ui/confirm'
import { exactly, useVisitorZone } from '../ui/dates'
import { Notice } from '../ui/states'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { Part } from './part'
import { useProven } from './proof'
import { identitiesQuery, providersQuery } from './security-queries'

/** The providers that one can log in through, and those one could. Nothing where this server knows none. */
export function WaysInPart() {
  const providers = useQuery(providersQuery()).data?.items ?? []
  const identities = useQuery(identitiesQuery()).data?.items ?? []
  const queryClient = useQueryClient()
  const zone = useVisitorZone() ?? 'UTC'
  const proven = useProven()
  const [leaving, setLeaving] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const nameOf = (id: string) => providers.find((provider) => provider.id === id)?.name ?? id

  async function link(provider: string) {
    setLeaving(provider)
    setError(null)
    try {
      const { url } = await proven(() => send('post', '/me/identities', { body: { provider, next: paths.account() } }))
      window.location.assign(url)
    } catch (cause) {
      setLeaving(null)
      setError(cause instanceof ApiError ? cause.message : 'That did not work. Please try again.')
    }
  }

  if (providers.length === 0 && identities.length === 0) return null
  return (
    <Part id="ways-in" title="Ways in">
      <p className={styles.hint}>Other accounts of yours that you can log in with.</p>
      {error && <Notice kind="error">{error}</Notice>}
      {identities.length > 0 && (
        <ul className={styles.rows}>
          {identities.map(({ id, provider, shownAs, createdAt, lastUsedAt }) => (
            <li key={id} className={styles.row}>
              <div className={styles.what}>
                <strong>{nameOf(provider)}</strong>
                <span>
                  {shownAs && `${shownAs}, `}
                  {lastUsedAt ? `last used ${exactly(lastUsedAt, zone)}` : `linked ${exactly(createdAt, zone)}`}
                </span>
              </div>
              <ConfirmButton
                label="Unlink"
                ariaLabel={`Unlink ${nameOf(provider)}`}
                question={`Unlink ${nameOf(provider)}?`}
                confirmLabel="Unlink it"
                stayLabel="Keep it"
                danger
                onConfirm={async () => {
                  await proven(() => send('delete', '/me/identities/{identityId}', { path: { identityId: id } }))
                  await queryClient.invalidateQueries({ queryKey: identitiesQuery().queryKey })
                  toast(`${nameOf(provider)} is unlinked.`)
                }}
              >
                Nobody can log in to your account with it any more.
              </ConfirmButton>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        {providers
          .filter(({ id }) => !identities.some(({ provider }) => provider === id))
          .map(({ id, name }) => (
            <Button key={id} variant="default" loading={leaving === id} onClick={() => void link(id)}>
              Link {name}
            </Button>
          ))}
      </div>
    </Part>
  )
}
