import { escapeHtml } from '#kernel/text'
import type { Said } from '#notifications'
import { spanFor } from './times.ts'
import type { Words } from './words/english.ts'

/** What a mail says, in words; how it looks is the same for all. */
export type Letter = {
  subject: string
  heading: string
  paragraphs: string[]
  button: Link
  /** Other addresses worth giving, below the button. */
  asides?: Link[]
  /** Why this came, where it is not because of a registration. */
  footer?: string
  /** What a text says, where it is not the subject, when it is, and the button's address. */
  short?: string
}

type Link = { label: string; href: string }

/** Who is written to, and the event that it is about, if it is about one. */
export type Addressed = {
  name: string
  event?: Said['event']
  ownZone?: string | null
  /** Where mails like it are turned off. */ unsubscribe?: string
}

/** `subscription`: where who follows the event ends that. */
export type Links = { event: string; registration: string; ticket: Link; subscription: string }

/** `words` as one line of at most `most` characters, without anything that hides, breaks or turns lines around. */
export function oneLine(words: string, most: number): string {
  const line = words
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .trim()
  const characters = [...line]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line
}

/** The mail as plain text. */
export function text(letter: Letter, said: Addressed, words: Words): string {
  const lines = [letter.heading, '', greeting(said, words), '']
  for (const paragraph of letter.paragraphs) lines.push(oneLine(paragraph, 1_200), '')
  for (const [label, value] of details(said, words)) lines.push(`${label}: ${value}`)
  lines.push('', `${letter.button.label}:`, letter.button.href, '')
  for (const { label, href } of letter.asides ?? []) lines.push(`${label}:`, href, '')
  lines.push('-- ', `${letter.footer ?? words.footers.registration} ${words.nobodyReads}`, '')
  if (said.unsubscribe) lines.push(`${words.unsubscribe}:`, said.unsubscribe, '')
  return lines.join('\n')
}

/** The mail as HTML: one column, styles in place, nothing loaded from anywhere. */
export function html(letter: Letter, said: Addressed, words: Words): string {
  const e = escapeHtml
  const preheader = oneLine(letter.paragraphs[0] ?? '', 140)
  const paragraphs = [greeting(said, words), ...letter.paragraphs.map((each) => oneLine(each, 1_200))]
  const rows = details(said, words).map(
    ([label, value]) =>
      `<div style="margin:0 0 10px"><div style="font-size:13px;color:${GREY}">${e(label)}</div><div>${e(value)}</div></div>`,
  )
  const table =
    rows.length > 0
      ? `<div style="margin:22px 0 24px;padding:16px 18px 6px;background:#f8f7f4;border-left:4px solid ${ACCENT};border-radius:6px;overflow-wrap:anywhere">
${rows.join('\n')}
</div>`
      : ''
  const asides = (letter.asides ?? []).map(
    ({ label, href }) =>
      `<p style="margin:20px 0 0;font-size:14px"><a href="${e(href)}" style="color:${ACCENT}">${e(label)}</a></p>`,
  )
  const stop = said.unsubscribe
    ? `\n<p style="margin:8px 4px 0;font-size:13px"><a href="${e(said.unsubscribe)}" style="color:${GREY}">${e(words.unsubscribe)}</a></p>`
    : ''
  return `<!doctype html>
<html lang="${words.locale.slice(0, 2)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${e(oneLine(letter.subject, 150))}</title>
</head>
<body style="margin:0;padding:0;background:#f3f2ee;color:${INK};font:16px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="display:none;max-height:0;overflow:hidden">${e(preheader)}</div>
<div style="max-width:560px;margin:0 auto;padding:32px 16px">
<div style="margin:0 0 16px;font-weight:700;letter-spacing:.02em;color:${ACCENT}">Turnout</div>
<div style="background:#ffffff;border:1px solid #e3e1da;border-radius:12px;padding:32px 28px">
<h1 style="margin:0 0 20px;font-size:24px;line-height:1.25;overflow-wrap:anywhere">${e(letter.heading)}</h1>
${paragraphs.map((each) => `<p style="margin:0 0 14px;overflow-wrap:anywhere">${e(each)}</p>`).join('\n')}
${table}
<a href="${e(letter.button.href)}" style="display:inline-block;padding:12px 22px;background:${ACCENT};color:#ffffff;font-weight:600;text-decoration:none;border-radius:8px">${e(letter.button.label)}</a>
${asides.join('\n')}
</div>
<p style="margin:18px 4px 0;font-size:13px;color:${GREY}">${e(`${letter.footer ?? words.footers.registration} ${words.nobodyReads}`)}</p>${stop}
</div>
</body>
</html>
`
}

const INK = '#1d2230'
const GREY = '#5d6372'
const ACCENT = '#1f5f56'
const TEXT_LENGTH = 320

/** Names come from whoever filled in the form, so one that could pass for an address or a link is left out. */
function greeting(said: Addressed, words: Words): string {
  const name = oneLine(said.name, 60)
  return words.hello(/[:/@]|www\.|\.\p{L}{2,}/u.test(name) ? '' : name)
}

/** The message as a text for a phone: what, when and where one reads on, in at most 320 characters. */
export function short(letter: Letter, said: Addressed, words: Words): string {
  if (letter.short) return oneLine(letter.short, TEXT_LENGTH)
  const { href } = letter.button
  const when = said.event ? `. ${spanFor(said.event, said.ownZone, words)}` : ''
  const left = TEXT_LENGTH - href.length - 1
  if (left < 20) return oneLine(letter.subject, TEXT_LENGTH)
  return `${oneLine(oneLine(letter.subject, Math.max(20, left - when.length)) + when, left)} ${href}`
}

function details({ event, ownZone }: Addressed, words: Words): [label: string, value: string][] {
  if (!event) return []
  const { labels } = words
  const rows: [string, string][] = [
    [labels.event, oneLine(event.title, 200)],
    [labels.when, spanFor(event, ownZone, words)],
  ]
  if (event.where) rows.push([labels.where, oneLine(event.where, 500)])
  if (event.onlineUrl) rows.push([labels.online, event.onlineUrl])
  return rows
}
