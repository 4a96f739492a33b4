/** From when to when, in words and in the event's own zone: `Saturday, 20 March 2027, 19:00–21:00 (Europe/Berlin)`. */
export function span(from: Date, to: Date, zone: string, locale = 'en-GB'): string {
  const start = written(from, zone, locale)
  const end = written(to, zone, locale)
  const first = `${start.day}, ${start.time}`
  if (from.getTime() === to.getTime()) return `${first} (${zone})`
  return start.day === end.day ? `${first}–${end.time} (${zone})` : `${first} – ${end.day}, ${end.time} (${zone})`
}

/** One moment like that. */
export function moment(at: Date, zone: string, locale = 'en-GB'): string {
  const { day, time } = written(at, zone, locale)
  return `${day}, ${time} (${zone})`
}

/** The time of day elsewhere, with the day where that is another one; undefined where the clocks there show the same. */
export function elsewhere(at: Date, zone: string, other: string, locale = 'en-GB'): string | undefined {
  const [here, there] = [written(at, zone, locale), written(at, other, locale)]
  if (here.day !== there.day) return `${there.day}, ${there.time}`
  return here.time === there.time ? undefined : there.time
}

function written(moment: Date, zone: string, locale: string): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment)
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? ''
  const day = locale.startsWith('de') ? `${of('day')}.` : of('day')
  return { day: `${of('weekday')}, ${day} ${of('month')} ${of('year')}`, time: `${of('hour')}:${of('minute')}` }
}

/** The zone's name with the capitals it is written with, if this machine knows it. Offsets like +01:00 follow no daylight saving. */
export function canonicalZone(zone: string): string | undefined {
  if (!/^[A-Za-z]/.test(zone)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions()
    return timeZone.toLowerCase() === zone.toLowerCase() ? timeZone : zone // a newer name of a zone stays as it was given
  } catch {
    return undefined
  }
}
