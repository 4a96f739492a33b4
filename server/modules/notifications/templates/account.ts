import type { Notice } from '#notifications/notices'
import type { Letter } from './layout.ts'
import type { Words } from './words/english.ts'

type At = { baseUrl: string; token: string; code: string }

/** What is written to somebody about their account. */
export const accountLetters = {
  'verify-email': (_: Notice, { baseUrl, token }: At, words: Words): Letter => ({
    ...plain(words.verifyEmail),
    button: { label: words.verifyEmail.button, href: `${baseUrl}/verify/${token}` },
    footer: words.footers.notYou,
  }),

  'account-exists': (_: Notice, { baseUrl, token }: At, words: Words): Letter => ({
    ...plain(words.accountExists),
    button: { label: words.resetPassword.button, href: `${baseUrl}/reset/${token}` },
    asides: [{ label: words.logIn, href: `${baseUrl}/login` }],
    footer: words.accountExists.footer,
  }),

  'reset-password': (_: Notice, { baseUrl, token }: At, words: Words): Letter => ({
    ...plain({ heading: words.resetPassword.subject, paragraphs: words.resetPassword.paragraphs }),
    button: { label: words.resetPassword.button, href: `${baseUrl}/reset/${token}` },
    footer: words.resetPassword.footer,
  }),

  'change-email': (_: Notice, { baseUrl, token }: At, words: Words): Letter => ({
    ...plain(words.changeEmail),
    subject: words.changeEmail.subject,
    button: { label: words.changeEmail.button, href: `${baseUrl}/verify/${token}` },
    footer: words.footers.notYou,
  }),

  'email-changed': (_: Notice, { baseUrl }: At, words: Words): Letter => ({
    ...plain(words.emailChanged),
    button: { label: words.logIn, href: `${baseUrl}/login` },
    footer: words.footers.account,
  }),

  'address-wanted': (_: Notice, { baseUrl }: At, words: Words): Letter => ({
    ...plain(words.addressWanted),
    button: { label: words.logIn, href: `${baseUrl}/login` },
    footer: words.footers.account,
  }),

  'password-changed': (_: Notice, { baseUrl }: At, words: Words): Letter => ({
    ...plain(words.passwordChanged),
    button: { label: words.passwordChanged.button, href: `${baseUrl}/forgot` },
    footer: words.footers.account,
  }),

  'token-reused': (_: Notice, { baseUrl }: At, words: Words): Letter => ({
    ...plain(words.tokenReused),
    button: { label: words.tokenReused.button, href: `${baseUrl}/account` },
    asides: [{ label: words.resetPassword.button, href: `${baseUrl}/forgot` }],
    footer: words.footers.account,
  }),

  suspended: (notice: Notice, { baseUrl }: At, words: Words): Letter => ({
    ...plain({ heading: words.suspended.heading, paragraphs: words.suspended.paragraphs(notice.words?.reason ?? '') }),
    button: { label: words.seeEvents, href: baseUrl },
    footer: words.footers.account,
  }),

  'suspension-lifted': (_: Notice, { baseUrl }: At, words: Words): Letter => ({
    ...plain(words.suspensionLifted),
    button: { label: words.logIn, href: `${baseUrl}/login` },
    footer: words.footers.account,
  }),

  /** By text alone: whoever reads it has the phone. */
  'phone-code': (_: Notice, { baseUrl, code }: At, words: Words): Letter => ({
    ...plain({ heading: words.phoneCode.heading, paragraphs: [words.phoneCode.paragraph(code)] }),
    button: { label: words.yourAccount, href: `${baseUrl}/account` },
    footer: words.footers.account,
    short: words.phoneCode.paragraph(code),
  }),
}

function plain({ heading, paragraphs }: { heading: string; paragraphs: string[] }) {
  return { subject: heading, heading, paragraphs }
}
