import { expect, test } from 'vitest'
import { kindsFor, NEVER, repetitionOf, ruleOf } from './repetition'

const FRIDAY = '2027-01-29T19:30' // the fifth of its month

test.each([
  ['FREQ=DAILY', { kind: 'daily' }],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=6;BYDAY=MO,FR', { kind: 'weekly', every: 2, days: [0], ends: 'after', count: 6 }],
  ['FREQ=MONTHLY', { kind: 'monthly' }],
  ['FREQ=MONTHLY;BYDAY=-1FR', { kind: 'monthly-weekday' }],
  ['FREQ=YEARLY', { kind: 'yearly' }],
  ['FREQ=MONTHLY;BYDAY=1MO', { kind: 'own' }],
  ['FREQ=YEARLY;BYWEEKNO=4', { kind: 'own' }],
  ['FREQ=DAILY;UNTIL=20270301T120000', { kind: 'own' }],
])('%s is what the form shows and sends', (rule, shown) => {
  expect(repetitionOf(rule, FRIDAY)).toMatchObject(shown)
  expect(ruleOf(repetitionOf(rule, FRIDAY), FRIDAY)).toBe(rule)
})

test('what is left out because the start says it is shown', () => {
  expect(ruleOf(repetitionOf('FREQ=WEEKLY', FRIDAY), FRIDAY)).toBe('FREQ=WEEKLY;BYDAY=FR')
  for (const time of ['T235959', 'T193000'])
    expect(repetitionOf(`FREQ=DAILY;UNTIL=20270301${time}`, FRIDAY)).toMatchObject({ ends: 'on', until: '2027-03-01' })
})

test('the day of the start moves with the start, and the other days stay', () => {
  const [monday, tuesday] = ['2027-01-25T19:30', '2027-01-26T19:30']
  expect(ruleOf(repetitionOf('FREQ=WEEKLY;BYDAY=MO,TH', monday), tuesday)).toBe('FREQ=WEEKLY;BYDAY=TU,TH')
})

test('nothing is sent for an event that never repeats, or has no start yet', () => {
  expect(ruleOf(NEVER, FRIDAY)).toBe('')
  expect(ruleOf({ ...NEVER, kind: 'daily' }, '')).toBe('')
  expect(kindsFor('').map((kind) => kind.label)).toContain('Every month on that day')
  expect(kindsFor(FRIDAY).map((kind) => kind.label)).toContain('Every month on the last Friday')
})
