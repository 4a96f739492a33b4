import { Type, type Static } from 'typebox'
import { Email, Fields, Nullable, OneOf } from '#http/wire'
import type { Finding } from './finding.ts'

const FindingWire = Fields({
  name: Type.String(),
  state: OneOf(['ok', 'warn', 'fail'], { description: 'warn: it works, and somebody should look. fail: it does not.' }),
  says: Type.String({ description: 'How it is, in one sentence.' }),
  todo: Nullable(Type.String({ description: 'What to do.' })),
})

export const DiagnosisWire = Fields({
  healthy: Type.Boolean({ description: 'Nothing fails.' }),
  checks: Type.Array(FindingWire),
})

export const TestMailBody = Fields({ to: Email })
export const TestMailWire = Fields({
  sent: Type.Boolean({ description: 'The mail server has taken it.' }),
  error: Nullable(Type.String({ description: 'What was wrong, without addresses.' })),
})

export function present(checks: Finding[]): Static<typeof DiagnosisWire> {
  return { healthy: checks.every(({ state }) => state !== 'fail'), checks }
}
