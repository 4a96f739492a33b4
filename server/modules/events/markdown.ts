import { LRUCache } from 'lru-cache'
import { Marked } from 'marked'
import sanitize from 'sanitize-html'

// An organizer's text is read by everybody's request, so what takes long or makes much out of little has its limits.
const MOST_MARKS = 500
const MOST_CELLS = 1_000
const TOO_DEEP = /^(?:(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){20}|[ \t]{30,}(?:[-+*]|\d{1,9}[.)])[ \t])/m

/** How many marks (emphasis, code, links) are still read in this text; what comes after is words. */
let marksLeft = 0
let cellsLeft = 0
const whileMarksLast = () => (marksLeft-- > 0 ? (false as const) : undefined) // false: as marked does it

const marked = new Marked({
  gfm: true,
  breaks: true,
  tokenizer: {
    emStrong: (src) => (/^[*_]/.test(src) ? whileMarksLast() : undefined),
    del: (src) => (src.startsWith('~') ? whileMarksLast() : undefined),
    codespan: (src) => (src.startsWith('`') ? whileMarksLast() : undefined),
    link: (src) => (/^!?\[/.test(src) ? whileMarksLast() : undefined),
    autolink: (src) => (src.startsWith('<') ? whileMarksLast() : undefined),
    url: (src) => (/^(?:[a-z]+:\/\/|www\.|[\w.+-]+@)/i.test(src) ? whileMarksLast() : undefined),
    inlineText: (src) => (marksLeft > 0 ? false : { type: 'text', raw: src, text: src, escaped: false }),
    table: (src) => (isHuge(src) ? undefined : false),
  },
})

/** Whether a table begins here that makes more cells than are left: short rows are filled up to the header's columns. */
function isHuge(src: string): boolean {
  const header = src.slice(0, src.indexOf('\n') + 1)
  if (!header.includes('|')) return false
  const columns = header.split('|').length
  const end = src.indexOf('\n\n')
  let cells = 0
  for (let at = 0; cells <= cellsLeft; cells += columns) {
    at = src.indexOf('\n', at) + 1
    if (at === 0 || (end !== -1 && at > end)) {
      cellsLeft -= cells
      return false
    }
  }
  return true
}

// The same text is shown again and again, and rendering it costs more than the rest of an event's answer.
const rendered = new LRUCache<string, string>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (html, source) => html.length + source.length + 1,
})

/** An organizer's Markdown as HTML that is safe in a page: no scripts, no styles, no pictures from elsewhere. */
export function renderMarkdown(source: string): string {
  let html = rendered.get(source)
  if (html === undefined) rendered.set(source, (html = render(source)))
  return html
}

function render(source: string): string {
  if (TOO_DEEP.test(source)) return `<p>${sanitize(source, { allowedTags: [], disallowedTagsMode: 'escape' })}</p>`
  marksLeft = MOST_MARKS
  cellsLeft = MOST_CELLS
  return sanitize(marked.parse(source, { async: false }), {
    allowedTags: [
      'h2',
      'h3',
      'h4',
      'p',
      'br',
      'hr',
      'strong',
      'em',
      'del',
      'code',
      'pre',
      'blockquote',
      'ul',
      'ol',
      'li',
      'a',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
    ],
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    transformTags: { a: sanitize.simpleTransform('a', { rel: 'nofollow noopener ugc' }), h1: 'h2' },
  })
}
