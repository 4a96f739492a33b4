const UNDRAWN = /\p{Default_Ignorable_Code_Point}/gu
const ASCII = /^[\x20-\x7e]*$/ // is its own normal form

/** What two spellings of a name or address are compared by: NFKC, nothing that is drawn as nothing, no outer space, lower case. */
export function comparable(text: string): string {
  return (ASCII.test(text) ? text : text.replace(UNDRAWN, '').normalize('NFKC')).trim().toLowerCase()
}

/** Letters that Unicode does not take apart; `unaccented` in the database has the same. */
const SPELLED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** Words for an address line: lower case ASCII letters and digits, joined by hyphens, at most `length` long. */
export function slugify(text: string, length = 80): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPELLED[letter]!)
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, length)
    .replace(/^-+|-+$/g, '')
}

/** `text` with what HTML reads as markup made harmless, for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
