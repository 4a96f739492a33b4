import type { Team } from '../api/types'

type Role = Team['invitations'][number]['role']

/** What each role is called, and what it is for. */
export const ROLE_WORDS: Record<Role, { name: string; does: string }> = {
  owner: { name: 'Owner', does: 'It is theirs: everything.' },
  'co-organizer': {
    name: 'Co-organizer',
    does: 'Edits and publishes, sees who comes, stands at the door. Cannot cancel or delete, nor touch money or the team.',
  },
  'check-in': { name: 'Door', does: 'Sees who comes, by name, and lets them in. Nothing else.' },
}
