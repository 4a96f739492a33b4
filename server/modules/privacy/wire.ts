import { Type, type Static } from 'typebox'
import { Fields, Nullable, OneOf } from '#http/wire'
import { PART_NAMES } from './export.ts'
import { KINDS, type Kept } from './retention.ts'

const Rows = Type.Array(Type.Record(Type.String(), Type.Unknown()))
const exportedAt = Type.String({ format: 'date-time' })

/** For the document: the answer is written as it is read. */
export const AccountData = Fields(
  {
    exportedAt,
    account: Type.Record(Type.String(), Type.Unknown()),
    ...(Object.fromEntries(PART_NAMES.map((name) => [name, Rows])) as Record<(typeof PART_NAMES)[number], typeof Rows>),
  },
  { description: 'Everything that is kept of the account, and no secret. Kinds of rows may come to it.' },
)
export const GuestData = Fields({ exportedAt, registrations: Rows, messages: Rows })

export const ErasureBody = Fields({ password: Type.String({ minLength: 1, maxLength: 128 }) })

const Days = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 36_500, description: 'In the place of the days that are set.' }),
)
export const RetentionBody = Fields({
  dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Only say what would go; nothing is changed.' })),
  registrations: Days,
  messages: Days,
  sessions: Days,
  facts: Days,
})
export const RetentionWire = Fields({
  dryRun: Type.Boolean(),
  kinds: Type.Array(
    Fields({
      kind: OneOf(KINDS),
      days: Nullable(Type.Integer({ description: 'How long it is kept; null: for good.' })),
      count: Type.Integer({ description: 'How many lost their words or went, or would.' }),
      more: Type.Boolean({ description: 'There are more: ask again.' }),
    }),
  ),
})

export function present(dryRun: boolean, kinds: Kept[]): Static<typeof RetentionWire> {
  return { dryRun, kinds }
}
