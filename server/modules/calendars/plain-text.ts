import { renderMarkdown } from '#events/markdown'

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** An organizer's Markdown as words alone, at most so many characters of it; where links lead is said behind them. */
export function wordsOf(markdown: string, length: number): string {
  const words = renderMarkdown(markdown)
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, (_link, to: string, text: string) =>
      text === to || to === `mailto:${text}` ? text : `${text} (${to})`,
    )
    .replace(/<li>/g, '- ')
    .replace(/<(?:table|\/?thead|\/?tbody|tr)>\n?/g, '')
    .replace(/<\/t[dh]>\n?/g, '  ')
    .replace(/<(?:br|hr) ?\/?>\n?|<\/(?:tr|li)>\n?/g, '\n')
    .replace(/<\/(?:p|h2|h3|h4|pre|ul|ol|blockquote|table)>/g, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|(\w+));/g, (entity, code: string | undefined, name: string | undefined) =>
      code ? String.fromCodePoint(Number(code)) : (ENTITIES[name!] ?? entity),
    )
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  const characters = [...words.slice(0, length * 2 + 2)]
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : words
}
