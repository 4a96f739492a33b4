import { Type } from 'typebox'
import type { Terms } from '#config'
import { Fields, instant, Instant, Nullable, OneOf, Text, Uuid } from '#http/wire'
import type { Picture } from '#pictures'
import { PictureWire, presentPicture } from '#pictures/wire'
import type { Account as AccountRow } from './accounts.ts'
import { EMAIL_LENGTH, NAME_LENGTH, USERNAME_LENGTH } from './identity.ts'

export const TermsWire = Fields({ version: Type.String(), url: Type.String() })

export const Account = Fields(
  {
    id: Uuid,
    number: Type.Integer(),
    username: Type.String(),
    email: Type.String(),
    emailVerified: Type.Boolean({ description: 'Whether the link that was mailed there was followed.' }),
    firstName: Type.String(),
    lastName: Type.String(),
    bio: Type.String(),
    role: OneOf(['attendee', 'organizer', 'admin']),
    picture: Nullable(PictureWire),
    termsToAccept: Nullable(TermsWire),
    createdAt: Instant,
  },
  { title: 'Account' },
)

export const NewPassword = Type.String({
  minLength: 8,
  maxLength: 128,
  description: 'Not one of the best known, nor a name of yours.',
})

export const NewAccount = Fields({
  username: Text(USERNAME_LENGTH, { min: 1, description: 'Letters, digits and @ . + - _', examples: ['ann'] }),
  email: Text(EMAIL_LENGTH, { min: 1, examples: ['ann@example.org'] }),
  password: NewPassword,
  firstName: Type.Optional(Text(NAME_LENGTH)),
  lastName: Type.Optional(Text(NAME_LENGTH)),
  acceptsTerms: Type.Optional(
    Text(100, { description: 'The version of the terms, where this server has some: `GET /terms` says which.' }),
  ),
  organizer: Type.Optional(
    Type.Boolean({ description: 'You want to hold events. Where that is not open to everybody, an admin decides.' }),
  ),
})

export const Credentials = Fields({
  username: Text(320, { min: 1, description: 'The username or the e-mail address.', examples: ['ann'] }),
  password: Type.String({ minLength: 1, maxLength: 128 }),
})

export const RefreshToken = Fields({ refreshToken: Type.String({ maxLength: 500 }) })

const tokens = {
  accessToken: Type.String({ description: 'Send it as `Authorization: Bearer …`.' }),
  refreshToken: Type.String({ description: 'Good for one refresh, until a week after the log-in.' }),
  expiresIn: Type.Integer({ description: 'The life of the access token in seconds.' }),
}

export const Tokens = Fields(tokens, { title: 'Tokens' })
export const LogIn = Fields({ ...tokens, account: Account }, { title: 'LogIn' })

export const RoleGrant = Fields({ role: OneOf(['attendee', 'organizer']) })

/** An account as its owner and admins see it. */
export function present(account: AccountRow, picture: Picture | null, termsToAccept: Terms | null) {
  return {
    id: account.id,
    number: account.number,
    username: account.username,
    email: account.email,
    emailVerified: account.email_verified_at !== null,
    firstName: account.first_name,
    lastName: account.last_name,
    bio: account.bio,
    role: account.role,
    picture: picture && presentPicture(picture),
    termsToAccept,
    createdAt: instant(account.created_at),
  }
}
