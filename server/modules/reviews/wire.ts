import { Type, type Static } from 'typebox'
import { Fields, Instant, instant, instantOrNull, Nullable, Text, Uuid } from '#http/wire'
import type { Report, Review } from './reviews.ts'

const rating = Type.Integer({ minimum: 1, maximum: 5 })
const comment = Type.Optional(Text(5_000))
export const NewReview = Fields({ rating, comment })
export const ReviewChanges = Fields({ rating: Type.Optional(rating), comment })
export const ReportBody = Fields({ reason: Text(1_000, { min: 1 }) })

export const ReviewWire = Fields({
  id: Uuid,
  number: Type.Integer(),
  eventId: Uuid,
  author: Nullable(Type.String({ description: 'null: the account is gone.' })),
  rating,
  comment: Type.String(),
  createdAt: Instant,
  updatedAt: Instant,
  hiddenAt: Nullable(Instant),
  can: Fields({ edit: Type.Boolean(), remove: Type.Boolean(), hide: Type.Boolean() }),
})

export const liking = {
  average: Nullable(Type.Number({ description: 'Of 1 to 5, to two decimals.' })),
  count: Type.Integer(),
}

export const ReportWire = Fields({
  review: ReviewWire,
  reason: Type.String(),
  reportedBy: Type.String(),
  createdAt: Instant,
})

/** A review as the wire has it. */
export function present({ accountId: _, ...review }: Review): Static<typeof ReviewWire> {
  return {
    ...review,
    createdAt: instant(review.createdAt),
    updatedAt: instant(review.updatedAt),
    hiddenAt: instantOrNull(review.hiddenAt),
  }
}

/** A report as the wire has it. */
export function presentReport(report: Report): Static<typeof ReportWire> {
  return { ...report, review: present(report.review), createdAt: instant(report.createdAt) }
}
