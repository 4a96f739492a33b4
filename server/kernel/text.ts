/** What two spellings of a name or address are compared by: NFKC, no outer space, lower case. */
export function comparable(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** Words for an address line: lower case ASCII letters and digits, joined by hyphens, at most `length` long. */
export function slugify(text: string, length = 80): string {
  const plain = text
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/ı/g, 'i')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, length)
    .replace(/^-+|-+$/g, '')
}

/** `text` with what HTML reads as markup made harmless, for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
