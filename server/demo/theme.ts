import type { OrganizerName } from './people.ts'
import type { VenueKey } from './venues.ts'
import type { Deadline, When } from './wall-clock.ts'

/** A kind of event and the examples of it. The first is published, far enough ahead and has seats free. */
export type Theme = { name: string; description: string; events: readonly Example[] }

export type Example = {
  /** No two examples have the same. */
  title: string
  /** Markdown, one piece for each paragraph or list. */
  text: string[]
  /** `public` is nobody in particular: whoever tries a program without a log-in can change what is theirs. */
  by: OrganizerName | 'public'
  /** The first that are named have the numbers 1 and 2, which programs try. */
  tags?: string[]
  at: VenueKey | { place: string; zone: string }
  when: When
  deadline?: Deadline
  /** Null: as many as come. */
  seats: number | null
  waitlist?: false
  /** How many register as guests; those beyond the seats wait in line. */
  guests: number
  /** Another organizer who comes too, after all guests. */
  joinedBy?: OrganizerName
  /** What became of it besides being published. */
  fate?: 'draft' | 'closed' | { cancelled: string }
}

/** A Markdown list. */
export function list(...items: string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

/** A numbered Markdown list. */
export function steps(...items: string[]): string {
  return items.map((item, i) => `${i + 1}. ${item}`).join('\n')
}
