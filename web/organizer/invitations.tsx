import { Button, Textarea } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { send } from '../api/client'
import type { EventDetail } from '../api/types'
import { ConfirmButton } from '../ui/confirm'
import { momentIn, short } from '../ui/dates'
import { Pill } from '../ui/pill'
import { Loading, Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import { invitationsQuery } from './organizer-queries'
import styles from './team-page.module.css'

/** Who is asked to come to a private event, and asking more. */
export function Invitations({ event }: { event: EventDetail }) {
  const queryClient = useQueryClient()
  const list = useInfiniteQuery(invitationsQuery(event.id))
  const invited = list.data?.pages.flatMap((page) => page.items) ?? []
  const at = { eventId: event.id }

  async function changed(words: string) {
    await queryClient.invalidateQueries({ queryKey: invitationsQuery(event.id).queryKey })
    toast(words)
  }

  const submission = useSubmission(async (data, key, form) => {
    const emails = addressesIn(String(data.get('emails') ?? ''))
    const { items } = await send('post', '/events/{eventId}/invitations', {
      path: at,
      body: { emails },
      idempotencyKey: key,
    })
    form.reset()
    await changed(
      items.length === 0
        ? 'They were invited before. No mail is sent twice.'
        : `${items.length === 1 ? 'One invitation is' : `${items.length} invitations are`} on the way.`,
    )
  })

  return (
    <section className={styles.part} aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      {event.status === 'draft' && <p>The link in the mail opens the event once it is published.</p>}
      <form {...submission.form} className={styles.list}>
        <Textarea
          label="E-mail addresses"
          description="As many as you like, with commas, spaces or lines between them. Each gets a link of their own."
          name="emails"
          required
          withAsterisk={false}
          rows={3}
          maxLength={20000}
          autoComplete="off"
          error={submission.error('emails')}
        />
        {submission.message && <Notice kind="error">{submission.message}</Notice>}
        <div className={styles.buttons}>
          <Button type="submit" loading={submission.pending}>
            Invite
          </Button>
        </div>
      </form>
      {list.isPending ? (
        <Loading rows={2} />
      ) : list.isError ? (
        <Notice kind="error">Who was invited could not be loaded. Reload the page to try again.</Notice>
      ) : invited.length === 0 ? (
        <p>Nobody is invited yet.</p>
      ) : (
        <ul className={styles.list} aria-label="Who is invited">
          {invited.map(({ id, email, createdAt, revokedAt }) => (
            <li key={id} className={styles.person}>
              <div className={styles.who}>
                <strong>{email}</strong>
                <span>Invited on {dayOf(createdAt, event.zone)}</span>
              </div>
              {revokedAt ? <Pill tone="plain">Withdrawn</Pill> : <Pill tone="good">Invited</Pill>}
              {!revokedAt && (
                <ConfirmButton
                  label="Withdraw"
                  ariaLabel={`Withdraw the invitation of ${email}`}
                  question="Withdraw the invitation?"
                  confirmLabel="Withdraw it"
                  stayLabel="Leave it"
                  danger
                  onConfirm={async () => {
                    await send('delete', '/events/{eventId}/invitations/{invitationId}', {
                      path: { ...at, invitationId: id },
                    })
                    await changed('The invitation is withdrawn.')
                  }}
                >
                  Its link opens nothing any more. Who has registered stays registered.
                </ConfirmButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  )
}

/** The addresses in a text as people paste it; each once. */
function addressesIn(text: string) {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
}

function dayOf(instant: string, zone: string) {
  const { day, month } = momentIn(zone, instant)
  return `${day} ${short(month)}`
}
