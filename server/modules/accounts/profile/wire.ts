import { Type } from 'typebox'
import { BIO_LENGTH, NAME_LENGTH, USERNAME_LENGTH } from '#accounts/identity'
import { Fields, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Picture } from '#pictures'
import { PictureWire, presentPicture } from '#pictures/wire'
import { CHANNELS, TOPIC_GROUPS, type Channels, type Preferences } from './preferences.ts'
import type { Profile } from './profile.ts'

export const ProfileFields = Fields({
  username: Type.Optional(Text(USERNAME_LENGTH, { min: 1, description: 'Letters, digits and @ . + - _' })),
  firstName: Type.Optional(Text(NAME_LENGTH)),
  lastName: Type.Optional(Text(NAME_LENGTH)),
  bio: Type.Optional(Text(BIO_LENGTH, { description: 'Plain text. Everybody sees that of an organizer.' })),
})

export const ProfileWire = Fields({
  id: Uuid,
  name: Type.String(),
  bio: Type.String(),
  picture: Nullable(PictureWire),
})

// The groups are in preferences.ts; the document wants each by its name.
const Ways = Type.Array(OneOf(CHANNELS), { uniqueItems: true, maxItems: CHANNELS.length })
const ChannelsWire = Type.Unsafe<Channels>(
  Fields(Object.fromEntries(TOPIC_GROUPS.map((group) => [group, Type.Optional(Ways)])), {
    description:
      'How I want to hear of what. A group that is not there has mail and push, and no texts. Mail about registrations always comes: it carries the ticket.',
  }),
)

const preferences = {
  categories: Type.Array(Uuid, { maxItems: 100, description: 'The kinds of event that are of interest.' }),
  language: Nullable(Type.String({ minLength: 2, maxLength: 35, examples: ['pt-BR'] })),
  zone: Nullable(Type.String({ minLength: 1, maxLength: 60, examples: ['Europe/Berlin'] })),
  channels: ChannelsWire,
  shownToAttendees: Type.Boolean({
    description: 'Whether others who are registered see me at what I register for from now on.',
  }),
}
export const PreferencesWire = Fields({
  ...preferences,
  ways: Type.Array(OneOf(CHANNELS), { description: 'How one can hear of things here.' }),
})
export const PreferenceFields = Fields({
  categories: Type.Optional(preferences.categories),
  language: Type.Optional(preferences.language),
  zone: Type.Optional(preferences.zone),
  channels: Type.Optional(preferences.channels),
  shownToAttendees: Type.Optional(preferences.shownToAttendees),
})

/** How somebody likes to have things, and what there is to choose from. */
export function presentPreferences(preferences: Preferences) {
  return { ...preferences, ways: [...CHANNELS] }
}

/** An organizer as everybody sees them. */
export function presentProfile({ id, name, bio }: Profile, picture: Picture | null) {
  return { id, name, bio, picture: picture && presentPicture(picture) }
}
