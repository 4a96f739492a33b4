import { escapeHtml as e } from '#kernel/text'
import type { DevMailItem } from './dev-mail.ts'

/** What the pages may load: their own styles, and for mails pictures that are inside of them. No scripts. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** All mails that are kept, newest first. */
export function listPage(mails: DevMailItem[]): string {
  const rows = mails.map(
    (mail) => `<li><a href="/dev/mail/${mail.id}">
<span class="subject">${e(mail.subject || '(no subject)')}</span>
<span class="meta">${e(mail.to)}<time datetime="${mail.receivedAt.toISOString()}">${time(mail.receivedAt)}</time></span>
</a></li>`,
  )
  const none =
    '<p class="none">No mail yet. Whatever Turnout sends appears here; nothing leaves this computer. Reload the page to look again.</p>'
  return page(
    'Mail',
    `<header><h1>Mail</h1><p>${mails.length === 1 ? '1 mail' : `${mails.length} mails`}, newest first. None of them went out. <a href="/dev/mail">Reload</a></p></header>
${mails.length > 0 ? `<ol class="mails">${rows.join('\n')}</ol>` : none}`,
  )
}

/** One mail: the HTML as a mail program shows it, the text, the headers. */
export function mailPage(mail: DevMailItem): string {
  const head: [string, string][] = [
    ['To', mail.to],
    ['From', mail.from],
    ['Received', mail.receivedAt.toISOString()],
  ]
  // The mail's own links open beside this page; its scripts, forms and pictures from elsewhere do nothing.
  const frame = mail.html
    ? `<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${e(`<base target="_blank">${mail.html}`)}"></iframe>`
    : ''
  return page(
    mail.subject || '(no subject)',
    `<header><p><a href="/dev/mail">← All mail</a></p><h1>${e(mail.subject || '(no subject)')}</h1></header>
<dl>${head.map(([name, value]) => `<dt>${name}</dt><dd>${e(value)}</dd>`).join('')}</dl>
${frame}
<h2>Text</h2>
<pre>${linked(mail.text)}</pre>
<h2>Headers</h2>
<pre>${mail.headers.map((header) => `<b>${e(header.name)}:</b> ${e(header.value)}`).join('\n')}</pre>`,
  )
}

/** Where a mail is not kept any more. */
export function missingPage(): string {
  return page(
    'No such mail',
    '<header><h1>No such mail</h1></header><p class="none">Only the last mails since the start are kept. <a href="/dev/mail">All mail</a></p>',
  )
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${e(title)} · Turnout development mail</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

function time(moment: Date): string {
  return moment.toISOString().slice(11, 19)
}

/** Escaped text in which http addresses can be followed. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${e(part)}" target="_blank" rel="noopener">${e(part)}</a>` : e(part),
    )
    .join('')
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2230; --soft: #5d6372; --paper: #f3f2ee; --card: #fff; --line: #e3e1da; --accent: #1f5f56 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --soft: #a3a8b4; --paper: #16181d; --card: #1f2229; --line: #343842; --accent: #7fcabd } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 820px; margin: 0 auto; padding: 40px 20px 64px }
h1 { margin: 0; font-size: 28px; line-height: 1.2; overflow-wrap: anywhere }
h2 { margin: 32px 0 8px; font-size: 16px }
header p { margin: 6px 0; color: var(--soft) }
a { color: var(--accent) }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.mails { list-style: none; margin: 24px 0 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden }
.mails li + li { border-top: 1px solid var(--line) }
.mails a { display: block; padding: 14px 18px; color: inherit; text-decoration: none }
.mails a:hover .subject { text-decoration: underline }
.subject { display: block; font-weight: 600; overflow-wrap: anywhere }
.meta { display: flex; justify-content: space-between; gap: 16px; color: var(--soft); font-size: 14px; overflow-wrap: anywhere }
.none { margin-top: 24px; padding: 28px; background: var(--card); border: 1px dashed var(--line); border-radius: 12px; color: var(--soft) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 20px 0 }
dt { color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 720px; border: 1px solid var(--line); border-radius: 12px; background: #fff; color-scheme: light }
pre { margin: 0; padding: 16px 18px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace }
`
