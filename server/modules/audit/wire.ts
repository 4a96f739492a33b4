import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, Nullable, paging, Text, Uuid } from '#http/wire'
import type { Entry } from './audit.ts'

export const Filters = Fields({
  kind: Type.Optional(Text(100, { description: 'Like session.opened.' })),
  actor: Type.Optional(Type.Unsafe<string>({ ...Uuid, description: 'The account that did it.' })),
  account: Type.Optional(Type.Unsafe<string>({ ...Uuid, description: 'The account that it was done to.' })),
  event: Type.Optional(Uuid),
  since: Type.Optional(Instant),
  until: Type.Optional(Instant),
  ...paging,
})

export const EntryWire = Fields({
  id: Type.Integer(),
  kind: Type.String(),
  sentence: Type.String({ description: 'What happened, in words.' }),
  at: Instant,
  actor: Fields({ kind: Type.String(), id: Nullable(Uuid), name: Nullable(Type.String()) }),
  event: Nullable(Fields({ id: Uuid, slug: Type.String(), title: Type.String() })),
  account: Nullable(Fields({ id: Uuid, username: Type.String() })),
})

export function present(entry: Entry): Static<typeof EntryWire> {
  return { ...entry, at: instant(entry.at) }
}
