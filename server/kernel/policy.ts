import type { Actor, Ctx, Tx } from './ctx.ts'
import { Forbidden, SignInRequired } from './problem.ts'

/** Who has a chance at all; the edge turns everybody else away before the operation begins. */
export type Who = 'anyone' | 'signed-in' | 'organizers' | 'admins'

/** One line of the policy table. `of` judges the thing it is done to. */
export type Rule<Subject = void> = {
  who: Who
  of: (actor: Actor, subject: Subject) => boolean
  /** Reading by it may take a log-in, where the instance says so. */
  reads?: true
}

type Judge<Subject> = (actor: Actor, subject: Subject) => boolean
const always = () => true

export const anyone = <S = void>(of: Judge<S> = always): Rule<S> => ({ who: 'anyone', of })
/** Anyone, or where the instance is not open to everybody, whoever is logged in. */
export const readers = <S = void>(of: Judge<S> = always): Rule<S> => ({ who: 'anyone', of, reads: true })
export const signedIn = <S = void>(of: Judge<S> = always): Rule<S> => ({ who: 'signed-in', of })
export const organizers = <S = void>(of: Judge<S> = always): Rule<S> => ({ who: 'organizers', of })
export const admins = <S = void>(of: Judge<S> = always): Rule<S> => ({ who: 'admins', of })

/** Whether the actor may do it to this subject. */
export function permits<S>(rule: Rule<S>, actor: Actor, subject: S): boolean {
  return hasChance(rule, actor) && (actor.kind === 'system' || rule.of(actor, subject))
}

/** Refuses unless the actor may do it to this subject: 401 for nobody, 403 for somebody else. */
export function demand<S>(ctx: Ctx | Tx, rule: Rule<S>, subject: S): void {
  if (permits(rule, ctx.actor, subject)) return
  throw ctx.actor.kind === 'anonymous' ? SignInRequired() : Forbidden()
}

/** Whether the actor is of the kind the rule is for, whatever it is done to. */
export function hasChance(rule: { who: Who }, actor: Actor): boolean {
  if (actor.kind === 'system' || rule.who === 'anyone') return true
  if (actor.kind !== 'account') return false
  if (rule.who === 'organizers') return actor.role !== 'attendee'
  if (rule.who === 'admins') return actor.role === 'admin'
  return true
}

/** Whether the actor is an admin, or the program itself. */
export function isAdmin(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'account' && actor.role === 'admin')
}

/** Whether the actor is this very account. */
export function isAccount(actor: Actor, accountId: string | null): boolean {
  return actor.kind === 'account' && actor.id === accountId
}
