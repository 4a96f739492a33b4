import { describe, expect, test } from 'vitest'
import type { Actor, Ctx } from '#kernel/ctx'
import { admins, anyone, demand, hasChance, isAdmin, organizers, permits, signedIn } from '#kernel/policy'

const account = (role: 'attendee' | 'organizer' | 'admin'): Actor => ({
  kind: 'account',
  id: role,
  role,
  sessionId: 's',
})
const actors: Record<string, Actor> = {
  anonymous: { kind: 'anonymous' },
  guest: { kind: 'guest', registrationId: 'r' },
  attendee: account('attendee'),
  organizer: account('organizer'),
  admin: account('admin'),
  system: { kind: 'system', name: 'test' },
}

describe('who has a chance', () => {
  // S3-03 S3-09
  test.each([
    ['anyone', anyone(), ['anonymous', 'guest', 'attendee', 'organizer', 'admin', 'system']],
    ['signed-in', signedIn(), ['attendee', 'organizer', 'admin', 'system']],
    ['organizers', organizers(), ['organizer', 'admin', 'system']],
    ['admins', admins(), ['admin', 'system']],
  ] as const)('%s', (_, rule, expected) => {
    expect(Object.keys(actors).filter((name) => hasChance(rule, actors[name]!))).toEqual(expected)
    expect(Object.keys(actors).filter((name) => permits(rule, actors[name]!, undefined))).toEqual(expected)
  })
})

test('what it is done to is judged besides; the program itself is not judged', () => {
  const rule = organizers<{ owner: string }>((actor, { owner }) => actor.kind === 'account' && actor.id === owner)
  expect(permits(rule, actors.organizer!, { owner: 'organizer' })).toBe(true)
  expect(permits(rule, actors.organizer!, { owner: 'another' })).toBe(false)
  expect(permits(rule, actors.attendee!, { owner: 'attendee' })).toBe(false)
  expect(permits(rule, actors.system!, { owner: 'another' })).toBe(true)
})

test('nobody is asked to log in, somebody else is refused', () => {
  const rule = signedIn(() => false)
  const ask = (actor: Actor) => () => demand({ actor } as Ctx, rule, undefined)
  expect(ask(actors.anonymous!)).toThrow(expect.objectContaining({ slug: 'sign-in-required' }))
  for (const name of ['attendee', 'admin', 'guest'])
    expect(ask(actors[name]!)).toThrow(expect.objectContaining({ slug: 'forbidden' }))
  expect(ask(actors.system!)).not.toThrow()
})

test('admins are admins, and so is the program', () => {
  expect(Object.keys(actors).filter((name) => isAdmin(actors[name]!))).toEqual(['admin', 'system'])
})
