import { places } from '#kernel/currencies'

/** An amount in minor units as it is written in a letter: 12.50 EUR, 1250 JPY. */
export function price({ amount, currency }: { amount: number; currency: string }): string {
  const digits = places(currency)
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`
}
