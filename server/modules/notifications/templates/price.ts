/** An amount in minor units as it is written in a letter: 12.50 EUR, 1250 JPY. */
export function price({ amount, currency }: { amount: number; currency: string }): string {
  const form = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = form.resolvedOptions().maximumFractionDigits ?? 2
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`
}
