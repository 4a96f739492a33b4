import { escapeHtml } from '#kernel/text'
import type { Said } from '#notifications'
import { span } from './dates.ts'

/** What a mail says, in words; how it looks is the same for all. */
export type Letter = {
  subject: string
  heading: string
  paragraphs: string[]
  button: { label: string; href: string }
  /** Another address worth giving, below the button. */
  aside?: { label: string; href: string }
}

export type Links = { event: string; registration: string }

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
export function text(letter: Letter, said: Said): string {
  const lines = [letter.heading, '', greeting(said), '']
  for (const paragraph of letter.paragraphs) lines.push(oneLine(paragraph, 1_200), '')
  for (const [label, value] of details(said)) lines.push(`${label}: ${value}`)
  lines.push('', `${letter.button.label}:`, letter.button.href, '')
  if (letter.aside) lines.push(`${letter.aside.label}:`, letter.aside.href, '')
  lines.push('-- ', FOOTER, '')
  return lines.join('\n')
}

/** The mail as HTML: one column, styles in place, nothing loaded from anywhere. */
export function html(letter: Letter, said: Said): string {
  const e = escapeHtml
  const preheader = oneLine(letter.paragraphs[0] ?? '', 140)
  const paragraphs = [greeting(said), ...letter.paragraphs.map((each) => oneLine(each, 1_200))]
  const rows = details(said).map(
    ([label, value]) =>
      `<div style="margin:0 0 10px"><div style="font-size:13px;color:${GREY}">${e(label)}</div><div>${e(value)}</div></div>`,
  )
  const aside = letter.aside
    ? `<p style="margin:20px 0 0;font-size:14px"><a href="${e(letter.aside.href)}" style="color:${ACCENT}">${e(letter.aside.label)}</a></p>`
    : ''
  return `<!doctype html>
<html lang="en">
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
<div style="margin:22px 0 24px;padding:16px 18px 6px;background:#f8f7f4;border-left:4px solid ${ACCENT};border-radius:6px;overflow-wrap:anywhere">
${rows.join('\n')}
</div>
<a href="${e(letter.button.href)}" style="display:inline-block;padding:12px 22px;background:${ACCENT};color:#ffffff;font-weight:600;text-decoration:none;border-radius:8px">${e(letter.button.label)}</a>
${aside}
</div>
<p style="margin:18px 4px 0;font-size:13px;color:${GREY}">${e(FOOTER)}</p>
</div>
</body>
</html>
`
}

const INK = '#1d2230'
const GREY = '#5d6372'
const ACCENT = '#1f5f56'
const FOOTER = 'You get this because this address was registered for the event. Nobody reads replies to it.'

/** Names come from whoever filled in the form, so one that could pass for an address or a link is left out. */
function greeting(said: Said): string {
  const name = oneLine(said.name, 60)
  return !name || /[:/@]|www\.|\.\p{L}{2,}/u.test(name) ? 'Hello,' : `Hello ${name},`
}

function details({ event }: Said): [label: string, value: string][] {
  const rows: [string, string][] = [
    ['Event', oneLine(event.title, 200)],
    ['When', span(new Date(event.startsAt), new Date(event.endsAt), event.zone)],
  ]
  if (event.where) rows.push(['Where', oneLine(event.where, 500)])
  return rows
}
