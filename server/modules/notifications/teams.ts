import { sql } from 'kysely'
import type { Fact } from '#kernel/facts'
import type { Tx } from '#kernel/ctx'
import { writeNotices } from './notices.ts'

// What is said to people about the teams that they are asked onto, on, or have asked others onto.

const NAME = sql`coalesce(nullif(a.first_name, ''), a.username)`
const CALLED = sql`coalesce(nullif(trim(b.first_name || ' ' || b.last_name), ''), b.username)`
const TITLE = sql`coalesce(e.title, s.template->>'title', '')`

type Row = {
  id: string
  account: string | null
  recipient: string
  name: string
  title: string
  who: string
  role: string
  slug: string | null
}

/** Writes to those who are invited and still are, whoever they may be: the mail is the same for every address. */
export async function tellInvitedToTeam(tx: Tx, facts: ReadonlyArray<Fact<'team.invited'>>): Promise<void> {
  const ids = facts.map(({ data }) => data.invitationId)
  const { rows } = await sql<Row>`
    select i.id, a.id as account, coalesce(i.email, a.email) as recipient, coalesce(${NAME}, '') as name, ${TITLE} as title,
      coalesce(${CALLED}, 'The organizer') as who, i.role
    from team_invitations i left join accounts a on a.id = i.account_id left join accounts b on b.id = i.invited_by
      left join events e on e.id = i.event_id left join series s on s.id = i.series_id
    where i.id = any(${ids}::uuid[]) and i.accepted_at is null and i.declined_at is null and i.withdrawn_at is null
      and i.expires_at > (select app_now()) and e.deleted_at is null and s.deleted_at is null
    order by i.created_at, i.id`.execute(tx.db)
  await writeNotices(
    tx,
    rows.map(({ id, account, recipient, name, title, who, role }) => ({
      ...{ topic: 'team-invited' as const, recipient, accountId: account, name, link: id, dedupeKey: id },
      words: { title, who, role },
    })),
  )
}

type Answered = Fact<'team.joined' | 'team.declined' | 'event.handed-over' | 'series.handed-over'>

/** Tells who invited somebody what they said. */
export async function tellAnswered(tx: Tx, facts: ReadonlyArray<Answered>): Promise<void> {
  const ids = facts.map(({ data }) => data.invitationId)
  const { rows } = await sql<Row & { accepted: boolean }>`
    select i.id, a.id as account, a.email as recipient, ${NAME} as name, ${TITLE} as title, coalesce(i.email, ${CALLED}, '') as who, i.role,
      i.accepted_at is not null as accepted
    from team_invitations i join accounts a on a.id = i.invited_by left join accounts b on b.id = coalesce(i.accepted_by, i.account_id)
      left join events e on e.id = i.event_id left join series s on s.id = i.series_id
    where i.id = any(${ids}::uuid[]) order by i.created_at, i.id`.execute(tx.db)
  await writeNotices(
    tx,
    rows.map(({ id, account, recipient, name, title, who, role, accepted }) => ({
      ...{ topic: 'team-answered' as const, recipient, accountId: account, name, dedupeKey: id },
      words: { title, who, role, answer: accepted ? 'accepted' : 'declined' },
    })),
  )
}

/** Tells those who were taken off a team, unless they are on it again. */
export async function tellRemovedFromTeam(tx: Tx, facts: ReadonlyArray<Fact<'team.removed'>>): Promise<void> {
  for (const { id, data } of facts) {
    const { rows } = await sql<Row>`
      select a.id as account, a.email as recipient, ${NAME} as name, ${TITLE} as title
      from accounts a left join events e on e.id = ${data.eventId}::uuid left join series s on s.id = ${data.seriesId}::uuid
      where a.id = ${data.accountId} and (e.id is not null or s.id is not null) and not exists (
        select from team_members m where m.account_id = a.id and coalesce(m.event_id, m.series_id) = ${data.eventId ?? data.seriesId}::uuid)`.execute(
      tx.db,
    )
    await writeNotices(
      tx,
      rows.map(({ account, recipient, name, title }) => ({
        ...{
          topic: 'team-removed' as const,
          recipient,
          accountId: account,
          name,
          dedupeKey: String(id),
          words: { title },
        },
      })),
    )
  }
}
