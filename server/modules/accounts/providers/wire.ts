import { Type } from 'typebox'
import { Fields, instant, Instant, instantOrNull, Nullable, Text, Uuid } from '#http/wire'
import type { Identity as IdentityRow } from './identities.ts'

const Word = Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$', description: 'Its `id` among the providers.' })

export const ProviderParams = Fields({ provider: Word })
export const SetOut = Fields({ next: Type.Optional(Text(2_000, { description: 'A path here, to end up at.' })) })
export const NewIdentity = Fields({ provider: Word, next: Type.Optional(Text(2_000)) })

export const Providers = Fields({
  items: Type.Array(Fields({ id: Type.String(), name: Type.String() }, { title: 'LogInProvider' })),
})
export const Identity = Fields(
  {
    id: Uuid,
    provider: Type.String(),
    shownAs: Type.String({ description: 'What they are called there.' }),
    createdAt: Instant,
    lastUsedAt: Nullable(Instant),
  },
  { title: 'Identity' },
)
export const Identities = Fields({ items: Type.Array(Identity) })
export const Departure = Fields({ url: Type.String({ description: 'Send the browser there.' }) })

/** A way in as its owner sees it. */
export function present(row: IdentityRow) {
  return {
    id: row.id,
    provider: row.provider,
    shownAs: row.shown_as,
    createdAt: instant(row.created_at),
    lastUsedAt: instantOrNull(row.last_used_at),
  }
}
