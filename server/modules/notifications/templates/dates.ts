/** From when to when, in words and in the event's own zone: `Saturday, 20 March 2027, 19:00–21:00 (Europe/Berlin)`. */
export function span(from: Date, to: Date, zone: string): string {
  const start = written(from, zone)
  const end = written(to, zone)
  const first = `${start.day}, ${start.time}`
  if (from.getTime() === to.getTime()) return `${first} (${zone})`
  return start.day === end.day ? `${first}–${end.time} (${zone})` : `${first} – ${end.day}, ${end.time} (${zone})`
}

function written(moment: Date, zone: string): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
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
  return { day: `${of('weekday')}, ${of('day')} ${of('month')} ${of('year')}`, time: `${of('hour')}:${of('minute')}` }
}
