import { Type, type Static } from 'typebox'
import { EventChanges, NewEvent } from '#events/wire'
import { Fields, Instant, instant, instantOrNull, Nullable, Text, Uuid } from '#http/wire'
import type { Actor } from '#kernel/ctx'
import { permits } from '#kernel/policy'
import { may } from './policy.ts'
import type { Preview, SeenSeries } from './showing.ts'

export const RuleText = Text(500, {
  min: 1,
  description:
    'An RRULE of RFC 5545: FREQ from HOURLY to YEARLY, at most 1,000 occurrences, and the start is the first of them.',
  examples: ['FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10'],
})

export const NewSeries = Fields({ ...NewEvent.properties, rule: RuleText })
export const SeriesChanges = Fields({
  ...EventChanges.properties,
  from: Type.Optional({ ...Uuid, description: 'The occurrence from which on it is another; otherwise all to come.' }),
  of: Type.Optional({
    ...Uuid,
    description: 'The occurrence that the times are said of; otherwise `from`, or the next one.',
  }),
  rule: Type.Optional(RuleText),
})

const Sentence = Nullable(Type.String({ description: 'The rule in plain English, where that can be said.' }))

export const SeriesWire = Fields({
  id: Uuid,
  number: Type.Integer(),
  organizerId: Uuid,
  title: Type.String(),
  rule: Type.String(),
  sentence: Sentence,
  zone: Type.String(),
  startsAt: { ...Instant, description: 'What the rule counts from.' },
  endsAt: Instant,
  counts: Fields({
    occurrences: Type.Integer({ description: 'Made and to be seen; an endless rule gives more.' }),
    upcoming: Type.Integer(),
    cancelled: Type.Integer(),
  }),
  next: Nullable(Fields({ id: Uuid, slug: Type.String(), startsAt: Instant })),
  version: Type.Integer(),
  publishedAt: Nullable({ ...Instant, description: 'Since then, what is made is published.' }),
  endedAt: Nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  can: Fields({ edit: Type.Boolean(), publish: Type.Boolean(), cancel: Type.Boolean(), delete: Type.Boolean() }),
})

export const PreviewWire = Fields({
  rule: Type.String({ description: 'In the one spelling.' }),
  sentence: Sentence,
  total: Nullable(Type.Integer({ description: 'null: it has no end.' })),
  startsAt: Type.Array(Instant, { description: 'The first ten.' }),
})

/** A series as the wire has it, with what this reader may do with it now. */
export function present(series: SeenSeries, actor: Actor): Static<typeof SeriesWire> {
  const goesOn = series.endedAt === null
  return {
    id: series.id,
    number: series.number,
    organizerId: series.organizerId,
    title: series.title,
    rule: series.rule,
    sentence: series.sentence,
    zone: series.plan.zone,
    startsAt: instant(series.startsAt),
    endsAt: instant(series.endsAt),
    counts: series.counts,
    next: series.next && { ...series.next, startsAt: instant(series.next.startsAt) },
    version: series.version,
    publishedAt: instantOrNull(series.publishedAt),
    endedAt: instantOrNull(series.endedAt),
    createdAt: instant(series.createdAt),
    updatedAt: instant(series.updatedAt),
    can: {
      edit: goesOn && permits(may.edit, actor, series),
      publish: goesOn && permits(may.publish, actor, series),
      cancel: goesOn && permits(may.cancel, actor, series),
      delete: permits(may.delete, actor, series),
    },
  }
}

/** A preview as the wire has it. */
export function presentPreview(preview: Preview): Static<typeof PreviewWire> {
  return { ...preview, startsAt: preview.startsAt.map(instant) }
}
