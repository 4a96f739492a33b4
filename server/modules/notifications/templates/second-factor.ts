import type { Notice } from '#notifications/notices'
import type { Letter } from './layout.ts'
import type { Words } from './words/english.ts'

type At = { baseUrl: string; token: string }
type Kind = Exclude<keyof Words['security'], 'notYou'>

const about =
  (kind: Kind) =>
  (notice: Notice, { baseUrl }: At, words: Words): Letter => {
    const [heading = '', paragraph = ''] = words.security[kind](notice.words ?? {})
    return {
      subject: heading,
      heading,
      paragraphs: [paragraph, words.security.notYou],
      button: { label: words.yourAccount, href: `${baseUrl}/account` },
      footer: words.footers.security,
    }
  }

/** What is written to somebody about the ways into their account. */
export const secondFactorLetters = {
  'two-factor-on': about('two-factor-on'),
  'two-factor-off': about('two-factor-off'),
  'recovery-codes-renewed': about('recovery-codes-renewed'),
  'recovery-code-used': about('recovery-code-used'),
  'two-factor-locked': about('two-factor-locked'),
  'api-key-made': about('api-key-made'),
  'way-in-linked': about('way-in-linked'),
  'way-in-unlinked': about('way-in-unlinked'),
}
