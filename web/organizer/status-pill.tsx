import type { EventStatus } from '../api/types'
import { Pill } from '../ui/pill'

const pills = {
  draft: ['wait', 'Draft'],
  open: ['good', 'Open'],
  closed: ['plain', 'Closed'],
  cancelled: ['bad', 'Cancelled'],
  past: ['plain', 'Over'],
} as const

/** What state an event is in, for its organizer. */
export function StatusPill({ status }: { status: EventStatus }) {
  const [tone, word] = pills[status]
  return <Pill tone={tone}>{word}</Pill>
}
