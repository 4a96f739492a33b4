/** How many decimal places a currency has: 2 for EUR, none for JPY. */
export function places(currency: string) {
  try {
    return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2 // three letters that are being typed
  }
}

/** "12.50": the amount in the currency's own units, as machines read it too. */
export function decimal({ amount, currency }: { amount: number; currency: string }) {
  const digits = places(currency)
  return (amount / 10 ** digits).toFixed(digits)
}

/** "12.50 EUR"; put together ourselves, because Node's and the browser's ICU need not agree. */
export function money(price: { amount: number; currency: string }) {
  return `${decimal(price)} ${price.currency}`
}
