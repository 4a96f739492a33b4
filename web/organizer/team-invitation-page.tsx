import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../account/account-queries'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { Notice } from '../ui/states'
import { AnswerButtons, askedWords } from './team-invitations'
import { teamInvitationQuery } from './team-queries'
import styles from './team-page.module.css'

const route = getRouteApi('/team/$key')

/** An invitation onto a team, by the link in the mail. Opening it changes nothing: mail scanners follow links. */
export function TeamInvitationPage() {
  const { key } = route.useParams()
  const queryClient = useQueryClient()
  const me = useMe()
  const invitation = useQuery(teamInvitationQuery(key)).data
  if (!invitation) return null
  const { state, can, title, role } = invitation
  const next = paths.teamInvitation(key)
  return (
    <div className={styles.page}>
      <h1>
        {state === 'accepted'
          ? role === 'owner'
            ? 'It is yours now'
            : 'You are on the team'
          : state === 'open'
            ? role === 'owner'
              ? 'Will you take it over?'
              : 'Will you help?'
            : 'This invitation is over'}
      </h1>
      <p>{askedWords(invitation)}</p>
      <div aria-live="polite">
        {state === 'declined' && (
          <Notice kind="info">It was declined. Ask to be invited again if that was a slip.</Notice>
        )}
        {(state === 'withdrawn' || state === 'expired') && (
          <Notice kind="info">It was taken back or is too old. Ask to be invited again.</Notice>
        )}
        {state === 'open' && !me && (
          <Notice kind="info">Log in, or sign up, with the address that the mail came to; then come back here.</Notice>
        )}
        {state === 'open' && me && !can.accept && (
          <Notice kind="warn">It was sent to another address than your account has. Log in with that account.</Notice>
        )}
      </div>
      <div className={styles.buttons}>
        {state === 'accepted' && <ButtonLink to={paths.organize()}>To {title}</ButtonLink>}
        {state === 'open' && !me && (
          <>
            <ButtonLink to={paths.login()} search={{ next }}>
              Log in
            </ButtonLink>
            <ButtonLink to={paths.signup()} search={{ next }} variant="default">
              Sign up
            </ButtonLink>
          </>
        )}
        <AnswerButtons
          invitation={invitation}
          answerBy={key}
          onAnswered={(now) => queryClient.setQueryData(teamInvitationQuery(key).queryKey, now)}
        />
      </div>
    </div>
  )
}
