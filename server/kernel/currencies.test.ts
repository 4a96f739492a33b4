import { expect, test } from 'vitest'
import * as web from '../../web/ui/money'
import { places } from './currencies.ts'

test('a minor unit is what providers charge in, whatever Intl shows', () => {
  expect(['EUR', 'HUF', 'ISK', 'IDR', 'JPY', 'KWD'].map(places)).toEqual([2, 2, 2, 2, 0, 3])
})

test('the pages and the letters read an amount alike, in every currency', () => {
  for (const currency of Intl.supportedValuesOf('currency'))
    expect(web.places(currency), currency).toBe(places(currency))
  expect(web.money({ amount: 500_000, currency: 'HUF' })).toBe('5000.00 HUF')
})
