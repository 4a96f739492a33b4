// What the money is charged in. Not what Intl shows: that follows habits, and calls 5,000 HUF what a provider takes as 50.
const WITHOUT_PLACES = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF'.split(' '))
const THREE_PLACES = new Set('BHD JOD KWD OMR TND'.split(' '))

/** How many decimal places the minor unit of a currency has, as payment providers count: 2 for EUR and HUF, none for JPY. */
export function places(currency: string): number {
  if (WITHOUT_PLACES.has(currency)) return 0
  return THREE_PLACES.has(currency) ? 3 : 2
}
