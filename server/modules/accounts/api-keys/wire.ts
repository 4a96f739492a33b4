import { Type } from 'typebox'
import { Fields, instant, Instant, instantOrNull, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { ApiKey as ApiKeyRow } from './api-keys.ts'
import { SCOPES } from './scopes.ts'

const Scopes = Type.Array(OneOf(SCOPES), { minItems: 1, maxItems: SCOPES.length, uniqueItems: true })

export const NewApiKey = Fields({
  name: Text(100, { min: 1, description: 'What it is for.', examples: ['Door of the town hall'] }),
  scopes: Scopes,
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 366, default: 90, description: 'After so many it ends by itself.' }),
  ),
})

const fields = {
  id: Uuid,
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Nullable(Instant),
}
export const ApiKey = Fields(fields, { title: 'ApiKey' })
export const ApiKeys = Fields({ items: Type.Array(ApiKey) })
export const MadeApiKey = Fields(
  {
    ...fields,
    key: Type.String({ description: 'Send it as `Authorization: Bearer …`. It is shown this once.' }),
  },
  { title: 'MadeApiKey' },
)

/** A key as its owner sees it in the list. */
export function present(row: ApiKeyRow) {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: instant(row.created_at),
    expiresAt: instant(row.expires_at),
    lastUsedAt: instantOrNull(row.last_used_at),
  }
}
