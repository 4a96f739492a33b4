import { randomBytes } from 'node:crypto'

/** A new id. All of its 128 bits are random: whoever was not given the address cannot guess it. */
export function newFileId(): string {
  return randomBytes(16).toString('hex')
}

/** The width that there is a JPEG of, too: the widest that a preview needs. */
export function jpegWidth(widths: readonly number[]): number {
  return widths.findLast((width) => width <= 960) ?? widths[0]!
}

/** The names of everything that is kept of a picture. */
export function namesOf(id: string, widths: readonly number[]): string[] {
  return [...widths.map((width) => nameOf(id, width, 'webp')), nameOf(id, jpegWidth(widths), 'jpg')]
}

export function nameOf(id: string, width: number, extension: 'webp' | 'jpg'): string {
  return `${id}/${width}.${extension}`
}

/** What an address under /files/ asks for; nothing when it is not one that we have given out. */
export function readName(path: string): { id: string; width: number; extension: 'webp' | 'jpg' } | undefined {
  const [, id, width, extension] = /^([0-9a-f]{32})\/([1-9]\d{0,4})\.(webp|jpg)$/.exec(path) ?? []
  return id ? { id, width: Number(width), extension: extension as 'webp' | 'jpg' } : undefined
}
