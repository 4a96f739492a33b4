import { Type } from 'typebox'
import { Fields, Instant, instantOrNull, Nullable, Text } from '#http/wire'
import type { TwoFactor as TwoFactorState } from './two-factor.ts'

/** What is typed of an app or from paper: judged as a whole by the operation, so that a wrong form is a wrong code. */
const Code = Text(64, {
  min: 1,
  description: 'Six digits that the app shows, or a recovery code. Space and hyphens do not matter.',
  examples: ['492 039'],
})

export const Proof = Fields({
  password: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  code: Type.Optional(Code),
})
export const CodeGiven = Fields({ code: Code })
const challenge = Type.String({ minLength: 1, maxLength: 200 })
export const Answer = Fields({ challenge, code: Code })
export const WebAnswer = Fields({
  challenge: Type.Optional({
    ...challenge,
    description: 'Left out: the one in the cookie, after coming back from a provider.',
  }),
  code: Code,
})
export const Challenge = Fields(
  {
    challenge: Type.String({ description: 'Send it with a code. It opens nothing else.' }),
    expiresIn: Type.Integer({ description: 'For so many seconds.' }),
  },
  { title: 'Challenge' },
)

export const TwoFactor = Fields({ since: Nullable(Instant), recoveryCodesLeft: Type.Integer() }, { title: 'TwoFactor' })
export const Enrolment = Fields(
  {
    secret: Type.String({ description: 'To type into the app where it cannot scan.' }),
    uri: Type.String({ description: 'What the app scans.' }),
    qrCode: Type.String({ description: 'The same as a picture: a data: address of an SVG.' }),
  },
  { title: 'Enrolment' },
)
export const RecoveryCodes = Fields(
  { recoveryCodes: Type.Array(Type.String({ description: 'Works once. It is shown this once.' })) },
  { title: 'RecoveryCodes' },
)

/** Null for `since`: it is off. */
export function present(state: TwoFactorState) {
  return { since: instantOrNull(state.since), recoveryCodesLeft: state.recoveryCodesLeft }
}
