import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/client'
import type { Asked } from '../api/operations'
import { Check } from '../ui/check'
import { ConfirmButton } from '../ui/confirm'
import { exactly, useVisitorZone } from '../ui/dates'
import { ShownOnce } from '../ui/shown-once'
import { Notice } from '../ui/states'
import { FieldError, useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import styles from './account-page.module.css'
import { Part } from './part'
import { useProven } from './proof'
import { apiKeysQuery } from './security-queries'

type Scope = Asked<'post', '/me/api-keys'>['body']['scopes'][number]

const SCOPES: Record<Scope, string> = {
  'events:read': 'See events',
  'events:write': 'Change events',
  'registrations:read': 'See registrations',
  'registrations:write': 'Change registrations',
  checkin: 'Let people in at the door',
  'account:read': 'See your account',
}
const wordsOf = (scope: string) => (Object.hasOwn(SCOPES, scope) ? SCOPES[scope as Scope] : scope)

/** The programs that act for one: a key is made, shown once, and revoked. */
export function ApiKeysPart() {
  const keys = useQuery(apiKeysQuery()).data?.items ?? []
  const queryClient = useQueryClient()
  const zone = useVisitorZone() ?? 'UTC'
  const [made, setMade] = useState<{ name: string; key: string } | null>(null)
  const changed = () => queryClient.invalidateQueries({ queryKey: apiKeysQuery().queryKey })

  return (
    <Part id="api-keys" title="API keys">
      <p className={styles.hint}>
        With a key a program acts for you, and can do no more than you let it.{' '}
        <a href="/api/docs/">What programs can do</a>
      </p>
      {keys.length > 0 && (
        <ul className={styles.rows}>
          {keys.map(({ id, name, scopes, expiresAt, lastUsedAt }) => (
            <li key={id} className={styles.row}>
              <div className={styles.what}>
                <strong>{name}</strong>
                <span>{scopes.map(wordsOf).join(', ')}</span>
                <span>
                  Until {exactly(expiresAt, zone)};{' '}
                  {lastUsedAt ? `last used ${exactly(lastUsedAt, zone)}` : 'never used yet'}
                </span>
              </div>
              <ConfirmButton
                label="Revoke"
                ariaLabel={`Revoke ${name}`}
                question={`Revoke “${name}”?`}
                confirmLabel="Revoke it"
                stayLabel="Keep it"
                danger
                onConfirm={async () => {
                  await send('delete', '/me/api-keys/{apiKeyId}', { path: { apiKeyId: id } })
                  await changed()
                  toast('The key is revoked.')
                }}
              >
                Whatever uses it stops at once.
              </ConfirmButton>
            </li>
          ))}
        </ul>
      )}
      {made ? (
        <ShownOnce
          title={`The key “${made.name}”`}
          lines={[made.key]}
          fileName="turnout-api-key.txt"
          onDone={() => setMade(null)}
        >
          Give it to the program now: it is not shown again.
        </ShownOnce>
      ) : (
        <details className={styles.more}>
          <summary>Make a key</summary>
          <NewKey
            onMade={async (key) => {
              setMade(key)
              await changed()
            }}
          />
        </details>
      )}
    </Part>
  )
}

function NewKey({ onMade }: { onMade: (made: { name: string; key: string }) => Promise<void> }) {
  const proven = useProven()
  const submission = useSubmission(async (data) => {
    const scopes = data.getAll('scopes') as Scope[]
    if (scopes.length === 0) throw new FieldError('scopes', 'Choose at least one.')
    const body = { name: String(data.get('name')).trim(), scopes, days: Number(data.get('days')) }
    await onMade(await proven(() => send('post', '/me/api-keys', { body })))
  })
  return (
    <form {...submission.form} className={styles.fields}>
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <TextInput
        label="What it is for"
        placeholder="Door of the town hall"
        name="name"
        required
        withAsterisk={false}
        maxLength={100}
        error={submission.error('name')}
      />
      <fieldset className={styles.boxes}>
        <legend>What it may do</legend>
        {Object.entries(SCOPES).map(([scope, words]) => (
          <Check key={scope} name="scopes" value={scope} label={words} />
        ))}
        {submission.error('scopes') && <Notice kind="error">{submission.error('scopes')}</Notice>}
      </fieldset>
      <NativeSelect
        label="It ends by itself after"
        name="days"
        defaultValue="90"
        data={[
          { value: '7', label: 'A week' },
          { value: '30', label: '30 days' },
          { value: '90', label: '90 days' },
          { value: '366', label: 'A year' },
        ]}
      />
      <div className={styles.buttons}>
        <Button type="submit" loading={submission.pending}>
          Make the key
        </Button>
      </div>
    </form>
  )
}
