import { sql } from 'kysely'
import type { Tx } from '#kernel/ctx'
import { accountLetters } from './templates/account.ts'
import type { Letter } from './templates/layout.ts'
import { secondFactorLetters } from './templates/second-factor.ts'
import { teamLetters } from './templates/team.ts'
import type { Words } from './templates/words/english.ts'

// What is written to somebody about themselves rather than about a registration: their account, a role they are offered.

/** What a notice says. `link` is the row that its link stands for: the token is made when it leaves, and kept nowhere. */
export type Notice = { name: string; language?: string | null; link?: string; words?: Record<string, string> }

/** The topic is also the purpose that its link is signed for. */
export const noticeLetters = { ...accountLetters, ...secondFactorLetters, ...teamLetters } satisfies Record<
  string,
  (notice: Notice, at: { baseUrl: string; token: string; code: string }, words: Words) => Letter
>
export type NoticeTopic = keyof typeof noticeLetters

export function isNotice(topic: string): topic is NoticeTopic {
  return Object.hasOwn(noticeLetters, topic)
}

/**
 * Writes messages that leave after the transaction; one with a `dedupeKey` that was there before is not written. By mail
 * where there is a mail server, because what is said about an account is not everybody's: else by the service.
 */
export async function writeNotices(
  tx: Tx,
  notices: ReadonlyArray<
    Omit<Notice, 'language'> & {
      topic: NoticeTopic
      recipient: string
      dedupeKey: string
      eventId?: string
      /** Whose account it goes to, which says in what language. */
      accountId?: string | null
      channel?: 'sms'
    }
  >,
): Promise<void> {
  if (notices.length === 0) return
  const mail = !tx.config.smtp && tx.channels.service ? 'service' : 'email'
  const column = <T>(of: (each: (typeof notices)[number]) => T) => notices.map(of)
  await sql`
    insert into notifications (id, topic, channel, recipient, payload, event_id, account_id, dedupe_key)
    select gen_random_uuid(), n.topic, n.channel, n.recipient,
      n.payload || jsonb_strip_nulls(jsonb_build_object('language', a.language)), n.event_id, a.id, n.topic || ':' || n.dedupe_key
    from unnest(${column((each) => each.topic)}::text[], ${column((each) => each.channel ?? mail)}::text[],
      ${column((each) => each.recipient)}::text[],
      ${column(({ name, link, words }) => JSON.stringify({ name, link, words }))}::jsonb[],
      ${column((each) => each.eventId ?? null)}::uuid[], ${column((each) => each.accountId ?? null)}::uuid[],
      ${column((each) => each.dedupeKey)}::text[])
      as n(topic, channel, recipient, payload, event_id, account_id, dedupe_key)
    left join accounts a on a.id = n.account_id
    on conflict (dedupe_key) do nothing`.execute(tx.db)
}
