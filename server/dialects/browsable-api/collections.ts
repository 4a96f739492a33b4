import type { TSchema } from 'typebox'
import type { Actor, Ctx } from '#kernel/ctx'
import type { Slice, SliceQuery } from '#kernel/paging'
import type { ProblemType } from '#kernel/problem'
import type { Field, Sent } from './fields.ts'
import type { Name } from './links.ts'

/** What has a list, and an address for each of its things. */
export type Collection<T> = {
  name: Name
  /** One of them, in a word. */
  one: string
  /** What its pages say of it. */
  about: string
  Wire: TSchema
  slice: (ctx: Ctx, part: SliceQuery) => Promise<Slice<T>>
  find: (ctx: Ctx, number: number) => Promise<T>
  present: (ctx: Ctx, things: readonly T[]) => Promise<Record<string, unknown>[]>
  /** Where it can be written to. */
  written?: Written<T>
  /** What its pages offer besides: words and addresses. */
  extraActions?: Record<string, string>
}

export type Written<T> = {
  fields: readonly Field[]
  /** What its operations refuse, besides the rights. */
  refuses: ProblemType[]
  mayAdd: (actor: Actor) => boolean
  mayChange: (actor: Actor, thing: T) => boolean
  /** Answers the new one's number. */
  create: (ctx: Ctx, sent: Sent) => Promise<number>
  edit: (ctx: Ctx, thing: T, sent: Sent) => Promise<void>
  remove: (ctx: Ctx, thing: T) => Promise<void>
  /** What its links can be set to, by field. */
  choices?: (ctx: Ctx) => Promise<Record<string, Choice[]>>
}

export type Choice = { link: string; label: string }
