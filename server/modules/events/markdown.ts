import { marked } from 'marked'
import sanitize from 'sanitize-html'

/** An organizer's Markdown as HTML that is safe in a page: no scripts, no styles, no pictures from elsewhere. */
export function renderMarkdown(source: string): string {
  return sanitize(marked.parse(source, { async: false, gfm: true, breaks: true }), {
    allowedTags: ['h2', 'h3', 'h4', 'p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    transformTags: { a: sanitize.simpleTransform('a', { rel: 'nofollow noopener ugc' }), h1: 'h2' },
  })
}
