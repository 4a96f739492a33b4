// Days as they are written there, MM.DD.YYYY. What is written to us is meant in UTC.

const DAY = 86_400_000
const writers = new Map<string, Intl.DateTimeFormat>()

/** The day that it is there at that moment. */
export function written(moment: Date, zone: string): string {
  let writer = writers.get(zone)
  if (!writer) {
    writer = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    writers.set(zone, writer) // there are some hundreds
  }
  return writer.format(moment).replaceAll('/', '.')
}

/** The beginning of that day in UTC; undefined where it is none. A month and a day may have one digit. */
export function dayOf(text: string): Date | undefined {
  const [, month = '', date = '', year = ''] = /^\s*(\d\d?)\.(\d\d?)\.((?!0000)\d{4})\s*$/.exec(text) ?? []
  const day = new Date(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}T00:00:00Z`)
  return day.getUTCDate() === Number(date) ? day : undefined // of an impossible day, NaN or another
}

/** Its last second. */
export function endOf(day: Date): Date {
  return new Date(day.getTime() + DAY - 1_000)
}
