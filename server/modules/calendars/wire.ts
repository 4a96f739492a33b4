import { Type, type Static } from 'typebox'
import { Fields } from '#http/wire'

/** An answer that is a calendar and no JSON. */
export const CalendarFile = {
  description: 'The calendar, as RFC 5545 has it.',
  content: { 'text/calendar': { schema: Type.String() } },
}

export const CalendarAddress = Fields({
  address: Type.String({ description: 'Where the calendar is read, by whoever has it: keep it to yourself.' }),
  webcal: Type.String({ description: 'The same, to be opened by a calendar program.' }),
})

/** Where the private calendar of this token is read. */
export function present(token: string, baseUrl: string): Static<typeof CalendarAddress> {
  const address = `${baseUrl}/api/v1/calendars/mine/${token}.ics`
  return { address, webcal: address.replace(/^https?:/, 'webcal:') }
}
