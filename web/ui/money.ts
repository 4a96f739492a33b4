// As server/kernel/currencies.ts, of which a test holds that it is the same. Not what Intl shows: that follows habits, and calls 5,000 HUF what a provider takes as 50.
const WITHOUT_PLACES = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF'.split(' '))
const THREE_PLACES = new Set('BHD JOD KWD OMR TND'.split(' '))

/** How many decimal places the minor unit of a currency has, as payment providers count: 2 for EUR and HUF, none for JPY. */
export function places(currency: string): number {
  if (WITHOUT_PLACES.has(currency)) return 0
  return THREE_PLACES.has(currency) ? 3 : 2
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
