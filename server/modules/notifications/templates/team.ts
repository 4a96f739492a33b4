import type { Notice } from '#notifications/notices'
import type { Letter } from './layout.ts'
import type { Words } from './words/english.ts'

type At = { baseUrl: string; token: string }

/** What is written to somebody about a team. */
export const teamLetters = {
  'team-invited': (notice: Notice, { baseUrl, token }: At, words: Words): Letter => {
    const say = words.team.invited
    const { title = '', who = '', role = '' } = notice.words ?? {}
    return {
      subject: `${say.heading(role)}: ${title}`,
      heading: `${say.heading(role)}?`,
      paragraphs: say.paragraphs(title, who, role),
      button: { label: say.button, href: `${baseUrl}/team/${token}` },
      footer: say.footer,
    }
  },
  'team-answered': (notice: Notice, { baseUrl }: At, words: Words): Letter => {
    const say = words.team.answered
    const { title = '', who = '', role = '', answer } = notice.words ?? {}
    const yes = answer === 'accepted'
    return {
      subject: say.subject(title, who, yes),
      heading: say.heading(yes),
      paragraphs: [say.paragraph(title, who, role, yes)],
      button: { label: words.yourEvents, href: `${baseUrl}/organize` },
      footer: say.footer,
    }
  },
  'team-removed': (notice: Notice, { baseUrl }: At, words: Words): Letter => {
    const say = words.team.removed
    const { title = '' } = notice.words ?? {}
    return {
      subject: `${say.heading}: ${title}`,
      heading: say.heading,
      paragraphs: [say.paragraph(title)],
      button: { label: words.yourEvents, href: `${baseUrl}/organize` },
      footer: say.footer,
    }
  },
}
