import { Type, type Static } from 'typebox'
import type { Changes, ToldState, Version } from '#events/history'
import { VISIBILITIES } from '#events/wire'
import { Fields, Instant, instant, Nullable, OneOf } from '#http/wire'

const told = {
  title: Type.String(),
  description: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String(),
  zone: Type.String(),
  venueId: Type.String(),
  place: Type.String(),
  categoryId: Type.String(),
  tags: Type.Array(Type.String()),
  visibility: OneOf(VISIBILITIES),
  onlineUrl: Type.String(),
  capacity: Type.Integer(),
  registrationDeadline: Type.String(),
  hasWaitlist: Type.Boolean(),
  confirmsGuests: Type.Boolean(),
  reminderMinutes: Type.Array(Type.Integer()),
  publishAt: Type.String(),
  publishedAt: Type.String(),
  closedAt: Type.String(),
  cancelledAt: Type.String(),
  cancellationReason: Type.String(),
  deletedAt: Type.String(),
  archivedAt: Type.String(),
  seriesId: Type.String(),
  banner: Fields({ id: Type.String(), alt: Type.String() }),
  price: Fields({
    amount: Type.Integer(),
    currency: Type.String(),
    provider: Type.String(),
    refundUntilHours: Nullable(Type.Integer()),
    instructions: Nullable(Type.String()),
    holdMinutes: Type.Integer(),
    offerMinutes: Type.Integer(),
  }),
}

export const VersionWire = Fields({
  version: Type.Integer(),
  at: Instant,
  actor: Fields({ kind: Type.String(), id: Nullable(Type.String()), name: Nullable(Type.String()) }),
  changes: Type.Unsafe<Changes>(
    Fields(
      Object.fromEntries(
        Object.entries(told).map(([field, kind]) => [
          field,
          Type.Optional(Fields({ from: Nullable(kind), to: Nullable(kind) })),
        ]),
      ),
      { description: 'What was another before, by field. The first version says everything.' },
    ),
  ),
})

export const StateWire = Type.Unsafe<ToldState>(
  Fields(Object.fromEntries(Object.entries(told).map(([field, kind]) => [field, Nullable(kind)]))),
)

/** A version as the wire has it. */
export function present(version: Version): Static<typeof VersionWire> {
  return { ...version, at: instant(version.at) }
}
