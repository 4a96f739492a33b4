import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../account/account-queries'
import { ProofDialog, useProven } from '../account/proof'
import { send } from '../api/client'
import type { EventDetail, Team } from '../api/types'
import { eventQuery } from '../events/event-queries'
import { paths } from '../paths'
import { Check } from '../ui/check'
import { ConfirmButton } from '../ui/confirm'
import { briefly, momentIn, short } from '../ui/dates'
import { Pill } from '../ui/pill'
import { Loading, Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import { seriesQuery } from './organizer-queries'
import { ROLE_WORDS } from './roles'
import styles from './team-page.module.css'
import { teamQuery } from './team-queries'

const route = getRouteApi('/organize/$eventId/team')

/** Who runs an event, who helps, who is asked to; and giving it to somebody else. */
export function TeamPage() {
  const { eventId } = route.useParams()
  const event = useQuery(eventQuery(eventId)).data
  const team = useQuery(teamQuery(event?.id ?? eventId))
  const series = useQuery({ ...seriesQuery(event?.series?.id ?? ''), enabled: Boolean(event?.series) }).data
  if (!event) return null
  return (
    <div className={styles.page}>
      <div>
        <p>
          <Link to={paths.event(event.slug)}>{event.title}</Link>, {briefly(event)}
        </p>
        <h1>Team</h1>
      </div>
      {team.isPending ? (
        <Loading />
      ) : team.isError ? (
        <Notice kind="error">The team could not be loaded. Reload the page to try again.</Notice>
      ) : (
        <>
          <Members event={event} team={team.data} />
          {event.can.changeTeam && <Invite event={event} repeats={Boolean(series)} />}
          {event.can.changeTeam && (
            <ProofDialog about="this could take the event from you">
              <HandOver event={event} repeats={Boolean(series)} />
            </ProofDialog>
          )}
        </>
      )}
    </div>
  )
}

function useTeamChanged(eventId: string) {
  const queryClient = useQueryClient()
  return async (words: string) => {
    await queryClient.invalidateQueries({ queryKey: teamQuery(eventId).queryKey })
    toast(words)
  }
}

type Whole = 'event' | 'series'

/** The same request for an event, or for the series that it is of. */
function wholeOf(event: EventDetail, of: Whole) {
  return of === 'series' && event.series
    ? ({ kind: 'series', path: { seriesId: event.series.id } } as const)
    : ({ kind: 'event', path: { eventId: event.id } } as const)
}

function Members({ event, team }: { event: EventDetail; team: Team }) {
  const changed = useTeamChanged(event.id)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const me = useMe()
  const dates = (of: Whole) => event.series && (of === 'series' ? 'All dates' : 'This date only')

  async function remove(member: Team['members'][number]) {
    const whole = wholeOf(event, member.of)
    const { accountId } = member
    if (whole.kind === 'series')
      await send('delete', '/series/{seriesId}/team/{accountId}', { path: { ...whole.path, accountId } })
    else await send('delete', '/events/{eventId}/team/{accountId}', { path: { ...whole.path, accountId } })
    await changed(`${member.name} is off the team.`)
  }

  async function leave(member: Team['members'][number]) {
    const whole = wholeOf(event, member.of)
    if (whole.kind === 'series') await send('delete', '/series/{seriesId}/team/me', { path: whole.path })
    else await send('delete', '/events/{eventId}/team/me', { path: whole.path })
    await navigate({ to: paths.organize() })
    await queryClient.invalidateQueries({ queryKey: ['events'] })
    toast('You have left the team.')
  }

  async function takeBack(invitation: Team['invitations'][number]) {
    const whole = wholeOf(event, invitation.of)
    const invitationId = invitation.id
    if (whole.kind === 'series')
      await send('delete', '/series/{seriesId}/team/invitations/{invitationId}', {
        path: { ...whole.path, invitationId },
      })
    else
      await send('delete', '/events/{eventId}/team/invitations/{invitationId}', {
        path: { ...whole.path, invitationId },
      })
    await changed('The invitation is taken back.')
  }

  return (
    <ul className={styles.list} aria-label="Who is on the team">
      <li className={styles.person}>
        <div className={styles.who}>
          <strong>{team.owner.name}</strong>
          <span>{ROLE_WORDS.owner.does}</span>
        </div>
        <Pill tone="good">{ROLE_WORDS.owner.name}</Pill>
      </li>
      {team.members.map((member) => (
        <li key={`${member.of} ${member.accountId}`} className={styles.person}>
          <div className={styles.who}>
            <strong>{member.name}</strong>
            <span>
              {dates(member.of) && `${dates(member.of)}. `}
              {ROLE_WORDS[member.role].does}
            </span>
          </div>
          <Pill tone="plain">{ROLE_WORDS[member.role].name}</Pill>
          {event.can.changeTeam ? (
            <ConfirmButton
              label="Remove"
              ariaLabel={`Take ${member.name} off the team`}
              question={`Take ${member.name} off the team?`}
              confirmLabel="Take off the team"
              stayLabel="Keep"
              danger
              onConfirm={() => remove(member)}
            >
              They are out at once, and are told by mail.
            </ConfirmButton>
          ) : (
            member.accountId === me?.id && (
              <ConfirmButton
                label="Leave"
                question="Leave the team?"
                confirmLabel="Leave"
                stayLabel="Stay"
                danger
                onConfirm={() => leave(member)}
              >
                To come back you have to be invited again.
              </ConfirmButton>
            )
          )}
        </li>
      ))}
      {team.invitations.map((invitation) => (
        <li key={invitation.id} className={styles.person}>
          <div className={styles.who}>
            <strong>{invitation.to}</strong>
            <span>
              {dates(invitation.of) && `${dates(invitation.of)}. `}
              {invitation.role === 'owner' ? 'Is offered the event' : `Asked to be ${ROLE_WORDS[invitation.role].name}`}
              , until {until(invitation.expiresAt, event.zone)}.
            </span>
          </div>
          <Pill tone="wait">Not answered yet</Pill>
          <ConfirmButton
            label="Take back"
            ariaLabel={`Take the invitation of ${invitation.to} back`}
            question="Take the invitation back?"
            confirmLabel="Take it back"
            stayLabel="Leave it"
            onConfirm={() => takeBack(invitation)}
          >
            Its link opens nothing any more.
          </ConfirmButton>
        </li>
      ))}
    </ul>
  )
}

function until(instant: string, zone: string) {
  const { day, month } = momentIn(zone, instant)
  return `${day} ${short(month)}`
}

/** An address where there is an at sign, and otherwise a username. */
function personIn(data: FormData) {
  const to = String(data.get('to') ?? '').trim()
  return to.includes('@') ? { email: to } : { username: to }
}

function WhichDates() {
  return (
    <NativeSelect
      label="For"
      name="of"
      data={[
        { value: 'series', label: 'All dates' },
        { value: 'event', label: 'This date only' },
      ]}
    />
  )
}

function Invite({ event, repeats }: { event: EventDetail; repeats: boolean }) {
  const changed = useTeamChanged(event.id)
  const [role, setRole] = useState<'co-organizer' | 'check-in'>('co-organizer')
  const submission = useSubmission(async (data, key, form) => {
    const whole = wholeOf(event, data.get('of') === 'series' ? 'series' : 'event')
    const body = { ...personIn(data), role }
    if (whole.kind === 'series')
      await send('post', '/series/{seriesId}/team/invitations', { path: whole.path, body, idempotencyKey: key })
    else await send('post', '/events/{eventId}/team/invitations', { path: whole.path, body, idempotencyKey: key })
    form.reset()
    setRole('co-organizer')
    await changed('The invitation is on its way.')
  })
  const { error } = submission
  return (
    <form {...submission.form} className={styles.part} aria-labelledby="invite">
      <h2 id="invite">Invite somebody</h2>
      <TextInput
        label="E-mail or username"
        name="to"
        required
        withAsterisk={false}
        maxLength={254}
        autoComplete="off"
        error={error('to') ?? error('email') ?? error('username')}
      />
      <NativeSelect
        label="As"
        description={ROLE_WORDS[role].does}
        value={role}
        onChange={({ currentTarget: { value } }) => setRole(value === 'check-in' ? 'check-in' : 'co-organizer')}
        data={[
          { value: 'co-organizer', label: ROLE_WORDS['co-organizer'].name },
          { value: 'check-in', label: ROLE_WORDS['check-in'].name },
        ]}
      />
      {repeats && <WhichDates />}
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <div>
        <Button type="submit" loading={submission.pending}>
          Send the invitation
        </Button>
      </div>
    </form>
  )
}

function HandOver({ event, repeats }: { event: EventDetail; repeats: boolean }) {
  const changed = useTeamChanged(event.id)
  const proven = useProven()
  const submission = useSubmission(async (data, key, form) => {
    const whole = wholeOf(event, repeats ? 'series' : 'event')
    const body = { ...personIn(data), stays: data.has('stays') }
    await proven(() =>
      whole.kind === 'series'
        ? send('post', '/series/{seriesId}/ownership-offers', { path: whole.path, body, idempotencyKey: key })
        : send('post', '/events/{eventId}/ownership-offers', { path: whole.path, body, idempotencyKey: key }),
    )
    form.reset()
    await changed('The offer is on its way. It is yours until they accept.')
  })
  const { error } = submission
  return (
    <form {...submission.form} className={styles.part} aria-labelledby="hand-over">
      <h2 id="hand-over">Hand it over</h2>
      <p>
        {repeats ? 'The series with all its dates' : 'The event'} is theirs once they accept. They must be an organizer
        here.
      </p>
      <TextInput
        label="E-mail or username of the new owner"
        name="to"
        required
        withAsterisk={false}
        maxLength={254}
        autoComplete="off"
        error={error('to') ?? error('email') ?? error('username')}
      />
      <Check label="I stay as a co-organizer" name="stays" defaultChecked />
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <div>
        <Button type="submit" variant="default" loading={submission.pending}>
          Offer it
        </Button>
      </div>
    </form>
  )
}
